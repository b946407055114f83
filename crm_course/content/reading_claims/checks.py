"""The exercises of chapter 12: the right answers, and the wrong ones that people give."""

from crm_course.foundations import reading_claims
from crm_course.foundations.reading_claims import (
    PRIOR,
    RATIO,
    change,
    manski_bounds,
    update_odds,
    worth,
)
from crm_course.learning.exercises import Exercise, Mistake, Tolerance

CHAPTER = "12"
POSITIONS = range(1, 11)  # of the slider `measured`
SATISFIED = 4  # points of csat, 1 to 5
CONFIRMS = 5  # times: a measurement above it speaks for the claim


def first_position_to_act(company):
    """The first number of measurements at which acting at once earns most."""
    best = (worth(update_odds(PRIOR, [RATIO] * measured)).idxmax() for measured in POSITIONS)
    return list(best).index("act now") + 1


def five_findings(company):
    """The belief after five findings: each its own, and all copied from one."""
    return update_odds(0.30, [2] * 5), update_odds(0.30, [2])


def exit_survey(company, *, rate=0.20):
    """The bounds of exercise 12.4."""
    return manski_bounds(0.68, response_rate=rate)


def two_rises(company):
    """Retention 0.80, up by 5 % and by 5 points: the new rate and the change of churn in %."""
    relative, points = change(0.80, 0.84), change(0.80, 0.85)
    return 0.84, relative["per_cent_of_rest"], 0.85, points["per_cent_of_rest"]


def satisfied(company):
    """Of those who answered the web survey: the share with at least 4 of 5, and who answered."""
    web = company.survey_pulse.query("mode == 'web'")
    return (web.loc[web["answered"], "csat"] >= SATISFIED).mean(), web["answered"].mean()


def satisfied_bounds(company):
    """The bounds of the share of satisfied customers among all who were asked."""
    share, rate = satisfied(company)
    return manski_bounds(share, response_rate=rate)


def margin_of_chance(company):
    """The colleague's interval: chance alone, as if the silent were like the others."""
    share, rate = satisfied(company)
    answers = rate * (company.survey_pulse["mode"] == "web").sum()
    half = 1.96 * (share * (1 - share) / answers) ** 0.5
    return share - half, share + half


def documents(company):
    """The documents of the company with their truth."""
    return company.citations.merge(company.truth("citations"), on="document_id")


def measured(company):
    """How many documents measured the number themselves."""
    return int(documents(company)["empirical"].sum())


def chains(company):
    """How many chains there are: measured or guessed at their beginning."""
    return int(documents(company)["root_document_id"].nunique())


def seeming_sources(company):
    """How many documents show no citation."""
    return int(company.citations["cites_document_id"].isna().sum())


def behind_measurements(company):
    """How many documents belong to a chain that began with a measurement."""
    both = documents(company)
    return int(both["root_document_id"].isin(both.loc[both["empirical"], "document_id"]).sum())


def findings(company):
    """For each measurement its ratio: 2 above five times, one half otherwise."""
    both = documents(company)
    quoted = both.loc[both["empirical"], "quoted"]
    return [RATIO if number > CONFIRMS else 1 / RATIO for number in quoted]


def honest_belief(company):
    """The belief after every measurement, for and against."""
    return update_odds(PRIOR, findings(company))


def belief_of_confirmers(company):
    """Only the measurements that confirm."""
    return update_odds(PRIOR, [ratio for ratio in findings(company) if ratio > 1])


def belief_of_all_documents(company):
    """The colleague's belief: every document a finding of its own."""
    quoted = company.citations["quoted"]
    return update_odds(PRIOR, [RATIO if number > CONFIRMS else 1 / RATIO for number in quoted])


def dearest_trial(company):
    """The price of a trial above which acting at once earns more, at a belief of 0.7."""
    return (1 - 0.7) * reading_claims.STAKES["loss"]


def memo_figures(company):
    """What the memo has to quote, from the table `worth` at the belief of the chapter, 12/19."""
    earned = worth(12 / 19)
    return {
        "what acting at once earns": ("at once", "now", earned["act now"]),
        "what the trial earns": ("trial", "try first", earned["try first"]),
    }


