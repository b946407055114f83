"""Accounts of retailers who buy on credit: warnings, a year in money, limits, ageing."""

import numpy as np
import pandas as pd

from crm_course import schema

MARGIN = 0.12  # of a sale, after goods and freight; assumed, like the next three
INTEREST = 0.08  # a year, on the cost of goods not paid for yet
PAYS_CASH = 0.30  # of what is not sold on credit, the share bought for cash all the same
LIMITS = (0, 5_000, 10_000, 15_000, 20_000, 30_000, 40_000, 60_000, 100_000, np.inf)  # ¥
PROMISE = 0.02  # the bad-debt rate that the bank asks for
STOPS = (0, 5, 15, 30, 60, np.inf)  # days overdue
CLASSES = ("not due yet", "1-30 days late", "31-60", "61-90", "over 90")


def expected_loss(default_probability, loss_given_default, exposure):
    """Return what will be lost on average: PD x LGD x EAD, in the unit of the exposure.

    default_probability: of failing within the time looked at; loss_given_default: the share of the
    debt that is not recovered then; exposure: what is *owed at that moment*, not a year's sales

    >>> expected_loss(0.06, 0.60, 500_000)
    18000.0
    """
    _shares(default_probability=default_probability, loss_given_default=loss_given_default)
    return default_probability * loss_given_default * exposure


def financing(cost, interest, days):
    """Return what it costs to wait for the money: cost x yearly interest x days / 365.

    >>> round(financing(75, 0.10, 90), 3)
    1.849
    """
    return cost * interest * days / 365


def break_even_default(price, cost, waiting=0.0, *, lost=1.0):
    """Return the chance of default at which *one* sale on credit brings nothing.

    price, cost, waiting (of `financing`): in ¥; lost: the share of the price not recovered. Of one
    invoice, by the chance that this invoice is not paid: no answer for a year of them.

    >>> round(break_even_default(100, 75, financing(75, 0.10, 90)), 4)
    0.2315
    """
    _shares(lost=lost)
    if np.any(np.asarray(lost) == 0):
        raise ValueError(f"lost must be above 0, got {lost}. Give the share that is not recovered.")
    return (price - cost - waiting) / (price * lost)


def days_sales_outstanding(receivables, credit_sales, *, days=365):
    """Return how many days of sales are not paid yet: receivables / credit sales x days.

    >>> days_sales_outstanding(4.5e6, 18e6)
    91.25
    """
    if credit_sales <= 0:
        raise ValueError(f"credit_sales must be above 0, got {credit_sales}. Give ¥ of the days.")
    return receivables / credit_sales * days


def ageing(invoices: pd.DataFrame, *, as_of) -> pd.DataFrame:
    """Sort what is owed on a day by how long it has been due.

    invoices (issued_on, due_on, paid_on, amount, written_off) -> index CLASSES; amount (¥), share.
    What was written off counts as gone.
    """
    columns = ["issued_on", "due_on", "amount", "written_off"]
    schema.require(invoices, columns, name="invoices")
    day = pd.Timestamp(as_of)
    unpaid = invoices["paid_on"].isna() & (invoices["written_off"] == 0)
    owed = invoices[(invoices["issued_on"] <= day) & (unpaid | (invoices["paid_on"] > day))]
    late = (day - owed["due_on"]).dt.days
    bins = pd.cut(late, [-np.inf, 0, 30, 60, 90, np.inf], labels=list(CLASSES))
    amount = owed["amount"].groupby(bins, observed=False).sum()
    table = pd.DataFrame({"amount": _yuan(amount), "share": amount / amount.sum()})
    return table.rename_axis("late")


