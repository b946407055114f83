"""The exercises of chapter 43: the right answers, and the wrong ones that people give."""

import math

from crm_course.learning.exercises import Exercise, Mistake, Tolerance
from crm_course.relationships import partner_scorecard as ps

CHAPTER = "43"
EQUAL = dict.fromkeys(ps.WEIGHTS, 0.1)
MONEY_FOR = 15  # contracts in 43.4
STEP = 80_000  # ¥ a step in 43.7
POSITIONS = [step / 2 for step in range(29)]  # of the slider, to the right of its start


def first_lead(company):
    """The first position of the slider at which B is first."""
    three = ps.three_partners()
    return next(each for each in POSITIONS
                if ps.chosen(three, weights=ps.move_weight(each), take=1) == ["B"])  # fmt: skip


def by_letter(weights):
    """The scores of A, B and C."""
    scores = ps.weighted_score(ps.three_partners(), weights=weights).set_index("partner")["score"]
    return tuple(scores.sort_index())


def sheet(company, rater):
    """One rater's sheet."""
    return company.scorecards[company.scorecards["rater"] == rater]


def merit_of_chosen(company, marks, take=MONEY_FOR):
    """The mean true merit of the best by some marks."""
    return ps.merit_of(ps.chosen(marks, take=take), company.truth("scorecards"))


def merit_of_all(company):
    """The mean true merit of the fifteen by the mean of three raters."""
    return merit_of_chosen(company, company.scorecards)


def merit_of_ten(company):
    """The mean true merit of the ten by the mean of three raters."""
    return merit_of_chosen(company, company.scorecards, take=ps.TAKE)


def merit_of_aldwin(company):
    """The mean true merit of Aldwin's fifteen."""
    return merit_of_chosen(company, sheet(company, "Aldwin"))


def merit_of_corvane(company):
    """The mean true merit of Corvane's fifteen."""
    return merit_of_chosen(company, sheet(company, "Corvane"))


def merit_of_best(company):
    """The mean true merit of the fifteen who are truly best."""
    return merit_of_chosen(company, ps.true_marks(company.truth("scorecards")))


def merit_of_everybody(company):
    """The mean true merit of all partners."""
    truth = company.truth("scorecards")
    return ps.merit_of(truth["partner"], truth)


def alike(company, rater="Berrit"):
    """How alike the criteria of one rater are."""
    return ps.alike(sheet(company, rater))


def with_the_diagonal(company):
    """The mean of the whole table of correlations, each criterion with itself included."""
    return (10 + 90 * alike(company)) / 100


def alike_of_corvane(company):
    """How alike Corvane's criteria are."""
    return alike(company, "Corvane")


def alike_of_all(company):
    """The correlations of all three raters' rows thrown together."""
    return ps.alike(company.scorecards)


def three_highest(company):
    """The three highest scores by the mean of three raters."""
    return tuple(ps.weighted_score(company.scorecards)["score"].head(3))


def misplaced(company):
    """The colleague's: the weights, in the order of the source, laid on columns in alphabet."""
    wrong = dict(zip(sorted(ps.WEIGHTS), ps.WEIGHTS.values(), strict=True))
    return tuple(ps.weighted_score(company.scorecards, weights=wrong)["score"].head(3))


def unweighted(company):
    """The three highest plain means."""
    return tuple(ps.weighted_score(company.scorecards, weights=EQUAL)["score"].head(3))


def highest_of_aldwin(company):
    """The three highest scores in Aldwin's sheet alone."""
    return tuple(ps.weighted_score(sheet(company, "Aldwin"))["score"].head(3))


def memo_figures(company):
    """What the memo has to quote, in ¥."""
    two = company.scorecards[company.scorecards["rater"] != "Berrit"]
    plans = ps.rating_plans(two, company.truth("scorecards"), step=STEP)
    left = plans.set_index("plan")["left"]
    return {
        "what Corvane's ten leave": ("Corvane", float(left["Corvane"])),
        "what Aldwin's ten leave": ("Aldwin", float(left["Aldwin"])),
    }


def corvanes(company):
    """Raters like Corvane whose mean is as good as one Aldwin."""
    return math.ceil((25.5 / 9.9) * (64.9 / 10.1))


