"""Parameters of Lanting Wholesale."""

from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Credit:
    """Log-odds of defaulting within the year after a review, in steps of schema CREDIT_SCALES.

    The last three are signals of the CRM, not of the accounts; `shock` is added from the month of
    the shock on, and shows `lag` months later.
    """

    intercept: float = -3.41
    current_ratio: float = -0.30
    debt_ratio: float = 0.35
    interest_cover: float = -0.25
    profit_margin: float = -0.30
    stock_days: float = 0.20
    years: float = -0.25
    days_late: float = 0.35
    limit_use: float = 0.30
    order_gap: float = 0.42
    complaints: float = 0.50
    contact_changed: float = 1.15
    shock: float = 0.60
    shock_month: float = 24.0
    lag: float = 3.0


@dataclass(frozen=True)
class Books:
    """The debtor's books: what ratios share, and what they keep from one year to the next."""

    common: float = 0.5
    persistence: float = 0.8
    complaints: float = 0.6
    complaints_satisfaction: float = 0.4
    contact_changed: float = 0.15
    secured: float = 0.3
    loss_secured: float = 0.40
    loss_unsecured: float = 0.686
    loss_spread: float = 0.10
    silence: float = 60.0


@dataclass(frozen=True)
class Delinquency:
    """Chain of paying on time, late (1-30 days), very late (31-75 days), month by month.

    Rows are this month's state; from `stress_month` on the rows of stress hold.
    """

    start: tuple = (0.77, 0.16, 0.07)
    on_time: tuple = (0.88, 0.10, 0.02)
    late: tuple = (0.45, 0.40, 0.15)
    very_late: tuple = (0.20, 0.30, 0.50)
    stress_on_time: tuple = (0.80, 0.15, 0.05)
    stress_late: tuple = (0.35, 0.40, 0.25)
    stress_very_late: tuple = (0.10, 0.30, 0.60)
    stress_month: float = 26.0


@dataclass(frozen=True)
class Billing:
    """Invoices per month, their size in ¥ (lognormal by customer, gamma within), payment terms."""

    rate: float = 1.05
    rate_spread: float = 0.3
    size: float = 4_000.0
    size_spread: float = 0.7
    shape: float = 4.0
    terms: tuple = (30, 60, 90)
    terms_share: tuple = (0.50, 0.35, 0.15)


@dataclass(frozen=True)
class Grading:
    """4V scores of a district's retailers, in points of 100, quarter by quarter.

    level + step x (common x the retailer + the rest of its own V), both AR(1) from quarter to
    quarter, + progress a quarter for everybody; noise is that of one indicator in one quarter
    """

    retailers: int = 400
    level: float = 58.0
    step: float = 12.0
    common: float = 0.8
    persistence: float = 0.98
    progress: float = 0.5
    noise: float = 7.5
    weights: tuple = (0.423587, 0.227044, 0.122324, 0.227045)
    quota: tuple = (1, 4, 10, 4, 1)


@dataclass(frozen=True)
class Pipeline:
    """Deals of 14 reps: skill is Beta, territory and rival are added to it.

    A stage converts with chance ** its weight. Days: mean of each stage. Seniority: shares of a
    territory's first, second and third rep. Rival: none, then RIVALS. Reasons: of lost deals, in
    the order of LOST_REASONS; misreport: share of lost deals reported as price, whatever it was.
    Discount, bonus, cash discount: shares of list; undercut: by the second of two quotes.
    """

    deals_a_year: float = 0.5
    skill_a: float = 12.0
    skill_b: float = 18.0
    territory: tuple = (-0.08, -0.04, 0.0, 0.04, 0.08)
    rival_share: tuple = (0.40, 0.25, 0.20, 0.15)
    rival: tuple = (0.06, 0.0, -0.06, -0.12)
    own_territory: float = 0.8
    seniority: tuple = (0.60, 0.30, 0.10)
    stage_weight: tuple = (0.20, 0.35, 0.45)
    days: tuple = (25.0, 35.0, 30.0)
    days_shape: float = 3.0
    reason_share: tuple = (0.25, 0.25, 0.20, 0.20, 0.10)
    misreport: float = 0.30
    list_price: float = 80_000.0
    shape: float = 2.0
    discount: float = 0.12
    bonus: float = 0.03
    cash_discount: float = 0.02
    freight: float = 250.0
    undercut: float = 0.04
    double_quoting: float = 0.06


@dataclass(frozen=True)
class Raters:
    """Three raters of the partners: a point is merit coloured by the rater's general impression.

    sqrt(1 - halo^2) x merit + halo x impression + noise + mildness, then in steps to 1-5;
    common: what a partner's merits share
    """

    halo: tuple = (0.3, 0.5, 0.8)
    mildness: tuple = (-0.2, 0.0, 0.5)
    noise: float = 0.3
    common: float = 0.2
    middle: float = 3.3
    step: float = 0.9


@dataclass(frozen=True)
class Wholesale:
    """Everything that Wholesale adds to the world."""

    credit: Credit = field(default_factory=Credit)
    books: Books = field(default_factory=Books)
    delinquency: Delinquency = field(default_factory=Delinquency)
    billing: Billing = field(default_factory=Billing)
    grading: Grading = field(default_factory=Grading)
    pipeline: Pipeline = field(default_factory=Pipeline)
    raters: Raters = field(default_factory=Raters)


def _calm(chain):
    rows = ("on_time", "late", "very_late")
    return replace(chain, **{f"stress_{row}": getattr(chain, row) for row in rows})


NULL = {
    "credit": Credit(order_gap=0, complaints=0, contact_changed=0, shock=0),
    "books": Books(complaints_satisfaction=0),
    "delinquency": _calm(Delinquency()),
    "grading": Grading(progress=0, noise=0),
    "raters": Raters(halo=(0.0,) * 3, mildness=(0.0,) * 3),
    "pipeline": Pipeline(territory=(0.0,) * 5, rival=(0.0,) * 4, misreport=0, undercut=0),
}
