"""What a customer is worth, what five points of retention add to it, and what they may cost.

The formulas are those of a customer under contract who pays a margin now and at every renewal,
and renews with the same chance each time (Berger & Nasr 1998; Gupta, Lehmann & Stuart 2004).
"""

import numpy as np
import pandas as pd

from crm_course import schema
from crm_course.locale import _

FIRST_MARGIN = ("now", "deferred")

# Reichheld (1996), The Loyalty Effect, p. 36, per cent; `slide`: as the Chinese slide prints it,
# after its stray label 84 has been put back. Industrial brokerage (50) is from memory.
INDUSTRIES = (
    ("advertising agency", "广告代理", 95, 95),
    ("auto/home insurance", "汽车/家财保险", 84, 84),
    ("auto service", "汽车修理服务", 81, 81),
    ("branch bank deposits", "储蓄银行", 85, 85),
    ("credit card", "信用卡", 75, 75),
    ("industrial brokerage", "工业经纪", 50, 50),
    ("industrial distribution", "商品分销", 45, 45),
    ("industrial laundry", "专业洗衣业", 90, 45),
    ("life insurance", "人寿保险", 90, 90),
    ("office-building management", "写字楼管理", 40, 40),
    ("publishing", "出版业", 85, 85),
    ("software", "软件开发", 35, 35),
)


def constant_retention_clv(margin, retention_rate, discount_rate, *, first_margin="now"):
    """Return the customer lifetime value in ¥: the discounted sum of all margins still expected.

    margin: ¥ a year; retention_rate: the share that renews each year, the same for ever;
    discount_rate: a year, 0.1 for 10 %; numbers, or columns of them. first_margin: "now" (the
    first is paid today) or "deferred" (in a year, if the customer renews). Nothing spent on
    winning the customer is taken off. Raises ValueError for rates without a finite value.
    Source: Berger & Nasr (1998); Gupta, Lehmann & Stuart (2004).

    >>> round(constant_retention_clv(100, 0.8, 0.1), 2)
    366.67
    """
    _require_rates(retention_rate, discount_rate)
    if first_margin not in FIRST_MARGIN:
        raise ValueError(
            f"first_margin must be 'now' or 'deferred', got {first_margin!r}. Choose one of them."
        )
    first = 1 + discount_rate if first_margin == "now" else retention_rate
    return margin * first / (1 + discount_rate - retention_rate)


def _require_rates(retention_rate, discount_rate):
    rates = np.asarray(retention_rate, dtype="float64")
    wrong = ~((rates >= 0) & (rates <= 1))
    if wrong.any():
        raise ValueError(
            f"retention_rate must lie between 0 and 1, got {rates[wrong].flat[0]:g}. "
            "Write 85 % as 0.85; five points more cannot be had above 0.95."
        )
    if not (np.asarray(discount_rate) > 0).all():
        raise ValueError(
            f"discount_rate must be above 0, got {discount_rate}. Write 10 % a year as 0.1."
        )


def highest_fee(margin, retention_rate, discount_rate, *, new_rate):
    """Return the most that a better retention rate may cost, in ¥ for each contract and year.

    margin: ¥ a year; new_rate: the retention rate afterwards. The fee is paid with every margin,
    the first one now. It is the gain in value over the discounted years that the customer stays,
    so what was spent on winning the customer does not enter.

    >>> round(highest_fee(100, 0.8, 0.1, new_rate=0.85), 2)
    16.67
    """
    before = constant_retention_clv(margin, retention_rate, discount_rate)
    after = constant_retention_clv(margin, new_rate, discount_rate)
    return (after - before) / constant_retention_clv(1.0, new_rate, discount_rate)


def highest_group_fee(margin, retention_rate, discount_rate, *, new_rate):
    """Return the most that better rates may cost if one fee is paid for everybody in a group.

    margin, retention_rate, new_rate: columns, each customer's own
    -> ¥ for each contract and year: the gain of all over the discounted years of all

    >>> rates = pd.Series([0.80, 1.00])
    >>> better = (rates + 0.05).clip(upper=1)  # who stays for certain has no points to give
    >>> round(highest_group_fee(pd.Series([100.0, 100.0]), rates, 0.1, new_rate=better), 2)
    4.76
    """
    before = constant_retention_clv(margin, retention_rate, discount_rate)
    after = constant_retention_clv(margin, new_rate, discount_rate)
    years = constant_retention_clv(1.0, new_rate, discount_rate)
    return float((after - before).sum() / years.sum())


