"""The exercises of chapter 65: the right answers, and the wrong ones that people give."""

from bisect import bisect_left

from crm_course.cases import appliance_service as service
from crm_course.learning.exercises import Exercise, Mistake, Tolerance, kept
from crm_course.organization import process

CHAPTER = "65"
SHARES = [each / 100 for each in range(60, 101)]  # named: positions of the slider
TRAINED = ["redesign", "training"]
TRUE_POINTS = 6.0  # of the redesign in the invented world


def smallest_share(company, point=10):
    """The smallest share of faults named at which redesign and program pay at ¥10 a point."""
    pays = bisect_left(SHARES, True, key=lambda n: service.pair_adds(n, point=point) > 0)
    return SHARES[pays]


@kept
def gained(company):
    """The difference in differences of the mark."""
    return service.difference_in_differences(company.repair_cases, "csat")


@kept
def hours(company, since=service.BEGAN):
    """That of the hours from call to close."""
    return service.difference_in_differences(timed(company), "lead_hours", since=since)


@kept
def timed(company):
    """The repairs with their hours."""
    return process.case_times(company.event_log).merge(company.repair_cases)


def of_a_alone(found):
    """What before and after say."""
    return found.table.loc["treated", "change"]


def afterwards(found):
    """A against B after the beginning, whatever was before."""
    return float(found.table["after"].iloc[0] - found.table["after"].iloc[1])


def share_saved(company):
    """Hours saved, of those that A would have needed."""
    table = hours(company).table
    return -hours(company).effect / (table.loc["treated", "before"] + table.loc["others", "change"])


def share_of_before(company):
    """Before and after, in A alone."""
    return -of_a_alone(hours(company)) / hours(company).table.loc["treated", "before"]


@kept
def pretended(company):
    """What the method finds where nothing was."""
    early = company.repair_cases.query("month < @service.BEGAN")
    return service.difference_in_differences(early, "csat", since=10)


@kept
def table(company):
    """All 32 services in the model, the same for everybody."""
    return service.settings()


def memo_figures(company):
    """What the memo has to quote."""
    mark = table(company)["mark"]
    on_top = mark[service.label([*TRAINED, "program"])] - mark[service.label(TRAINED)]
    return {
        "what the prize claims": ("prize", of_a_alone(gained(company))),
        "the difference in differences": ("difference", gained(company).effect),
        "what the program does alone": ("alone", mark["program"] - mark["none"]),
        "what it adds once people ask and are trained": ("trained", "training", on_top),
    }


def program_share(company):
    """Of the hours saved, what belongs to the program over all orders."""
    shares = service.fair_shares(table(company), "hours")
    return shares["program"] / shares.sum()


def claimed_share(company, column):
    """Of the hours saved, what the program claims."""
    value = table(company)["hours"]
    saved = value[service.label(service.MEASURES)] - value["none"]
    return service.claims(table(company), "hours").loc["program", column] / saved


