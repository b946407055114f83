"""The exercises of chapter 24: the right answers, and the wrong ones that people give."""

from crm_course.customers import complaints
from crm_course.learning.exercises import Exercise, Mistake, Tolerance

CHAPTER = "24"
TARP = {"silent": 0.09, "unresolved": 0.19, "resolved": 0.54, "quick": 0.82}  # a large loss
USUAL, BETTER = (0.4, 0.4, 0.2), (0.1, 0.4, 0.5)  # unresolved, resolved, quick
LARGEST = 24  # people on the slider


def outcomes(company):
    """The four ends of a problem on the learner's own tables."""
    return complaints.complaint_outcomes(company.problems, company.complaints)


def voiced(company):
    """Share of the problems complained about: without the message, with it."""
    return tuple(company.problems.groupby("invited")["voiced"].mean())


def gain_of_asking(company, *, people=complaints.PEOPLE):
    """Customers of 1,000 who buy again more if everybody is asked."""
    ends, (not_asked, asked) = outcomes(company), voiced(company)
    before = complaints.rebuy_rate(ends, not_asked, people=people)
    return 1000 * float(complaints.rebuy_rate(ends, asked, people=people) - before)


def first_people_for_asking(company):
    """The first slider position, from today's desk upwards, where asking brings more back."""
    ends, (not_asked, asked) = outcomes(company), voiced(company)
    for people in range(complaints.PEOPLE, LARGEST + 1):
        before, after = (complaints.rebuy_rate(ends, v, people=people) for v in (not_asked, asked))
        if round(1000 * after) > round(1000 * before):  # as the sentence of the picture shows it
            return people
    raise ValueError("asking must pay somewhere on the slider, got nowhere. Widen it.")


def gain_in_the_trial(company):
    """What the trial says: the difference between invited and not, of 1,000."""
    without, with_it = company.problems.groupby("invited")["rebuy_90d"].mean()
    return 1000 * float(with_it - without)


def gain_at_the_same_rates(company):
    """The mix of answers kept as it was: more complaints, nobody waits longer."""
    ends, (not_asked, asked) = outcomes(company), voiced(company)
    rates = ends.set_index("outcome")["rebuy_rate"]
    told = (complaints.answer_shares(not_asked) * rates.drop("silent")).sum()
    return 1000 * float((asked - not_asked) * (told - rates["silent"]))


def told_rate(mix):
    """Share of the complainers who buy again, from unresolved, resolved and quick."""
    rates = (TARP["unresolved"], TARP["resolved"], TARP["quick"])
    return sum(share * rate for share, rate in zip(mix, rates, strict=True))


def all_rate(share, mix):
    """Share of all customers with a problem who buy again."""
    return (1 - share) * TARP["silent"] + share * told_rate(mix)


def half_speak(company):
    """Exercise 24.2: complainers, and everybody."""
    return told_rate(USUAL), all_rate(0.5, USUAL)


def louder_or_faster(company):
    """Exercise 24.3: more voices; better answers, among complainers and among all."""
    return all_rate(0.7, USUAL), told_rate(BETTER), all_rate(0.5, BETTER)


def quick_effect(company, *, method="coin", column="effect"):
    """What a quick answer does, counted or by the coin."""
    table = complaints.quick_answer_effect(company.problems, company.complaints)
    return float(table.set_index("method").loc[method, column])


def desk_on_buying(company):
    """What the other desk adds to buying, not divided by what it adds to quick answers."""
    told = company.problems.query("voiced")
    return float(told.groupby("fast_desk")["rebuy_90d"].mean().diff().iloc[-1])


def quick_against_all_others(company):
    """Counted against late and unresolved together."""
    ends = complaints.with_outcome(company.problems, company.complaints).query("voiced")
    bought = ends.groupby(ends["outcome"] == "quick")["rebuy_90d"].mean()
    return float(bought[True] - bought[False])


def quick_of_problems(company):
    """Of all problems: the share that got a quick answer."""
    return float((company.complaints["outcome"] == "quick").sum() / len(company.problems))


def quick_of_complaints(company):
    """The colleague's number."""
    return float((company.complaints["outcome"] == "quick").mean())


def answered_of_problems(company):
    """Of all problems: the share that was resolved, quickly or late."""
    return float((company.complaints["outcome"] != "unresolved").sum() / len(company.problems))


def memo_figures(company):
    """What the memo has to quote, in ¥ for 1,000 problems."""
    not_asked, asked = voiced(company)
    money = complaints.policy_money(outcomes(company), not_asked=not_asked, asked=asked)["asked"]
    return {"asking with ten people": money[10], "asking with eighteen people": money[18]}


