"""An appliance service that began five measures on one day: what the records say, what they cannot.

    appliance_service.difference_in_differences(cases, "csat")   how much more A changed than B
    appliance_service.simulate_service(measures)                 repairs, one row each: invented
    appliance_service.settings()                 all 32 ways of switching five measures
    appliance_service.claims(table)              what each adds alone, and what is lost without it
    appliance_service.year(table)                what each setting leaves in a year, in ¥
    appliance_service.plan_year(money, plan)     a first year in which settings follow each other
    appliance_service.compare_plans(plans)       what plans leave if people learn, and if not
    appliance_service.fair_shares(table)         the mean of a measure over all orders of beginning

The records of the two regions are those of chapter 53. How much each single measure does is known
from nowhere: the simulator's numbers are invented, set so that with none of the five it behaves
as region B and with all five as region A.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from math import comb

import numpy as np
import pandas as pd

from crm_course import figures, schema
from crm_course.locale import _

MEASURES = ("redesign", "program", "survey", "training", "monitoring")
MEANS = ("mark", "hours", "in_vain", "held", "visits")  # of a setting
BEGAN = 19  # the month in which region A began with all five
COST = {  # ¥ a year in region B
    "redesign": 24_000, "program": 12_000, "survey": 16_000, "training": 18_000,
    "monitoring": 10_000,
}  # fmt: skip
PACKAGE = 68_000  # ¥ a year for all five together
CASES, VISIT, POINT = 1_200, 120.0, 12.0  # a year in B; ¥ a trip; ¥ a point and case
WAIT = {  # hours, as in the log of region B; "choice": until the date that a customer chooses
    "expert": 12.0, "part": 20.0, "planner": 30.0, "date": 36.0, "choice": 52.0, "close": 8.0,
}  # fmt: skip
EXPERT, PLANNER, REPAIR, AROUND = 1.0, 0.2, 4.8, 0.7  # hours: work; repair and check; the rest
NEEDS_PART, HOLDS, HOLDS_TRAINED = 0.40, 0.71, 0.78
NAMED, NAMED_TRAINED = 0.60, 0.85  # faults that a question at the first call names rightly
AT_MOST = 72.0  # hours that a case may wait for one thing where somebody watches
HOUR, IN_VAIN, AGAIN = 0.15, 15.0, 12.0  # points that a customer takes off the mark for each
APOLOGY = 0.5  # of what a bad visit takes off, given back by a call on the day after
MARK, NOISE = 82.5, 8.0  # points: of a repair that takes no time; standard deviation


@dataclass(frozen=True)
class DifferenceInDifferences:
    """How much more the treated changed than the others, with its standard error.

    table: index treated and others; before, after, change
    """

    table: pd.DataFrame
    effect: float
    standard_error: float

    @property
    def low(self):
        """The lower end of the 95 % interval."""
        return self.effect - 1.96 * self.standard_error

    @property
    def high(self):
        """The upper end of the 95 % interval."""
        return self.effect + 1.96 * self.standard_error


def difference_in_differences(
    cases: pd.DataFrame, outcome: str, *, treated="A", since: int = BEGAN
) -> DifferenceInDifferences:
    """Subtract the change of the other regions from the change of the treated one.

    cases (region, month and the outcome): one row a case; since: the first month of the treatment
    -> .effect, .standard_error (cases as independent; NaN where one of the four has a single case),
    .low, .high, .table. Right if, without the treatment, both would have changed alike (parallel
    trends).

    >>> cases = pd.DataFrame({"region": list("AABB"), "month": [1, 20, 1, 20],
    ...     "csat": [72.0, 81, 70, 73]})
    >>> difference_in_differences(cases, "csat").effect
    6.0
    """
    schema.require(cases, ["region", "month", outcome], name="cases")
    keys = [(cases["region"] == treated).to_numpy(), (cases["month"] >= since).to_numpy()]
    cells = cases[outcome].astype(float).groupby(keys).agg(["mean", "var", "size"])
    if len(cells) < 4:
        raise ValueError(
            f"cases must hold treated and others, before and after, got {len(cells)} of four. "
            "Check treated and since."
        )
    means = cells["mean"].to_numpy().reshape(2, 2)[::-1]
    table = pd.DataFrame(means, ["treated", "others"], ["before", "after"]).rename_axis("region")
    table["change"] = table["after"] - table["before"]
    effect = table.loc["treated", "change"] - table.loc["others", "change"]
    error = float((cells["var"] / cells["size"]).sum(skipna=False) ** 0.5)
    return DifferenceInDifferences(table, float(effect), error)


def least_visible(spread: float, cases: int) -> float:
    """Return the smallest difference in differences that is told from luck: two standard errors.

    spread: standard deviation of a case; cases: in each of the four cells (two groups, before and
    after), so that the standard error is spread x sqrt(4 / cases).

    >>> least_visible(9, 400)
    1.8
    """
    if cases <= 0:
        raise ValueError(f"cases must be above 0, got {cases}. Give the cases of one cell.")
    return 2 * spread * (4 / cases) ** 0.5


def simulate_service(
    measures=(), *, cases: int = 10_000, named: float | None = None, seed: int = 65
) -> pd.DataFrame:
    """Let repairs run through the service with some of the five measures on: invented.

    measures: some of MEASURES; cases: how many; named: share of the faults that are named rightly
    at the first call (None: what the measures make of it); seed: of the luck, the same customers
    with the same luck whatever is on
    -> case, named, in_vain (the first visit, for want of a part), held (the first repair), visits,
    hours (from call to close), mark (0 to 100)

    >>> int(simulate_service(["redesign"], cases=5)["in_vain"].sum())
    0
    """
    on = _checked(measures)
    wait, draw = _luck(cases, seed)
    if "monitoring" in on:
        wait = {s: h if "choice" in s else np.minimum(h, AT_MOST) for s, h in wait.items()}
    share = _named(on) if named is None else named
    is_named, holds = draw["named"] < share, HOLDS_TRAINED if "training" in on else HOLDS
    needs_part, held = draw["part"] < NEEDS_PART, draw["held"] < holds
    part = needs_part * wait["part"]
    if "program" in on:  # the customer chooses a date at once, whatever is known by then
        in_vain = needs_part & ~is_named
        came = np.maximum(wait["choice"], is_named * part)
        came = came + in_vain * (EXPERT + part + wait["choice 2"])
        again = wait["choice 3"]
    else:  # the planner rings when the fault is known and the part is there
        in_vain = np.zeros(cases, dtype=bool)
        found = ~is_named * (wait["expert"] + EXPERT)
        came = found + part + wait["planner"] + PLANNER + wait["date"]
        again = wait["planner 2"] + PLANNER + wait["date 2"]
    hours = AROUND + came + REPAIR + ~held * (again + REPAIR) + wait["close"]
    bad = IN_VAIN * in_vain + AGAIN * ~held
    bad = bad * (1 - APOLOGY) if "survey" in on else bad
    mark = np.clip(np.rint(MARK - HOUR * hours - bad + NOISE * draw["mood"]), 0, 100)
    return pd.DataFrame({
        "case": np.arange(1, cases + 1), "named": is_named, "in_vain": in_vain, "held": held,
        "visits": 1 + in_vain + ~held, "hours": np.round(hours, 1), "mark": mark,
    })  # fmt: skip


def settings(
    *, cases: int = 10_000, named: float | None = None, seed: int = 65
) -> pd.DataFrame:
    """Simulate all 32 ways of switching five measures: invented.

    named: share of the faults named rightly at the first call, where the redesign is on
    -> index on (a text, see `label`); the five measures (True if on); means of the cases: mark,
    hours, in_vain, held, visits
    """
    return pd.DataFrame(_settings(cases, named, seed)).set_index("on")


@lru_cache(maxsize=8)
def _settings(cases, named, seed):
    """The rows of `settings`, the same for everybody who asks."""
    rows = []
    for size in range(len(MEASURES) + 1):
        for on in combinations(MEASURES, size):
            share = named if "redesign" in on else None
            run = simulate_service(on, cases=cases, named=share, seed=seed)
            means = {each: run[each].mean() for each in MEANS}
            rows.append({"on": label(on), **{m: m in on for m in MEASURES}, **means})
    return rows


def label(measures) -> str:
    """Return measures as a text in the order of the brochure; "none" for none.

    >>> label(["training", "redesign"])
    'redesign + training'
    """
    return " + ".join(m for m in MEASURES if m in _checked(measures)) or "none"


def claims(table: pd.DataFrame, outcome: str = "mark") -> pd.DataFrame:
    """Return what each measure adds alone, and what is missing if it alone is switched off.

    table of `settings` -> index the measures; alone, last
    """
    value = schema.require(table, [outcome], name="table")[outcome]
    rows = {}
    for m in MEASURES:
        others = [each for each in MEASURES if each != m]
        rows[m] = {"alone": value[m] - value["none"],
                   "last": value[label(MEASURES)] - value[label(others)]}  # fmt: skip
    return pd.DataFrame(rows).T


def fair_shares(table: pd.DataFrame, outcome: str = "mark") -> pd.Series:
    """Return what each measure adds on average over all 120 orders of switching five on.

    table of `settings`; the shares add up to what all five add.
    """
    value = schema.require(table, [outcome], name="table")[outcome]
    return shapley(lambda on: value[label(on)], MEASURES).rename(outcome)


def shapley(value, players) -> pd.Series:
    """Return what each player adds on average, over all orders in which they can join.

    value: a function of a list of players, what they bring together -> player: share; together
    they are what all bring. Source: Shapley (1953).

    >>> shapley(lambda on: {0: 0, 1: 6 if "a" in on else 4, 2: 8}[len(on)], ["a", "b"]).tolist()
    [5.0, 3.0]
    """
    players, shares = list(players), {}
    n = len(players)
    for player in players:
        others, share = [each for each in players if each != player], 0.0
        for size in range(n):
            steps = [value([*on, player]) - value(list(on)) for on in combinations(others, size)]
            share += sum(steps) / (n * comb(n - 1, size))
        shares[player] = share
    return pd.Series(shares)


def year(
    table: pd.DataFrame, *, cases: int = CASES, visit: float = VISIT, point: float = POINT
) -> pd.DataFrame:
    """Return what each setting leaves in a year, compared with none of the five.

    table of `settings`; cases: a year; visit: ¥ of one trip of a technician; point: ¥ that a point
    of the mark is worth, for each case -> marks, trips, fees, left (¥ a year; all five together
    at the price of the package)
    """
    gained = schema.require(table, ["mark", "visits"], name="table")[["mark", "visits"]]
    gained = gained - gained.loc["none"]
    fees = sum(table[m] * COST[m] for m in MEASURES)
    fees = fees.where(~table[list(MEASURES)].all(axis=1), PACKAGE)
    money = pd.DataFrame({
        "marks": point * cases * gained["mark"], "trips": -visit * cases * gained["visits"],
        "fees": -fees,
    })  # fmt: skip
    return money.assign(left=money.sum(axis=1)).round()


def plan_year(money: pd.DataFrame, plan) -> float:
    """Return what a first year leaves in which settings follow each other, in ¥.

    money of `year`; plan: (months, setting) in the order of time, twelve months together

    >>> money = pd.DataFrame({"left": [0.0, 1200.0]}, index=["none", "training"])
    >>> plan_year(money, [(3, "none"), (9, "training")])
    900.0
    """
    months = sum(each for each, _setting in plan)
    if months != 12:
        raise ValueError(f"plan must have twelve months, got {months}. Add the setting 'none'.")
    left = schema.require(money, ["left"], name="money")["left"]
    return float(sum(each / 12 * left[setting] for each, setting in plan))


def compare_plans(plans, *, learnt, not_learnt, years: int = 1) -> pd.DataFrame:
    """Return what each plan leaves if people learn to name faults, and if they do not, in ¥.

    plans: {name: (plan if they learn, plan if not)}, each a list as in `plan_year`; learnt,
    not_learnt: money of `year` in both worlds; years: after the first the last setting stays on
    -> index the names; learnt, not learnt (¥ in all the years together)

    >>> money = pd.DataFrame({"left": [0.0, 1200.0]}, index=["none", "training"])
    >>> wait = {"wait": ([(3, "none"), (9, "training")], [(12, "none")])}
    >>> compare_plans(wait, learnt=money, not_learnt=money, years=2).loc["wait"].tolist()
    [2100.0, 0.0]
    """
    rows = {}
    for name, both in plans.items():
        rows[name] = {}
        worlds = {"learnt": learnt, "not learnt": not_learnt}
        for (world, money), plan in zip(worlds.items(), both, strict=True):
            later = money["left"][plan[-1][1]]
            rows[name][world] = plan_year(money, plan) + (years - 1) * float(later)
    return pd.DataFrame(rows).T


def turning_chance(compared: pd.DataFrame, bold: str, careful: str) -> float:
    """Return the chance of not learning at which two plans leave the same on average.

    compared: learnt, not learnt, of `compare_plans`; bold, careful: two of its plans. At a
    chance p the careful plan costs (1 - p) x what it leaves less if people learn, and saves
    p x what it leaves more if not.

    >>> two = pd.DataFrame({"learnt": [9.0, 6.0], "not learnt": [-2.0, 7.0]}, index=["a", "b"])
    >>> turning_chance(two, "a", "b")
    0.25
    """
    costs = compared.loc[bold, "learnt"] - compared.loc[careful, "learnt"]
    saves = compared.loc[careful, "not learnt"] - compared.loc[bold, "not learnt"]
    if costs <= 0 or saves <= 0:
        raise ValueError(
            f"careful must cost if learnt and save if not, got {costs:.0f} and {saves:.0f}. "
            "One plan leaves more in both cases: take it."
        )
    return float(costs / (costs + saves))


def pair_adds(named, *, on=("survey", "training"), point: float = POINT, **terms) -> float:
    """Return what redesign and program together leave in a year on top of other measures, in ¥.

    named: share of the faults named rightly at the first call; on: what is on anyway; point: ¥
    that a point of the mark is worth, for each case
    """
    pair = ("redesign", "program")
    both = simulate_service([*pair, *on], named=named, **terms)[["mark", "visits"]].mean()
    more = both - simulate_service(on, **terms)[["mark", "visits"]].mean()
    fees = sum(COST[each] for each in pair)
    return float(CASES * (point * more["mark"] - VISIT * more["visits"]) - fees)


def _named(on):
    if "redesign" not in on:
        return 0.0
    return NAMED_TRAINED if "training" in on else NAMED


@lru_cache(maxsize=2)
def _luck(cases, seed):
    """The waits of every case in hours, and the rest of its luck: do not write into them."""
    luck = np.random.default_rng(seed)
    steps = ["expert", "part", "planner", "date", "choice", "close",
             "planner 2", "date 2", "choice 2", "choice 3"]  # fmt: skip
    wait = {step: WAIT[step.split()[0]] * luck.standard_gamma(2, cases) / 2 for step in steps}
    draw = {name: luck.random(cases) for name in ("named", "part", "held")}
    return wait, draw | {"mood": luck.standard_normal(cases)}


def _checked(measures):
    wrong = [each for each in measures if each not in MEASURES]
    if wrong or isinstance(measures, str):
        raise ValueError(
            f"measures must be a list out of {MEASURES}, got {measures!r}. Write ['redesign']."
        )
    return tuple(measures)


# --- pictures


def plot_regions(cases, *, since=BEGAN, ax=None):
    """Draw the mean mark of both regions, three months at a time: repair_cases -> Axes.

    The first half year is left out: too few repairs.
    """
    quarter = (cases["month"] - 1) // 3
    means = cases[quarter >= 2].groupby(["region", quarter])["csat"].mean()
    ax = figures.new_axes(ax)
    for region, style in (("A", "o-"), ("B", "s--")):
        ax.plot(3 * means[region].index + 2, means[region], style,
                label=_("region {name}").format(name=region))  # fmt: skip
    ax.axvline(since - 0.5, color=figures.PALETTE["grey"], linestyle=":",
               label=_("A begins with five measures"))  # fmt: skip
    ax.set(title=_("What customers think of a repair"), xlabel=_("Month"), ylim=(50, 75),
           ylabel=_("Mean mark (0 to 100)"))  # fmt: skip
    ax.legend(loc="upper left")
    rises = difference_in_differences(cases, "csat", since=since).table["change"]
    words = _("From month {since} on the mark of A is {a:.1f} points higher than before, that of "
              "B {b:.1f}.")  # fmt: skip
    return figures.say(ax, words.format(since=since, a=rises["treated"], b=rises["others"]))


def plot_claims(table, *, ax=None):
    """Draw what each measure adds alone, and what is missing without it: `claims` -> Axes."""
    ax, place = figures.new_axes(ax), np.arange(len(table))
    names = {"alone": _("switched on alone"), "last": _("switched on last")}
    for shift, column, colour in ((-0.2, "alone", "vermilion"), (0.2, "last", "blue")):
        ax.barh(place + shift, table[column], height=0.38, color=figures.PALETTE[colour],
                label=names[column])  # fmt: skip
    ax.axvline(0, color="black", linewidth=1)
    ax.set_yticks(place, [_(each) for each in table.index])
    ax.invert_yaxis()
    ax.set(title=_("What one measure adds"), xlabel=_("Points of the mark"))
    ax.legend(loc="lower right")
    told = "; ".join(f"{_(m)} {row['alone']:+.1f}, {row['last']:+.1f}"
                     for m, row in table.iterrows())  # fmt: skip
    return figures.say(ax, _("Points alone, and last: {told}.").format(told=told))


def plot_program(*, named=NAMED_TRAINED, point=POINT, ax=None):
    """Draw what redesign and program leave in a year by how many faults the first call names.

    named: the share that is marked; point: ¥ that a point is worth, for each case. Survey and
    training are on. -> Axes
    """
    ax, shares = figures.new_axes(ax), np.linspace(0.5, 1, 6)
    ax.plot(shares, [pair_adds(each, point=point) / 1000 for each in shares])
    here = pair_adds(named, point=point)
    ax.plot([named], [here / 1000], "o", markersize=9, color=figures.PALETTE["vermilion"])
    ax.axhline(0, color="black", linewidth=1)
    ax.set(title=_("What redesign and program add"), ylabel=_("¥1,000 a year"),
           xlabel=_("Share of faults that are named rightly at the first call"))  # fmt: skip
    words = _("{named:.0%} named, ¥{point:g} a point: together they {verb} ¥{money:,.0f} a year.")
    return figures.say(ax, words.format(
        named=named, point=point, verb=_("leave") if here >= 0 else _("lose"),
        money=abs(here)))  # fmt: skip


def explore_program():
    """Let a point be worth more or less, or other faults be named: do the two pay?"""
    from crm_course import widgets

    def draw(point=12, named=NAMED_TRAINED):
        return plot_program(named=round(named, 2), point=point)

    return widgets.explore(draw, point=(4, 20, 1), named=(0.60, 1.00, 0.01))
