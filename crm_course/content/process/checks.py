"""The exercises of chapter 53: the right answers, and the wrong ones that people give."""

import numpy as np

from crm_course.customers import customer_care as care
from crm_course.learning.exercises import Exercise, Mistake, Tolerance, kept
from crm_course.organization import process

CHAPTER = "53"
HOUR = 3600  # seconds


def turn(company):
    """The first position of the explorer at which the program pays on top."""
    return next(come for come in np.arange(14.0, 17.7, 0.2).round(1)
                if process.bench_costs(come)["cost"].loc["both"]
                < process.bench_costs(come)["cost"].loc["ask first"])  # fmt: skip


def letters(company):
    """The first letter of the method of each job."""
    return "".join(method[0].upper() for method in process.jobs()["method"])


def counter(company):
    """Eight cases a day, ten could be done; then each takes a fifth less time."""
    before, after = process.one_server(8, 10), process.one_server(8, 12.5)
    return before.busy, before.number, before.time, after.time, 1 - after.time / before.time


@kept
def log_of_b(company):
    """The log of region B."""
    cases = company.repair_cases
    return company.event_log[
        company.event_log["case_id"].isin(cases.loc[cases["region"] == "B", "case_id"])
    ]


@kept
def times(company):
    """Hours of the cases of region B."""
    return process.case_times(log_of_b(company))


@kept
def hours(company):
    """Hours of an average case of region B, activity by activity."""
    return process.hours_by_activity(log_of_b(company))


def work_share(company):
    """Work over time there, all cases together."""
    return times(company)["work_hours"].sum() / times(company)["lead_hours"].sum()


@kept
def both_regions(company):
    """Hours of the cases of both regions."""
    return process.case_times(company.event_log)


def hours_a_day(company, times_of=both_regions):
    """Hours of work that repairs make, a day of the whole log."""
    both = both_regions(company)
    days = (both["left"].max() - both["came"].min()).days
    return times_of(company)["work_hours"].sum() / days


def all_visits(company, activity="schedule"):
    """Wait and work of an activity in an average case, with all its visits."""
    return hours(company).loc[activity, ["wait_hours", "work_hours"]].sum()


def one_visit(company, activity="schedule"):
    """The same of one visit."""
    return all_visits(company, activity) / hours(company).loc[activity, "visits"]


@kept
def waits(company):
    """The wait before each activity, in hours, by case; and as the colleague has it."""
    log = company.event_log
    own = log["started_at"] - log.groupby("case_id")["ended_at"].shift()
    colleague = log["started_at"] - log["ended_at"].shift()
    return own.dt.total_seconds() / HOUR, colleague.dt.total_seconds() / HOUR


def wait_of_a_case(company):
    """The wait of a whole case."""
    return waits(company)[0].sum() / company.event_log["case_id"].nunique()


def memo_figures(company):
    """What the memo has to quote, in hours a case."""
    return {
        "hours saved by half the work": ("work", hours(company)["work_hours"].sum() / 2),
        "hours saved by the date": ("date", one_visit(company)),
    }


def pooled(company):
    """Two counters apart, and in one row."""
    together = care.erlang_c(16 / 24, 24 / 10 * HOUR, 2)
    wait = together.average_wait_seconds / HOUR / 24
    return process.one_server(8, 10).time, together.probability_wait, wait + 0.1


def region_a(company):
    """The cases of region A."""
    return company.repair_cases.query("region == 'A'")


def limit(company, column="high", **ordinary):
    """A limit of month 30 in region A."""
    chart = process.p_chart(region_a(company), **ordinary).set_index("month")
    return chart.loc[30, column]


@kept
def handed(company):
    """Mean wait of a hand-off within a department and between two, and its standard error."""
    home = company.staff.drop_duplicates("role").set_index("role")["department"]
    handoffs = company.handoffs
    apart = handoffs["from_role"].map(home) != handoffs["to_role"].map(home)
    return handoffs.groupby(apart)["minutes"].agg(["mean", "sem"])


