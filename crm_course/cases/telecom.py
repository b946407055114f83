"""A telephone company whose customers sign, pay and telephone in different persons.

    telecom.service_lines(subscriptions, accounts)      each line with its payer, user, last goodbye
    telecom.lines_of_year(lines, since=day, until=day)  which lines were lost, and by whose goodbye
    telecom.churn_by_level(year)                        service, user, account, customer
    telecom.goodbye_lines(lines, since=day, until=day)  lines of users that went with their holder
    telecom.contracts_due(panel, lines)                 whose contract ends soon, what hangs on it
    telecom.foreseen_leaving(panel, stay, month=36)     who will not renew, by the scores of a month
    telecom.call_list(contracts, groups)                what a call to each of them leaves
    telecom.kept_by_calls(listed)                       contracts, lines and money that they keep
    telecom.shared_calls(holders, users, own_contract=share)   how many calls to whom
    telecom.integration_map(systems)                    how far apart the systems of the firm are
"""

import numpy as np
import pandas as pd

from crm_course import figures, schema
from crm_course.customers import churn
from crm_course.locale import _

LEVELS = {"service": "subscription_id", "user": "user_id", "account": "account_id",
          "customer": "customer_id"}  # fmt: skip
CONTRACT = 12  # months
MARGIN = 0.36  # of what is paid; `panel` has 0.357
CALLS = 100  # that can be made
COST = churn.COST  # ¥ of a call
OWN_CONTRACT = 0.10  # of the users called when their holder has left, the share that signs; assumed
# system -> the keys that its rows carry; assumed
SYSTEMS = {
    "CRM": ("customer",),
    "billing": ("customer", "account"),
    "provisioning": ("account", "service"),
    "network": ("service", "user"),
    "call centre": ("user",),
    "web": ("account",),
}


def service_lines(subscriptions: pd.DataFrame, accounts: pd.DataFrame) -> pd.DataFrame:
    """Return each subscription with who pays, whether somebody else uses it, and the last goodbye.

    subscriptions (subscription_id, account_id, customer_id, user_id, ended_on); accounts
    (account_id, payer) -> subscriptions with payer, used_by ("holder", "other") and goodbye: the
    day on which the last line of the customer ended, missing while one runs

    >>> day = pd.to_datetime(["2025-02-01", None])
    >>> lines = pd.DataFrame({"subscription_id": [1, 2], "account_id": 11, "customer_id": 1,
    ...     "user_id": [10, 13], "ended_on": day})
    >>> found = service_lines(lines, pd.DataFrame({"account_id": [11], "payer": ["self"]}))
    >>> found["used_by"].tolist(), found["goodbye"].isna().all()
    (['holder', 'other'], np.True_)
    """
    schema.require(subscriptions, list(LEVELS.values()), name="subscriptions")
    schema.require(accounts, ["account_id", "payer"], name="accounts")
    schema.require_unique(accounts, "account_id", name="accounts")
    if unknown := set(subscriptions["account_id"]) - set(accounts["account_id"]):
        raise ValueError(
            f"subscriptions['account_id'] must be in accounts, got {min(unknown)}. Add its payer."
        )
    users = subscriptions["user_id"]
    if not schema.has_kind(users, "integer"):  # the holder's ends with 0
        raise TypeError(
            f"subscriptions['user_id'] must be whole numbers, got {users.dtype}. "
            "Number the users of a customer from customer_id x 10 on, the holder first."
        )
    lines = subscriptions.merge(accounts[["account_id", "payer"]], on="account_id")
    lines["used_by"] = np.where(lines["user_id"] % 10 == 0, "holder", "other")
    running = lines["ended_on"].isna().groupby(lines["customer_id"]).transform("any")
    last = lines.groupby("customer_id")["ended_on"].transform("max")
    return lines.assign(goodbye=last.where(~running))


