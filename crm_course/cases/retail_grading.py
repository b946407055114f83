"""A district of 400 shops: 4V scores, grades by quota or by borders, and what is only noise.

    retail_grading.ahp_weights(matrix)                 weights from comparisons in pairs
    retail_grading.value_score(retailers)              the 4V score of each shop and quarter
    retail_grading.grade_by_quota(scores)              A to E as 1:4:10:4:1, in every quarter
    retail_grading.grade_by_borders(scores, borders)   A to E by the points that it takes
    retail_grading.grade_changes(grades)               who stands elsewhere than a quarter ago
    retail_grading.noise_by_value(retailers)           which V makes a score waver
    retail_grading.fit_steadiness(retailers)           how noisy scores are, how long they last
    retail_grading.averaging(steadiness)               changes and wrong grades, by the mean taken
    retail_grading.rule_money(scores)                  a year of a rule, in money
"""

from dataclasses import dataclass, replace
from string import ascii_uppercase

import numpy as np
import pandas as pd

from crm_course import figures, schema
from crm_course.locale import _
from crm_course.relationships.partner_scorecard.scoring import checked

VALUES = ("economic", "relational", "functional", "developmental")
KEYS = ["retailer", "quarter"]
QUOTA = (1, 4, 10, 4, 1)
COMMITTEE = ((1, 2, 3, 2), (1 / 2, 1, 2, 1), (1 / 3, 1 / 2, 1, 1 / 2), (1 / 2, 1, 2, 1))
SHOPKEEPERS = ((1, 1 / 2, 1 / 2, 1), (2, 1, 1, 2), (2, 1, 1, 3), (1, 1 / 2, 1 / 3, 1))
RANDOM_INDEX = {3: 0.58, 4: 0.90, 5: 1.12, 6: 1.24, 7: 1.32, 8: 1.41, 9: 1.45, 10: 1.49}
SERVICE = {"A": 3000, "B": 1500, "C": 800, "D": 400, "E": 100}  # ¥ a quarter, of the case
CHANGE, PER_POINT = 400, 0.02  # ¥ a change of grade; ¥ of profit from a ¥ of service and a point
SHOPS, WINDOWS = 400, range(1, 9)


@dataclass(frozen=True)
class Priorities:
    """Weights of comparisons in pairs, and how well the comparisons agree with each other."""

    weights: np.ndarray
    lambda_max: float
    consistency_ratio: float


def ahp_weights(matrix) -> Priorities:
    """Return the weights behind a matrix of comparisons in pairs (AHP).

    matrix[i][j]: how many times as important i is as j; matrix[j][i] is 1 / that.
    The weights are the eigenvector of the largest eigenvalue λ, together 1; the consistency ratio
    is (λ - n) / (n - 1), divided by its mean for matrices filled in at random.
    Source: Saaty (1977), J. Mathematical Psychology 15; his table of random matrices, 3 to 10.

    >>> found = ahp_weights(COMMITTEE)
    >>> found.weights.round(4).tolist(), round(found.lambda_max, 4)
    ([0.4236, 0.227, 0.1223, 0.227], 4.0104)
    """
    matrix = np.asarray(matrix, dtype=float)
    size = len(matrix)
    if matrix.shape != (size, size) or size not in RANDOM_INDEX:
        raise ValueError(
            f"matrix must be square with 3 to 10 rows, got {matrix.shape}. Compare as many things."
        )
    if not ((matrix > 0).all() and np.allclose(matrix * matrix.T, 1)):
        raise ValueError(
            "matrix must hold 1 / a where its mirror place holds a, got another pair. "
            "Write a above the diagonal and 1 / a below."
        )
    values, vectors = np.linalg.eig(matrix)
    largest = values.real.argmax()
    weights, value = vectors[:, largest].real, float(values.real[largest])
    index = (value - size) / (size - 1)
    return Priorities(weights / weights.sum(), value, index / RANDOM_INDEX[size])


WEIGHTS = dict(zip(VALUES, ahp_weights(COMMITTEE).weights.round(6).tolist(), strict=True))