def times_as_long(company):
    """How many times as long a hand-off waits between departments."""
    return handed(company).loc[True, "mean"] / handed(company).loc[False, "mean"]


def true_times_as_long(company):
    """2.5, and the standard error of the ratio of two means."""
    relative = handed(company)["sem"] / handed(company)["mean"]
    return 2.5, times_as_long(company) * float((relative**2).sum()) ** 0.5


EXERCISES = (
    Exercise(
        "53.1", "design: explorer", "number", "machines a day", turn, Tolerance(absolute=0.05),
        mistakes=(
            Mistake(15.6, "SOFTWARE_FIRST",
                    "There the program pays if nobody is asked; with asking first it costs more "
                    "than it saves."),
            Mistake(17.0, "SLIP", "Nearly: there both still cost a little more than asking alone."),
            Mistake(16.0, "SLIP",
                    "There the bars above grow without end; compare the two below."),
        ),
        hints=(
            "Two bars matter: ask first, and both.",
            "The sentence above the picture ends with the verdict.",
            "Go on until asking first alone costs about ¥300 a day.",
        ),
        minutes=(3, 5),
        meaning="With a tenth sent home, 17.3 machines a day fill the bench as 15.6 do today.",
    ),
    Exercise(
        "53.2", "design: S1-25", "text", "eight letters", letters,
        mistakes=(
            Mistake("DSMRDSSM", "SLIP",
                    "Two things given out in one go: a step fewer, so the process is another."),
            Mistake("DRMRDSRM", "SLIP",
                    "One page in a fixed order changes no step; it makes all do the same."),
            Mistake("DSDRDSRM", "SLIP",
                    "A share plotted month by month watches; it comes after the change."),
            Mistake("DSMRDSRD", "SLIP",
                    "Asking customers again and again watches; asking testers once finds out."),
        ),
        hints=(
            "Before: how is it? Then: make it another. Then: all alike. Then: does it last?",
            "Twice each letter.",
            "Begin: D S M R ...",
        ),
        minutes=(2, 4),
        meaning="In the order of time: diagnose, redesign, standardise, monitor.",
    ),
    Exercise(
        "53.3", "brief: 13.1", "series", "share, cases, days, days, share", counter,
        mistakes=(
            Mistake((0.8, 4, 0.5, 0.25, 0.5), "SLIP",
                    "A fifth less time for each case is a quarter more cases a day: 10 / 0.8."),
            Mistake((0.8, 4, 0.5, 0.4, 0.2), "SLIP",
                    "Not only the work becomes shorter, the waiting does."),
            Mistake((0.8, 0.8, 0.1, 0.08, 0.2), "SLIP",
                    "0.1 days is the work alone; a case also waits."),
            Mistake((80, 4, 0.5, 2 / 9, 500 / 9), "PP_VS_PCT", "Shares are wanted from 0 to 1."),
        ),
        hints=(
            "λ = 8 and μ = 10, a day. The stay is 1 over their difference.",
            "By Little's law eight a day, half a day each; after the change μ = 10 / 0.8.",
            "W falls from 1 / 2 to 1 / 4.5 of a day; the last number is 1 minus their ratio.",
        ),
        minutes=(4, 6),
        meaning="At four fifths of the load a fifth less work takes off more than half.",
    ),
    Exercise(
        "53.4", "brief: 13.6", "series", "share, share, hours",
        lambda company: (0.025, 0.975, process.one_server(0.65, 60 / 85.5).time),
        mistakes=(
            Mistake((0.025, 0.975, 57.0), "SLIP",
                    "Five per cent off the stay would be so if nothing waited for anything."),
            Mistake((0.025, 0.025, process.one_server(0.65, 60 / 85.5).time), "UTILISATION_100",
                    "That is the idle share; the busy one is the rest."),
            Mistake((2.5, 97.5, process.one_server(0.65, 60 / 85.5).time), "PP_VS_PCT",
                    "Shares are wanted from 0 to 1."),
            Mistake((0.025, 0.975, 60 - 0.075), "SLIP",
                    "That is Tian Rui's answer: 0.075 hours off the work, and off the stay."),
        ),
        hints=(
            "The second number is 1 minus the first.",
            "λ is 0.975 of μ, and μ is 1 / 1.5 an hour. With less work only μ changes.",
            "1 / (1 / 1.425 - 0.65)",
        ),
        minutes=(3, 5),
        meaning="Twice the saving of the program, and less than a third of the stay is left.",
    ),
    Exercise(
        "53.5", "design: share of work", "series", "share, hours a day",
        lambda company: (work_share(company), hours_a_day(company)),
        mistakes=(
            Mistake(lambda company: ((times(company)["work_hours"]
                                      / times(company)["lead_hours"]).mean(),
                                     hours_a_day(company)), "SLIP",
                    "The first is the mean of the cases' own shares, in which short cases count "
                    "as much as long ones. Add up hours first."),
            Mistake(lambda company: (work_share(company), hours_a_day(company, times)),
                    "SLIP",
                    "The second is the work of region B alone; its people work for A, too."),
            Mistake(lambda company: (1 - work_share(company), hours_a_day(company)), "SLIP",
                    "The first is the waiting."),
            Mistake(lambda company: (work_share(company), times(company)["work_hours"].mean()),
                    "SLIP", "The second are hours of work a case; a day is asked for."),
        ),
        hints=(
            "Hours of work over hours, both summed; then all hours of work over all days.",
            "process.case_times(log_b), and process.case_times(company.event_log)",
            "days = (both['left'].max() - both['came'].min()).days",
        ),
        minutes=(5, 8),
        meaning="A small share of work, and people far from busy with it: no wall, a calendar.",
    ),
    Exercise(
        "53.6", "design: a step left out", "number", "hours a visit", one_visit,
        Tolerance(absolute=0.02),
        mistakes=(
            Mistake(lambda company: hours(company).loc["schedule", "wait_hours"]
                    / hours(company).loc["schedule", "visits"], "SLIP",
                    "With the step its few minutes of work fall away as well."),
            Mistake(all_visits, "SLIP",
                    "That is for all visits of a case; some meet the step twice, and the second "
                    "date cannot be fixed at the first call."),
            Mistake(lambda company: one_visit(company, "repair"), "SLIP",
                    "That is the repair, without which nothing is mended."),
        ),
        hints=(
            "One call gives the hours of an average case, activity by activity, and its visits.",
            "process.hours_by_activity(log_b).loc['schedule']",
            "... its wait_hours plus its work_hours, over its visits",
        ),
        minutes=(5, 8),
    ),
    Exercise(
        "53.7", "design: find the bug", "number", "hours", lambda company: waits(company)[0].mean(),
        Tolerance(absolute=0.01),
        mistakes=(
            Mistake(lambda company: waits(company)[1].mean(), "SLIP",
                    "That is the colleague's own number: what stands in the row above a case's "
                    "first row?"),
            Mistake(lambda company: waits(company)[0].fillna(0).mean(), "SLIP",
                    "The first activity of a case waits for nothing; leave it missing."),
            Mistake(wait_of_a_case, "SLIP",
                    "That is the wait of a whole case; one activity is asked for."),
        ),
        hints=(
            "Look at the first row of the second case: from which end is its wait counted?",
            "shift() takes the row above, whoever's it is.",
            "log.groupby(\"case_id\")[\"ended_at\"].shift()",
        ),
        minutes=(8, 12),
        meaning="In a log, the row above may belong to somebody else.",
    ),
    Exercise(
        "53.8", "design: memo", "memo", "hours", memo_figures, Tolerance(relative=0.02),
        hints=(
            "One sentence each: what to do; what half the work saves; what the date saves; what "
            "would change your mind.",
            "Half of hours['work_hours'].sum(), and your answer to 53.6.",
            "Begin: 'I would ... If all work took half the time, ... If the date were ...'",
        ),
        minutes=(8, 12),
    ),
    Exercise(
        "53.9", "brief: 13.2", "series", "days, share, days", pooled,
        mistakes=(
            Mistake((0.5, 0.8, 0.5), "SLIP",
                    "In one row the second counter helps out when the first has bad luck."),
            Mistake((0.5, 0.7111, 0.1778), "SLIP",
                    "That is the wait; add the work, a tenth of a day."),
            Mistake((0.5, 0.7111, 0.25), "SLIP",
                    "One counter of double speed would take 1 / 4 of a day; two are a little "
                    "slower."),
        ),
        hints=(
            "Apart: 1 / (10 - 8). Together: chapter 23's erlang_c, in seconds and hours.",
            "care.erlang_c(16 / 24, 2.4 * 3600, 2)",
            ".average_wait_seconds / 86_400 + 0.1",
        ),
        minutes=(5, 8),
    ),
    Exercise(
        "53.10", "brief: 13.3", "number", "share",
        lambda company: process.rolled_yield([0.95, 0.90, 0.98, 0.92]), 0.001,
        mistakes=(
            Mistake(0.9375, "SLIP", "That is their mean; a case has to pass all four."),
            Mistake(0.75, "SLIP",
                    "You added up the faults; some cases would have failed twice."),
            Mistake(0.90, "SLIP", "That is the worst step alone."),
        ),
        hints=(
            "Of those who passed the first step, nine in ten pass the second.",
            "0.95 x 0.90 x ...",
            "process.rolled_yield([0.95, 0.90, 0.98, 0.92])",
        ),
        minutes=(2, 4),
    ),
    Exercise(
        "53.11", "brief: 13.4", "series", "share",
        lambda company: tuple(float(each) for each in process.p_limits(0.08, 200)),
        mistakes=(
            Mistake((0.0416, 0.1184), "SLIP", "Those are two standard deviations; take three."),
            Mistake((0.0789, 0.0811), "SLIP", "Divide by n below the root: the root of n counts."),
            Mistake((-0.7338, 0.8938), "SLIP", "You forgot to divide by n."),
        ),
        hints=(
            "0.08 plus and minus three standard deviations.",
            "One standard deviation is the root of 0.08 x 0.92 / 200.",
            "0.08 - 3 x 0.01918, and 0.08 + 3 x 0.01918",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "53.12", "design: control chart", "number", "share", limit, Tolerance(absolute=0.0005),
        mistakes=(
            Mistake(lambda company: limit(company, "low"), "SLIP", "That is the lower limit."),
            Mistake(lambda company: limit(company, until=35), "BEFORE_AFTER_PROOF",
                    "Your centre has the months of the new process in it; it comes from ordinary "
                    "times only."),
            Mistake(lambda company: limit(company, "centre"), "SLIP",
                    "That is the centre; three standard deviations are missing."),
        ),
        hints=(
            "One call on the cases of region A makes the chart.",
            "process.p_chart(company.repair_cases.query(\"region == 'A'\"))",
            "... .set_index('month').loc[30, 'high']",
        ),
        minutes=(4, 6),
    ),
    Exercise(
        "53.13", "design: hand-offs", "number", "times as long", times_as_long,
        Tolerance(absolute=0.005),
        mistakes=(
            Mistake(lambda company: 1 / times_as_long(company), "SLIP",
                    "The other way round: between departments is the longer wait."),
            Mistake(lambda company: float(np.ptp(handed(company)["mean"])), "SLIP",
                    "That is by how many minutes; how many times is asked for."),
            Mistake(2.5, "SLIP",
                    "That is the truth of the invented world; the log of your company is asked "
                    "for."),
        ),
        hints=(
            "The mean wait between departments over the mean wait within.",
            "home[role] is the department; compare it for from_role and to_role.",
            "means = handoffs.groupby(apart)['minutes'].mean(); means[True] / means[False]",
        ),
        minutes=(5, 8),
        truth=true_times_as_long,
    ),
)  # fmt: skip
