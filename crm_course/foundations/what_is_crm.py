"""What CRM is: a program, a process and a habit, and what each is worth without the others.

    what_is_crm.posts_on_path(handoffs)            how many posts a case passes through
    what_is_crm.followed_share(posts, 0.8)         cases that can be followed from end to end
    what_is_crm.yearly_result(posts, habit=0.8)    what the program earns and costs, in ¥
    what_is_crm.logistic_through((1999, 0.1), (2003, 0.5))   how fast a new thing spreads
"""

from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from crm_course import figures, schema
from crm_course.locale import _

# What the group would pay and gain in a year; invented.
STAKES = MappingProxyType({
    "cases": 20_000,
    "worth": 30.0,  # ¥ of a case that can be followed: nobody asks the customer again
    "licence": 250_000.0,
    "training": 60_000.0,
    "shorter_path": 40_000.0,
})  # fmt: skip
HABIT, TRAINED = 0.70, 0.85  # of ten things that happen: written down without and with training


def posts_on_path(handoffs):
    """Count the posts that each case passes through, from the first to the last.

    handoffs (handoff_case, step) -> Series by handoff_case: hand-offs and one.
    """
    schema.require(handoffs, ["handoff_case", "step"], name="handoffs")
    return (handoffs.groupby("handoff_case")["step"].count() + 1).rename("posts")


def followed_share(posts, habit, *, removed=0):
    """Return the share of cases that can be followed from end to end.

    posts: posts on the path of each case; habit: share of what happens that a post writes down,
    0 to 1; removed: hand-offs that every path loses, down to one post. A case can be followed
    where every post on its path wrote: habit to the power of posts, if posts forget
    independently of each other.

    >>> followed_share([1, 2], 0.5)
    0.375
    """
    if not 0 <= habit <= 1:
        raise ValueError(f"habit must lie between 0 and 1, got {habit}. Write 0.8 for 80 %.")
    if removed < 0:
        raise ValueError(f"removed must not be negative, got {removed}. Paths get shorter here.")
    left = np.maximum(np.asarray(posts) - removed, 1)
    return float((habit**left).mean())


def yearly_result(posts, *, habit=HABIT, removed=0, trained=False):
    """Return what a year with the program earns, costs and leaves, as a Series in ¥.

    posts: as in `followed_share`; habit: without training, with it TRAINED if that is more;
    removed: hand-offs taken out of every path, each at a price. Prices are STAKES, invented.
    """
    reached = max(habit, TRAINED) if trained else habit
    share = followed_share(posts, reached, removed=removed)
    earned = STAKES["cases"] * STAKES["worth"] * share
    extras = STAKES["training"] * trained + STAKES["shorter_path"] * removed
    spent = STAKES["licence"] + extras
    return pd.Series(
        {"followed": share, "earned": earned, "spent": spent, "result": earned - spent}
    )


def offers(posts):
    """Return the four offers of the chapter, a row each: followed, earned, spent, result (¥)."""
    choices = {
        "program alone": {},
        "program, shorter paths": {"removed": 1},
        "program, training": {"trained": True},
        "all three": {"removed": 1, "trained": True},
    }
    return pd.DataFrame({name: yearly_result(posts, **how) for name, how in choices.items()}).T


@dataclass(frozen=True)
class Adoption:
    """A logistic curve of adoption: A(t) = 1 / (1 + e^(-speed (t - midpoint))), t in years."""

    speed: float
    midpoint: float

    def share(self, year):
        """The share that has adopted by a year (a number or an array)."""
        return 1 / (1 + np.exp(-self.speed * (np.asarray(year, dtype=float) - self.midpoint)))

    def year(self, share):
        """The year in which a share, between 0 and 1, is reached."""
        return self.midpoint + _log_odds(share) / self.speed


def logistic_through(first, second):
    """Return the Adoption through two points (year, share), the later one second.

    >>> curve = logistic_through((1999, 0.10), (2003, 0.50))
    >>> round(curve.speed, 4), round(float(curve.share(2001)), 2), round(curve.year(0.9))
    (0.5493, 0.25, 2007)
    """
    (year, share), (later, larger) = first, second
    if not (year < later and share < larger):
        raise ValueError(f"points must rise, got {first}, {second}. Give the earlier one first.")
    speed = (_log_odds(larger) - _log_odds(share)) / (later - year)
    return Adoption(speed=speed, midpoint=later - _log_odds(larger) / speed)


def _log_odds(share):
    if not 0 < share < 1:
        raise ValueError(f"share must lie between 0 and 1, got {share}. Write 0.1 for 10 %.")
    return float(np.log(share / (1 - share)))


def conversion(abandoned, *, recovered=0.0):
    """Return the share of baskets that are paid: of those abandoned a share is recovered.

    >>> round(conversion(0.67, recovered=0.10), 3)
    0.397
    """
    for name, value in {"abandoned": abandoned, "recovered": recovered}.items():
        if not 0 <= value <= 1:
            raise ValueError(f"{name} must lie between 0 and 1, got {value}. Write 0.1 for 10 %.")
    return 1 - abandoned + abandoned * recovered