def value_score(retailers: pd.DataFrame, *, weights=WEIGHTS) -> pd.DataFrame:
    """Score each shop and quarter: the mean of the three marks of each V, times its weight.

    retailers (retailer, quarter, three columns of points for each V, such as economic_sales);
    weights: V -> weight, together 1 -> retailer, quarter, score (points, two decimals)
    """
    weights = checked(weights)
    means = {value: _marks(retailers, value).mean(axis=1) for value in weights.index}
    score = sum(weights[value] * mean for value, mean in means.items()).round(2)
    return retailers[KEYS].assign(score=score)


def _marks(retailers, value):
    """The three marks of a V."""
    columns = [name for name in retailers.columns if name.startswith(f"{value}_")]
    if len(columns) < 2:
        raise ValueError(
            f"retailers must have two marks or more of {value!r}, got {columns}. "
            f"Name them {value}_..., as in datasets.load('retailers_4v')."
        )
    return schema.require(retailers, [*KEYS, *columns], name="retailers")[columns]


def recent_mean(scores: pd.DataFrame, *, quarters: int = 1) -> pd.DataFrame:
    """Return the mean score of the last quarters, for each quarter that has as many behind it.

    scores (retailer, quarter, score) -> the same columns, shop by shop; none is stepped over

    >>> scores = pd.DataFrame({"retailer": 7, "quarter": [1, 2, 3], "score": [60, 70, 50]})
    >>> recent_mean(scores, quarters=2)["score"].tolist()
    [65.0, 60.0]
    """
    if quarters < 1:
        raise ValueError(f"quarters must be 1 or more, got {quarters}. Give 1 for the latest.")
    ordered = _scores(scores).sort_values(KEYS, ignore_index=True)
    mean = sum(_earlier(ordered, "score", back) for back in range(quarters)) / quarters
    return ordered.assign(score=mean.round(4)).dropna(ignore_index=True)


def _earlier(ordered, column, quarters):
    """What a shop had so many quarters ago (below 0: has later); missing without such a quarter."""
    by_shop = ordered.groupby("retailer")
    is_there = by_shop["quarter"].shift(quarters) == ordered["quarter"] - quarters
    return by_shop[column].shift(quarters).where(is_there)


def grade_by_quota(scores: pd.DataFrame, *, quota=QUOTA) -> pd.DataFrame:
    """Grade the shops of each quarter, so that a fixed share of them gets each grade.

    scores (retailer, quarter, score); quota: whole numbers, those of A first -> retailer, quarter,
    score, rank (1 is the best of its quarter; of equals the lower number), grade; shop by shop

    >>> scores = pd.DataFrame({"retailer": [1, 2, 3, 4], "quarter": 1, "score": [50, 90, 70, 60]})
    >>> grade_by_quota(scores, quota=(1, 2, 1))["grade"].tolist()
    ['C', 'A', 'B', 'B']
    """
    quota = checked_quota(quota)
    best_first = _scores(scores).sort_values(["score", "retailer"], ascending=[False, True])
    rank = best_first.groupby("quarter").cumcount() + 1
    shops = best_first.groupby("quarter")["score"].transform("size")
    place = sum(((rank - 1) * sum(quota) >= upto * shops) * 1 for upto in np.cumsum(quota)[:-1])
    table = best_first.assign(rank=rank, grade=_letters(place))
    return table.sort_values(KEYS, ignore_index=True)


def checked_quota(quota) -> tuple:
    """Return a quota as a tuple of whole numbers, or say what is wrong with it."""
    quota = tuple(quota)
    whole = all(isinstance(part, (int, np.integer)) and part >= 0 for part in quota)
    if not (whole and 2 <= len(quota) <= len(ascii_uppercase) and sum(quota) > 0):
        raise ValueError(
            f"quota must be two or more whole numbers with a total above 0, got {quota}. "
            "Write (1, 4, 10, 4, 1)."
        )
    return tuple(int(part) for part in quota)


def quota_borders(scores: pd.DataFrame, *, quarter: int, quota=QUOTA) -> pd.Series:
    """Return the lowest score of each grade but the last in one quarter: grade -> points.

    Raises ValueError where the quarter is not there, or has no shop in some grade.
    """
    grades = grade_by_quota(scores[scores["quarter"] == quarter], quota=quota)
    found, wanted = sorted(set(grades["grade"])), list(ascii_uppercase[: len(quota)])
    if found != wanted:
        raise ValueError(
            f"quarter {quarter} must have a shop in every grade of {wanted}, got {found}. "
            "Choose another quarter or quota."
        )
    return grades.groupby("grade")["score"].min().iloc[:-1].rename("from")