def lines_of_year(lines: pd.DataFrame, *, since, until) -> pd.DataFrame:
    """Return the lines that ran into a period, and what became of them by its end.

    lines of `service_lines` (started_on, ended_on, goodbye); since, until: the first day of the
    period and the first day after it -> lines with became ("runs on", "ended alone", "ended with
    the holder") and lost
    """
    schema.require(lines, ["started_on", "ended_on", "used_by"], name="lines")
    since, until = pd.Timestamp(since), pd.Timestamp(until)
    if not since < until:
        raise ValueError(f"since must come before until, got {since:%F} and {until:%F}. Swap them.")
    there = lines[(lines["started_on"] < since) & ~(lines["ended_on"] <= since)]
    lost = there["ended_on"] <= until
    along = lost & (there["ended_on"] == there["goodbye"])
    became = np.select([along, lost], ["ended with the holder", "ended alone"], "runs on")
    return there.assign(became=became, lost=lost)


def churn_by_level(year: pd.DataFrame) -> pd.DataFrame:
    """Count a year's losses four times: services, users, accounts, customers.

    year of `lines_of_year` -> index level; there, lost (all their lines), rate, touched (lost one
    line or more, as a share)

    >>> year = pd.DataFrame({"subscription_id": [1, 2], "user_id": [10, 11], "account_id": 7,
    ...     "customer_id": 1, "lost": [True, False]})
    >>> churn_by_level(year)["rate"].tolist()
    [0.5, 0.5, 0.0, 0.0]
    """
    schema.require(year, [*LEVELS.values(), "lost"], name="year")
    rows = {}
    for level, key in LEVELS.items():
        lost = year.groupby(key)["lost"].agg(["all", "any"])
        rows[level] = {"there": len(lost), "lost": lost["all"].sum(), "rate": lost["all"].mean(),
                       "touched": lost["any"].mean()}  # fmt: skip
    return pd.DataFrame(rows).T.astype({"there": int, "lost": int})


def goodbye_lines(lines: pd.DataFrame, *, since, until) -> pd.DataFrame:
    """List the lines of other users that ended because their holder left, after since, to until.

    lines of `service_lines` -> customer_id, subscription_id, user_id, product, ended_on, arpu (¥)
    """
    schema.require(lines, ["ended_on", "used_by", "arpu"], name="lines")
    ended = (lines["ended_on"] > pd.Timestamp(since)) & (lines["ended_on"] <= pd.Timestamp(until))
    with_holder = ended & (lines["used_by"] == "other") & (lines["ended_on"] == lines["goodbye"])
    columns = ["customer_id", "subscription_id", "user_id", "product", "ended_on", "arpu"]
    return lines.loc[with_holder, columns].reset_index(drop=True)


def contracts_due(panel: pd.DataFrame, lines: pd.DataFrame, *, within: int = 6) -> pd.DataFrame:
    """List the contracts that end within so many months after the last one of the panel.

    panel (customer_id, month, tenure, risk_score, churned); lines of `service_lines` ->
    customer_id, due (month), group (of the risk score), lines, bill (¥ a month for all of them)
    """
    schema.require(panel, ["customer_id", "month", "tenure", "churned"], name="panel")
    now = panel[(panel["month"] == panel["month"].max()) & ~panel["churned"]]
    due = now["month"] + CONTRACT - (now["tenure"] + 1) % CONTRACT
    contracts = pd.DataFrame(
        {"customer_id": now["customer_id"], "due": due, "group": churn.risk_group(now)}
    )
    running = lines[lines["ended_on"].isna()].groupby("customer_id")["arpu"]
    hangs = running.agg(lines="size", bill="sum").round(2).reset_index()
    soon = contracts[due <= panel["month"].max() + within]
    return soon.merge(hangs, on="customer_id").reset_index(drop=True)


