"""The exercises of chapter 54: the right answers, and the wrong ones that people give."""

from functools import cache

import numpy as np

from crm_course import datasets
from crm_course.learning.exercises import Exercise, Mistake, Tolerance, kept
from crm_course.organization import training

CHAPTER = "54"
SCENARIO = 0.5  # standard deviations that the course adds to the test in the invented world
STRICT = 3.5  # from this support on somebody counts as helped for Yue
LIKED = 3.5  # from here on somebody liked the course


def spaced(code):
    """A code as people write it: together, or with spaces or commas between."""
    return (code, " ".join(code), ",".join(code), ", ".join(code))


def turn(company):
    """The first position, from the right, at which sending everybody loses; the chapter's trial."""
    return _turn()


@cache
def _turn():
    trial = datasets.load("training")
    return next(share for share in np.arange(0.9, 0.35, -0.05).round(2).tolist()
                if training.support_plans(trial, kept=share)["earns"].iloc[0] < 0)  # fmt: skip


@kept
def levels(company):
    """The four levels in the company's trial."""
    return training.four_levels(company.training)


def taught(company, *, measure="learned", column="effect"):
    """A number of the table in standard deviations of the untrained in the test."""
    trial = company.training
    spread = trial.loc[trial["arm"] == "control", "post"].std()
    return float(levels(company).loc[measure, column] / spread)


@kept
def halves(company):
    """Mean behaviour by arm and by help."""
    trial = company.training
    helped = trial["supervisor_support"] >= STRICT
    return trial.groupby(["arm", helped])["behaviour"].mean()


def added(company, helped=True):
    """What the course adds to behaviour among the helped, or the others."""
    return halves(company)["training", helped] - halves(company)["control", helped]


@kept
def liking(company):
    """Behaviour of those who liked it, of those who did not, and of the colleague's second group.

    The colleague counts everybody without a mark among those who did not like it.
    """
    trial = company.training
    liked = trial["reaction_affective"] >= LIKED
    asked = trial["reaction_affective"].notna()
    means = [trial.loc[rows, "behaviour"].mean() for rows in (liked, asked & ~liked, ~liked)]
    return tuple(float(mean) for mean in means)


def memo_figures(company):
    """What the memo has to quote, in points of behaviour."""
    return {
        "what the course adds where the supervisor helps": ("helped", added(company)),
        "what it adds to the others": ("others", added(company, helped=False)),
    }


@kept
def fading(company, *, column="effect"):
    """Share of what the course added to the test that is left, and the months that makes."""
    points = levels(company)[column]
    share = float(np.clip(points["kept"] / points["learned"], 0, 1))
    return share, training.lasting_months(share)