def three_meanings(retention_rate: float, *, size: float = 0.05) -> pd.Series:
    """Return the retention rate afterwards by what "5 %" may mean.

    retention_rate: a share; size: 0.05 for 5 -> Series by meaning: so many points more; retention
    higher by so many per cent of itself; churn lower by so many per cent of itself

    >>> three_meanings(0.9).round(3).tolist()
    [0.95, 0.945, 0.905]
    """
    _require_rates(retention_rate, 1)
    number = f"{100 * size:g}"
    return pd.Series({
        _("{number} points more retention").format(number=number): retention_rate + size,
        _("{number} % more retention").format(number=number): retention_rate * (1 + size),
        _("{number} % less churn").format(number=number): 1 - (1 - retention_rate) * (1 - size),
    })  # fmt: skip


def offer_money(
    margin,
    retention_rate,
    discount_rate,
    *,
    fee: float = 20.0,
    prize: float = 100.0,
    contracts=5000,
) -> pd.DataFrame:
    """Return what two ways of paying for "5 %" earn on new contracts, by what is delivered.

    margin: ¥ a year; contracts: so many signed now. Paid is either fee (¥ a year for each contract
    served, with every margin) or prize (¥ a year for each contract that is there and would not be
    without the service) -> one row for each of `three_meanings` and one for nothing; points (that
    retention gains), highest_fee (¥ a year), per_contract and per_success: earned, ¥ of today

    >>> offer_money(100, 0.8, 0.1, fee=10, prize=60, contracts=1).round(1).iloc[0].tolist()
    [5.0, 16.7, 29.3, 29.3]
    """
    rates = pd.concat([three_meanings(retention_rate), pd.Series({_("nothing"): retention_rate})])
    worth = highest_fee(margin, retention_rate, discount_rate, new_rate=rates)
    served = contracts * constant_retention_clv(1.0, rates, discount_rate)
    saved = served - contracts * constant_retention_clv(1.0, retention_rate, discount_rate)
    return pd.DataFrame({
        "points": 100 * (rates - retention_rate),
        "highest_fee": worth,
        "per_contract": served * (worth - fee),
        "per_success": saved * (margin - prize),
    })  # fmt: skip


def channel_table(contracts: pd.DataFrame) -> pd.DataFrame:
    """Return what each channel pays for a customer, and what the customer then does.

    contracts (acq_channel, acq_cost, margin, renewals, churned), one row for each contract
    -> index acq_channel; contracts, acq_cost and margin (means in ¥, margin a year),
    retention_rate (renewals over decisions: each renewal is one, and so is leaving)

    >>> two = {"acq_channel": ["web", "web"], "acq_cost": [90.0, 110], "margin": [80.0, 120],
    ...        "renewals": [3, 0], "churned": [False, True]}
    >>> channel_table(pd.DataFrame(two)).iloc[0].tolist()
    [2.0, 100.0, 100.0, 0.75]
    """
    columns = ["acq_channel", "acq_cost", "margin", "renewals", "churned"]
    schema.require(contracts, columns, name="contracts")
    by_channel = contracts.groupby("acq_channel")
    decisions = by_channel["renewals"].sum() + by_channel["churned"].sum()
    return pd.DataFrame({
        "contracts": by_channel.size(),
        "acq_cost": by_channel["acq_cost"].mean(),
        "margin": by_channel["margin"].mean(),
        "retention_rate": by_channel["renewals"].sum() / decisions,
    })  # fmt: skip


