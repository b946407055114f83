"""How many people a task takes, and what a bonus moves."""

import math

from crm_course import schema

RIVALRY, MARGIN = 0.3, 0.25  # of two efforts in their cost; ¥ of each ¥ of sales


def full_time(contacts, minutes, *, hours, occupancy=0.82, shrinkage=0.30):
    """Return how many people a month of contacts takes, not rounded.

    contacts: a month; minutes: work of each; hours: paid, of one person and month; occupancy:
    share of the hours at the desk that are work; shrinkage: share of the paid hours in which
    nobody is at the desk (holiday, illness, training).

    >>> round(full_time(18_000, 6, hours=7 * 21), 2)
    21.33
    """
    if not hours > 0:
        raise ValueError(f"hours must be above 0, got {hours}. Give paid hours of a month.")
    if not (0 < occupancy <= 1 and 0 <= shrinkage < 1):
        raise ValueError(
            f"occupancy and shrinkage must be shares, got {occupancy}, {shrinkage}. "
            "Write occupancy=0.82, shrinkage=0.30."
        )
    return contacts * minutes / 60 / (hours * occupancy * (1 - shrinkage))


def bonus_index(weights, achieved):
    """Return what a bonus is paid on: the weighted mean of achieved over planned.

    weights: they add up to 1; achieved: each over its plan, 1 as planned.

    >>> round(bonus_index([0.5, 0.3, 0.2], [1.10, 0.92, 1.05]), 3)
    1.036
    """
    if not math.isclose(math.fsum(weights), 1):
        raise ValueError(f"weights must add up to 1, got {math.fsum(weights):g}. Mend them.")
    return math.fsum(each * part for each, part in zip(weights, achieved, strict=True))


def multitask_efforts(weight, *, rivalry=RIVALRY):
    """Return the efforts for sales and for service of somebody who is paid by both.

    They maximise weight e_s + (1 - weight) e_c - (e_s² + e_c² + 2 rivalry e_s e_c) / 2, none below
    0. weight: of sales in the bonus; rivalry: from 0 (one effort does not tire for the other) to
    below 1. Source: Holmström & Milgrom (1991), in its simplest case.

    >>> [round(effort, 4) for effort in multitask_efforts(0.7)]
    [0.6703, 0.0989]
    >>> multitask_efforts(0.9)
    (0.9, 0.0)
    """
    if not (0 <= weight <= 1 and 0 <= rivalry < 1):
        raise ValueError(
            f"weight and rivalry must be shares, got {weight}, {rivalry}. Write 0.7 and 0.3."
        )
    rest = 1 - weight
    if rest <= rivalry * weight:
        return weight, 0.0
    if weight <= rivalry * rest:
        return 0.0, rest
    share = 1 - rivalry**2
    return (weight - rivalry * rest) / share, (rest - rivalry * weight) / share


def pay_trial(incentives):
    """Return the trial by weight: sales_weight, branches, and means with their standard errors.

    incentives (branch, sales_weight, sales_head, service_score): a branch a row, the weight by lot
    -> sales_head (¥ an employee and month), sales_error, service_score (points), service_error.
    """
    columns = ["branch", "sales_weight", "sales_head", "service_score"]
    rows = schema.require(incentives, columns, name="incentives").groupby("sales_weight")
    return rows.agg(branches=("branch", "size"), sales_head=("sales_head", "mean"),
                    sales_error=("sales_head", "sem"), service_score=("service_score", "mean"),
                    service_error=("service_score", "sem"))  # fmt: skip


def pay_worth(trial, point, *, margin=MARGIN):
    """Return what each weight is worth, ¥ an employee and month: margin of sales and service.

    trial: of `pay_trial`; point: ¥ of a point of service, for each employee and month.
    """
    return margin * trial["sales_head"] + point * trial["service_score"]
