"""The exercises of chapter 11: the right answers, and the wrong ones that people give."""

import numpy as np

from crm_course.foundations import what_is_crm
from crm_course.foundations.what_is_crm import (
    STAKES,
    conversion,
    followed_share,
    logistic_through,
    posts_on_path,
    yearly_result,
)
from crm_course.learning.exercises import Exercise, Mistake, Tolerance

CHAPTER = "11"
POSITIONS = np.linspace(0.5, 1, 11)  # of the slider
CHIEFS = (28, 30)  # said yes, were asked


def posts(company):
    """Posts on the path of each case of the company."""
    return posts_on_path(company.handoffs)


def first_paying_habit(company):
    """The first slider position at which the program alone pays."""
    results = (yearly_result(posts(company), habit=habit)["result"] for habit in POSITIONS)
    return round(float(POSITIONS[[result > 0 for result in results].index(True)]), 2)


def five_posts_and_three(company):
    """Chains of five and of three posts that each write nine of ten things."""
    return 0.9**5, 0.9**3


def curve_of_1999(company):
    """Speed, share of 2001 and year of 90 %."""
    curve = logistic_through((1999, 0.10), (2003, 0.50))
    return curve.speed, float(curve.share(2001)), curve.year(0.90)


def followed(company, *, habit=0.85, removed=0):
    """Share of the company's cases that can be followed."""
    return followed_share(posts(company), habit, removed=removed)


def followed_per_handoff(company):
    """The chain with one link too few: hand-offs instead of posts."""
    return float((0.85 ** (posts(company) - 1)).mean())


def of_the_mean_path(company, *, habit=0.8):
    """The colleague's number: the habit to the power of the mean number of posts."""
    return float(habit ** posts(company).mean())


def yearly(company, *, removed=1):
    """What the program leaves in a year at a habit of 0.75 with one hand-off fewer."""
    return yearly_result(posts(company), habit=0.75, removed=removed)["result"]


def yearly_without_redesign(company):
    """The same, and the redesign for nothing."""
    return yearly(company) + STAKES["shorter_path"]


def yearly_earned(company):
    """What it earns, before costs."""
    return yearly_result(posts(company), habit=0.75, removed=1)["earned"]


def break_even_habit(company, *, licence=STAKES["licence"]):
    """The habit at which the program alone earns just its licence."""
    from scipy.optimize import brentq

    worth = STAKES["cases"] * STAKES["worth"]
    return brentq(lambda habit: worth * followed(company, habit=habit) - licence, 0, 1)


def guessed_break_even(company):
    """The habit that would do if a share written were a share followed."""
    return STAKES["licence"] / (STAKES["cases"] * STAKES["worth"])


def chiefs_who_said_yes(company, *, method="wilson"):
    """The 95 % interval of 28 of 30."""
    from statsmodels.stats.proportion import proportion_confint

    return tuple(float(end) for end in proportion_confint(*CHIEFS, method=method))


def baskets(company):
    """Conversion with a tenth of the abandoned baskets recovered, and its relative gain."""
    before, after = conversion(0.67), conversion(0.67, recovered=0.10)
    return after, after / before - 1


def memo_figures(company):
    """What the memo has to quote: what the program leaves alone, and with everything."""
    result = what_is_crm.offers(posts(company))["result"]
    return {
        "what the program alone leaves": ("alone", result["program alone"]),
        "what all three leave": ("all three", "both", result["all three"]),
    }


