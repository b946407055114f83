"""What a parameter may be: the first rule whose pattern fits `process.parameter` holds.

What keeps its rule makes tables that keep to the schema, the other parameters being Lanting's.
"""

import math
from dataclasses import dataclass
from fnmatch import fnmatch


@dataclass(frozen=True)
class Limit:
    """Bounds of a parameter or of each part of one; total is the sum of the parts."""

    low: float
    high: float
    whole: bool = False
    total: float | None = None
    rising: bool = False

    @property
    def words(self) -> str:
        """The rule as a reader would say it."""
        whole = "whole and " if self.whole else ""
        total = "" if self.total is None else f" and sum to {self.total:g}"
        rising = " and rise" if self.rising else ""
        return f"{whole}from {self.low:,.15g} to {self.high:,.15g}{total}{rising}"

    def holds(self, values: tuple) -> bool:
        """Whether every part lies within the bounds and the parts go together."""
        within = all(self.low <= x <= self.high for x in values)
        counted = not self.whole or all(isinstance(x, int) for x in values)
        summed = self.total is None or math.isclose(sum(values), self.total, abs_tol=1e-6)
        risen = not self.rising or all(a < b for a, b in zip(values, values[1:], strict=False))
        return within and counted and summed and risen


SHARE = Limit(0, 1)
LOADING = Limit(-1, 1)
TOTAL = Limit(0, 1, total=1)
MONTH = Limit(1, 36)
WHOLE_MONTH = Limit(1, 36, whole=True)
POINTS = Limit(0, 100)
MONEY = Limit(0, 1e6)
COUNT = Limit(0, 1e6, whole=True)  # and whole ¥
SMALL = Limit(0, 10)  # means, factors, deviations
SHAPE = Limit(0.1, 1000)  # of gamma and beta: nearer to 0 nothing but 0 and 1 comes out
SPREAD = Limit(0, 3)  # in logs: five of them make 3 million times as much
COEFFICIENT = Limit(-10, 10)
# An id is that of the customer, then two or three digits that count. What is counted stays below
# 100 or 1000 even with the luckiest of a million customers, so that no id runs into the next one.
IDS = {
    "purchase.r": Limit(0.1, 3),
    "purchase.alpha": Limit(4, 1000),
    "season.*": Limit(0.01, 4),
    "problems.rate": Limit(0, 2),
    "problems.satisfaction": Limit(-0.5, 0.5),
    "repairs.rate": SMALL,
    "subscriptions.more_subscriptions": Limit(0, 30),
    "fleet.*_vehicles": Limit(0, 40),
    "fleet.vehicles_shape": Limit(0.5, 1000),
    "billing.rate": Limit(0, 2),
    "billing.rate_spread": Limit(0, 0.5),
    "pipeline.deals_a_year": Limit(0, 15),
}
LIMITS = {
    "fleet.private_vehicles": TOTAL,
    **IDS,
    # No chance of renewing may be rounded to 0 or 1: the risk score is made of its log-odds.
    "retention.intercept": Limit(-4, 4),
    "retention.interaction": LOADING,
    "retention.*": Limit(-2, 2),
    "portfolio.stay_satisfaction": LOADING,
    "tracking.value_satisfaction": LOADING,
    "tracking.persistence": SHARE,
    "tracking.*": SMALL,
    "call.risk": Limit(0, 1, rising=True),
    "call.uplift": LOADING,
    "leaving.forced": Limit(0, 0.3),
    "leaving.firm_abandoned": Limit(0, 0.3),
    "leaving.other": Limit(0, 0.3),
    "stated.*": TOTAL,
    "bill.plan": COUNT,
    "bill.plan_share": TOTAL,
    # Together they keep every mean answer between 1 and 7.
    "servqual.expectation": Limit(4.2, 5.6),
    "servqual.gap": Limit(-2, 0.2),
    "servqual.person": Limit(0, 0.4),
    "servqual.item": Limit(0, 0.4),
    "servqual.satisfaction": Limit(-0.4, 0.4),
    "pulse.satisfaction": LOADING,
    "pulse.csat": Limit(-10, 10, rising=True),
    "pulse.nps": Limit(-10, 10, rising=True),
    "contracts.margin_median": MONEY,
    # Every month a chance above 0 and up to 1, whoever cancels and however satisfied.
    "subscriptions.cancel": Limit(0.001, 0.05),
    "subscriptions.cancel_other_user": Limit(0.1, 3),
    "subscriptions.cancel_satisfaction": Limit(-0.3, 0.3),
    "subscriptions.other_user": SHARE,
    "subscriptions.more_accounts": SMALL,
    "subscriptions.*_share": TOTAL,
    "kpis.start": COUNT,
    "kpis.new": COUNT,
    "kpis.csat": Limit(1, 5),
    "kpis.retention": SHARE,
    "kpis.csat_persistence": LOADING,
    "kpis.answers": Limit(1, 1e6, whole=True),
    "purchase.satisfaction": LOADING,
    "spend.satisfaction": LOADING,
    "spend.income": LOADING,
    "spend.q": Limit(1, 1000),  # below 1 there is no mean of the spend
    "spend.gamma": Limit(1, 1e4),
    "prices.freight": MONEY,
    "prices.return_rate": LOADING,
    "prices.return_*": SHAPE,
    "prices.*": SHARE,
    "problems.share": TOTAL,
    "voicing.inv*ed": SHARE,
    "voicing.loyal": SHARE,
    "voicing.loyal_satisfaction": LOADING,
    "voicing.escalated": SHARE,
    "handling.stay*": COEFFICIENT,
    "handling.*": SHARE,
    "repairs.wait": POINTS,
    "repairs.work": Limit(0.05, 100),  # at 0 two steps would start in one second
    "repairs.redesign_pace": Limit(0.1, 10),
    "repairs.csat": POINTS,
    "repairs.csat_noise": POINTS,
    "repairs.part": SHARE,
    "repairs.*first_time_fix": SHARE,
    "repairs.close_lost": SHARE,
    "conversations.calls": Limit(1, 1e5, whole=True),
    # Raters weigh the styles by how likely the signs are: none may be impossible.
    "conversations.share": Limit(0.01, 0.96, total=1),
    "conversations.sign_o*": Limit(0.01, 0.99),
    "conversations.sharpness": SMALL,
    "records.coverage": Limit(0.01, 0.99),
    "call_centre.calls_per_hour": Limit(0, 500),
    "call_centre.handle": Limit(0, 3600),
    "call_centre.patience": Limit(0, 1e5),
    "call_centre.agents": Limit(1, 1000, whole=True),
    "reviews.count": Limit(0, 1000),
    "budget.*_cells": Limit(0, 1e4, whole=True, rising=True),
    "budget.people": Limit(1, 1e6, whole=True),
    "budget.*_ceiling": SHARE,
    "citations.documents": Limit(1, 1e5, whole=True),
    "growth.members": Limit(1, 1e8, whole=True),
    "growth.stay_share": Limit(0, 0.8),
    "growth.adds_stay_share": Limit(0, 0.2),
    "growth.*friends": SMALL,
    "growth.*": MONEY,
    "portfolio.years": Limit(1, 50, whole=True),
    "portfolio.extra_wallet": LOADING,
    "portfolio.revenue_satisfaction": LOADING,
    "portfolio.no_extra": SHARE,
    "portfolio.managed": SHARE,
    "portfolio.revenue": MONEY,
    "portfolio.serve": MONEY,
    "portfolio.extra": MONEY,
    "page_test.adds_*": LOADING,
    # Every vehicle has a hazard above 0.
    "leakage.hazard": Limit(0.002, 1),
    "fleet.loyalty": Limit(0.2, 10),
    "leakage.satisfaction": Limit(-0.7, 0.7),
    "leakage.after_warranty": Limit(0.1, 100),
    "leakage.warranty": Limit(0, 600),
    "fleet.age_bought_elsewhere": Limit(0, 600),
    "fleet.interval": Limit(0, 600),
    "fleet.service_km": MONEY,
    "workshop.share": TOTAL,
    "workshop.at_home": SHARE,
    "workshop.*_profit": SHARE,
    "workshop.ageing": SMALL,
    "billing.terms": Limit(0, 365, whole=True),
    "billing.terms_share": TOTAL,
    "delinquency.stress_month": MONTH,
    "delinquency.*": TOTAL,
    "credit.lag": Limit(0, 11),  # a default comes within the year
    "books.complaints": SMALL,
    "books.complaints_satisfaction": LOADING,
    "books.silence": Limit(0, 365),
    "books.*": SHARE,
    "grading.retailers": Limit(20, 1e4, whole=True),
    "grading.weights": TOTAL,
    "grading.quota": Limit(1, 1000, whole=True),
    "grading.level": POINTS,
    "grading.step": POINTS,
    "grading.noise": POINTS,
    "pipeline.*_share": TOTAL,
    "pipeline.seniority": TOTAL,
    "pipeline.stage_weight": TOTAL,
    "pipeline.skill_*": SHAPE,
    "pipeline.territory": LOADING,
    "pipeline.rival": LOADING,
    "pipeline.days": Limit(0, 1000),
    "pipeline.list_price": MONEY,
    "pipeline.freight": MONEY,
    "raters.halo": SHARE,
    "culture.branches": Limit(2, 1000, whole=True),
    "culture.employees": Limit(2, 200, whole=True, rising=True),
    # No branch may lose money that it never had.
    "culture.revenue": Limit(-0.1, 0.1),
    "culture.revenue_noise": Limit(0, 0.1),
    "culture.revenue_head": MONEY,
    "culture.reverse": Limit(-0.3, 0.3),
    "culture.noise": Limit(0, 1.5),
    "culture.method": SMALL,
    "culture.retention_base": SHARE,
    "culture.retention_noise": SMALL,
    "culture.persistence": SHARE,
    "culture.*": LOADING,
    "survey.loading": SHARE,
    "survey.icc": SHARE,
    "training.teams": Limit(2, 1000, whole=True),
    "training.team_size": Limit(1, 1000, whole=True),
    "training.memory": LOADING,
    "training.support": LOADING,
    "training.affective": LOADING,
    "training.utility": LOADING,
    "training.support_team": SHARE,
    "training.attrition": SHARE,
    "training.keeping": SHARE,
    "training.middle": POINTS,
    "training.*step": POINTS,
    "training.result*": MONEY,
    "roles.doers": Limit(1, 1000, whole=True),
    "roles.skill": Limit(1, 5),
    "roles.*": Limit(0, 8, whole=True),
    "handoffs.cases": Limit(1, 1e5, whole=True),
    "handoffs.reliability": SHARE,
    "handoffs.minutes": Limit(0, 1e4),
    "incentives.weights": SHARE,
    "incentives.rivalry": Limit(0, 0.99),
    "incentives.branches": Limit(4, 1e4, whole=True),
    "incentives.sales": MONEY,
    "incentives.sales_noise": Limit(0, 0.2),  # more of it would make sales negative
    "incentives.service": POINTS,
    "incentives.service_gain": POINTS,
    # What the names say of all others.
    "*.redesign_month": WHOLE_MONTH,
    "*.phone_month": WHOLE_MONTH,
    "*.*_month": MONTH,
    "*.share": SHARE,
    "*.*_share": SHARE,
    "*.careless": SHARE,
    "*.persistence": SHARE,
    "*.common": SHARE,
    "*.discount": SHARE,
    "*.linked": LOADING,
    "*.alpha": SHAPE,
    "*.beta": SHAPE,
    "*.shape": SHAPE,
    "*.*_shape": SHAPE,
    "*.step": SMALL,
    "*.noise": SMALL,
    "*.*_noise": SMALL,
    "*.*_spread": SPREAD,
    "*.*_year": SPREAD,
    "*.*_blur": SPREAD,
    # What a process says of its others; all that is left is a coefficient.
    "bill.*": MONEY,
    "subscriptions.*": MONEY,
    "purchase.*": SHAPE,
    "spend.*": SHAPE,
    "problems.*": MONEY,
    "conversations.*": SHARE,
    "kano.*": SHARE,
    "records.*": SHARE,
    "call_centre.*": Limit(0, 3),
    "reviews.*": SHARE,
    "budget.*": SMALL,
    "citations.*": SHARE,
    "fleet.*": SHARE,
    "workshop.*": MONEY,
    "billing.*": MONEY,
    "pipeline.*": SHARE,
    "handoffs.*": SMALL,
    "incentives.*": SMALL,
    "*": COEFFICIENT,
}


def limit(process: str, parameter: str) -> Limit:
    """Return the limit of a parameter.

    >>> limit("season", "may").words
    'from 0.01 to 4'
    """
    name = f"{process}.{parameter}"
    return next(rule for pattern, rule in LIMITS.items() if fnmatch(name, pattern))
