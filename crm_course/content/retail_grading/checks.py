"""The exercises of chapter 64: the right answers, and the wrong ones that people give."""

import numpy as np

from crm_course.cases import retail_grading
from crm_course.learning.exercises import Exercise, Mistake, Tolerance, kept

CHAPTER = "64"
SHOPS, QUARTERS = 400, 12
WEIGHTS, POINTS = (0.4236, 0.2270, 0.1223, 0.2270), (80, 60, 70, 90)  # exercise 64.2
MATRIX = np.array(retail_grading.COMMITTEE)
MOVES = np.array([
    [0.70, 0.25, 0.05, 0, 0], [0.06, 0.66, 0.26, 0.02, 0], [0.005, 0.10, 0.79, 0.10, 0.005],
    [0, 0.02, 0.26, 0.66, 0.06], [0, 0, 0.05, 0.25, 0.70],
])  # fmt: skip


@kept
def steady(company):
    """Noise, spread and memory of the district."""
    return retail_grading.fit_steadiness(company.retailers_4v)


def quiet_enough(company):
    """The first position of the slider, from the right, at which one quarter is best.

    One quarter beats two where reliability >= (m² + 2m - 1) / 2m, with the memory m.
    """
    memory = steady(company).memory
    reliability = (memory**2 + 2 * memory - 1) / (2 * memory)
    return np.floor(10 * steady(company).spread * (1 / reliability - 1) ** 0.5) / 10


def score(weights):
    """The score of the shop in 64.2."""
    return sum(weight * points for weight, points in zip(weights, POINTS, strict=True))


@kept
def by_old_borders(company):
    """Each shop of the last quarter by the borders of the first."""
    table = company.retailers_4v
    borders = retail_grading.quota_borders(table, quarter=1)
    return retail_grading.grade_by_borders(table[table["quarter"] == QUARTERS], borders)["grade"]


def still_e(company):
    """How many are an E by the borders of quarter 1."""
    return int((by_old_borders(company) == "E").sum())


def now_a(company):
    """How many are an A by the borders of quarter 1."""
    return int((by_old_borders(company) == "A").sum())


def a_or_b(company):
    """How many are an A or a B by those borders."""
    return int(by_old_borders(company).isin(["A", "B"]).sum())


@kept
def changes(company):
    """How many of 400 shops change their grade in a quarter."""
    return SHOPS * retail_grading.grade_changes(company.retailers_4v)["changed"].mean()


@kept
def without_noise(company):
    """How many would, if no score wavered."""
    return SHOPS * retail_grading.share_that_moves(steady(company).memory)


def due_to_noise(company):
    """The share of the recorded changes that would not be there without noise."""
    return 1 - without_noise(company) / changes(company)


def with_nobody_moving(company):
    """What noise alone would change, as a share of the recorded changes."""
    alone = SHOPS * retail_grading.share_that_moves(steady(company).reliability)
    return alone / changes(company)


def across_shops(company):
    """What comes out if every row is compared with the one above it."""
    grade = company.retailers_4v["grade"]
    return SHOPS * (grade != grade.shift()).mean()


@kept
def bill(company):
    """Service and changes of a year by the present rule."""
    return retail_grading.rule_money(company.retailers_4v)["bill"]


def correlation(company, back):
    """How scores correlate with those of the same shop so many quarters back."""
    table = company.retailers_4v
    return table["score"].corr(table.groupby("retailer")["score"].shift(back))


def by_quarters_alone(company):
    """The reliability that two correlations tell."""
    return correlation(company, 1) ** 2 / correlation(company, 2)


def memo_figures(company):
    """What the memo has to quote."""
    return {
        "shops that are an A by the borders of 2023": ("borders", "ruler", now_a(company)),
        "shops that change their grade in a quarter": ("change", changes(company)),
        "the share of the changes that noise makes": ("noise", "chance", due_to_noise(company)),
        "the bill of the present rule for a year": ("bill", bill(company)),
    }