def worth(company):
    """Independent marks that Corvane's ten are worth."""
    return 10 / (1 + 9 * alike_of_corvane(company))


EXERCISES = (
    Exercise(
        "43.1", "design: explorer", "number", "points", first_lead, Tolerance(absolute=0.1),
        mistakes=(
            Mistake(12, "SLIP",
                    "There A and B are level, and level is not first: half a point to the right."),
            Mistake(13, "SLIP",
                    "There B is first, but the slider goes by half points: look one to the left."),
            Mistake(1.5, "SLIP", "There B passes C and is second; A is still in front."),
            Mistake(-4.5, "SLIP", "There C is first; B comes first on the other side."),
        ),
        hints=(
            "Read the end of the sentence: *First: ...*",
            "Every point to the right gives B 0.03, and leaves A where it is.",
            "B begins 0.36 behind A: they are level after 0.36 / 0.03 points.",
        ),
        minutes=(2, 4),
        meaning="The house that got the letter is the best of the three, by weights that a sales "
                "director would sign.",
    ),
    Exercise(
        "43.2", "brief: 10.1", "series", "points", by_letter(EQUAL), Tolerance(absolute=0.004),
        mistakes=(
            Mistake(by_letter(ps.WEIGHTS), "SLIP",
                    "Those are the scores by Lanting's weights; here every weight is 0.1."),
            Mistake((39.0, 36.0, 36.0), "SLIP",
                    "Those are the sums; with ten weights of 0.1 a tenth of it is the score."),
            Mistake(by_letter(ps.move_weight(6)), "SLIP",
                    "Those are the scores after six points have moved."),
        ),
        hints=(
            "Ten equal weights that add up to 1 are 0.1 each.",
            "So the score is the plain mean of the ten marks.",
            "A: 4 + 4 + 3 + 5 + 3 + 4 + 4 + 3 + 4 + 5 = 39, and a tenth of it.",
        ),
        minutes=(3, 5),
        meaning="B and C are level: equal weights are no more neutral than others, they only hide "
                "that somebody chose them.",
    ),
    Exercise(
        "43.3", "brief: 10.1", "number", "points", lambda company: 0.12 / 0.05,
        Tolerance(absolute=0.04),
        mistakes=(
            Mistake(0.12 / 0.09, "SLIP",
                    "That is the chapter's move, from two criteria to two; here it is one to one."),
            Mistake(6.0, "SLIP", "B rises by 0.02 a point, and C falls as well."),
            Mistake(4.0, "SLIP", "C falls by 0.03 a point, and B rises as well."),
            Mistake(0.024, "SLIP", "That is the weight; give it in points, hundredths of weight."),
        ),
        hints=(
            "What does one point, 0.01, from credit to coverage do to B, and what to C?",
            "B gains 0.01 x (5 - 3), C loses 0.01 x (5 - 2).",
            "The gap of 0.12 closes by 0.05 a point.",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "43.4", "design: all three", "number", "steps", merit_of_all, Tolerance(absolute=0.0001),
        mistakes=(
            Mistake(merit_of_aldwin, "SLIP",
                    "That is Aldwin's list; take the mean of all three raters' marks."),
            Mistake(merit_of_best, "SLIP",
                    "Those are the fifteen who are truly best; the raters chose others."),
            Mistake(merit_of_ten, "SLIP", "Those are ten; there is money for fifteen (take=15)."),
            Mistake(merit_of_corvane, "SLIP",
                    "That is Corvane's list; take the mean of all three raters' marks."),
            Mistake(merit_of_everybody, "SLIP",
                    "That is everybody, what a hat gets; take the fifteen chosen."),
        ),
        hints=(
            "First the list, from the marks alone; then the truth about those fifteen.",
            "ps.chosen(..., take=15) makes the list; ps.merit_of looks up the truth.",
            "ps.merit_of(ps.chosen(company.scorecards, take=15), company.truth('scorecards'))",
        ),
        minutes=(5, 8),
        meaning="Compare it with each rater alone (ps.rating_plans, take=15): if the mean is "
                "better than the best of the three, does it pay for two more rounds, ¥120,000?",
    ),
    Exercise(
        "43.5", "design: halo", "number", "correlation", alike, Tolerance(absolute=0.0002),
        mistakes=(
            Mistake(with_the_diagonal, "COPY_EVIDENCE",
                    "You counted each criterion with itself, where the correlation is 1."),
            Mistake(alike_of_corvane, "SLIP", "That is Corvane's sheet; the question asks for "
                                              "Berrit's."),
            Mistake(alike_of_all, "SLIP",
                    "You threw all three raters together; take Berrit's forty rows."),
        ),
        hints=(
            "Choose Berrit's rows, then look at every two criteria.",
            ".corr() of the ten columns, and of it the 45 numbers above the diagonal.",
            "ps.alike(company.scorecards.query(\"rater == 'Berrit'\"))",
        ),
        minutes=(6, 9),
        meaning="Compare it with ps.agreement(company.scorecards, 'Berrit'). In truth two merits "
                "of a partner correlate at about 0.2 in the long run.",
    ),
    Exercise(
        "43.6", "design: find the bug", "series", "points", three_highest,
        Tolerance(absolute=0.0006),
        mistakes=(
            Mistake(misplaced, "SLIP",
                    "That is the colleague's: a list of weights knows no names, and the columns "
                    "have changed their places."),
            Mistake(unweighted, "SLIP", "Those are the plain means; the weights are missing."),
            Mistake(highest_of_aldwin, "SLIP",
                    "That is Aldwin's sheet; the colleague takes the mean of all three."),
        ),
        hints=(
            "Which column does the weight 0.18 meet in the colleague's cell?",
            "After sorting, *attitude* comes first, and gets the weight of credit.",
            "Multiply by something with names: pd.Series(ps.WEIGHTS), or ps.weighted_score.",
        ),
        minutes=(8, 12),
        meaning="A list is laid on by place, a Series by name. No error tells the difference.",
    ),
    Exercise(
        "43.7", "design: memo", "memo", "¥", memo_figures, Tolerance(relative=0.02),
        hints=(
            "One sentence each: what to do, what Corvane's ten leave, what Aldwin's ten leave, "
            "what to look at instead.",
            "ps.rating_plans(company.scorecards, company.truth('scorecards'), step=80_000), column "
            "left.",
            "Begin: 'Please do not let the firmest list decide. Corvane's ten leave ...'",
        ),
        minutes=(10, 14),
    ),
    Exercise(
        "43.8", "design: many raters", "number", "raters", corvanes, Tolerance(absolute=0.4),
        mistakes=(
            Mistake(7, "SLIP",
                    "That makes the impressions equal (64.9 / 9.9), but Corvane also sees less "
                    "merit: 10.1 against 25.5."),
            Mistake(3, "SLIP", "That compares the merits only (25.5 / 10.1)."),
            Mistake(16, "SLIP", "Sixteen fall just short; round up."),
        ),
        hints=(
            "Aldwin's ratio is 25.5 / 9.9. What is the ratio of k Corvanes?",
            "It is 10.1 / (64.9 / k), which is k x 10.1 / 64.9.",
            "Solve k x 10.1 / 64.9 = 25.5 / 9.9, and take the next whole number.",
        ),
        minutes=(4, 6),
        meaning="One who looks is worth a hall of people with an impression.",
    ),
    Exercise(
        "43.9", "design: halo", "number", "marks", worth, Tolerance(absolute=0.006),
        mistakes=(
            Mistake(lambda company: 10 / (1 + 10 * alike_of_corvane(company)), "SLIP",
                    "Each mark has nine others, not ten."),
            Mistake(lambda company: 10 * (1 - alike_of_corvane(company)), "SLIP",
                    "That takes off a share; put r into 10 / (1 + 9 r)."),
            Mistake(lambda company: 10 / (1 + 9 * alike(company)), "SLIP",
                    "That is what Berrit's ten are worth."),
        ),
        hints=(
            "r is ps.alike of Corvane's forty rows; in 43.5 you did it for Berrit's.",
            "At r = 0 it is ten, at r = 1 it is one.",
            "10 / (1 + 9 * r)",
        ),
        minutes=(3, 5),
        meaning="Ten marks in ink, about two in knowledge.",
    ),
)  # fmt: skip