def warnings(debtors: pd.DataFrame) -> pd.Series:
    """Count the five warnings in each review.

    Debt above 70 % of what is owned; pays more than 10 days late; no order for more than 45 days;
    two complaints or more; a new contact person.
    """
    columns = ["debt_ratio", "days_late", "order_gap", "complaints", "contact_changed"]
    schema.require(debtors, columns, name="debtors")
    signs = [
        debtors["debt_ratio"] > 70, debtors["days_late"] > 10, debtors["order_gap"] > 45,
        debtors["complaints"] >= 2, debtors["contact_changed"],
    ]  # fmt: skip
    return sum(sign.astype("int64") for sign in signs).rename("warnings")


def account_year(debtors, invoices, *, month=24, margin=MARGIN, interest=INTEREST) -> pd.DataFrame:
    """Follow each retailer through the year after a review.

    debtors (customer_id, month, defaulted and what `warnings` counts); invoices; month: of the
    review -> customer_id, warnings, failed, sold, written_off, waiting (interest), left: all ¥

    left = margin x sold - written_off - waiting. Sold is of that year; written off is what a
    retailer who failed in it left unpaid, of whatever date. Every retailer with a review has a row.
    """
    schema.require(debtors, ["customer_id", "month", "defaulted"], name="debtors")
    review = debtors[debtors["month"] == month]
    table = pd.DataFrame({"customer_id": review["customer_id"], "warnings": warnings(review),
                          "failed": review["defaulted"].astype(bool)})  # fmt: skip
    held = invoices[invoices["customer_id"].isin(review["customer_id"])]
    sums = _money(held, month, interest, margin).groupby(held["customer_id"]).sum()
    sums = sums.reindex(table["customer_id"]).fillna(0).round(2).reset_index(drop=True)
    table = pd.concat([table.reset_index(drop=True), sums], axis=1)
    table.loc[~table["failed"], "written_off"] = 0.0  # of another year
    left = margin * table["sold"] - table["written_off"] - table["waiting"]
    return table.assign(left=left.round(2))


def by_warnings(accounts: pd.DataFrame, *, most=3) -> pd.DataFrame:
    """Sum accounts of `account_year` by the number of warnings; `most` stands for it and more.

    -> index warnings; retailers, failed (share), sold, written_off, left (¥), rate (of what was
    sold, the share written off), each (left, ¥ a retailer)
    """
    groups = accounts.groupby(accounts["warnings"].clip(upper=most))
    table = groups[["sold", "written_off", "left"]].sum()
    table.insert(0, "retailers", groups.size())
    table.insert(1, "failed", groups["failed"].mean())
    rate, each = table["written_off"] / table["sold"], table["left"] / table["retailers"]
    whole = {name: _yuan(table[name]) for name in ("sold", "written_off", "left")}
    return table.assign(**whole, rate=rate, each=_yuan(each))


def delivered(invoices: pd.DataFrame, *, limit=np.inf, stop=np.inf) -> pd.Series:
    """Play the invoices again: which would have been delivered under a limit and a stop?

    invoices (invoice_id, customer_id, issued_on, due_on, paid_on, amount); limit: ¥ that a retailer
    may owe; stop: days overdue of any open invoice from beyond which nothing is delivered -> True
    or False by the index of invoices. A retailer is taken to order as he did, and to pay as he did.

    >>> days = pd.to_datetime(["2025-01-01", "2025-01-05", "2025-03-01"])
    >>> invoices = pd.DataFrame({"invoice_id": [1, 2, 3], "customer_id": 4, "issued_on": days,
    ...     "due_on": days + pd.Timedelta(days=30), "paid_on": days + pd.Timedelta(days=40),
    ...     "amount": 60.0})
    >>> delivered(invoices, limit=100).tolist()
    [True, False, True]
    """
    return pd.Series(_play(_lay_out(invoices), limit, stop), invoices.index, name="delivered")


def limit_table(invoices, *, limits=LIMITS, month=24, margin=MARGIN, interest=INTEREST):
    """Return what each credit limit would have sold, lost and left in the year after a review.

    invoices: of the retailers to whom the limit applies, all years: as if it had always held ->
    limit (¥; 0: cash only, inf: none), sold (on credit), refused, written_off, waiting (whole ¥),
    rate, margin (the share, as given): all that `money_left` needs. Written off is what was left
    unpaid of the invoices up to the end of that year, of whatever date.
    """
    rules = [(limit, np.inf) for limit in limits]
    return _rule_table(invoices, "limit", limits, rules, month, margin, interest)


