"""Parameters of the whole group."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class CallCentre:
    """Calls per hour at noon on a common day, by weekday and half-hour, and how they are served.

    morning, afternoon, evening: calls at 10:00, 15:00 and 20:00 beside 1 at noon; agents: every two
    hours; handle, patience: means in seconds, patience 0 means that nobody hangs up
    """

    calls_per_hour: float = 100.0
    weekday: tuple = (1.25, 1.0, 0.95, 0.95, 1.0, 0.6)
    morning: float = 1.2
    afternoon: float = 1.1
    evening: float = 0.45
    handle: float = 180.0
    patience: float = 600.0
    agents: tuple = (7, 8, 8, 8, 7, 5)


@dataclass(frozen=True)
class Reviews:
    """How many write; how often a buyer judges rightly (as schema.group.ATTRIBUTES)."""

    count: float = 8.0
    good: float = 0.5
    accuracy: tuple = (0.9, 0.8, 0.55)


@dataclass(frozen=True)
class Budget:
    """Share won or kept by ¥ spent per person: ceiling (1 - exp(-speed spend)), and the trial."""

    acquisition_ceiling: float = 0.40
    acquisition_speed: float = 0.10
    retention_ceiling: float = 0.90
    retention_speed: float = 0.08
    acquisition_cells: tuple = (2, 5, 10, 20, 40, 60)
    retention_cells: tuple = (5, 10, 20, 40, 60)
    people: int = 4000


@dataclass(frozen=True)
class Growth:
    """A club's year without a parcel, and what each parcel adds to one number of it.

    members: in each group; stay_share: stay a year; friends: new members whom one brings a year;
    margin, margin_spread: ¥ of a member and year. Loyalty adds to staying, acquisition to friends,
    expansion to the margin; nothing adds to anything else.
    """

    members: int = 20_000
    stay_share: float = 0.60
    friends: float = 0.05
    margin: float = 100.0
    margin_spread: float = 60.0
    adds_stay_share: float = 0.12
    adds_friends: float = 0.10
    adds_margin: float = 30.0


@dataclass(frozen=True)
class Citations:
    """Documents that quote one number; most copy it from earlier ones, famous ones most often.

    root: chance of a document not copying; empirical: chance of a root having measured
    """

    documents: int = 240
    root: float = 0.08
    empirical: float = 0.35
    mutation: float = 0.06
    drift: float = 0.20
    shown: float = 0.5


@dataclass(frozen=True)
class Records:
    """Who is in which system (in the order of schema.group.SILOS), and how records go wrong.

    sales_service: correlation of being in both; share: customers that any system can know
    """

    share: float = 0.46
    coverage: tuple = (0.72, 0.45, 0.60, 0.20, 0.80, 0.50)
    sales_service: float = 0.30
    typo: float = 0.08
    phone_missing: float = 0.12
    phone_shared: float = 0.03
    email_missing: float = 0.35


@dataclass(frozen=True)
class Portfolio:
    """A customer's year in the books: medians in ¥, spreads in logs, between customers and years.

    revenue_satisfaction, stay_satisfaction: per unit of theta; no_extra: share whom a manager does
    not move; extra_wallet: what a wallet share one step (25 points) lower adds to the log of extra
    """

    revenue: float = 320.0
    revenue_spread: float = 0.9
    revenue_satisfaction: float = 0.2
    revenue_year: float = 0.35
    margin_share: float = 0.45
    serve: float = 75.0
    serve_spread: float = 1.0
    serve_year: float = 0.45
    stay: float = 1.2
    stay_satisfaction: float = 0.6
    stay_blur: float = 0.3
    no_extra: float = 0.25
    extra: float = 40.0
    extra_spread: float = 0.6
    extra_wallet: float = 0.5
    managed: float = 0.5
    years: int = 5
    discount: float = 0.10


@dataclass(frozen=True)
class PageTest:
    """Log-odds of buying on the old page, and the chance that the new one adds, by locale."""

    share: float = 0.5
    intercept: float = -3.2
    spend: float = 0.5
    satisfaction: float = 0.3
    adds_en_us: float = 0.0
    adds_zh_cn: float = 0.008


@dataclass(frozen=True)
class Group:
    """Everything that the group as a whole adds to the world."""

    portfolio: Portfolio = field(default_factory=Portfolio)
    records: Records = field(default_factory=Records)
    call_centre: CallCentre = field(default_factory=CallCentre)
    reviews: Reviews = field(default_factory=Reviews)
    page_test: PageTest = field(default_factory=PageTest)
    budget: Budget = field(default_factory=Budget)
    citations: Citations = field(default_factory=Citations)
    growth: Growth = field(default_factory=Growth)


NULL = {
    "portfolio": Portfolio(revenue_satisfaction=0, stay_satisfaction=0),
    "records": Records(sales_service=0),
    "call_centre": CallCentre(patience=0),
    "page_test": PageTest(satisfaction=0, adds_zh_cn=0),
}