def grade_by_borders(scores: pd.DataFrame, borders) -> pd.DataFrame:
    """Grade shops by fixed borders, whatever the others do.

    scores (retailer, quarter, score); borders: grade -> points from which on it is given, falling,
    or the numbers alone, from A on; below the last one follows the next letter -> retailer,
    quarter, score, grade; shop by shop

    >>> scores = pd.DataFrame({"retailer": [1, 2], "quarter": 1, "score": [70.0, 69.9]})
    >>> grade_by_borders(scores, [70, 60])["grade"].tolist()
    ['A', 'B']
    """
    limits = pd.Series(borders, dtype=float)
    if limits.empty or limits.hasnans or not (np.diff(limits) < 0).all():
        raise ValueError(
            f"borders must fall from grade to grade, got {limits.tolist()}. Write A's first."
        )
    table = _scores(scores).sort_values(KEYS, ignore_index=True)
    below = (table["score"].to_numpy()[:, None] < limits.to_numpy()).sum(axis=1)
    return table.assign(grade=_letters(pd.Series(below), _grades(limits)))


def _grades(limits):
    """The letters of borders, and the next one for what is below them all."""
    if isinstance(limits.index, pd.RangeIndex):  # numbers alone
        return ascii_uppercase[: len(limits) + 1]
    names = limits.index.tolist()
    if not set(names) <= set(ascii_uppercase[:-1]) or names != sorted(set(names)):
        raise ValueError(f"borders must be of grades in order, got {names}. Name them A, B, C.")
    return [*names, ascii_uppercase[ascii_uppercase.index(names[-1]) + 1]]


def _letters(place, letters=ascii_uppercase):
    return place.map(dict(enumerate(letters))).astype("str")


def _scores(scores):
    return schema.require(scores, [*KEYS, "score"], name="scores")[[*KEYS, "score"]]


def grade_changes(grades: pd.DataFrame) -> pd.DataFrame:
    """Set each grade beside the one of the quarter before.

    grades (retailer, quarter, grade) -> retailer, quarter, before, grade, changed; without the
    first quarter of a shop, and without those after a gap
    """
    schema.require(grades, [*KEYS, "grade"], name="grades")
    table = grades.sort_values(KEYS)[[*KEYS, "grade"]]
    table.insert(2, "before", _earlier(table, "grade", 1))
    table = table.dropna(ignore_index=True)
    return table.assign(changed=table["before"] != table["grade"])


# --- noise and movement


@dataclass(frozen=True)
class Steadiness:
    """How far scores of a district differ, wander and waver: points, points, and a correlation."""

    noise: float  # standard deviation of one quarter's score around the shop's level
    spread: float  # standard deviation of the shops' levels
    memory: float  # correlation of the levels of one quarter and the next

    @property
    def reliability(self):
        """The part of the scores' variance that is of the shops."""
        return self.spread**2 / (self.spread**2 + self.noise**2)


def noise_by_value(retailers: pd.DataFrame, *, weights=WEIGHTS) -> pd.Series:
    """Return what each V adds to the variance of a score's noise: V -> points².

    The marks of a V are taken as looks at one level of the shop: what they differ by is noise.
    weight² x variance of the marks / number of marks
    """
    weights = checked(weights)
    marks = {value: _marks(retailers, value) for value in weights.index}
    variance = {value: mark.var(axis=1).mean() / mark.shape[1] for value, mark in marks.items()}
    return (weights**2 * pd.Series(variance)).rename("variance")


def fit_steadiness(retailers: pd.DataFrame, *, weights=WEIGHTS) -> Steadiness:
    """Tell noise from movement: by marks of one V that ought to agree, and by the next quarter.

    retailers and weights as in `value_score`. The variance of scores is that of the levels and of
    the noise (`noise_by_value`); scores of consecutive quarters correlate as reliability x memory.
    Source: Heise (1969), Separating reliability and stability in test-retest correlation.
    """
    noise = noise_by_value(retailers, weights=weights).sum()
    scores = value_score(retailers, weights=weights).sort_values(KEYS)
    variance = scores.groupby("quarter")["score"].var().mean() - noise
    after = scores.assign(after=_earlier(scores, "score", -1)).dropna()
    pairs = after.groupby("quarter")[["score", "after"]]
    follow = pairs.apply(lambda pair: pair["score"].corr(pair["after"])).mean()
    return Steadiness(
        noise=float(noise**0.5),
        spread=float(variance**0.5),
        memory=float(follow * (variance + noise) / variance),
    )