def stop_table(invoices, *, stops=STOPS, month=24, margin=MARGIN, interest=INTEREST):
    """The same for a stop: nothing is delivered while an invoice is so many days overdue.

    stops: days; inf: never -> stop, and the columns of `limit_table`
    """
    rules = [(np.inf, stop) for stop in stops]
    return _rule_table(invoices, "stop", stops, rules, month, margin, interest)


def money_left(table: pd.DataFrame, *, pays_cash=PAYS_CASH, failures=1.0) -> pd.Series:
    """Return what each limit leaves, in ¥: margin on credit and on cash, less losses and waiting.

    table of `limit_table`; pays_cash: of what is refused, the share bought for cash all the same;
    failures: times as much is written off as in the year that the table is of
    """
    _shares(pays_cash=pays_cash)
    sales = table["sold"] + pays_cash * table["refused"]
    left = table["margin"] * sales - failures * table["written_off"] - table["waiting"]
    return _yuan(left).rename("left")


def bad_debt_rate(table: pd.DataFrame, others: pd.DataFrame, *, failures=1.0) -> pd.Series:
    """Return the bad-debt rate of the whole house at each limit: written off / sold on credit.

    table of `limit_table`; others: accounts of `account_year` to whom no limit applies
    """
    written_off = table["written_off"] + others["written_off"].sum()
    return (failures * written_off / (table["sold"] + others["sold"].sum())).rename("house_rate")


def redraw_limits(
    invoices, others, *, limits=LIMITS, pays_cash=PAYS_CASH, failures=1.0, promise=PROMISE,
    draws=2000, seed=63, month=24, margin=MARGIN, interest=INTEREST,
) -> pd.DataFrame:  # fmt: skip
    """Give the year after a review to other shops of the same kind: which limits differ for sure?

    invoices: as in `limit_table`; others: accounts of `account_year` to whom no limit applies.
    In each draw there are as many shops as before, taken with replacement (a bootstrap) -> index
    limit; low, high (¥ left: one draw in ten is below, one above), beats_cash, beats_none (share
    of draws that leave more than no credit, than no limit), kept (share of draws in which the
    bad-debt rate of the house is at most `promise`). The luck of the shops, not of the year.
    """
    _shares(pays_cash=pays_cash, promise=promise)
    for table, name in ((invoices, "invoices"), (others, "others")):
        if table.empty:
            raise ValueError(f"{name} must have rows to draw from, got none. Give those of a year.")
    shop, money = invoices["customer_id"], _money(invoices, month, interest, margin)
    bought, book = money["sold"].groupby(shop).sum(), _lay_out(invoices)
    rng = np.random.default_rng(seed)
    shops, rest = _drawn(rng, len(bought), draws), _drawn(rng, len(others), draws)
    left, rate = {}, {}
    for limit in (*limits, 0, np.inf):
        yes = money.mul(_play(book, limit, np.inf), axis=0).groupby(shop).sum()
        sold, lost = yes["sold"], failures * yes["written_off"]
        each = margin * (sold + pays_cash * (bought - sold)) - lost - yes["waiting"]
        gone = shops @ lost.to_numpy() + failures * (rest @ others["written_off"].to_numpy())
        left[limit] = shops @ each.to_numpy()
        rate[limit] = gone / (shops @ sold.to_numpy() + rest @ others["sold"].to_numpy())
    return pd.DataFrame({
        limit: {
            "low": round(np.quantile(left[limit], 0.1)),
            "high": round(np.quantile(left[limit], 0.9)),
            "beats_cash": (left[limit] > left[0]).mean(),
            "beats_none": (left[limit] > left[np.inf]).mean(),
            "kept": (rate[limit] <= promise).mean(),
        }
        for limit in map(float, limits)
    }).T.rename_axis("limit")  # fmt: skip


