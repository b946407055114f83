"""The exercises of chapter 23: the right answers, and the wrong ones that people give."""

import numpy as np

from crm_course.customers import customer_care as care
from crm_course.learning.exercises import Exercise, Mistake, Tolerance, kept

CHAPTER = "23"
THREE_QUARTERS = 0.75
CALLS, HANDLE, PROMISE = 100, 180, 20  # calls an hour, seconds of a call, seconds of the promise
WAITS = {7: 0.3241, 8: 0.1673}  # share that waits, as exercise 23.2 gives it
DEAR, CHEAP = 60, 25  # ¥: the wage of exercise 23.5, the worth of a caller in the memo
GAPS = {"reliability": -0.8, "responsiveness": -1.1, "assurance": -0.3, "empathy": -0.6,
        "tangibles": 0.2}  # fmt: skip


def first_busy_team(company):
    """The first slider position at which the cheapest team talks three quarters of its time."""
    for calls in range(20, 601, 20):
        costs = care.staffing_costs(calls, range(1, 60))
        if costs.loc[costs["cost"].idxmin(), "busy"] >= THREE_QUARTERS:
            return calls
    raise ValueError("a team must be busy enough on the slider, got none. Widen it.")


def seven_and_eight(company):
    """Mean wait with seven agents, share answered in time with seven and with eight."""
    load = CALLS * HANDLE / 3600
    levels = [1 - waits * np.exp(-(agents - load) * PROMISE / HANDLE)
              for agents, waits in WAITS.items()]  # fmt: skip
    return WAITS[7] * HANDLE / (7 - load), *map(float, levels)


def with_wait(company, wait):
    """The three answers with another mean wait."""
    return wait, *seven_and_eight(company)[1:]


def littles_law(company, *, minutes=1 / 60):
    """Days that an open case waits, and callers who stand in the queue."""
    return 45 / 15, 150 / 60 * 24 * minutes


@kept
def profile(company):
    """The ordinary week of the learner's own call centre."""
    return care.call_profile(company.call_volumes)


@kept
def more_lost(company, *, weekday=4):
    """Callers a week lost beyond today's if one agent less works on a day (None: every day)."""
    today = care.roster_today(profile(company))
    fewer = today.copy()
    fewer.loc[today.index if weekday is None else [weekday]] -= 1
    lost = care.roster_money({"today": today, "fewer": fewer}, profile(company))["lost"]
    return float(lost["fewer"] - lost["today"])


def lost_without_one(company):
    """All callers lost in a week with one agent less on Friday."""
    return more_lost(company) + float(rosters(company).loc["today", "lost"])


@kept
def rosters(company, **prices):
    """Today's roster, the milder plan of finance and the roster that goes where it is needed."""
    week = profile(company)
    today = care.roster_today(week)
    plans = {"today": today, "finance": today - 1,
             "moved": care.roster_where_needed(week, **prices)}  # fmt: skip
    return care.roster_money(plans, week, **prices)


def saved(company, *, column="cost", wage=DEAR):
    """What the roster that goes where it is needed saves in a week."""
    money = rosters(company, wage=wage)[column]
    return float(money["today"] - money["moved"])


def patience(company):
    """All waiting over all hang-ups."""
    return float(company.calls["wait_seconds"].sum() / company.calls["hung_up"].sum())


def patience_of_the_lost(company):
    """The colleague's number: the mean wait of those who hung up."""
    return float(company.calls.query("hung_up")["wait_seconds"].mean())


def patience_of_the_answered(company):
    """The waiting of the answered only, over all hang-ups."""
    calls = company.calls
    return float(calls.query("not hung_up")["wait_seconds"].sum() / calls["hung_up"].sum())


def true_patience(company):
    """The truth of the invented world and the standard error of the estimate."""
    return 600.0, patience(company) / np.sqrt(company.calls["hung_up"].sum())