def iceberg(company, *, shares=(0.01, 0.03, 0.05)):
    """Problems behind 30 complaints at head office."""
    return tuple(complaints.hidden_problems(30, share).estimate for share in shares)


def talk(company, *, unhappy=9.0, happy=2.5):
    """Balance at 15 %, share unhappy at which it is 1, and at which it is 3."""
    balance = complaints.word_of_mouth_balance(0.15, unhappy, happy)
    return balance, happy / (happy + unhappy), happy / (happy + 3 * unhappy)


def paradox(company, *, quick=0.2, before=5.8, bad=3.5, good=6.1):
    """Expected satisfaction after a failure, and the share at which it does not fall."""
    return (
        quick * good + (1 - quick) * bad,
        complaints.recovery_break_even(before, bad, good),
    )


def faster_in_money(company, *, worth=400, spent=30_000, problems=1000):
    """Gain in ¥ of better answers, and return on what was spent."""
    gain = worth * problems * (all_rate(0.5, BETTER) - all_rate(0.5, USUAL))
    return gain, (gain - spent) / spent


def loyal_stay(company, *, loyal=0.4, speak=(0.8, 0.3), stay=(0.7, 0.1)):
    """Share that stays among those who complain and among the silent; no effect of complaining."""
    group = (loyal, 1 - loyal)
    told = [size * says for size, says in zip(group, speak, strict=True)]
    quiet = [size * (1 - says) for size, says in zip(group, speak, strict=True)]
    return tuple(
        sum(size * stays for size, stays in zip(part, stay, strict=True)) / sum(part)
        for part in (told, quiet)
    )