EXERCISES = (
    Exercise(
        "64.1", "design: explorer", "number", "points", quiet_enough, Tolerance(absolute=0.001),
        mistakes=(
            Mistake(lambda company: quiet_enough(company) + 0.1, "SLIP",
                    "There two quarters are still best, if only just: one step more."),
            Mistake(0.5, "SLIP", "There it is, but it was so before; go back to the right."),
        ),
        hints=(
            "Move `noise` to the left and watch the green diamond.",
            "It stands at 2 quarters and jumps to 1. Both counts are in the sentence below.",
            "Between 1.6 and 1.2 points.",
        ),
        minutes=(2, 4),
        meaning="Who wants to grade by one quarter has to mark better, not more often.",
    ),
    Exercise(
        "64.2", "brief: 16.2", "number", "points", lambda company: score(WEIGHTS),
        Tolerance(absolute=0.01),
        mistakes=(
            Mistake(75.0, "SLIP", "That is the plain mean; the economic value weighs most."),
            Mistake(lambda company: score(WEIGHTS[::-1]), "SLIP",
                    "The weights stand in the order economic, relational, functional, "
                    "developmental."),
            Mistake(lambda company: score(WEIGHTS) / 4, "SLIP",
                    "The weights add up to 1 already; do not divide once more."),
        ),
        hints=(
            "Each value times its weight, all four added up.",
            "Begin with 0.4236 x 80.",
            "33.89 + 13.62 + 8.56 + 20.43",
        ),
        minutes=(3, 5),
        meaning="One good value makes up for a bad one: 90 pays for 60.",
    ),
    Exercise(
        "64.3", "brief: 16.6", "number", "shops", 19, Tolerance(absolute=0.4),
        mistakes=(
            Mistake(0, "QUOTA_SHOWS_PROGRESS",
                    "The weakest are gone, and the quota finds new ones: one in twenty, always."),
            Mistake(20, "SLIP", "That was one in twenty of 400; now there are 380."),
            Mistake(0.05, "SLIP", "That is the share; of 380 shops it is how many?"),
            Mistake(18, "SLIP", "Not one in twenty of the last twenty taken off again: 380 / 20."),
        ),
        hints=(
            "Do five points for everybody change who stands behind whom?",
            "They do not. So only the quota counts, and how many shops it is applied to.",
            "1 part of 1 + 4 + 10 + 4 + 1, of 380.",
        ),
        minutes=(3, 5),
        meaning="Shops that were a D last quarter. Close them too, and go on for ever.",
    ),
    Exercise(
        "64.4", "design: old borders", "number", "shops", now_a, Tolerance(absolute=0.4),
        mistakes=(
            Mistake(20, "QUOTA_SHOWS_PROGRESS",
                    "So many there are by the quota of quarter 12; use the borders of quarter 1."),
            Mistake(still_e, "SLIP", "So many are an E by these borders; the A are asked for."),
            Mistake(a_or_b, "SLIP", "The B are in that; count the A alone."),
        ),
        hints=(
            "Two steps: the borders of one quarter, and everybody graded by them.",
            "retail_grading.quota_borders(retailers, quarter=1), then grade_by_borders.",
            "Of the result count the rows with quarter 12 and grade A.",
        ),
        minutes=(5, 8),
        meaning="By the quota twenty, whatever has become of the shops.",
    ),
    Exercise(
        "64.5", "brief: 16.7", "number", "share", due_to_noise, Tolerance(absolute=0.005),
        mistakes=(
            Mistake(lambda company: 1 - due_to_noise(company), "SLIP",
                    "That is the share that would be left without noise."),
            Mistake(with_nobody_moving, "SLIP",
                    "That is how many change when nobody moves. Noise and movement overlap: ask "
                    "what is lost if the noise goes."),
            Mistake(lambda company: without_noise(company) / SHOPS, "SLIP",
                    "That is a share of all shops; ask for a share of the changes."),
        ),
        hints=(
            "How many change in a quarter by the records? How many would without noise?",
            "retail_grading.reasons_to_move(retail_grading.fit_steadiness(retailers)), last row.",
            "1 - that row / (400 x the mean of grade_changes(retailers)['changed']).",
        ),
        minutes=(6, 10),
        meaning="Nearly every second letter about a new grade would not be sent without noise.",
    ),
    Exercise(
        "64.6", "design: find the bug", "number", "shops", changes,
        mistakes=(
            Mistake(across_shops, "SLIP",
                    "That is the colleague's own number: the first quarter of a shop is compared "
                    "with the last of the shop above."),
            Mistake(lambda company: changes(company) / SHOPS, "SLIP",
                    "That is the share; multiply by 400 shops."),
            Mistake(lambda company: changes(company) * (QUARTERS - 1), "SLIP",
                    "So many in all three years; divide by the eleven times."),
        ),
        hints=(
            "Look at rows 11 and 12: whose are they?",
            "shift goes down the whole column; it should stay within a shop.",
            "retailers.groupby('retailer')['grade'].shift(), and leave the first quarter out.",
        ),
        minutes=(8, 12),
        meaning="Strangers differ more than a shop and itself: such bugs make everything lively.",
    ),
    Exercise(
        "64.7", "design: memo", "memo", "", memo_figures, Tolerance(relative=0.01),
        hints=(
            "The form is in the case. Four figures: A by the old borders, changes in a quarter, "
            "the share of them that noise makes, the bill of the present rule.",
            "Exercises 64.4, 64.6 and 64.5 have three of them; rule_money(retailers)['bill'].",
            "Begin with what you recommend. Then: 'By the borders of 2023 ... shops are an A.'",
        ),
        minutes=(20, 30),
        words=250,
    ),
    Exercise(
        "64.8", "brief: 16.1", "number", "", lambda company: np.linalg.eigvals(MATRIX).real.max(),
        Tolerance(absolute=0.0005),
        mistakes=(
            Mistake(4.0, "CONSISTENT_IS_CORRECT",
                    "Exactly 4 it would be if all comparisons agreed; these nearly do."),
            Mistake(lambda company: retail_grading.ahp_weights(MATRIX).consistency_ratio, "SLIP",
                    "That is the consistency ratio, which is made from the eigenvalue."),
            Mistake(lambda company: retail_grading.ahp_weights(MATRIX).weights[0], "SLIP",
                    "That is the first weight, a part of the eigenvector."),
        ),
        hints=(
            "numpy.linalg has a function for eigenvalues.",
            "np.linalg.eigvals(matrix); some of them are complex.",
            "np.linalg.eigvals(matrix).real.max()",
        ),
        minutes=(5, 8),
        meaning="(4.0104 - 4) / 3 / 0.90 = 0.004: the sheet does not contradict itself.",
    ),
    Exercise(
        "64.9", "brief: 16.3", "number", "share",
        lambda company: np.linalg.matrix_power(MOVES, 500)[0, 0],
        mistakes=(
            Mistake(0.05, "QUOTA_SHOWS_PROGRESS",
                    "So much a quota gives; this district has borders, and its chain ends "
                    "elsewhere."),
            Mistake(lambda company: np.linalg.matrix_power(MOVES, 4)[0, 0], "SLIP",
                    "That is an A after one year; let it go on."),
            Mistake(1 / 0.3, "SLIP", "That is how long an A stays one, in quarters."),
            Mistake(0.2, "SLIP", "All five alike? Some grades are easier to leave than others."),
        ),
        hints=(
            "Multiply the table by itself, again and again, until nothing changes any more.",
            "np.linalg.matrix_power(moves, 500): all its rows are the same.",
            "The first number of any row.",
        ),
        minutes=(6, 10),
        meaning="0.0479, 0.1969, 0.5104, 0.1969, 0.0479: close to 1:4:10:4:1, with no quota.",
    ),
    Exercise(
        "64.10", "design: second opinion", "number", "", by_quarters_alone,
        Tolerance(absolute=0.002),
        mistakes=(
            Mistake(lambda company: correlation(company, 2) / correlation(company, 1), "SLIP",
                    "That is the memory: what one quarter more takes away."),
            Mistake(lambda company: correlation(company, 1), "SLIP",
                    "Noise and movement are both in that; a second correlation tells them apart."),
        ),
        hints=(
            "Two equations: one = reliability x memory, two = reliability x memory².",
            "one² / two: what remains?",
            "retailers['score'].corr(by_shop.shift(1)), and the same with 2.",
        ),
        minutes=(5, 8),
        meaning="It does not use the three marks, and agrees with those who do: that is evidence.",
    ),
)  # fmt: skip