def memo_figures(company):
    """What the memo has to quote: two rosters, in ¥ a week."""
    cost = rosters(company, worth=CHEAP)["cost"]
    return {
        "the weekly cost of finance's plan": ("finance", cost["finance"]),
        "the weekly cost of the moved roster": ("moved", cost["moved"]),
    }


def both_gaps(company):
    """The plain mean of the five gaps, and the weighted sum."""
    gaps = list(GAPS.values())
    return sum(gaps) / 5, sum(care.WEIGHTS[name] * gap for name, gap in GAPS.items())


def careful_gap(company, *, without_careless=True, weighted=True):
    """The gap of the quality survey, without those who gave one answer to everything."""
    answers = company.survey_servqual
    if without_careless:
        people = answers.groupby("customer_id")[["expectation", "perception"]].nunique()
        careless = people.index[people.max(axis=1) == 1]
        answers = answers[~answers["customer_id"].isin(careless)]
    table = care.servqual_gap(answers)
    return float(table["weighted"].sum() if weighted else table["gap"].mean())


EXERCISES = (
    Exercise(
        "23.1", "design: explorer", "number", "calls an hour", first_busy_team,
        Tolerance(absolute=0.5),
        mistakes=(
            Mistake(lambda company: first_busy_team(company) - 20, "SLIP",
                    "There the cheapest team still talks for 74.5 % of its time; one step more."),
            Mistake(THREE_QUARTERS, "SLIP",
                    "That is the share of the time; the question asks for calls an hour."),
            Mistake(120, "UTILISATION_100",
                    "At 120 calls the cheapest team talks for two thirds of its time; look how "
                    "large a centre must be before it can be busier."),
            Mistake(lambda company: first_busy_team(company) + 60, "SLIP",
                    "It is above 75 % there as well, but not for the first time: come from below."),
        ),
        hints=(
            "Read the per cent in the sentence above the picture.",
            "Start at 100 and go right; the share rises, with small steps back.",
            "Stop at the first position where the sentence gives 75 % or more.",
        ),
        minutes=(2, 4),
        meaning="A centre three times as large as Lanting's can afford to be as busy as that.",
    ),
    Exercise(
        "23.2", "brief: 4.3", "series", "seconds, share, share", seven_and_eight,
        mistakes=(
            Mistake(lambda company: with_wait(company, 90.0), "SLIP",
                    "90 seconds is the wait of those who do wait; most callers do not."),
            Mistake(lambda company: with_wait(company, WAITS[7] * HANDLE / 7), "UTILISATION_100",
                    "You divided by all seven agents; only the spare ones, 7 less 5, shorten the "
                    "queue."),
            Mistake(lambda company: (seven_and_eight(company)[0],
                                     *(1 - level for level in seven_and_eight(company)[1:])),
                    "SLIP", "Those shares wait longer than 20 seconds; take the rest."),
            Mistake(lambda company: (seven_and_eight(company)[0], 1 - WAITS[7], 1 - WAITS[8]),
                    "SLIP",
                    "Those are answered at once; some who wait are answered within 20 seconds."),
        ),
        hints=(
            "The work is 100 calls times 180 seconds over 3,600: five agents. Two are spare.",
            "Mean wait: 0.3241 times 180 over 2. Within 20 s: 1 - 0.3241 e^(-2 x 20 / 180).",
            "The mean wait is 29.2; for eight agents put 0.1673 and 3 in place of 0.3241 and 2.",
        ),
        minutes=(4, 6),
        meaning="With eight agents 88 % are answered within 20 seconds; seven break the promise.",
    ),
    Exercise(
        "23.3", "brief: 4.4", "series", "days, callers", littles_law,
        mistakes=(
            Mistake(lambda company: (15 / 45, littles_law(company)[1]), "SLIP",
                    "Cases over cases a day, 45 / 15: a third of a day would leave no heap of 45."),
            Mistake(lambda company: littles_law(company, minutes=1), "SLIP",
                    "2.5 calls a minute and 24 seconds: turn the seconds into minutes."),
            Mistake(lambda company: (45 / 15, 150 * 24), "SLIP",
                    "150 calls an hour and 24 seconds: turn both into the same unit of time."),
            Mistake(lambda company: (45 * 15, littles_law(company)[1]), "SLIP",
                    "You multiplied; 45 open cases at 15 a day are worked off by dividing."),
        ),
        hints=(
            "In the queue = arriving in a unit of time x time that each spends there.",
            "Cases: 45 = 15 a day x days. Callers: 2.5 a minute x minutes of waiting.",
            "24 seconds are 0.4 minutes.",
        ),
        minutes=(3, 5),
        meaning="Little's law asks for no formula of Erlang's: it holds for any lasting queue.",
    ),
    Exercise(
        "23.4", "design: one fewer", "number", "callers a week", more_lost,
        mistakes=(
            Mistake(lambda company: more_lost(company, weekday=5), "SLIP",
                    "That is Saturday; weekday 0 is Monday, so Friday is 4."),
            Mistake(lambda company: more_lost(company, weekday=None), "SLIP",
                    "You took an agent from every day; only Friday's shifts lose one."),
            Mistake(lost_without_one, "SLIP",
                    "Those are all who hang up; subtract the ones who hang up today already."),
            Mistake(lambda company: -more_lost(company), "SLIP",
                    "You subtracted the other way round: fewer agents lose more callers."),
        ),
        hints=(
            "Three steps: call_profile, roster_today, and a copy of it with one less on Friday.",
            "fewer = today.copy(); fewer.loc[4] -= 1",
            "care.roster_money({'today': today, 'fewer': fewer}, week)['lost'], then the "
            "difference.",
        ),
        minutes=(5, 8),
        meaning="The same hours taken from Saturday lose a caller or two a week.",
    ),
    Exercise(
        "23.5", "design: roster", "number", "¥ a week", saved,
        mistakes=(
            Mistake(lambda company: saved(company, column="lost_money"), "FULL_COST_AVOIDABLE",
                    "Those are the callers kept; this roster also saves wages."),
            Mistake(lambda company: saved(company, wage=40), "SLIP",
                    "That is at ¥40 an hour; here an agent costs ¥60, in both functions."),
            Mistake(lambda company: -saved(company), "SLIP",
                    "You subtracted the other way round: today's roster is the dearer one."),
            Mistake(lambda company: float(rosters(company, wage=DEAR).loc["moved", "cost"]),
                    "SLIP",
                    "That is what the new roster costs; subtract it from what today's costs."),
        ),
        hints=(
            "care.roster_where_needed(week, wage=60) gives the roster.",
            "care.roster_money({'today': today, 'moved': moved}, week, wage=60) has a column cost.",
            "money.loc['today', 'cost'] - money.loc['moved', 'cost']",
        ),
        minutes=(5, 8),
        meaning="With dearer agents fewer hours pay, and the cheapest team is busier.",
    ),
    Exercise(
        "23.6", "design: find the bug", "number", "seconds", patience, Tolerance(relative=0.005),
        mistakes=(
            Mistake(patience_of_the_lost, "SELECTION_AS_EFFECT",
                    "That is the colleague's own number: only the impatient hang up, and the "
                    "patient, who were answered first, are left out."),
            Mistake(patience_of_the_answered, "SLIP",
                    "You left out the waiting of those who hung up; they were patient until then."),
            Mistake(lambda company: float(company.calls["wait_seconds"].mean()), "SLIP",
                    "That is the mean wait of all calls; divide the waiting by the hang-ups."),
        ),
        hints=(
            "A caller answered after 60 seconds was patient for 60 at least. How much more?",
            "Count all the waiting, and how often somebody's patience ended in it.",
            "company.calls['wait_seconds'].sum() / company.calls['hung_up'].sum()",
        ),
        minutes=(8, 13),
        meaning="Answered callers are censored, like the customers of chapter 21 who still stay.",
        truth=true_patience,
    ),
    Exercise(
        "23.7", "design: memo", "memo", "¥", memo_figures, Tolerance(relative=0.02),
        hints=(
            "One sentence each: what to do, the two figures, what would change your mind, what "
            "you do not know.",
            "Both figures stand in the column cost of care.roster_money(..., worth=25), for "
            "today - 1 and for care.roster_where_needed(week, worth=25).",
            "Begin: 'I recommend the moved roster. It would cost ¥... a week, finance's plan ¥...'",
        ),
        minutes=(10, 14),
    ),
    Exercise(
        "23.8", "brief: 4.1", "series", "points", both_gaps,
        mistakes=(
            Mistake(lambda company: both_gaps(company)[::-1], "SLIP",
                    "You have the two the other way round: first the plain mean."),
            Mistake(lambda company: (5 * both_gaps(company)[0], both_gaps(company)[1]), "SLIP",
                    "The first is the sum of the five gaps; a mean divides it by five."),
            Mistake(lambda company: tuple(-gap for gap in both_gaps(company)), "SLIP",
                    "A gap is perception less expectation, so falling short is negative."),
        ),
        hints=(
            "Plain: add the five gaps, divide by five.",
            "Weighted: multiply each gap by its weight, then add; nothing is divided.",
            "0.32 x -0.8 is -0.256, and 0.22 x -1.1 is -0.242.",
        ),
        minutes=(3, 5),
        meaning="Weighted it is worse: customers are let down most where they care most.",
    ),
    Exercise(
        "23.9", "brief: 4.2", "series", "coefficient", lambda company: (0.70, -0.46),
        mistakes=(
            Mistake((0.70, 0.46), "SLIP",
                    "Worse carries a minus: lacking the feature makes satisfaction fall."),
            Mistake((0.42, -0.18), "SLIP",
                    "The one-dimensional answers count in both: they please and they hurt."),
            Mistake((-0.46, 0.70), "SLIP",
                    "You have the two the other way round: Better first."),
        ),
        hints=(
            "Better counts everybody whom having it pleases: attractive and one-dimensional.",
            "Worse counts everybody whom lacking it hurts: one-dimensional and must-be.",
            "Better = (42 + 28) / 100.",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "23.10", "brief: 4.5", "series", "signals",
        lambda company: tuple(care.signals_needed(q) for q in (0.9, 0.8, 0.55)),
        Tolerance(absolute=0.1),
        mistakes=(
            Mistake((2, 2, 4), "ACCURACY_BASE_RATE",
                    "That is how many it takes until one of them is right in 95 of 100 cases; you "
                    "do not know which one."),
            Mistake((1, 2, 14), "SLIP",
                    "You rounded down; with so many the odds are still below 19 to 1."),
            Mistake((1, 1, 1), "ACCURACY_BASE_RATE",
                    "One signal of accuracy 0.9 makes you 90 % sure, not 95."),
        ),
        hints=(
            "95 % sure means odds of 19 to 1.",
            "Each signal multiplies the odds by q / (1 - q): 9, 4, or 1.222.",
            "9 x 9 is above 19, so the first answer is 2; for the last, 1.222 to which power?",
        ),
        minutes=(4, 6),
        meaning="Fifteen root canals that all point one way: nobody has so many.",
    ),
    Exercise(
        "23.11", "design: careless answers", "number", "points", careful_gap,
        mistakes=(
            Mistake(lambda company: careful_gap(company, without_careless=False), "SLIP",
                    "Those who gave one answer to everything are still in it."),
            Mistake(lambda company: careful_gap(company, weighted=False), "SLIP",
                    "That is the plain mean of the five gaps; add up the column weighted."),
            Mistake(lambda company: -careful_gap(company), "SLIP",
                    "A gap is perception less expectation, so falling short is negative."),
        ),
        hints=(
            "Who gave one answer to all 22 items, in both columns?",
            "company.survey_servqual.groupby('customer_id')[['expectation', 'perception']]"
            ".nunique() says how many different answers each customer gave.",
            "Keep the others with isin, then care.servqual_gap(kept)['weighted'].sum()",
        ),
        minutes=(6, 10),
    ),
)  # fmt: skip
