"""Five strategies of improvement: titles of the source, contents and figures of ours."""

import pandas as pd

from crm_course import schema


def strategies():
    """Return five strategies with what each would move: strategy, zh, reading, points, cost.

    The five are titles in the source, without a text. reading, points (of satisfaction, 1 to 5,
    in every plan) and cost (¥ a quarter, negative where it saves) are invented.
    """
    rows = [
        ("service process", "优化服务流程", "one call settles it", 0.010, 900_000),
        ("quality of staff", "提升员工素质", "agents learn to decide", 0.008, 500_000),
        ("means of CRM", "创新CRM手段", "an app that advises on plans", 0.004, 800_000),
        ("organisation", "加强组织建设", "each customer has an owner", 0.006, 300_000),
        ("cost control", "成本控制", "shorter hours on the phone", -0.005, -500_000),
    ]
    return pd.DataFrame(rows, columns=["strategy", "zh", "reading", "points", "cost"])


def strategy_money(plans, *, customers, slope, worth, months=3):
    """Return plans with what each brings and leaves in a quarter, in ¥: gain, left.

    plans (points, cost): as of `strategies`. customers: whose satisfaction moves; slope: chance
    of staying a month for a point; worth: ¥ of a customer who stays; gain = points x slope x
    customers x months x worth, left = gain - cost.

    >>> plan = pd.DataFrame({"points": [0.01], "cost": [1000]})
    >>> strategy_money(plan, customers=1000, slope=0.1, worth=800)["left"].round(2).tolist()
    [1400.0]
    """
    schema.require(plans, ["points", "cost"], name="plans")
    gain = plans["points"] * slope * customers * months * worth
    return plans.assign(gain=gain, left=gain - plans["cost"])