def five_points(
    channels: pd.DataFrame, *, discount_rate: float = 0.1, points: float = 0.05
) -> pd.DataFrame:
    """Return what five points more retention do to customers, in ¥ and as a bar.

    channels (acq_cost, margin, retention_rate), of `channel_table` or your own; points: 0.05 for 5
    -> the same rows: value (¥ of all margins), net_value (less acq_cost), gain (¥ that the points
    add to either), bar (gain over net_value, as in Reichheld's chart; NaN where nothing is left)

    >>> one = {"acq_cost": [300.0], "margin": [100.0], "retention_rate": [0.9]}
    >>> five_points(pd.DataFrame(one)).round(4).iloc[0].tolist()
    [550.0, 250.0, 183.3333, 0.7333]
    """
    schema.require(channels, ["acq_cost", "margin", "retention_rate"], name="channels")
    margin, rate = channels["margin"], channels["retention_rate"]
    value = constant_retention_clv(margin, rate, discount_rate)
    gain = constant_retention_clv(margin, rate + points, discount_rate) - value
    net = value - channels["acq_cost"]
    return pd.DataFrame({
        "value": value, "net_value": net, "gain": gain, "bar": gain / net.where(net > 0),
    })  # fmt: skip


def industry_bars() -> pd.DataFrame:
    """Return the twelve bars of the chart: industry, chinese, slide and published, in per cent.

    slide: what the Chinese slide prints, its stray label put back; published: Reichheld (1996).

    >>> industry_bars()["published"].tolist()
    [95, 84, 81, 85, 75, 50, 45, 45, 90, 40, 85, 35]
    """
    return pd.DataFrame(INDUSTRIES, columns=["industry", "chinese", "slide", "published"])


def rebuild_bars(margin, retention_rate, discount_rate, *, points: float = 0.05) -> pd.DataFrame:
    """Return the acquisition cost at which one and the same customer shows each of the bars.

    margin: ¥ a year; points: 0.05 for 5 -> industry, published (per cent), acq_cost (¥; negative
    where the customer alone shows less), gain (¥, in every row the same)

    >>> rebuild_bars(100, 0.85, 0.1).query("published == 95")["acq_cost"].round(2).item()
    324.21
    """
    value = constant_retention_clv(margin, retention_rate, discount_rate)
    gain = constant_retention_clv(margin, retention_rate + points, discount_rate) - value
    bars = industry_bars()[["industry", "published"]]
    return bars.assign(acq_cost=value - gain / (bars["published"] / 100), gain=gain)


def cost_per_success(contact_cost, success_rate):
    """Return what one success costs in ¥: the cost of a contact over the share that succeeds.

    >>> round(cost_per_success(10, 0.15) / cost_per_success(10, 0.50), 2)
    3.33
    """
    rates = np.asarray(success_rate, dtype="float64")
    wrong = ~((rates > 0) & (rates <= 1))
    if wrong.any():
        raise ValueError(
            f"success_rate must be above 0 and at most 1, got {rates[wrong].flat[0]:g}. "
            "Write 15 % as 0.15."
        )
    return contact_cost / success_rate


def loyalty_layers(
    years: int = 8, *, acquisition_cost=300.0, base=136.0, growth=10.0, saving=5.0, referral=6.0,
    premium=4.0,
) -> pd.DataFrame:  # fmt: skip
    """Return a customer's profit by year in Reichheld's layers: a hypothesis, with invented sizes.

    acquisition_cost: ¥ in year 0; base: ¥ a year; growth, saving, referral, premium: ¥ by which
    each layer grows from year to year (0 takes it away) -> index year; acquisition, base, growth,
    saving, referral, premium in ¥. The source's figure is lost; after Reichheld & Sasser (1990).

    >>> loyalty_layers(3, referral=0).loc[2].tolist()
    [-0.0, 136.0, 20.0, 10.0, 0.0, 8.0]
    """
    year = np.arange(years)
    slopes = {"growth": growth, "saving": saving, "referral": referral, "premium": premium}
    grown = {layer: slope * year for layer, slope in slopes.items()}
    table = {"acquisition": np.where(year, -0.0, -acquisition_cost), "base": base + 0.0 * year}
    return pd.DataFrame({**table, **grown}, index=pd.Index(year, name="year")).astype("float64")