def foreseen_leaving(panel: pd.DataFrame, stay: pd.Series, *, month: int) -> float:
    """Return which share of those there at the end of a month is not expected to renew.

    panel (month, churned, risk_score); stay: the share that renews, by group of `churn.risk_group`

    >>> panel = pd.DataFrame({"month": 36, "churned": False, "risk_score": [20, 50]})
    >>> stay = pd.Series({"0 to 33": 0.8, "34 to 66": 0.5, "67 to 100": 0.2})
    >>> round(foreseen_leaving(panel, stay, month=36), 2)
    0.35
    """
    schema.require(panel, ["month", "churned"], name="panel")
    there = panel[(panel["month"] == month) & ~panel["churned"]]
    by_group = dict(zip(stay.index.astype(str), stay, strict=True))
    return float(1 - churn.risk_group(there).astype(str).map(by_group).mean())


def year_worth(bill, margin: float = MARGIN):
    """Return what twelve months of a bill leave in ¥.

    >>> round(year_worth(40), 2)
    172.8
    """
    return CONTRACT * margin * bill


def call_list(
    contracts: pd.DataFrame, groups: pd.DataFrame, *, counted: str = "bill", cost: float = COST
) -> pd.DataFrame:
    """Put the contracts into the order of a list, and say what a call to each leaves.

    contracts of `contracts_due`; groups (uplift) of `churn.uplift_by_group`; counted: "bill" puts
    first whose bill and uplift leave most, "contract" takes each contract for equal
    -> contracts with uplift, left (¥: uplift x a year of the bill - the call)
    """
    if counted not in ("bill", "contract"):
        raise ValueError(f"counted must be 'bill' or 'contract', got {counted!r}. Choose one.")
    added = dict(zip(groups.index.astype(str), groups["uplift"], strict=True))
    uplift = contracts["group"].astype(str).map(added)
    left = churn.call_profit(uplift, cost, year_worth(contracts["bill"]))
    listed = contracts.assign(uplift=uplift, left=left.round(2))
    first = "left" if counted == "bill" else "uplift"
    return listed.sort_values([first, "customer_id"], ascending=[False, True], ignore_index=True)


def kept_by_calls(listed: pd.DataFrame) -> pd.Series:
    """Add up what calls to everybody listed are expected to keep, at two levels and in money.

    listed of `call_list` (uplift, lines, left) -> contracts kept, lines kept, left (¥)
    """
    schema.require(listed, ["uplift", "lines", "left"], name="listed")
    lines_kept = (listed["uplift"] * listed["lines"]).sum()
    return pd.Series({"contracts kept": listed["uplift"].sum(), "lines kept": lines_kept,
                      "left": listed["left"].sum()})  # fmt: skip


def shared_calls(
    holders: pd.DataFrame, users: pd.DataFrame, *, own_contract: float = OWN_CONTRACT,
    calls: int = CALLS, cost: float = COST,
) -> pd.DataFrame:  # fmt: skip
    """Return what so many calls leave if some go to users whose holder has just left.

    holders of `call_list`, called from the top; users of `goodbye_lines`, the dearest line first;
    own_contract: the share of the users called that signs a contract of their own
    -> users (called), left (¥ of the first year)
    """
    if not 0 <= own_contract <= 1:
        raise ValueError(f"own_contract must be a share, got {own_contract}. Give 0.1 for 10 %.")
    dearest = users["arpu"].sort_values(ascending=False).head(calls)
    of_users = np.concatenate([[0.0], (own_contract * year_worth(dearest) - cost).cumsum()])
    of_holders = np.concatenate([[0.0], holders["left"].head(calls).cumsum()])
    number = np.arange(len(of_users))
    rest = np.minimum(calls - number, len(of_holders) - 1)
    return pd.DataFrame({"users": number, "left": of_users + of_holders[rest]})