EXERCISES = (
    Exercise(
        "65.1", "design: explorer", "number", "share", smallest_share, Tolerance(absolute=0.004),
        mistakes=(
            Mistake(0.79, "SLIP", "There they lose already: one step back."),
            Mistake(0.74, "SLIP", "That is the share at ¥12 a point; first move `point` to 10."),
            Mistake(0.87, "SLIP", "That is the share at ¥8; `point` should stand at 10."),
            Mistake(0.85, "SLIP",
                    "That is what region A names; there the two leave money. Go to the left."),
            Mistake(80.0, "SLIP", "A share from 0 to 1: 80 of 100 are 0.80."),
        ),
        hints=(
            "Put `point` to 10 first, then move `named` to the left and watch the red point.",
            "The sentence above the picture says *lose* or *leave*.",
            "It is between 0.76 and 0.82.",
        ),
        minutes=(2, 4),
        meaning="Two yuan less for a point ask six more faults of a hundred.",
    ),
    Exercise(
        "65.2", "brief: 13.5", "number", "points", lambda company: 6.0, Tolerance(absolute=0.005),
        mistakes=(
            Mistake(9.0, "BEFORE_AFTER_PROOF",
                    "That is before and after; the other branch rose without a new process."),
            Mistake(8.0, "SELECTION_AS_EFFECT",
                    "81 less 73: but the first branch was 2 points ahead before anything began."),
            Mistake(12.0, "SLIP", "Subtract the change of the other branch, do not add it."),
        ),
        hints=(
            "By how much would the first branch have risen anyway?",
            "Its change, less the change of the other.",
            "(81 - 72) - (73 - 70)",
        ),
        minutes=(3, 5),
        meaning="Right if without the process both would have risen alike.",
    ),
    Exercise(
        "65.3", "design: two orders", "series", "points", lambda company: (-3.0, 4.0, 9.0, 0.5),
        Tolerance(absolute=0.005),
        mistakes=(
            Mistake((-3, -3, 2, -3), "SLIP",
                    "An effect depends on what is on already: compare 66 with 62, and with 57."),
            Mistake((-3, 4, 9, 1), "SLIP", "The mean of -3 and 4, not their sum."),
            Mistake((-3, 9, 4, 0.5), "SLIP",
                    "Changed round: without X it is Y's 62 that is left."),
            Mistake((-3, 4, 9, 3), "SLIP",
                    "Half of the 6 that both add would be X's if both did the same; X began twice, "
                    "with -3 and with 4."),
        ),
        hints=(
            "Alone: 57 against 60. If X is switched off, Y alone is left.",
            "66 - 62, and 66 - 57.",
            "X first adds -3, X second adds 4; the mean of both.",
        ),
        minutes=(3, 5),
        meaning="Missed are 4 and 9, together 13, of 6 that there are.",
    ),
    Exercise(
        "65.4", "brief: 13.7", "number", "points", lambda company: gained(company).effect,
        Tolerance(absolute=0.01),
        mistakes=(
            Mistake(lambda company: of_a_alone(gained(company)), "BEFORE_AFTER_PROOF",
                    "That is A before and after; B rose as well, and did nothing."),
            Mistake(lambda company: afterwards(gained(company)), "SELECTION_AS_EFFECT",
                    "That is A against B afterwards; A was ahead before it began."),
            Mistake(lambda company: gained(company).table.loc["others", "change"], "SLIP",
                    "That is the change of B, which did nothing."),
        ),
        hints=(
            "Four means: two regions, before month 19 and from it on.",
            "One call: service.difference_in_differences(cases, 'csat')",
            "... .effect",
        ),
        minutes=(5, 8),
        truth=lambda company: (TRUE_POINTS, gained(company).standard_error),
    ),
    Exercise(
        "65.5", "design: hours", "number", "share", share_saved, Tolerance(absolute=0.002),
        mistakes=(
            Mistake(share_of_before, "BEFORE_AFTER_PROOF",
                    "That is A before and after; take off what B's hours changed by."),
            Mistake(lambda company: -hours(company).effect, "SLIP",
                    "Those are the hours; divide by what A would have needed."),
            Mistake(lambda company: -share_saved(company), "SLIP",
                    "A saving is asked for: without the minus."),
        ),
        hints=(
            "process.case_times(company.event_log) has lead_hours; merge it with the cases.",
            "The effect is a negative number of hours. Without the measures A would have needed "
            "its hours of before, plus B's change.",
            "-found.effect / (found.table.loc['treated', 'before'] + "
            "found.table.loc['others', 'change'])",
        ),
        minutes=(5, 8),
        meaning="The world was made with 35 % less.",
    ),
    Exercise(
        "65.6", "design: find the bug", "number", "hours",
        lambda company: hours(company).effect, Tolerance(absolute=0.02),
        mistakes=(
            Mistake(lambda company: hours(company, since=7).effect, "SLIP",
                    "That is the colleague's own number. July of which year is month 7?"),
            Mistake(lambda company: of_a_alone(hours(company)), "BEFORE_AFTER_PROOF",
                    "That is A before and after; the method subtracts what B changed by."),
            Mistake(lambda company: -hours(company).effect, "SLIP",
                    "The right size; fewer hours are a negative effect."),
        ),
        hints=(
            "Month 1 is January 2023. Which number has July 2024?",
            "With month 7 a whole year without measures counts as *after*.",
            "since=19",
        ),
        minutes=(8, 12),
        meaning="Twelve ordinary months among those *after* water an effect down.",
    ),
    Exercise(
        "65.7", "design: memo", "memo", "", memo_figures, Tolerance(relative=0.02),
        hints=(
            "The form is in the case. Four figures: A alone, against B, the program alone, the "
            "program once people ask and are trained.",
            "service.difference_in_differences(cases, 'csat') has two of them; service.settings() "
            "has the marks of all 32 services.",
            "Begin with what you recommend. Then: 'The prize claims ... Against B the difference "
            "is ...'",
        ),
        minutes=(20, 30),
        words=250,
    ),
    Exercise(
        "65.8", "design: how many", "number", "repairs", lambda company: 324.0,
        Tolerance(absolute=0.5),
        mistakes=(
            Mistake(81.0, "SLIP", "Four cells stray, not one: the 4 below the root is missing."),
            Mistake(1296.0, "SLIP", "That is for all four cells together."),
            Mistake(18.0, "SLIP", "You did not square: four times the repairs halve the error."),
        ),
        hints=(
            "2 points shall be 2 standard errors: so the standard error is 1 point.",
            "9 x root(4 / n) = 1",
            "root(4 / n) = 1 / 9, so 4 / n = 1 / 81.",
        ),
        minutes=(4, 6),
        meaning="1,296 repairs in all: more than region B has in a year.",
    ),
    Exercise(
        "65.9", "design: placebo", "number", "points", lambda company: pretended(company).effect,
        Tolerance(absolute=0.01),
        mistakes=(
            Mistake(lambda company: of_a_alone(pretended(company)), "BEFORE_AFTER_PROOF",
                    "That is A alone; subtract the change of B."),
            Mistake(lambda company: gained(company).effect, "SLIP",
                    "That is the effect from month 19 on; keep the months before it only."),
            Mistake(lambda company: service.difference_in_differences(
                        company.repair_cases, "csat", since=10).effect, "SLIP",
                    "Leave out month 19 and later, else you find the measures again."),
        ),
        hints=(
            "First keep the repairs with month < 19.",
            "Then since=10.",
            "service.difference_in_differences(cases.query('month < 19'), 'csat', since=10).effect",
        ),
        minutes=(4, 6),
        truth=lambda company: (0.0, pretended(company).standard_error),
    ),
    Exercise(
        "65.10", "design: Shapley", "number", "share", program_share, Tolerance(absolute=0.002),
        mistakes=(
            Mistake(lambda company: claimed_share(company, "alone"), "SLIP",
                    "That is what it saves alone; take the mean over all orders."),
            Mistake(lambda company: claimed_share(company, "last"), "SLIP",
                    "That is what is missing without it; take the mean over all orders."),
            Mistake(lambda company: service.fair_shares(table(company), "hours")["program"],
                    "SLIP", "Those are the hours; divide by what all five save."),
        ),
        hints=(
            "service.fair_shares takes the outcome as its second argument.",
            "service.fair_shares(service.settings(), 'hours')",
            "The program's share over the sum of all.",
        ),
        minutes=(5, 8),
        meaning="By hours the program is second of five, by marks it would have to pay.",
    ),
)  # fmt: skip
