"""The measures of the chapters as questions to an engine; what they mean, their namesakes say."""

from string import ascii_uppercase

import ibis
import pandas as pd
from ibis import _

from crm_course.cases.retail_grading import QUOTA, checked_quota
from crm_course.customers.retention import counting
from crm_course.strategy import segmentation

from .checks import observed, require, require_total

FIRST = {"M": "1970-01-01", "Q": "1970-01-01", "W": "1969-12-22"}  # the period of number 0
STEP = {"M": (1, "M"), "Q": (3, "M"), "W": (7, "D")}  # Spark makes NULL of an interval of quarters


def rfm_summary(orders: ibis.Table, *, observation_end, time_unit: str = "D") -> ibis.Table:
    """Return each customer's purchases in four numbers: `retention.rfm_summary` on an engine.

    orders (customer_id, ordered_at, amount_cents) -> customer_id, frequency, recency, T,
    monetary_value; arguments, units and errors as there
    """
    orders, ends, end = observed(orders, ["amount_cents"], observation_end)
    counting.rfm_summary(ends, observation_end=end, time_unit=time_unit)
    customers = _customers(orders).mutate(frequency=_.purchases - 1)
    first, last = customers["first"], customers["last"]
    mean = (_.cents - _.first_cents) / (100 * _.frequency).nullif(0)
    return customers.select(
        "customer_id",
        "frequency",
        recency=_days(last, first) / counting.DAYS[time_unit],
        T=_days(ibis.date(end.date()), first) / counting.DAYS[time_unit],
        monetary_value=mean.fill_null(0.0),
    ).order_by("customer_id")


def rfm_scores(orders: ibis.Table, *, as_of, bins: int = 5) -> ibis.Table:
    """Give each customer marks from 1 to bins: `segmentation.rfm_scores` on an engine.

    orders (customer_id, ordered_at, amount_cents) -> customer_id, days_since_last, purchases,
    total_spend, r, f, m; arguments, units and errors as there
    """
    orders, ends, end = observed(orders, ["amount_cents"], as_of)
    segmentation.rfm_scores(ends, as_of=end, bins=bins)
    customers = _customers(orders)
    table = customers.select(
        "customer_id",
        days_since_last=_days(ibis.date(end.date()), customers["last"]),
        purchases=_.purchases,
        total_spend=_.cents / 100,
    )
    return table.mutate(
        r=_mark(table, _.days_since_last.desc(), bins),
        f=_mark(table, _.purchases, bins),
        m=_mark(table, _.total_spend, bins),
    ).order_by("customer_id")


def _mark(table, key, bins):
    """From 1 to bins by rank, equal ones by id."""
    rank = ibis.row_number().over(order_by=[key, _.customer_id])
    return rank * bins // table.count().as_scalar() + 1


def _customers(orders):
    """Each customer's days with an order: first, last, purchases, cents, first_cents."""
    days = orders.group_by("customer_id", day=_.ordered_at.date()).agg(cents=_.amount_cents.sum())
    return days.group_by("customer_id").agg(
        first=_.day.min(),
        last=_.day.max(),
        purchases=_.count(),
        cents=_.cents.sum(),
        first_cents=_.cents.argmin(_.day),
    )


def _days(later, earlier):
    return later.delta(earlier, unit="day").cast("int64")


def cohort_table(orders: ibis.Table, *, period: str = "M", observation_end=None) -> ibis.Table:
    """Count who came back, by the period of the first order: `retention.cohort_table`.

    orders (customer_id, ordered_at) -> cohort, age, customers, rate; arguments, units and errors
    as there
    """
    orders, ends, end = observed(orders, until=observation_end)
    counting.cohort_table(ends, period=period, observation_end=end)
    last = (end + pd.Timedelta(days=1)).to_period(period).ordinal - 1
    cells = _cells(orders, period)
    cohorts = cells.filter(_.age == 0, _.cohort <= last)
    ages = ibis.range(0, last + 1 - cohorts["cohort"])
    grid = cohorts.select("cohort", size=_.customers, age=ages.unnest())
    whole = grid.left_join(cells, ["cohort", "age"]).mutate(customers=_.customers.fill_null(0))
    many, unit = STEP[period]
    begins = ibis.date(FIRST[period]) + (whole["cohort"] * many).as_interval(unit)
    return whole.select(
        cohort=begins.cast("timestamp(6)"),
        age=_.age,
        customers=_.customers,
        rate=_.customers / _.size,
    ).order_by("cohort", "age")