def share_that_moves(correlation: float, *, quota=QUOTA) -> float:
    """Return which share gets another grade by the second of two bell-shaped, correlated scores.

    >>> round(share_that_moves(0.0), 4)  # 1 - (0.05² + 0.2² + 0.5² + 0.2² + 0.05²)
    0.665
    """
    from scipy.stats import multivariate_normal, norm

    if not 0 <= correlation < 1:
        raise ValueError(f"correlation must be from 0 to below 1, got {correlation}. Give another.")
    inner = norm.ppf(np.cumsum(checked_quota(quota))[:-1] / sum(quota))
    corners = np.stack(np.meshgrid(inner, inner, indexing="ij"), axis=-1)
    below = multivariate_normal([0, 0], [[1, correlation], [correlation, 1]]).cdf(corners)
    edge = norm.cdf(inner)
    whole = np.block([[np.atleast_2d(below), edge[:, None]], [edge, np.ones((1, 1))]])
    cells = np.diff(np.diff(whole, axis=0, prepend=0), axis=1, prepend=0)
    return float(1 - np.trace(cells))


def reasons_to_move(steadiness: Steadiness, *, shops: int = SHOPS) -> pd.Series:
    """Return how many shops a quarter change their grade, with both reasons and with each alone."""
    found = {
        "shops wander and scores waver": steadiness.reliability * steadiness.memory,
        "scores waver, no shop wanders": steadiness.reliability,
        "shops wander, no score wavers": steadiness.memory,
    }
    return pd.Series(found).map(lambda each: shops * share_that_moves(each)).rename("changes")


def averaging(steadiness: Steadiness, *, quarters=WINDOWS, shops: int = SHOPS) -> pd.DataFrame:
    """Return what a mean of the last quarters does: quarters, changes, wrong (shops a quarter).

    wrong: shops whose grade is another than their present level would earn
    """
    rows = []
    for many in quarters:
        lag = np.abs(np.subtract.outer(np.arange(many + 1), np.arange(many + 1)))
        noise = (1 - steadiness.reliability) * np.eye(many + 1)
        related = steadiness.reliability * steadiness.memory**lag + noise
        mean = np.repeat(1 / many, many)
        variance = mean @ related[:-1, :-1] @ mean
        follow = mean @ related[:-1, 1:] @ mean / variance
        level = steadiness.reliability * (steadiness.memory ** np.arange(many)).mean()
        now = level / (steadiness.reliability * variance) ** 0.5
        rows.append((many, shops * share_that_moves(follow), shops * share_that_moves(now)))
    return pd.DataFrame(rows, columns=["quarters", "changes", "wrong"])


# --- money


def rule_money(
    scores: pd.DataFrame, *, quarters=1, borders=None, gain=0.0, per_point=PER_POINT,
    service=SERVICE, change=CHANGE,
) -> pd.Series:  # fmt: skip
    """Return a year of a rule of grading, had it held in the last four quarters of the records.

    The grade of a quarter, by quota or by borders, decides the service of the next one.
    scores (retailer, quarter, score); quarters: averaged for a grade; gain: points that everybody
    has more; per_point: ¥ of gross profit from ¥1 of service, for each point of the shop's score;
    service: grade -> ¥ a quarter; change: ¥ each -> A, E (shops, mean of the quarters), changes,
    service, moving, bill (both), brings, leaves (¥ a year)
    """
    recent = recent_mean(scores, quarters=quarters)
    recent["score"] += gain
    last = scores["quarter"].max()
    recent = recent[recent["quarter"] >= last - 4]
    if recent["quarter"].nunique() < 5:
        raise ValueError(
            f"scores must reach back {4 + quarters} quarters, got {scores['quarter'].nunique()}. "
            "Give more, or average fewer."
        )
    grades = grade_by_quota(recent) if borders is None else grade_by_borders(recent, borders)
    given = grades[grades["quarter"] < last].assign(quarter=grades["quarter"] + 1)
    held = given[[*KEYS, "grade"]].merge(scores[[*KEYS, "score"]], on=KEYS)
    paid = held["grade"].map(service)
    changes, costs = int(grade_changes(grades)["changed"].sum()), float(paid.sum())
    bill = costs + change * changes
    brings = float(per_point * (paid * (held["score"] + gain)).sum())
    counts = (held["grade"].value_counts() / 4).reindex(["A", "E"], fill_value=0)
    return pd.Series({
        "A": counts["A"], "E": counts["E"], "changes": changes, "service": costs,
        "moving": float(change * changes), "bill": bill, "brings": brings, "leaves": brings - bill,
    })  # fmt: skip