EXERCISES = (
    Exercise(
        "12.1", "design: explorer", "number", "measurements", first_position_to_act,
        Tolerance(absolute=0.1),
        mistakes=(
            Mistake(1, "COPY_EVIDENCE",
                    "One measurement leaves the belief at 0.46, however many documents copy it: "
                    "look at the last word of the sentence."),
            Mistake(4, "SLIP", "At four the sentence still ends in 'try first'; one step further."),
            Mistake(40, "COPY_EVIDENCE",
                    "That is the number of documents; ask for how many of them measured."),
        ),
        hints=(
            "Leave documents where it is and move only measured; read how the sentence ends.",
            "Begin at 1 and go up in ones, until 'Best: try first' becomes 'Best: act now'.",
            "At 4 the belief is 0.87 and trying still wins; take the next one.",
        ),
        minutes=(2, 4),
        meaning="Five firms that measured, each for itself, do what two hundred copies cannot.",
    ),
    Exercise(
        "12.2", "brief: S2-05", "text", "six letters",
        ("FOFOOF", "F O F O O F", "F, O, F, O, O, F"),
        mistakes=(
            Mistake("FOOOOF", "SLIP",
                    "“Only graduates work here” may be false, but anybody can go and look: a false "
                    "statement that can be checked is still a factual claim."),
            Mistake("FOFOFF", "SLIP",
                    "“Without better equipment I cannot work” sounds like a fact, and is an "
                    "opinion that wears the dress of necessity."),
            Mistake("FFFOOF", "SLIP",
                    "“We shall do better” speaks of the future; nobody can check it today."),
            Mistake("FOFFOF", "SLIP",
                    "“Very clever” has no yardstick that two people would have to agree on."),
        ),
        hints=(
            "Ask of each: could two people who dislike each other go and check it?",
            "A number, a date, a list of employees can be checked; a hope or a praise cannot.",
            "Three are facts or factual claims: the price, the graduates, the computer.",
        ),
        minutes=(3, 5),
        meaning="Three can be checked, three cannot; whether a claim is true is another question.",
    ),
    Exercise(
        "12.3", "brief: 0.1", "series", "probability", five_findings,
        mistakes=(
            Mistake((update_odds(0.30, [2] * 5),) * 2, "COPY_EVIDENCE",
                    "Four of the five only repeat the first: together they count once."),
            Mistake((0.6, 0.6), "SLIP",
                    "You doubled the probability; a finding doubles the odds, 0.3 / 0.7."),
            Mistake(lambda company: five_findings(company)[::-1], "COPY_EVIDENCE",
                    "You have the two the other way round: independent findings move you more."),
            Mistake((0.3 / 0.7 * 32, 0.3 / 0.7 * 2), "SLIP",
                    "Those are odds; divide each by one plus itself to have a probability."),
        ),
        hints=(
            "Odds are p / (1 - p): begin with 0.3 / 0.7.",
            "Five findings: times 2 five times, that is times 32. Copies: times 2 once.",
            "13.71 / (1 + 13.71) for the first; 0.857 / (1 + 0.857) for the second.",
        ),
        minutes=(3, 5),
        meaning="The same five pages: nearly sure, or not even one half.",
    ),
    Exercise(
        "12.4", "brief: 0.2", "series", "share", exit_survey,
        mistakes=(
            Mistake((0.68, 0.68), "SELECTION_AS_EFFECT",
                    "That takes the silent for copies of those who answered."),
            Mistake((0.136, 0.816), "SLIP",
                    "The upper end adds all of the silent, 0.80, to the 0.136 who said yes."),
            Mistake((0.136, 0.136), "SLIP",
                    "That is the lower end, where none of the silent would say yes; what if all?"),
            Mistake((13.6, 93.6), "PP_VS_PCT", "Give shares, 0 to 1, as the question asks."),
        ),
        hints=(
            "Think of 100 people who were asked. How many answered, and how many of them said it?",
            "20 answered, 13.6 of them said service. The other 80 are silent: none, or all?",
            "Lower end 0.20 x 0.68; upper end the same plus 0.80.",
        ),
        minutes=(3, 5),
        meaning="Eighty silent people can turn a two-thirds majority into one in seven.",
    ),
    Exercise(
        "12.5", "brief: 0.5", "number", "documents", measured, Tolerance(absolute=0.1),
        mistakes=(
            Mistake(seeming_sources, "COPY_EVIDENCE",
                    "Those show no citation, and many of them copied all the same."),
            Mistake(chains, "COPY_EVIDENCE",
                    "Those are the chains; some of them began with a guess."),
            Mistake(behind_measurements, "COPY_EVIDENCE",
                    "Those go back to a measurement; ask for the documents that made one."),
            Mistake(lambda company: len(company.citations), "COPY_EVIDENCE",
                    "Those are all of them: volume, not evidence."),
        ),
        hints=(
            "Only the truth of the invented world knows: company.truth('citations').",
            "It has a column that is True for a document that measured the number itself.",
            "company.truth('citations')['empirical'].sum()",
        ),
        minutes=(4, 6),
    ),
    Exercise(
        "12.6", "design: the silent", "series", "share", satisfied_bounds,
        mistakes=(
            Mistake(lambda company: (satisfied(company)[0],) * 2, "SELECTION_AS_EFFECT",
                    "That takes the silent for copies of those who answered."),
            Mistake(margin_of_chance, "SELECTION_AS_EFFECT",
                    "That interval is for chance alone; who keeps silent is no accident, and more "
                    "answers of the same kind would not widen what you know."),
            Mistake(lambda company: satisfied_bounds(company)[::-1], "SLIP",
                    "Give the lower end first."),
        ),
        hints=(
            "Two numbers first: the share that answered, and of those the share with 4 or 5.",
            "web = company.survey_pulse.query(\"mode == 'web'\"); answers = web[web['answered']]",
            "reading_claims.manski_bounds((answers['csat'] >= 4).mean(), "
            "response_rate=web['answered'].mean())",
        ),
        minutes=(6, 10),
    ),
    Exercise(
        "12.7", "design: find the bug", "number", "probability", honest_belief,
        Tolerance(absolute=0.002),
        mistakes=(
            Mistake(belief_of_all_documents, "COPY_EVIDENCE",
                    "Copies are in it as if they had measured, all of them or those that cite "
                    "nobody; to cite nobody is not to have measured."),
            Mistake(belief_of_confirmers, "SELECTION_AS_EFFECT",
                    "You left out the measurements that speak against the claim."),
            Mistake(PRIOR, "SLIP", "That is the belief before; now let the measurements speak."),
        ),
        hints=(
            "Which rows found something out? Keep only those.",
            "documents[documents['empirical']], and then the colleague's two lines.",
            "Above five times the ratio is 2, otherwise 1/2; update_odds(0.3, ratios).",
        ),
        minutes=(8, 12),
    ),
    Exercise(
        "12.8", "design: memo", "memo", "¥", memo_figures, Tolerance(relative=0.02),
        hints=(
            "One sentence each: what to do, what acting at once would earn on average, what the "
            "trial would, what would change your mind.",
            "Both figures stand in reading_claims.worth(12 / 19).",
            "Begin: 'Let us try it in six shops first. Acting at once would earn ¥...'",
        ),
        minutes=(8, 12),
    ),
    Exercise(
        "12.9", "brief: 0.3", "series", "rate, per cent, rate, per cent", two_rises,
        mistakes=(
            Mistake((0.85, -25.0, 0.84, -20.0), "PP_VS_PCT",
                    "You have the two the other way round: 5 % of 0.80 is 0.04."),
            Mistake((0.84, -5.0, 0.85, -5.0), "PP_VS_PCT",
                    "Churn begins at 0.20, so a fall of 0.04 is a fifth of it, not a twentieth."),
            Mistake((0.84, -4.0, 0.85, -5.0), "PP_VS_PCT",
                    "Those are points; the second and fourth number are asked in per cent of "
                    "churn."),
            Mistake((0.84, 20.0, 0.85, 25.0), "SLIP", "Churn falls: the sign is negative."),
        ),
        hints=(
            "5 % of 0.80 is 0.04. 5 points are 0.05.",
            "Churn was 0.20. What is left of it, and what share of 0.20 has gone?",
            "First pair: 0.84, and (0.16 - 0.20) / 0.20 in per cent.",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "12.10", "brief: 0.4", "series", "per cent", (95.0, 5.0, 100.0),
        mistakes=(
            Mistake((95.0, 0.05, 100.0), "PP_VS_PCT",
                    "What is missing is 5 points out of 100; all three are asked in per cent."),
            Mistake((100.0, 0.0, 100.0), "SLIP", "Add the first three again: 68 + 15 + 12."),
            Mistake((95.0, 5.0, 99.0), "SLIP", "Add the six again: 68 + 14 + 9 + 5 + 3 + 1."),
        ),
        hints=(
            "Add them up; that is all.",
            "68 + 15 = 83, and 12 more.",
            "The second sum is 100: that version leaves no reason out.",
        ),
        minutes=(2, 3),
    ),
    Exercise(
        "12.11", "design: the price of knowing", "number", "¥", dearest_trial,
        mistakes=(
            Mistake(lambda company: 0.7 * 240_000, "SLIP",
                    "That is what a trial finds on average, without its price; compare it with "
                    "acting at once, which also earns something."),
            Mistake(lambda company: 0.7 * 240_000 - 0.3 * 360_000, "SLIP",
                    "That is what acting at once earns; how much more does a free trial earn?"),
            Mistake(lambda company: 360_000, "SLIP",
                    "The loss happens only if the claim is wrong: weigh it with 0.3."),
        ),
        hints=(
            "Acting at once earns 0.7 x 240,000 - 0.3 x 360,000; trying first earns 0.7 x 240,000 "
            "less the price.",
            "Set the two equal: the gain drops out.",
            "The trial saves the loss in the cases in which the claim is wrong: 0.3 x 360,000.",
        ),
        minutes=(4, 6),
        meaning="A trial is worth the loss that it spares.",
    ),
)  # fmt: skip