EXERCISES = (
    Exercise(
        "24.1", "design: explorer", "number", "people", first_people_for_asking,
        Tolerance(absolute=0.1),
        mistakes=(
            Mistake(lambda company: first_people_for_asking(company) - 1, "SLIP",
                    "There asking still brings back fewer, or as many: read the last word of the "
                    "sentence, then go one step on."),
            Mistake(lambda company: first_people_for_asking(company) - 2, "SLIP",
                    "There asking still brings back fewer: go on until the sentence says 'more'."),
            Mistake(lambda company: first_people_for_asking(company) + 2, "SLIP",
                    "There it pays already: go back to the first position that says 'more'."),
            Mistake(lambda company: first_people_for_asking(company) + 1, "SLIP",
                    "There asking pays, but it did so one person earlier."),
            Mistake(22, "SLIP",
                    "That is where asking earns most in money; the question is where it first "
                    "brings anybody back."),
        ),
        hints=(
            "The sentence above the picture ends in 'fewer' or in 'more'.",
            "Start at ten people and press the right arrow: each press is one person.",
            "Stop at the first position where the sentence says 'more'.",
        ),
        minutes=(2, 4),
        meaning="With fewer, from ten up, asking everybody loses: on average the new "
                "complaints cost the others more than they bring.",
    ),
    Exercise(
        "24.2", "brief: 5.1", "series", "share", half_speak,
        mistakes=(
            Mistake(lambda company: half_speak(company)[::-1], "SLIP",
                    "You have the two the other way round: first the complainers, then all."),
            Mistake(lambda company: (told_rate(USUAL), told_rate(USUAL)),
                    "SILENCE_IS_SATISFACTION",
                    "You let the silent buy again like the complainers; only 9 % of them do."),
            Mistake(lambda company: (told_rate(USUAL), 0.5 * told_rate(USUAL)), "SLIP",
                    "You let nobody of the silent come back; 9 % of them do."),
            Mistake((sum(list(TARP.values())[1:]) / 3, sum(TARP.values()) / 4), "SLIP",
                    "Those are plain averages; each end counts by its share."),
        ),
        hints=(
            "Begin at the twigs: what do the complainers do? Then join them with the silent.",
            "Complainers: 0.4 times 0.19, plus 0.4 times 0.54, plus 0.2 times 0.82.",
            "0.076 + 0.216 + 0.164 for the complainers; half of that plus half of 0.09 for all.",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "24.3", "brief: 5.2", "series", "share", louder_or_faster,
        mistakes=(
            Mistake(lambda company: louder_or_faster(company)[::-1], "SLIP",
                    "You have them the other way round: first 70 % speak, then faster."),
            Mistake(lambda company: (told_rate(USUAL), told_rate(BETTER), told_rate(BETTER)),
                    "SILENCE_IS_SATISFACTION",
                    "Those are the complainers only; the silent belong to the whole."),
            Mistake(lambda company: (all_rate(0.7, USUAL), told_rate(BETTER),
                                     all_rate(0.7, BETTER)), "SLIP",
                    "In the second case half of the customers speak, as before."),
        ),
        hints=(
            "In the first case only the branches change, in the second only the twigs.",
            "First: 0.7 of what complainers do (0.456) and 0.3 of what the silent do (0.09).",
            "Second: complainers 0.1 times 0.19 + 0.4 times 0.54 + 0.5 times 0.82 = 0.645.",
        ),
        minutes=(3, 5),
        meaning="Thirty points more quick answers do more than twenty points more complaints, "
                "and the first number assumes that nobody waits longer.",
    ),
    Exercise(
        "24.4", "design: asking on your own data", "number", "customers", gain_of_asking,
        Tolerance(absolute=0.05),
        mistakes=(
            Mistake(gain_in_the_trial, "SELECTION_AS_EFFECT",
                    "That is the trial: invited minus not invited, who stood in the same queue."),
            Mistake(gain_at_the_same_rates, "UTILISATION_100",
                    "You left the answers as they were; a fuller desk gives fewer quick ones."),
            Mistake(lambda company: -gain_of_asking(company), "SLIP",
                    "The sign is the wrong way round: asked minus not asked."),
            Mistake(lambda company: gain_of_asking(company) / 1000, "SLIP",
                    "That is a share; the question asks for customers of 1,000."),
            Mistake(lambda company: gain_of_asking(company, people=16), "SLIP",
                    "That is the other desk, of sixteen; the question is about ten people."),
        ),
        hints=(
            "Two steps: complaint_outcomes, then rebuy_rate twice.",
            "not_asked, asked = company.problems.groupby('invited')['voiced'].mean()",
            "1000 * (complaints.rebuy_rate(outcomes, asked) - complaints.rebuy_rate(outcomes, "
            "not_asked))",
        ),
        minutes=(6, 9),
    ),
    Exercise(
        "24.5", "brief: 5.8", "number", "share", quick_effect,
        mistakes=(
            Mistake(lambda company: quick_effect(company, method="counted"),
                    "SELECTION_AS_EFFECT",
                    "That compares people who got a quick answer with others; the loyal are "
                    "served sooner, and they stay anyway."),
            Mistake(desk_on_buying, "SLIP",
                    "That is what the desk does to buying; divide by what it does to quick "
                    "answers."),
            Mistake(quick_against_all_others, "SELECTION_AS_EFFECT",
                    "That compares quick with late and unresolved, and nobody tossed a coin "
                    "about those."),
            Mistake(0.22, "SLIP",
                    "That is the truth of the invented world; a firm has only its estimate, and "
                    "the estimate is asked for."),
        ),
        hints=(
            "Two differences by the coin fast_desk among the complainers, then a division.",
            "Above: how much more often they buy again. Below: how many more quick answers.",
            "complaints.quick_answer_effect(company.problems, company.complaints), row coin.",
        ),
        minutes=(5, 8),
        truth=lambda company: (0.22, quick_effect(company, column="standard_error")),
    ),
    Exercise(
        "24.6", "design: find the bug", "number", "share", quick_of_problems,
        mistakes=(
            Mistake(quick_of_complaints, "SILENCE_IS_SATISFACTION",
                    "That is the colleague's own number: the merge throws every silent problem "
                    "away."),
            Mistake(answered_of_problems, "SLIP",
                    "That counts the late answers as well; only quick ones are asked for."),
            Mistake(lambda company: 1 - quick_of_problems(company), "SLIP",
                    "That is the share without a quick answer; the question asks for the rest."),
        ),
        hints=(
            "How many rows has company.problems, and how many has cases?",
            "merge keeps only what stands in both tables unless you say how='left'.",
            "Quick answers in company.complaints, over len(company.problems).",
        ),
        minutes=(8, 12),
        meaning="Half of the problems never reach the book of complaints, so every share that is "
                "counted in the book is too good.",
    ),
    Exercise(
        "24.7", "design: memo", "memo", "¥", memo_figures, Tolerance(relative=0.02),
        hints=(
            "One sentence each: what to do, the two figures, what your trial showed and could "
            "not show, what you would find out first.",
            "Both figures stand in the column asked of complaints.policy_money.",
            "Begin: 'I recommend ... Asking with ten people would cost us ¥...'",
        ),
        minutes=(10, 14),
    ),
    Exercise(
        "24.8", "brief: 5.3", "series", "problems", iceberg,
        mistakes=(
            Mistake((0.3, 0.9, 1.5), "SLIP",
                    "You multiplied; the 30 are the small part, so divide by the share."),
            Mistake(lambda company: iceberg(company)[::-1], "SLIP",
                    "The other way round: the smaller the share, the more are hidden."),
            Mistake((2970, 970, 570), "SLIP",
                    "You took the 30 away; the question asks for all problems."),
        ),
        hints=(
            "If one of a hundred arrives, each arrival stands for a hundred.",
            "30 divided by the share, three times.",
            "30 / 0.01 is the first.",
        ),
        minutes=(2, 3),
    ),
    Exercise(
        "24.9", "brief: 5.4", "series", "ratio and shares", talk,
        mistakes=(
            Mistake(lambda company: (1 / talk(company)[0], *talk(company)[1:]), "SLIP",
                    "The first is upside down: praise for each one who hears the opposite."),
            Mistake(lambda company: (2.5 / 9, *talk(company)[1:]), "SLIP",
                    "The first forgets how many customers are happy: 85 against 15."),
            Mistake(lambda company: (talk(company)[0], 0.5, 0.25), "SLIP",
                    "Half and half would be right if both told as many people; they do not."),
            Mistake(lambda company: (*talk(company)[:2], talk(company)[1] / 3), "SLIP",
                    "A third of the share is not three times the ratio: solve for x again."),
        ),
        hints=(
            "(1 - x) times 2.5, over x times 9.",
            "Set that to 1 and solve for x; then set it to 3.",
            "Set to 1: 2.5 - 2.5 x = 9 x, so x = 2.5 / 11.5. With 3: 2.5 - 2.5 x = 27 x.",
        ),
        minutes=(4, 6),
    ),
    Exercise(
        "24.10", "brief: 5.5", "series", "points and share", paradox,
        mistakes=(
            Mistake(lambda company: (paradox(company)[0], 0.2), "PARADOX_PLAN",
                    "With 0.2 satisfaction falls far below 5.8; the second asks where it holds."),
            Mistake(lambda company: (4.8, paradox(company)[1]), "SLIP",
                    "4.8 weighs good and bad alike; only a fifth is mended well."),
            Mistake(lambda company: (5.58, paradox(company)[1]), "SLIP",
                    "You exchanged the weights: 0.2 belongs to the good answer."),
        ),
        hints=(
            "The first is a weighted mean of 6.1 and 3.5.",
            "For the second, set p times 6.1 plus (1 - p) times 3.5 equal to 5.8.",
            "p = (5.8 - 3.5) / (6.1 - 3.5).",
        ),
        minutes=(3, 5),
        meaning="88 of 100 failures would have to be mended well: no plan, a warning.",
    ),
    Exercise(
        "24.11", "brief: 5.6", "series", "¥ and share", faster_in_money,
        mistakes=(
            Mistake((7800, 0.26), "SLIP",
                    "That is what is left after the costs; the gain comes before them."),
            Mistake((37800, 1.26), "SLIP",
                    "1.26 is the gain over the costs; a return takes the costs off first."),
            Mistake((75600, 1.52), "SLIP",
                    "You let all 1,000 complain; half of them stay silent."),
        ),
        hints=(
            "How many customers of 1,000 come back more? See 24.2 and 24.3.",
            "0.3675 - 0.273, times 1,000, times 400.",
            "The return: gain minus 30,000, over 30,000.",
        ),
        minutes=(4, 6),
    ),
    Exercise(
        "24.12", "brief: 5.7", "series", "share", loyal_stay,
        mistakes=(
            Mistake((0.34, 0.34), "SELECTION_AS_EFFECT",
                    "0.34 is what everybody does; among complainers there are more loyal ones."),
            Mistake((0.7, 0.1), "SELECTION_AS_EFFECT",
                    "Not all complainers are loyal, and not all silent customers are not."),
            Mistake(lambda company: loyal_stay(company)[::-1], "SLIP",
                    "The other way round: first those who complain, then the silent."),
        ),
        hints=(
            "Take 100 customers: 40 are loyal, 32 of these complain. And of the 60 others?",
            "32 loyal and 18 others complain; 8 loyal and 42 others are silent.",
            "Complainers: (32 times 0.7 + 18 times 0.1) / 50. Silent: 8 and 42 in the same way.",
        ),
        minutes=(5, 8),
        meaning="29 points between the two, and complaining does nothing at all here.",
    ),
)  # fmt: skip