# --- pictures


def plot_two_rulers(scores, *, quarter=1, ax=None):
    """Draw how many shops are A and E in each quarter, by quota and by one quarter's borders."""
    borders = quota_borders(scores, quarter=quarter)
    by_rule = {"quota": grade_by_quota(scores), "borders": grade_by_borders(scores, borders)}
    counts = {rule: pd.crosstab(grades["quarter"], grades["grade"])
              for rule, grades in by_rule.items()}  # fmt: skip
    ax = figures.new_axes(ax)
    ax.plot(counts["quota"]["A"], "--", color=figures.PALETTE["grey"],
            label=_("A by quota, and E by quota"))  # fmt: skip
    ax.plot(counts["borders"]["A"], "-o", label=_("A by the borders of quarter {quarter}").format(
        quarter=quarter))  # fmt: skip
    ax.plot(counts["borders"]["E"], "-s", color=figures.PALETTE["vermilion"],
            label=_("E by the same borders"))  # fmt: skip
    ax.set(title=_("The same shops by two rulers"), xlabel=_("Quarter"), ylabel=_("Shops"),
           ylim=(0, None))  # fmt: skip
    ax.legend()
    words = _("By the borders of quarter {quarter} there are {a} A and {e} E in the last quarter; "
              "by quota {quota} of each, as in every other.")  # fmt: skip
    last, by_quota = (counts[rule].iloc[-1] for rule in ("borders", "quota"))
    return figures.say(
        ax, words.format(quarter=quarter, a=last["A"], e=last["E"], quota=by_quota["A"])
    )


def plot_averaging(steadiness, *, noise=None, memory=None, ax=None):
    """Draw changes and wrong grades by the number of quarters averaged.

    noise, memory: in place of those of the district
    """
    given = {"noise": noise, "memory": memory}
    given = {name: value for name, value in given.items() if value is not None}
    steadiness = replace(steadiness, **given)
    table = averaging(steadiness).set_index("quarters")
    best, least = table["wrong"].idxmin(), table["wrong"].min()
    ax = figures.new_axes(ax)
    ax.plot(table["changes"], "-o", color=figures.PALETTE["grey"],
            label=_("change their grade"))  # fmt: skip
    ax.plot(table["wrong"], "-s", label=_("stand in a wrong grade"))
    ax.plot([best], [least], "D", markersize=11, color=figures.PALETTE["green"],
            label=_("fewest wrong"))  # fmt: skip
    ax.set(title=_("Of 400 shops, in one quarter"), xlabel=_("Quarters averaged"),
           ylabel=_("Shops"), ylim=(0, None))  # fmt: skip
    ax.legend()
    words = _("Noise {noise:.1f}: fewest wrong grades by a mean of {best}, {least:.1f} wrong and "
              "{changes:.0f} changes; by one quarter alone {one:.1f} and {moved:.0f}.")  # fmt: skip
    return figures.say(ax, words.format(
        noise=steadiness.noise, best=best, least=least, changes=table.loc[best, "changes"],
        one=table.loc[1, "wrong"], moved=table.loc[1, "changes"]))  # fmt: skip


def explore_averaging(steadiness):
    """Change the noise of a score and the memory of the shops: how many quarters to average?"""
    from crm_course import widgets

    def draw(noise=2.4, memory="as here"):
        kept = {"as here": steadiness.memory, "0.95": 0.95, "0.90": 0.90}[memory]
        return plot_averaging(steadiness, noise=noise, memory=kept)

    return widgets.explore(draw, noise=(0.5, 5.0, 0.1), memory=["as here", "0.95", "0.90"])
