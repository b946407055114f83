"""Parameters of Lanting Mobile."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Retention:
    """Log-odds of renewing, in steps from the middle of each scale.

    intercept + satisfaction S + value V + switching_cost C + interaction S C
    """

    intercept: float = 0.4
    satisfaction: float = 0.9
    value: float = 0.7
    switching_cost: float = 0.5
    interaction: float = -0.3


@dataclass(frozen=True)
class Tracking:
    """How the monthly scores move, in standard deviations: person + month, month by AR(1)."""

    satisfaction_person: float = 0.8
    satisfaction_month: float = 0.6
    value_satisfaction: float = 0.4
    value_person: float = 0.8
    value_month: float = 0.6
    switch_person: float = 0.9
    switch_month: float = 0.19**0.5
    persistence: float = 0.9
    risk_blur: float = 0.35


@dataclass(frozen=True)
class Call:
    """Who is called (a coin), and what a call adds, by the risk of leaving if nobody calls."""

    share: float = 0.5
    risk: tuple = (0, 0.12, 0.25, 0.45, 0.60, 0.80, 1)
    uplift: tuple = (-0.03, -0.03, 0.05, 0.14, 0.10, 0.02, 0.02)


@dataclass(frozen=True)
class Leaving:
    """Monthly hazards between renewals, and what pulls the ones who do not renew."""

    forced: float = 0.004
    firm_abandoned: float = 0.001
    other: float = 0.001
    dissatisfied: float = 0.3
    poached: float = 0.0
    attracted: float = -0.2
    satisfaction_pull: float = 1.0
    switching_pull: float = 1.0
    value_pull: float = 1.0


@dataclass(frozen=True)
class Stated:
    """Shares of the reasons given (in the order of schema.REASONS), by the true reason.

    Price (poached) is polite to say and said half again too often; being let down, or let go, is
    embarrassing to say.
    """

    firm_abandoned: tuple = (0.20, 0.15, 0.35, 0.00, 0.00, 0.30)
    dissatisfied: tuple = (0.00, 0.62, 0.18, 0.05, 0.00, 0.15)
    poached: tuple = (0.00, 0.00, 0.95, 0.05, 0.00, 0.00)
    attracted: tuple = (0.00, 0.00, 0.22, 0.70, 0.00, 0.08)
    forced: tuple = (0.00, 0.00, 0.05, 0.00, 0.85, 0.10)
    other: tuple = (0.00, 0.00, 0.20, 0.00, 0.00, 0.80)


@dataclass(frozen=True)
class Bill:
    """Lanting Mobile's month in ¥: plans and their shares, usage on top, costs."""

    plan: tuple = (29, 39, 59, 89)
    plan_share: tuple = (0.35, 0.35, 0.20, 0.10)
    usage: float = 4.0
    direct_share: float = 0.40
    service: float = 10.0
    service_satisfaction: float = 5.0


@dataclass(frozen=True)
class Servqual:
    """Expectations in points, gaps in the order of schema.mobile.DIMENSIONS; all parts are bounded.

    person, item: half the width of what differs by customer and by item
    satisfaction: what the least and the most satisfied add to the perception
    """

    share: float = 0.20
    expectation: float = 5.6
    gap: tuple = (-0.8, -1.1, -0.3, -0.6, 0.2)
    person: float = 0.4
    item: float = 0.4
    satisfaction: float = 0.4
    careless: float = 0.04


@dataclass(frozen=True)
class Pulse:
    """A monthly question by graded response: loading on satisfaction, thresholds of the answers.

    answer, answer_satisfaction: log-odds of answering; phone: what the phone adds to the latent
    """

    share: float = 0.15
    satisfaction: float = 0.8
    csat: tuple = (-1.8, -1.0, -0.3, 0.8)
    nps: tuple = (-2.3, -2.1, -1.9, -1.7, -1.5, -1.2, -0.9, -0.5, 0.1, 0.7)
    answer: float = -0.4
    answer_satisfaction: float = 0.4
    phone_month: int = 25
    phone: float = 0.45


@dataclass(frozen=True)
class Contracts:
    """Yearly contracts by shifted beta-geometric; margins lognormal, in ¥ a year.

    linked: correlation of margin and churn in the two worlds of truth_contracts
    """

    alpha: float = 0.7
    beta: float = 2.4
    margin_median: float = 120.0
    margin_spread: float = 0.5
    linked: float = 0.4
    discount: float = 0.10


@dataclass(frozen=True)
class Subscriptions:
    """Accounts beyond the first, subscriptions beyond the first of each, and how they end.

    cancel: chance a month, except for the first one; other_user: how many times as high where
    somebody else uses it; satisfaction: the log of it falls by this much per unit of theta
    """

    more_accounts: float = 0.367
    more_subscriptions: float = 0.756
    payer_share: tuple = (0.70, 0.18, 0.12)
    product_share: tuple = (0.55, 0.25, 0.12, 0.08)
    arpu: tuple = (35, 60, 25, 20)
    arpu_spread: float = 0.4
    other_user: float = 0.40
    cancel: float = 0.015
    cancel_other_user: float = 1.8
    cancel_satisfaction: float = 0.3


@dataclass(frozen=True)
class Kpis:
    """Prepaid plans by segment (schema.mobile.SEGMENTS) from month 13 on: levels, mix and artefact.

    csat_rise: points a month, in every segment; effect: chance of staying per point of csat
    """

    start: tuple = (120_000, 60_000, 20_000)
    new: tuple = (600, 3000, 22_000)
    csat: tuple = (4.2, 3.9, 3.4)
    csat_rise: float = 0.007
    csat_spread: float = 0.04
    csat_persistence: float = 0.3
    retention: tuple = (0.94, 0.94, 0.925)
    effect: float = 0.15
    answers: int = 10_000
    answer_spread: float = 1.0
    phone_month: int = 25
    phone: float = 0.4


@dataclass(frozen=True)
class Mobile:
    """Everything that Mobile adds to the world."""

    retention: Retention = field(default_factory=Retention)
    tracking: Tracking = field(default_factory=Tracking)
    call: Call = field(default_factory=Call)
    leaving: Leaving = field(default_factory=Leaving)
    stated: Stated = field(default_factory=Stated)
    bill: Bill = field(default_factory=Bill)
    subscriptions: Subscriptions = field(default_factory=Subscriptions)
    kpis: Kpis = field(default_factory=Kpis)
    contracts: Contracts = field(default_factory=Contracts)
    servqual: Servqual = field(default_factory=Servqual)
    pulse: Pulse = field(default_factory=Pulse)


NULL = {
    "retention": Retention(satisfaction=0, interaction=0),
    "tracking": Tracking(value_satisfaction=0),
    "leaving": Leaving(satisfaction_pull=0),
    "bill": Bill(service_satisfaction=0),
    "subscriptions": Subscriptions(cancel_satisfaction=0),
    "kpis": Kpis(effect=0),
    "servqual": Servqual(satisfaction=0),
    "pulse": Pulse(satisfaction=0, answer_satisfaction=0),
}