def _cells(orders, period):
    """How many customers of each cohort (the number of its period) ordered at each age."""
    active = orders.select("customer_id", number=_number(orders["ordered_at"], period)).distinct()
    firsts = active.group_by("customer_id").agg(cohort=_.number.min())
    ages = active.join(firsts, "customer_id").select("cohort", age=_.number - _.cohort)
    return ages.group_by("cohort", "age").agg(customers=_.count())


def _number(when, period):
    """The number of a period as pandas counts them, 0 for that of FIRST."""
    if period == "W":
        return _days(when.date(), ibis.date(FIRST["W"])) // 7
    year = when.year().cast("int64") - 1970
    return year * 4 + when.quarter() - 1 if period == "Q" else year * 12 + when.month() - 1


def decile_table(values: ibis.Column) -> ibis.Table:
    """Return ten groups of customers from the best down: `value_matrix.decile_table`.

    values: a column of whole numbers, such as cents -> decile, customers, total, share, cumulative;
    who stands on which side of a tie changes nothing
    """
    table = require_total(values)
    rank = ibis.row_number().over(order_by=ibis.desc("value")) + 1
    ranked = table.select("value", decile=(10 * rank - 1) // table.count().as_scalar() + 1)
    totals = ranked.group_by("decile").agg(customers=_.count(), total=_.value.sum())
    grand, so_far = table["value"].sum().as_scalar(), ibis.window(order_by="decile", following=0)
    return totals.mutate(
        share=_.total / grand, cumulative=_.total.sum().over(so_far) / grand
    ).order_by("decile")


def customer_360(
    customers: ibis.Table, *, orders: ibis.Table, complaints: ibis.Table
) -> ibis.Table:
    """Return what the whole firm knows of each customer: `customer_view.customer_360`.

    customers (customer_id, joined_on), orders (customer_id, ordered_at, amount_cents), complaints
    (customer_id) -> customer_id, joined_on, purchases, total_spend, last_order, complaints
    """
    require(customers, ["customer_id", "joined_on"], name="customers")
    require(orders, ["customer_id", "ordered_at", "amount_cents"], name="orders")
    require(complaints, ["customer_id"], name="complaints")
    voiced = complaints.group_by("customer_id").agg(complaints=_.count())
    known = customers.select("customer_id", "joined_on")
    known = known.left_join(_customers(orders), "customer_id").left_join(voiced, "customer_id")
    return known.select(
        "customer_id",
        "joined_on",
        purchases=_.purchases.fill_null(0),
        total_spend=_.cents.fill_null(0) / 100,
        last_order=_.last.cast("timestamp(6)"),
        complaints=_.complaints.fill_null(0),
    ).order_by("customer_id")


def grade_by_quota(scores: ibis.Table, *, quota=QUOTA) -> ibis.Table:
    """Grade the shops of each quarter by fixed shares: `retail_grading.grade_by_quota`.

    scores (retailer, quarter, score) -> retailer, quarter, score, rank, grade; arguments and errors
    as there
    """
    require(scores, ["retailer", "quarter", "score"], name="scores")
    quota = checked_quota(quota)
    best_first = ibis.window(group_by="quarter", order_by=[_.score.desc(), _.retailer])
    ranked = scores.select(
        "retailer",
        "quarter",
        "score",
        rank=ibis.row_number().over(best_first) + 1,
        shops=_.count().over(ibis.window(group_by="quarter")),
    )
    above = [((_.rank - 1) * sum(quota) < sum(quota[: place + 1]) * _.shops, ascii_uppercase[place])
             for place in range(len(quota) - 1)]  # fmt: skip
    grade = ibis.cases(*above, else_=ascii_uppercase[len(quota) - 1])
    return ranked.mutate(grade=grade).drop("shops").order_by("retailer", "quarter")