def integration_map(systems: dict | None = None) -> pd.DataFrame:
    """Count the joins between any two systems: 1 where they share a key, missing without a way.

    systems: {system: the keys that its rows carry}, by default those of Lanting Mobile

    >>> integration_map({"bills": ("account",), "lines": ("account", "service"),
    ...     "network": ("service",)}).loc["bills"].tolist()
    [0.0, 1.0, 2.0]
    """
    import networkx as nx

    systems = SYSTEMS if systems is None else systems
    graph = nx.Graph()
    graph.add_nodes_from(systems)
    graph.add_edges_from(
        (one, two) for one in systems for two in systems
        if one < two and set(systems[one]) & set(systems[two])
    )  # fmt: skip
    steps = dict(nx.all_pairs_shortest_path_length(graph))
    return pd.DataFrame(
        {two: [steps[one].get(two, np.nan) for one in systems] for two in systems}, list(systems)
    ).astype(float)


# --- pictures


def plot_losses(year, *, ax=None):
    """Draw which share of the lines ended alone and with the holder, by who used them -> Axes.

    year of `lines_of_year`; a holder's own lines are told apart by whether his contract has users
    """
    with_users = (year["used_by"] == "other").groupby(year["customer_id"]).transform("any")
    who = year["used_by"].where(with_users, "no user")
    shares = year["became"].groupby(who).value_counts(normalize=True)
    rows = {"other": _("used by somebody else"), "holder": _("the holder's, same contracts"),
            "no user": _("the holder's, no other user")}  # fmt: skip
    along, alone = (
        np.array([shares.get((who, how), 0.0) for who in rows])
        for how in ("ended with the holder", "ended alone")
    )
    ax, place = figures.new_axes(ax), np.arange(len(rows))
    ax.barh(place, along, color=figures.PALETTE["blue"], label=_("with the holder"))
    ax.barh(place, alone, left=along, color=figures.PALETTE["vermilion"], label=_("alone"))
    ax.set_yticks(place, list(rows.values()))
    ax.set(title=_("Lines that ended within the year"), xlabel=_("Share of lines"), xlim=(0, 0.8))
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.1), ncols=2)
    words = _("Used by somebody else: {a:.3f} ended with the holder and {b:.3f} alone. The "
              "holder's own, in the same contracts: {c:.3f} and {d:.3f}; without another user: "
              "{e:.3f} and {f:.3f}.")  # fmt: skip
    ends = zip(along, alone, strict=True)
    return figures.say(ax, words.format(**dict(zip("abcdef", np.ravel(list(ends)), strict=True))))


def plot_calls(holders, users, *, own_contract=OWN_CONTRACT, calls=CALLS, ax=None):
    """Draw what the calls leave, by how many of them go to users -> Axes.

    holders of `call_list`, users of `goodbye_lines`; own_contract: share of users who sign
    """
    table = shared_calls(holders, users, own_contract=own_contract, calls=calls)
    best = table.loc[table["left"].idxmax()]
    ax = figures.new_axes(ax)
    ax.plot(table["users"], table["left"] / 1000)
    ax.plot([best["users"]], [best["left"] / 1000], "o", color=figures.PALETTE["green"],
            label=_("best"))  # fmt: skip
    ax.axhline(0, color="black", linewidth=1)
    ax.legend(loc="lower right", bbox_to_anchor=(1, 1))
    ax.set(title=_("What the calls leave in the first year"), ylabel=_("¥1,000"),
           xlabel=_("Calls to users whose holder has left"))  # fmt: skip
    words = _("{share:.0%} of the users called sign: of {calls} calls best are {users:.0f} to "
              "users, {rest:.0f} to holders, ¥{left:,.0f}; none to users ¥{none:,.0f}.")
    return figures.say(ax, words.format(
        share=own_contract, calls=calls, users=best["users"], rest=calls - best["users"],
        left=best["left"], none=table["left"].iloc[0]))  # fmt: skip


def explore_calls(contracts, groups, users):
    """Change how many users sign, and how the holders are listed: who gets the calls?"""
    from crm_course import widgets

    lists = {way: call_list(contracts, groups, counted=way) for way in ("bill", "contract")}

    def draw(own_contract=OWN_CONTRACT, counted="bill"):
        return plot_calls(lists[counted], users, own_contract=own_contract)

    return widgets.explore(draw, own_contract=(0.02, 0.60, 0.01), counted=list(lists))