def _drawn(rng, size, draws):
    """How often each of so many is drawn when as many are drawn: a row for each time."""
    return rng.multinomial(size, np.full(size, 1 / size), size=draws).astype(float)


def _rule_table(invoices, name, values, rules, month, margin, interest):
    money, book = _money(invoices, month, interest, margin), _lay_out(invoices)
    table = _yuan(pd.DataFrame([money[_play(book, *rule)].sum() for rule in rules]))
    table.insert(0, name, np.array(values, dtype=float))
    table.insert(2, "refused", round(money["sold"].sum()) - table["sold"])
    rate = table["written_off"] / table["sold"].where(table["sold"] > 0)
    return table.assign(rate=rate.fillna(0), margin=margin)


def _money(invoices, month, interest, margin):
    """What each invoice sold in the year after a review, was written off, and cost to wait for."""
    if month % 12:
        raise ValueError(f"month must be the last of a year, got {month}. Give 12 or 24.")
    end = pd.Timestamp(2023 + month // 12, 12, 31)
    of_year = invoices["issued_on"].dt.year == end.year
    days = (invoices["paid_on"].fillna(end).clip(upper=end) - invoices["issued_on"]).dt.days
    waiting = financing((1 - margin) * invoices["amount"], interest, days)
    return pd.DataFrame({
        "sold": invoices["amount"].where(of_year, 0.0),
        "written_off": invoices["written_off"].where(invoices["issued_on"] <= end, 0.0),
        "waiting": waiting.where(of_year, 0.0),
    })  # fmt: skip


def _yuan(money):
    return money.round().astype("int64")


def _lay_out(invoices):
    """The invoices as tables, a row for each retailer and a column for each of his in order."""
    columns = ["invoice_id", "customer_id", "issued_on", "due_on", "amount"]
    schema.require(invoices, columns, name="invoices")
    order = np.lexsort([invoices[name] for name in ("invoice_id", "issued_on", "customer_id")])
    rows = invoices.iloc[order]
    customer, number = pd.factorize(rows["customer_id"])[0], rows.groupby("customer_id").cumcount()
    shape = customer.max(initial=-1) + 1, number.max() + 1 if len(rows) else 0
    values = {name: _day(rows[name]) for name in ("issued_on", "due_on", "paid_on")}
    values |= {"amount": rows["amount"].to_numpy(), "row": order}
    book = {name: np.full(shape, np.nan) for name in values}
    for name, column in values.items():
        book[name][customer, number] = column
    return book


def _play(book, limit, stop):
    """True for each invoice, in the order of the table, that limit and stop would have let pass."""
    issued, due, paid, amount = (book[n] for n in ("issued_on", "due_on", "paid_on", "amount"))
    yes = np.zeros(amount.shape, dtype=bool)
    for n in range(amount.shape[1]):
        today = issued[:, [n]]
        is_open = yes[:, :n] & ~(paid[:, :n] <= today)  # a date that is missing is never reached
        owed = np.where(is_open, amount[:, :n], 0).sum(axis=1)
        overdue = (is_open & (today - due[:, :n] > stop)).any(axis=1)
        yes[:, n] = (owed + amount[:, n] <= limit) & ~overdue
    known = ~np.isnan(amount)
    passed = np.zeros(known.sum(), dtype=bool)
    passed[book["row"][known].astype(int)] = yes[known]
    return passed


def _day(values):
    """Days since 1970, NaN where there is none."""
    days = values.to_numpy().astype("datetime64[D]").astype(float)
    return np.where(values.isna(), np.nan, days)


def _shares(**given):
    for name, value in given.items():
        if np.any(np.asarray(value) < 0) or np.any(np.asarray(value) > 1):
            raise ValueError(f"{name} must be a share, got {value}. Give 0.06 for 6 in 100.")
