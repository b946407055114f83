"""Parameters of Lanting Home."""

from dataclasses import dataclass, field, fields


@dataclass(frozen=True)
class Purchase:
    """BG/NBD in operational weeks; satisfaction lowers the dropout chance (Gaussian copula)."""

    r: float = 0.8
    alpha: float = 10.0
    a: float = 0.8
    b: float = 2.5
    satisfaction: float = 0.4


@dataclass(frozen=True)
class Spend:
    """Gamma-Gamma in ¥; satisfaction raises the mean spend (Gaussian copula).

    income: how far the income of a customer goes with what else makes the mean spend high
    """

    p: float = 6.0
    q: float = 4.0
    gamma: float = 150.0
    satisfaction: float = 0.3
    income: float = 0.5


@dataclass(frozen=True)
class Season:
    """Operational days per calendar day, January to December; mean 1 over a common year."""

    january: float = 0.90
    february: float = 0.70
    march: float = 0.85
    april: float = 0.90
    may: float = 0.95
    june: float = 1.064
    july: float = 0.90
    august: float = 0.90
    september: float = 0.95
    october: float = 1.00
    november: float = 1.80
    december: float = 1.08


@dataclass(frozen=True)
class Prices:
    """What an order is made of: two pieces, freight (¥) by price band, discounts, what comes back.

    return_a, return_b: Beta of a customer's chance to send an order back; return_rate: its loading
    on how often the customer orders (Gaussian copula)
    """

    two: tuple = (0.15, 0.10, 0.02, 0.0)
    discounted: float = 0.35
    discounted_november: float = 0.85
    freight: tuple = (6, 9, 15, 60)
    return_a: float = 0.4
    return_b: float = 3.6
    return_rate: float = 0.6


@dataclass(frozen=True)
class Problems:
    """How often things go wrong (a month), what they cost, in the order of schema.home.CATEGORIES.

    satisfaction: the log of the rate falls by this much per unit of theta
    """

    rate: float = 0.178
    satisfaction: float = 0.25
    share: tuple = (0.40, 0.25, 0.15, 0.20)
    loss: tuple = (300, 60, 80, 20)
    loss_spread: float = 0.8


@dataclass(frozen=True)
class Voicing:
    """Log-odds of complaining, by category at a loss of ¥100, and who is loyal.

    loss: per tenfold loss; loyal_satisfaction: loading of loyalty on theta
    """

    category: tuple = (-0.3, -1.0, 0.0, -2.0)
    loss: float = 0.9
    loyalty: float = 1.1
    invitation: float = 0.8
    invited: float = 0.5
    loyal: float = 0.40
    loyal_satisfaction: float = 0.6
    escalated: float = 0.07


@dataclass(frozen=True)
class Handling:
    """Shares of what becomes of a complaint, and what it does to the chance of buying again.

    The fast desk adds to quick what it takes from unresolved; so does being loyal.
    """

    resolved_share: float = 0.40
    quick_share: float = 0.15
    quick_fast_desk: float = 0.30
    quick_loyal: float = 0.10
    fast_desk: float = 0.5
    stay: float = -0.9
    stay_loyalty: float = 1.4
    resolved: float = 0.09
    quick: float = 0.22


@dataclass(frozen=True)
class Recovery:
    """Satisfaction after a case: justice from the middle of its scale (4), severity log10(¥ / 100).

    outcome_*: where the three justices lie if unresolved, resolved, quick
    """

    middle: float = 5.0
    distributive: float = 0.30
    procedural: float = 0.18
    interactional: float = 0.27
    severity: float = -0.35
    distributive_procedural: float = 0.05
    noise: float = 0.6
    outcome_distributive: tuple = (1.8, 4.2, 5.7)
    outcome_procedural: tuple = (2.2, 4.0, 5.8)
    outcome_interactional: tuple = (2.8, 4.3, 5.0)
    justice_noise: float = 1.0
    justice_compensation: float = 2.0
    justice_satisfaction: float = 0.4


@dataclass(frozen=True)
class Kano:
    """Who is asked, how many see a feature as most do, how many answer without reading."""

    share: float = 0.16
    agreement: float = 0.60
    careless: float = 0.03


@dataclass(frozen=True)
class Repairs:
    """Repair cases a month, their hours by activity (schema.home.ACTIVITIES), and the redesign.

    pace: what the redesign leaves of every hour; with the repairs that hold the first time it
    takes 35 per cent off the mean lead time. csat in points of 100
    """

    rate: float = 0.103
    wait: tuple = (0, 12, 20, 30, 36, 3, 8)
    work: tuple = (0.2, 1.0, 0.3, 0.2, 1.5, 0.3, 0.2)
    part: float = 0.40
    first_time_fix: float = 0.70
    redesign_month: int = 19
    redesign_pace: float = 0.682
    redesign_first_time_fix: float = 0.08
    redesign_csat: float = 6.0
    csat: float = 58.0
    csat_satisfaction: float = 4.0
    csat_noise: float = 8.0
    csat_region_a: float = 2.0
    csat_everybody: float = 3.0
    close_lost: float = 0.12


@dataclass(frozen=True)
class Conversations:
    """Callers by style (schema.home.STYLES, then none), their signs, and what a pitch sells.

    sign_own, sign_other, sign_without: chance of a sign from its own style, from another one, from
    a caller without any; sharpness: power to which raters raise the odds of a style; match and
    mismatch: what a pitch in the caller's own style adds to the base, and one in another takes off
    """

    calls: int = 3000
    share: tuple = (0.20, 0.17, 0.12, 0.16, 0.35)
    sign_own: float = 0.60
    sign_other: float = 0.25
    sign_without: float = 0.30
    sharpness: float = 2.0
    plain_share: float = 1 / 3
    base: float = 0.24
    match: float = 0.08
    mismatch: float = 0.04


@dataclass(frozen=True)
class Home:
    """Everything that Home adds to the world."""

    purchase: Purchase = field(default_factory=Purchase)
    spend: Spend = field(default_factory=Spend)
    season: Season = field(default_factory=Season)
    prices: Prices = field(default_factory=Prices)
    problems: Problems = field(default_factory=Problems)
    voicing: Voicing = field(default_factory=Voicing)
    handling: Handling = field(default_factory=Handling)
    recovery: Recovery = field(default_factory=Recovery)
    kano: Kano = field(default_factory=Kano)
    repairs: Repairs = field(default_factory=Repairs)
    conversations: Conversations = field(default_factory=Conversations)


NULL = {
    "purchase": Purchase(satisfaction=0),
    "spend": Spend(satisfaction=0, income=0),
    "season": Season(**{month.name: 1.0 for month in fields(Season)}),
    "prices": Prices(return_rate=0),
    "problems": Problems(satisfaction=0),
    "voicing": Voicing(loyalty=0, loyal_satisfaction=0),
    "handling": Handling(quick_loyal=0, stay_loyalty=0),
    "recovery": Recovery(justice_satisfaction=0),
    "repairs": Repairs(csat_satisfaction=0),
    "conversations": Conversations(match=0, mismatch=0),
}
