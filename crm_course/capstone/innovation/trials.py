"""Pages tried by lot: one evening's difference, a year of tests, who wins a cup, what it earns."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy.special import ndtr

from crm_course import schema

SEED = 21  # a year near the average of many: see the chapter
IDEAS, GOOD, LIFT = 100, 0.10, 0.03  # tried in a year; share that works; what those add
RATE, VISITORS, DAYS = 0.04, 10_000, 28  # buyers among visitors; a day and page; of a test
BAR = 1.96  # standard errors that the new page has to be ahead
MARGIN, BUILDING, YEAR = 30.0, 60_000.0, 365  # ¥ a buyer; ¥ an idea built for good; days
MANY = 20_000  # tests from which chances are counted


@dataclass(frozen=True)
class TwoShares:
    """Two shares compared: difference (new less old), standard_error, z, p, and low to high.

    p: how often two equal pages differ as far, in either direction, by luck; low, high: the 95 %
    interval of the difference.
    """

    difference: float
    standard_error: float
    z: float
    p: float
    low: float
    high: float


def two_shares(old, old_people, new, new_people):
    """Compare the share of `new` with that of `old` by the z test.

    old, new: how many did it; old_people, new_people: of how many. The standard error of z takes
    both groups for one (as if the pages were equal), that of the interval takes them apart.

    >>> round(two_shares(960, 20_000, 1040, 20_000).z, 3)
    1.835
    """
    counts = (old, old_people, new, new_people)
    if not (0 <= old <= old_people and 0 <= new <= new_people and old_people and new_people):
        raise ValueError(f"counts must lie between 0 and the people, got {counts}. "
                         "Check the order.")  # fmt: skip
    p_old, p_new = old / old_people, new / new_people
    both = (old + new) / (old_people + new_people)
    pooled = (both * (1 - both) * (1 / old_people + 1 / new_people)) ** 0.5
    apart = (p_old * (1 - p_old) / old_people + p_new * (1 - p_new) / new_people) ** 0.5
    gap = p_new - p_old
    z = gap / pooled if pooled else 0.0
    return TwoShares(gap, apart, z, float(2 * ndtr(-abs(z))),
                     gap - 1.96 * apart, gap + 1.96 * apart)  # fmt: skip


def ideas_that_work(ideas=IDEAS, *, good=GOOD, seed=SEED):
    """Return for each idea of the invented year whether it does anything: idea -> works."""
    works = _which(np.random.default_rng(seed), ideas, good)
    return pd.Series(works, index=pd.RangeIndex(1, ideas + 1, name="idea"), name="works")


def _which(luck, ideas, good):
    works = np.zeros(ideas, dtype=bool)
    works[luck.choice(ideas, round(good * ideas), replace=False)] = True
    return works


def simulate_tests(ideas=IDEAS, *, good=GOOD, lift=LIFT, seed=SEED):
    """Try each idea for 28 days on 10,000 visitors a day and page, by lot, and count to date.

    good: share of the ideas that works (`ideas_that_work`); lift: by how much those raise the
    share of visitors who buy, 4 %; all others leave it as it is
    -> idea, day, visitors (of each page, to date), old, new (buyers, to date)
    """
    luck = np.random.default_rng(seed)
    chance = np.where(_which(luck, ideas, good), RATE * (1 + lift), RATE)[:, None]
    old = luck.binomial(VISITORS, RATE, (ideas, DAYS)).cumsum(axis=1)
    new = luck.binomial(VISITORS, chance, (ideas, DAYS)).cumsum(axis=1)
    day = np.arange(1, DAYS + 1)
    return pd.DataFrame({
        "idea": np.repeat(np.arange(1, ideas + 1), DAYS), "day": np.tile(day, ideas),
        "visitors": np.tile(VISITORS * day, ideas), "old": old.ravel(), "new": new.ravel(),
    })  # fmt: skip


def evenings(tests):
    """Return tests with what stood on the screen each evening: lift, z.

    tests (idea, day, visitors, old, new) -> the same and lift (new over old, less 1), z (the
    difference in standard errors, both pages taken for one).
    """
    schema.require(tests, ["idea", "day", "visitors", "old", "new"], name="tests")
    both = (tests["old"] + tests["new"]) / (2 * tests["visitors"])
    error = (both * (1 - both) * 2 / tests["visitors"]) ** 0.5
    z = (tests["new"] - tests["old"]) / tests["visitors"] / error
    return tests.assign(lift=tests["new"] / tests["old"] - 1, z=z)


def cups(tests, *, bar=BAR, every_evening=True):
    """Return the ideas that win: idea, day, lift (as it stood then), z.

    bar: standard errors that the new page must be ahead; every_evening: a test is over on the
    first evening above the bar; otherwise there is one look, on the last evening.
    """
    screen = evenings(tests)
    if not every_evening:
        screen = screen[screen["day"] == screen["day"].max()]
    above = screen[screen["z"] >= bar].sort_values(["idea", "day"])
    return above.drop_duplicates("idea")[["idea", "day", "lift", "z"]].reset_index(drop=True)


def predictive_value(sensitivity, specificity, base_rate):
    """Return which share of the alarms is true: s b / (s b + (1 - c)(1 - b)).

    sensitivity: chance of an alarm where there is something; specificity: chance of none where
    there is nothing; base_rate: share of cases in which there is something (Bayes).

    >>> round(predictive_value(0.80, 0.90, 0.03), 3)
    0.198
    """
    for share in (sensitivity, specificity, base_rate):
        if not 0 <= share <= 1:
            raise ValueError(f"a share must lie between 0 and 1, got {share}. Write 0.9 for 90 %.")
    true, false = sensitivity * base_rate, (1 - specificity) * (1 - base_rate)
    return true / (true + false) if true + false else float("nan")


@lru_cache(maxsize=8)
def _many(lift):
    """z of very many tests of one kind of idea: one row a test, one column an evening."""
    luck = np.random.default_rng(SEED)
    old = luck.binomial(VISITORS, RATE, (MANY, DAYS)).cumsum(axis=1)
    new = luck.binomial(VISITORS, RATE * (1 + lift), (MANY, DAYS)).cumsum(axis=1)
    visitors = VISITORS * np.arange(1, DAYS + 1)
    both = (old + new) / 2 / visitors
    return (new - old) / visitors / np.sqrt(both * (1 - both) * 2 / visitors)


@lru_cache(maxsize=256)
def chance_of_cup(lift=LIFT, *, bar=BAR, looks=DAYS):
    """Return the chance that an idea wins, and the mean day on which its test ends.

    lift: what the idea does (0: nothing); bar: standard errors; looks: evenings on which somebody
    looks, evenly spread over the 28 days, the last always among them. Counted over 20,000 tests.
    """
    if not 1 <= looks <= DAYS:
        raise ValueError(f"looks must be 1 to {DAYS} evenings, got {looks}. One is the last.")
    days = np.unique(np.ceil(np.arange(1, looks + 1) * DAYS / looks).astype(int))
    above = _many(lift)[:, days - 1] >= bar
    wins = above.any(axis=1)
    ends = np.where(wins, days[above.argmax(axis=1)], DAYS)
    return float(wins.mean()), float(ends.mean())


def rules(*, building=BUILDING, good=GOOD, bar=BAR, ideas=IDEAS):
    """Return what three rules make of a year of ideas: rule, built, work, duds, earned.

    building: ¥ to build an idea for good; good: share of the ideas that works; bar: of both rules
    that test; earned: ¥ of margin within a year of the first day, less building. During a test
    half of the visitors see the new page, afterwards all of them or none.
    """
    a_day = 2 * VISITORS * RATE * LIFT * MARGIN
    worth = {"build all": (1.0, 1.0, ideas * good * a_day * YEAR)}
    for rule, looks in (("every evening", DAYS), ("once", 1)):
        alarm = chance_of_cup(0.0, bar=bar, looks=looks)[0]
        power = chance_of_cup(LIFT, bar=bar, looks=looks)[0]
        days = _days_on_show(bar, looks)
        worth[rule] = (power, alarm, ideas * good * a_day * days)
    rows = []
    for rule, (power, alarm, margin) in worth.items():
        work, duds = ideas * good * power, ideas * (1 - good) * alarm
        rows.append((rule, work + duds, work, duds, margin - building * (work + duds)))
    return pd.DataFrame(rows, columns=["rule", "built", "work", "duds", "earned"]).set_index("rule")


def _days_on_show(bar, looks):
    """Days of a year for which all visitors see an idea that works; half of them count half."""
    power, ends = chance_of_cup(LIFT, bar=bar, looks=looks)
    wins_on = (ends - (1 - power) * DAYS) / power if power else DAYS  # mean day of those that win
    return ends / 2 + power * (YEAR - wins_on)