def definitions():
    """Return eight definitions side by side: who says it, in short, what it sees and forgets.

    The columns strategy, process, program say what a definition is about. The first six are those
    of the course's sources, in our words; then Payne and Frow (2005) and Winer (2001).
    """
    rows = [
        ("handbook", "collect and use what is known of customers", 1, 1, 0,
         "who decides whom to serve, at what profit"),
        ("deck 1", "a strategy that makes the most profit", 1, 0, 0,
         "the people who must do it on Monday"),
        ("deck 2", "a new mechanism in sales and service", 0, 1, 0,
         "why: the goal that it serves"),
        ("deck 3", "a mechanism for managing marketing", 0, 1, 0,
         "service, and everybody behind it"),
        ("deck 4", "a solution for profit in the front office", 0, 0, 1,
         "the back office that keeps the promises"),
        ("deck 5", "customers in an automated chain of value", 0, 0, 1,
         "whether customers want to be in it"),
        ("Payne & Frow", "five processes, strategy to assessment", 1, 1, 1,
         "which of the five to begin with"),
        ("Winer", "seven steps, from a database to measures", 1, 1, 1,
         "the organization that takes the steps"),
    ]  # fmt: skip
    columns = ["who", "in short", "strategy", "process", "program", "forgets"]
    table = pd.DataFrame(rows, columns=columns).set_index("who")
    return table.astype({name: bool for name in ("strategy", "process", "program")})


def timeline():
    """Return the history of CRM: begun (about), what was new, what a firm could suddenly do."""
    return pd.DataFrame(
        [(1982, "contact management", "one seller remembers everybody he met"),
         (1990, "sales-force automation", "the firm remembers what its sellers know"),
         (1992, "call centre, customer care", "whoever answers sees what was said"),
         (1993, "the suite", "sales, service, marketing in one program"),
         (1999, "e-business", "the customer types it in himself"),
         (2000, "software as a service", "a small firm can rent it by the month"),
         (2009, "social and mobile", "customers talk to each other, and the firm may listen"),
         (2016, "customer data platform, prediction", "a program guesses what comes next")],
        columns=["begun", "what", "what was new"],
    )  # fmt: skip


# --- pictures


def plot_followed(posts, *, habit=0.8, ax=None):
    """Draw the share of cases that can be followed against the habit of writing -> Axes.

    posts: as in `followed_share`; habit: a place on the curve to point at.
    """
    habits = np.linspace(0, 1, 101)
    ax = figures.new_axes(ax)
    ax.plot(habits, [followed_share(posts, each) for each in habits])
    ax.plot(habits, habits, ":", color=figures.PALETTE["grey"], label=_("what one would guess"))
    ax.set(title=_("Cases that can be followed from end to end"),
           xlabel=_("Habit: share of what happens that is written down"),
           ylabel=_("Share of cases"))  # fmt: skip
    share = followed_share(posts, habit)
    ax.plot([habit], [share], "D", color=figures.PALETTE["vermilion"])
    ax.legend()
    words = _("Where {habit:.0%} is written down, {share:.0%} of the cases can be followed.")
    return figures.say(ax, words.format(habit=habit, share=share))


def plot_program(posts, *, habit=HABIT, removed=0):
    """Draw the yearly result of the program against the habit, and one firm on it -> Axes.

    posts: as in `followed_share`; habit: of the firm, 0 to 1; removed: hand-offs taken out.
    """
    habits = np.linspace(0.4, 1, 61)
    money = [yearly_result(posts, habit=each, removed=removed)["result"] for each in habits]
    here = yearly_result(posts, habit=habit, removed=removed)
    ax = figures.new_axes()
    ax.plot(habits, np.array(money) / 1000)
    ax.axhline(0, color="black", linewidth=1)
    ax.plot([habit], [here["result"] / 1000], "D", markersize=9,
            color=figures.PALETTE["vermilion"])  # fmt: skip
    ax.set(title=_("What the program leaves in a year"), ylim=(-350, 350),
           xlabel=_("Habit: share of what happens that is written down"),
           ylabel=_("¥ thousand"))  # fmt: skip
    words = _("Habit {habit:.2f}, {removed} hand-offs taken out: {share:.0%} of the cases can be "
              "followed, and the program {verb} ¥{money:,.0f} a year.")  # fmt: skip
    verb = _("earns") if here["result"] >= 0 else _("loses")
    money = abs(round(here["result"], -3))
    return figures.say(ax, words.format(
        habit=habit, removed=removed, share=here["followed"], verb=verb, money=money))  # fmt: skip


def explore_program(posts):
    """Change the habit and the paths, and see whether the program pays."""
    from crm_course import widgets

    def draw(habit=HABIT, removed=0):
        return plot_program(posts, habit=habit, removed=removed)

    return widgets.explore(draw, habit=(0.5, 1.0, 0.05), removed=(0, 2, 1))


INDUSTRIES = {
    "banking": 0.62,
    "telecom, airlines, securities, insurance": 0.38,
    "information technology, other services": 0.2,
    "consumer goods, retail": 0.09,
}  # the order is the source's; the places are ours


def plot_adoption(*, ax=None):
    """Draw four groups of industries on a curve of adoption, in the order of the source -> Axes."""
    curve, years = Adoption(speed=1.0, midpoint=0.0), np.linspace(-4, 4, 81)
    ax = figures.new_axes(ax)
    ax.plot(years, curve.share(years))
    for name, share in INDUSTRIES.items():
        ax.plot([curve.year(share)], [share], "o", color=figures.PALETTE["vermilion"])
        ax.annotate(_(name), (curve.year(share), share), xytext=(10, -4),
                    textcoords="offset points", fontsize=9)  # fmt: skip
    ax.set(title=_("Who uses it first? Order from the source, places illustrative"),
           xlabel=_("Time (no dates in the source)"), ylabel=_("Degree of use"), xticks=[],
           yticks=[])  # fmt: skip
    words = _("In order of use: {order}. The places on the curve are illustrative.")
    return figures.say(ax, words.format(order=", ".join(_(name) for name in INDUSTRIES)))
