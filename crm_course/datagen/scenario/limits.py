"""What a parameter may be: the first rule whose pattern fits `process.parameter` holds."""

import math
from dataclasses import dataclass
from fnmatch import fnmatch


@dataclass(frozen=True)
class Limit:
    """Bounds of a parameter or of each part of one; strict excludes them, total is their sum."""

    low: float = -1e6
    high: float = 1e6
    strict: bool = False
    total: float | None = None
    rising: bool = False

    @property
    def words(self) -> str:
        """The bounds as a reader would say them."""
        if self.strict:
            bounds = f"between {self.low:g} and {self.high:g}, both excluded"
        else:
            bounds = f"from {self.low:g} to {self.high:g}"
        total = "" if self.total is None else f" and sum to {self.total:g}"
        return bounds + total + (" and rise" if self.rising else "")

    def holds(self, values: tuple) -> bool:
        """Whether every part lies within the bounds and the parts go together."""
        below = [x <= self.low if self.strict else x < self.low for x in values]
        above = [x >= self.high if self.strict else x > self.high for x in values]
        summed = self.total is None or math.isclose(sum(values), self.total, abs_tol=1e-6)
        risen = not self.rising or all(a < b for a, b in zip(values, values[1:], strict=False))
        return not any(below + above) and summed and risen


SHARE = Limit(0, 1)
LOADING = Limit(-1, 1)
POSITIVE = Limit(0, 1e6, strict=True)
NOT_NEGATIVE = Limit(0, 1e6)
TOTAL = Limit(0, 1, total=1)
MONTH = Limit(1, 36)
ANY = Limit()
LIMITS = {
    "call.share": SHARE,
    "call.risk": Limit(0, 1, rising=True),
    "call.uplift": LOADING,
    "leaving.*_pull": ANY,
    "leaving.forced": Limit(0, 0.3),
    "leaving.firm_abandoned": Limit(0, 0.3),
    "leaving.other": Limit(0, 0.3),
    "stated.*": TOTAL,
    "tracking.persistence": Limit(0, 1, strict=True),
    "tracking.value_satisfaction": LOADING,
    "tracking.*": NOT_NEGATIVE,
    "bill.plan": POSITIVE,
    "bill.plan_share": TOTAL,
    "bill.direct_share": SHARE,
    "bill.*": NOT_NEGATIVE,
    "purchase.satisfaction": LOADING,
    "purchase.*": POSITIVE,
    "spend.satisfaction": LOADING,
    "spend.income": LOADING,
    "spend.*": POSITIVE,
    "prices.freight": NOT_NEGATIVE,
    "prices.return_rate": LOADING,
    "prices.return_*": POSITIVE,
    "prices.*": SHARE,
    "season.*": Limit(0, 100, strict=True),
    "subscriptions.*_share": TOTAL,
    "subscriptions.cancel": SHARE,
    "problems.share": TOTAL,
    "repairs.first_time_fix": SHARE,
    "conversations.calls": Limit(1, 1e6),
    "conversations.share": TOTAL,
    "conversations.sharpness": NOT_NEGATIVE,
    "conversations.*": SHARE,
    "records.*": SHARE,
    "reviews.good": SHARE,
    "reviews.accuracy": SHARE,
    "citations.documents": Limit(1, 1e6),
    "citations.*": SHARE,
    "growth.members": Limit(1, 1e9),
    "growth.margin": ANY,
    "growth.adds_margin": ANY,
    "growth.stay_share": Limit(0, 0.8),
    "growth.adds_stay_share": Limit(0, 0.2),
    "growth.*": NOT_NEGATIVE,
    "call_centre.*": NOT_NEGATIVE,
    "fleet.private_vehicles": TOTAL,
    "fleet.*": NOT_NEGATIVE,
    "leakage.satisfaction": ANY,
    "leakage.*": NOT_NEGATIVE,
    "workshop.share": TOTAL,
    "workshop.*": NOT_NEGATIVE,
    "delinquency.stress_month": MONTH,
    "delinquency.*": TOTAL,
    "billing.terms_share": TOTAL,
    "billing.*": NOT_NEGATIVE,
    "grading.weights": SHARE,
    "pipeline.*_share": TOTAL,
    "pipeline.seniority": TOTAL,
    "pipeline.stage_weight": TOTAL,
    "pipeline.skill_*": POSITIVE,
    "pipeline.misreport": SHARE,
    "pipeline.double_quoting": SHARE,
    "pipeline.own_territory": SHARE,
    "credit.lag": Limit(0, 12),
    "books.silence": NOT_NEGATIVE,
    "books.complaints*": NOT_NEGATIVE,
    "books.*": SHARE,
    "raters.halo": SHARE,
    "raters.common": SHARE,
    "grading.retailers": Limit(20, 1e5),
    "grading.common": SHARE,
    "culture.branches": Limit(2, 1e4),
    "culture.employees": Limit(2, 1e3, rising=True),
    "survey.loading": SHARE,
    "survey.icc": SHARE,
    "training.teams": Limit(2, 1e4),
    "training.team_size": Limit(1, 1e4),
    "training.memory": LOADING,
    "training.support": LOADING,
    "training.affective": LOADING,
    "training.utility": LOADING,
    "training.support_team": SHARE,
    "training.attrition": SHARE,
    "training.keeping": SHARE,
    "roles.doers": Limit(1, 1e3),
    "roles.skill": Limit(1, 5),
    "roles.*": Limit(0, 8),
    "handoffs.cases": Limit(1, 1e6),
    "handoffs.reliability": SHARE,
    "handoffs.*": NOT_NEGATIVE,
    "incentives.weights": SHARE,
    "incentives.rivalry": Limit(0, 0.99),
    "incentives.branches": Limit(4, 1e4),
    # What the names say of all others.
    "*.*_month": MONTH,
    "*.share": SHARE,
    "*.*_share": SHARE,
    "*.careless": SHARE,
    "*.persistence": Limit(0, 1, strict=True),
    "*.linked": LOADING,
    "*.alpha": POSITIVE,
    "*.beta": POSITIVE,
    "*.rate": NOT_NEGATIVE,
    "*.shape": POSITIVE,
    "*.*_shape": POSITIVE,
    "*.step": POSITIVE,
    "*.noise": NOT_NEGATIVE,
    "*.*_noise": NOT_NEGATIVE,
    "*.spread": NOT_NEGATIVE,
    "*.*_spread": NOT_NEGATIVE,
}


def limit(process: str, parameter: str) -> Limit:
    """Return the limit of a parameter; any finite number up to a million where none is set.

    >>> limit("season", "may").words
    'between 0 and 100, both excluded'
    """
    name = f"{process}.{parameter}"
    return next((rule for pattern, rule in LIMITS.items() if fnmatch(name, pattern)), ANY)