EXERCISES = (
    Exercise(
        "54.1", "brief: widget", "number", "share kept", turn, Tolerance(absolute=0.02),
        mistakes=(
            Mistake(0.65, "SLIP", "Nearly: there sending everybody still earns ¥2,000."),
            Mistake(0.72, "SLIP", "That is what the test kept; there everybody earns."),
            Mistake(0.40, "SLIP",
                    "That is the end of the slider; go back to where *loses* appears first."),
        ),
        hints=(
            "The sentence above the picture says earns or loses.",
            "The red point is everybody; look when it falls below the line.",
            "At 0.65 it still earns ¥2,000.",
        ),
        minutes=(3, 5),
        meaning="And 0.6 is what this invented world was made with: there everybody is too many.",
    ),
    Exercise(
        "54.2", "design: S1-30", "text", "four characters", spaced("131A"),
        mistakes=(
            Mistake(spaced("141A"), "SLIP",
                    "How somebody works is behaviour; a result would be what the firm gets."),
            Mistake(spaced("121A"), "SLIP", "Doing is level 3; knowing was level 2."),
            Mistake(spaced("231A"), "SLIP",
                    "This questionnaire asks for opinions; a test would be level 2."),
            Mistake(spaced("133A") + spaced("132A") + spaced("134A"), "HAPPY_SHEET",
                    "Satisfied is what people say of the course: a reaction."),
            Mistake(spaced("1314"), "SLIP",
                    "What is done again and again may be any of the others: A."),
        ),
        hints=(
            "Which of them ask people what they think?",
            "Two are reactions, one is behaviour, one repeats the others.",
            "Begin with 13.",
        ),
        minutes=(2, 4),
        meaning="Two of four ask for opinions, and none asks what the firm got.",
    ),
    Exercise(
        "54.3", "brief: 14.2", "series", "yuan for a yuan, per cent", (2.4, 140.0),
        mistakes=(
            Mistake((2.4, 240.0), "SLIP", "The cost has to come off first: 360 - 150."),
            Mistake((1.4, 140.0), "SLIP", "The first is all the benefit for a yuan of cost."),
            Mistake((2.4, 1.4), "PP_VS_PCT", "In per cent, please: times 100."),
            Mistake((2.4, 58.3), "SLIP", "Divide by what was spent, not by what it brought."),
        ),
        hints=(
            "Both have the cost below the line.",
            "360 / 150, and (360 - 150) / 150.",
            "The second is 210 / 150, in per cent.",
        ),
        minutes=(3, 4),
    ),
    Exercise(
        "54.4", "brief: 14.4", "series", "people, ¥, people",
        (38.4, 90_000 / 38.4, 60.0),
        mistakes=(
            Mistake((144.0, 625.0, 150.0), "SLIP",
                    "Shares of shares are multiplied; whoever does not know cannot apply."),
            Mistake((38.4, 750.0, 60.0), "SLIP",
                    "That is for each who was sent; each who applies it is asked for."),
            Mistake((96.0, 937.5, 96.0), "HAPPY_SHEET",
                    "Those are the ones who passed; only some of them do it."),
            Mistake((38.4, 2343.75, 48.0), "SLIP",
                    "You mended the first leak with what belongs to the second: 62.5 %."),
        ),
        hints=(
            "Of 120, four in five; of those, two in five.",
            "90,000 divided by the ones who are left.",
            "The last: 120 x 0.8 x 0.625.",
        ),
        minutes=(4, 6),
        meaning="The certificate would have said 96.",
    ),
    Exercise(
        "54.5", "brief: 14.7", "number", "standard deviations", taught, Tolerance(absolute=0.003),
        mistakes=(
            Mistake(lambda company: taught(company, column="trained"), "BEFORE_AFTER_PROOF",
                    "That is before and after; the others gained, too, without a course."),
            Mistake(lambda company: taught(company, measure="kept"), "SLIP",
                    "That is what is left three months later."),
            Mistake(lambda company: levels(company).loc["learned", "effect"], "SLIP",
                    "Those are points; divide by the standard deviation of the untrained."),
        ),
        hints=(
            "What did the course add in points? How far apart are the untrained?",
            "training.four_levels(trial).loc['learned', 'effect']",
            "... / trial.query(\"arm == 'control'\")['post'].std()",
        ),
        minutes=(5, 8),
        truth=lambda company: (SCENARIO, taught(company, column="standard_error")),
    ),
    Exercise(
        "54.6", "design: transfer", "series", "points, points",
        lambda company: (added(company), added(company, helped=False)), Tolerance(absolute=0.01),
        mistakes=(
            Mistake(lambda company: (halves(company)["training", True],
                                     halves(company)["training", False]), "SELECTION_AS_EFFECT",
                    "Those are the trained; the untrained of the same half have to come off."),
            Mistake(lambda company: (added(company, helped=False), added(company)), "SLIP",
                    "The helped first, then the others."),
            Mistake(lambda company: (levels(company).loc["behaviour", "effect"],) * 2, "SLIP",
                    "That is the mean of all; split by help first."),
        ),
        hints=(
            "Four means: two arms, two halves.",
            "groupby(['arm', helped])['behaviour'].mean()",
            "Within each half: training less control.",
        ),
        minutes=(5, 8),
        meaning="The world was made with more among the helped; a trial of 300 is often luckier.",
    ),
    Exercise(
        "54.7", "design: find the bug", "number", "points",
        lambda company: liking(company)[0] - liking(company)[1], Tolerance(absolute=0.01),
        mistakes=(
            Mistake(lambda company: liking(company)[0] - liking(company)[2], "HAPPY_SHEET",
                    "That is the colleague's own: who never saw the course is among those who "
                    "did not like it."),
            Mistake(lambda company: liking(company)[1], "SLIP",
                    "That is the second group alone; a difference is asked for."),
            Mistake(lambda company: liking(company)[0], "SLIP",
                    "That is the first group alone; a difference is asked for."),
        ),
        hints=(
            "What did people of the control arm answer?",
            "A missing mark is not at least 3.5, so the comparison says False.",
            "Keep only rows with a mark: trial.dropna(subset=['reaction_affective'])",
        ),
        minutes=(8, 12),
        meaning="Who was not in the room has no opinion of the coffee.",
    ),
    Exercise(
        "54.8", "design: memo", "memo", "points", memo_figures, Tolerance(absolute=0.06),
        hints=(
            "One sentence each: whom to send; what the helped gain; what the others gain; what "
            "you do for those.",
            "Your two numbers of 54.6.",
            "Begin: 'I would ... The helped gain ... The others gain ...'",
        ),
        minutes=(8, 12),
    ),
    Exercise(
        "54.9", "brief: 14.1", "number", "share",
        lambda company: training.normalised_gain(60, 78), Tolerance(absolute=0.002),
        mistakes=(
            Mistake(0.18, "SLIP", "Of 100; but only 40 were missing."),
            Mistake(0.30, "SLIP", "Divide by what was missing, not by what was there."),
            Mistake(45.0, "PP_VS_PCT", "A share from 0 to 1 is asked for."),
        ),
        hints=("How many points were missing?", "18 of 40.", "training.normalised_gain(60, 78)"),
        minutes=(2, 3),
    ),
    Exercise(
        "54.10", "brief: 14.3", "series", "people, people", (63.0, 252.0), Tolerance(absolute=0.4),
        mistakes=(
            Mistake((126.0, 504.0), "SLIP", "That is both groups together; each is asked for."),
            Mistake((63.0, 126.0), "SLIP", "The effect stands squared below the line."),
            Mistake((32.0, 126.0), "SLIP", "You forgot the 2: both groups have luck."),
        ),
        hints=(
            "One call for each effect, rounded up.",
            "training.people_per_group(0.5) is 62.8.",
            "Half the effect: four times as many.",
        ),
        minutes=(2, 4),
    ),
    Exercise(
        "54.11", "brief: 14.5", "number", "per cent", 0.49, Tolerance(absolute=0.002),
        mistakes=(
            Mistake(7.0, "SLIP", "Square it first: 0.07 x 0.07."),
            Mistake(0.0049, "PP_VS_PCT", "In per cent, please: times 100."),
            Mistake(26.46, "SLIP", "That is the root; the square is asked for."),
        ),
        hints=("0.07 times 0.07.", "Then times 100.", "100 * 0.07**2"),
        minutes=(2, 3),
        meaning="So 99.5 % of what people differ in is something that the sheet does not know.",
    ),
    Exercise(
        "54.12", "brief: 14.6", "number", "points", 0.7, Tolerance(absolute=0.01),
        mistakes=(
            Mistake(1.2, "BEFORE_AFTER_PROOF", "The others rose by 0.5 without a course."),
            Mistake(0.8, "SLIP",
                    "That is the difference afterwards; 0.1 of it was there before."),
            Mistake(-0.7, "SLIP", "The trained rose more, so it is above 0."),
        ),
        hints=("By how much did each rise?", "1.2 and 0.5.", "(7.4 - 6.2) - (6.6 - 6.1)"),
        minutes=(2, 4),
    ),
    Exercise(
        "54.13", "design: fading", "series", "share, months", fading, Tolerance(absolute=0.0006),
        mistakes=(
            Mistake(lambda company: (fading(company)[0], 12 * fading(company)[0]), "SLIP",
                    "It fades month by month: 1 + kept^(1/3) + kept^(2/3) + ..."),
            Mistake(lambda company: fading(company, column="trained"), "BEFORE_AFTER_PROOF",
                    "That is of the trained alone; use what the course added."),
            Mistake(lambda company: (fading(company)[0], 12.0), "SLIP",
                    "That is if nothing faded."),
        ),
        hints=(
            "The effects in the rows kept and learned of training.four_levels.",
            "Their ratio is the share.",
            "training.lasting_months(share)",
        ),
        minutes=(5, 8),
        meaning="The invented world was made with 0.6.",
    ),
)  # fmt: skip