EXERCISES = (
    Exercise(
        "11.1", "design: explorer", "number", "habit", first_paying_habit,
        Tolerance(absolute=0.001),
        mistakes=(
            Mistake(lambda company: first_paying_habit(company) - 0.05, "SLIP",
                    "There it still loses: read the last words of the sentence, then one step on."),
            Mistake(lambda company: 100 * first_paying_habit(company), "PP_VS_PCT",
                    "Type it as the slider shows it, as a share: 0.65, not 65."),
            Mistake(0.5, "SOFTWARE_FIRST",
                    "Half written down is far from half followed: at 0.5 it is one case in ten."),
        ),
        hints=(
            "Leave the second slider at 0, and move the first to the right.",
            "The sentence says what the program earns or loses in a year at this habit.",
            "Stop at the first position where it says *earns*.",
        ),
        minutes=(2, 4),
        meaning="The program needs a better habit than the firm has; that is a finding about the "
                "firm, not about the program.",
    ),
    Exercise(
        "11.2", "design: a chain by hand", "series", "share", five_posts_and_three,
        mistakes=(
            Mistake((0.9, 0.9), "SOFTWARE_FIRST",
                    "That is the habit of each post; the case needs all of them."),
            Mistake((0.5, 0.7), "SLIP",
                    "You took 0.1 off for each post; chances of a chain are multiplied."),
            Mistake((0.9**4, 0.9**2), "SLIP",
                    "One link too few: count the posts, one more than the hand-offs."),
        ),
        hints=(
            "What must be true of the first post, the second, and so on, all at once?",
            "Multiply 0.9 by itself, once for each post.",
            "0.9 x 0.9 x 0.9 is 0.729; now the same with five.",
        ),
        minutes=(2, 4),
        meaning="Two hand-offs fewer do more than a habit of 0.93 in place of 0.90 would.",
    ),
    Exercise(
        "11.3", "brief: 1.3", "series", "per year, share, year", curve_of_1999,
        Tolerance(relative=0.0005),
        mistakes=(
            Mistake((0.10, 0.30, 2007.0), "SLIP",
                    "You went in a straight line, ten points a year; the curve starts slowly."),
            Mistake((2.1972, 0.25, 2007.0), "SLIP",
                    "2.1972 is the step in log-odds over four years; divide it by four."),
            Mistake((0.5493, 0.25, 2003.0), "SLIP",
                    "2003 is the middle of the curve, where one in two uses it."),
        ),
        hints=(
            "In log-odds, ln(A / (1 - A)), the curve is a straight line.",
            "ln(0.1 / 0.9) is -2.1972, ln(0.5 / 0.5) is 0: four years apart.",
            "k = 2.1972 / 4; in 2001 the log-odds are halfway, -1.0986; 90 % mirrors 10 %.",
        ),
        minutes=(3, 5),
        meaning="As far behind the middle as 1999 lies before it.",
    ),
    Exercise(
        "11.4", "design: a habit on data", "number", "share", followed,
        mistakes=(
            Mistake(followed_per_handoff, "SLIP",
                    "That multiplies once for each hand-off; every post must write, and there is "
                    "one post more."),
            Mistake(lambda company: of_the_mean_path(company, habit=0.85), "SLIP",
                    "You took the average path first; the average of powers is not the power of "
                    "the average."),
            Mistake(0.85, "SOFTWARE_FIRST", "That is the habit; a case needs all of its posts."),
            Mistake(lambda company: 1 - followed(company), "SLIP",
                    "Those are the cases in which somebody has to ask again."),
        ),
        hints=(
            "First the posts of each case, then 0.85 to that power, then the average.",
            "what_is_crm.posts_on_path(company.handoffs)",
            "(0.85 ** posts).mean()",
        ),
        minutes=(5, 7),
    ),
    Exercise(
        "11.5", "design: money on data", "number", "¥ a year", yearly,
        Tolerance(absolute=60, relative=0.005),
        mistakes=(
            Mistake(yearly_earned, "FULL_COST_AVOIDABLE",
                    "That is what it earns; take off the licence and the redesign."),
            Mistake(yearly_without_redesign, "SLIP",
                    "The redesign of the paths costs ¥40,000 a year."),
            Mistake(lambda company: yearly(company, removed=0), "SLIP",
                    "That is with the paths as they are; take one hand-off out of each."),
        ),
        hints=(
            "One call: what_is_crm.yearly_result on your company's posts.",
            "The habit is 0.75, and removed=1.",
            "what_is_crm.yearly_result(posts, habit=0.75, removed=1)['result']",
        ),
        minutes=(5, 7),
    ),
    Exercise(
        "11.6", "design: find the bug", "number", "share",
        lambda company: followed(company, habit=0.8),
        Tolerance(relative=0.001),
        mistakes=(
            Mistake(of_the_mean_path, "SLIP",
                    "That is the colleague's own number: nobody's case has the average path."),
            Mistake(lambda company: float((0.8 ** (posts(company) - 1)).mean()), "SLIP",
                    "You multiply once for each hand-off; posts are one more."),
            Mistake(lambda company: 1 - followed(company, habit=0.8), "SLIP",
                    "Those are the cases that cannot be followed."),
        ),
        hints=(
            "Try it with two cases, one of two posts and one of six.",
            "0.8 squared is 0.64 and 0.8 to the sixth is 0.26; their average is not 0.8 to the "
            "fourth.",
            "First raise to the power, case by case, then take the mean: (0.8 ** posts).mean()",
        ),
        minutes=(8, 12),
        meaning="The mean of a curve is not the curve at the mean; chapter 13 loses money by it.",
    ),
    Exercise(
        "11.7", "design: memo", "memo", "¥", memo_figures, Tolerance(relative=0.02),
        hints=(
            "One sentence each: what to do, what the program alone would leave in a year, what all "
            "three would, what would change your mind.",
            "Both figures stand in what_is_crm.offers(posts), column result.",
            "Begin: 'Do not sign for the program alone: it would lose ¥...'",
        ),
        minutes=(8, 12),
    ),
    Exercise(
        "11.8", "brief: 1.4", "series", "share", chiefs_who_said_yes, Tolerance(absolute=0.0006),
        mistakes=(
            Mistake(lambda company: chiefs_who_said_yes(company, method="normal"), "SLIP",
                    "That is the simple interval; near 1 it leaves the scale. Use Wilson's."),
            Mistake((28 / 30, 28 / 30), "SLIP",
                    "That is the share itself; the question asks how far chance could move it."),
            Mistake((78.7, 98.2), "PP_VS_PCT", "Give shares, 0 to 1."),
        ),
        hints=(
            "statsmodels has proportion_confint, with method='wilson'.",
            "from statsmodels.stats.proportion import proportion_confint",
            "proportion_confint(28, 30, method='wilson')",
        ),
        minutes=(3, 5),
        meaning="And that is only chance: who was asked, and how, is not in the interval.",
    ),
    Exercise(
        "11.9", "brief: 1.5", "series", "share", baskets,
        mistakes=(
            Mistake((0.43, 0.10 / 0.33), "PP_VS_PCT",
                    "A tenth of the abandoned ones: 0.1 x 0.67, not 0.1 of all baskets."),
            Mistake((0.397, 0.067), "PP_VS_PCT",
                    "0.067 are points; the second number asks for the gain relative to before."),
            Mistake((0.067, 0.203), "SLIP",
                    "0.067 are the baskets won back; add those that were paid anyway."),
        ),
        hints=(
            "Of 100 baskets 33 are paid. How many of the other 67 come back?",
            "6.7 come back: 39.7 are paid.",
            "Second number: 6.7 more than 33, as a share of the 33.",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "11.10", "design: break-even", "number", "habit", break_even_habit,
        Tolerance(absolute=0.002),
        mistakes=(
            Mistake(guessed_break_even, "SOFTWARE_FIRST",
                    "That share of the cases must be *followed*; the habit must be far better."),
            Mistake(lambda company: break_even_habit(
                        company, licence=STAKES["licence"] + STAKES["training"]),
                    "SLIP", "You put the training in; the question is about the program alone."),
        ),
        hints=(
            "The program earns 20,000 x ¥30 x the share followed; when is that ¥250,000?",
            "The share followed must be 0.4167; try habits until it is.",
            "numpy.arange(0.7, 0.9, 0.001), followed_share for each, the first above 0.4167.",
        ),
        minutes=(5, 8),
    ),
)  # fmt: skip
