"""The exercises of chapter 42: the right answers, and the wrong ones that people give."""

import pandas as pd

from crm_course.learning.exercises import Exercise, Mistake, Tolerance
from crm_course.relationships import communication as com
from crm_course.schema.home import SIGNS

CHAPTER = "42"
FIRST = pd.Series({"T": 0.7, "S": 0.3, "F": 0.1, "I": 0.2})  # chance of the first sign, by style
SECOND = pd.Series({"T": 0.05, "S": 0.6, "F": 0.2, "I": 0.3})
EVEN = pd.Series(0.25, index=FIRST.index)
OTHER = {"match": 0.36, "mismatch": 0.26, "base": 0.30}  # another firm's shares of buyers
TOUCHY = {"mismatch": 0.18}  # buyers in a wrong style, where callers are touchier
YEAR = {"calls": 30_000, "margin": 90}  # of the memo
LOSSES = ("lose", "loss", "lost", "minus", "−", "-¥", "¥-")  # words and signs of a loss


def moments_that_pay(company):
    """The first number of moments after which a style for everybody beats speaking plainly."""
    return next(moments for moments in range(9) if com.listening_value(moments, 0)[0] > 0)


def letters(kinds):
    """The first letters of a column of words, in one text."""
    return "".join(kind[0].upper() for kind in kinds)


def one_letter_off(table, places, taken_for):
    """The answers in which one of the sentences at these places (from 1) is taken for another."""
    right = letters(table.iloc[:, 1])
    return tuple(right[: place - 1] + taken_for + right[place:] for place in places)


def two_signs_by_hand(company):
    """P(T | first), P(S | first and second)."""
    return (com.posterior(EVEN, FIRST)["T"], com.posterior(EVEN, FIRST, SECOND)["S"])


def kappa_by_hand(company, *, both_x=50, first_x=10, second_x=10, both_y=30):
    """Kappa of 100 calls, by how many got which pair of labels."""
    first = ["x"] * (both_x + first_x) + ["y"] * (second_x + both_y)
    second = ["x"] * both_x + ["y"] * first_x + ["x"] * second_x + ["y"] * both_y
    return com.cohen_kappa(first, second)


def quiet(company):
    """The calls in which one sign or none was heard."""
    calls = company.conversations
    return calls[calls[list(SIGNS)].sum(axis=1) <= 1]


def kappa_of(calls):
    """Kappa of the two raters on these calls."""
    return com.cohen_kappa(calls["first_rater"], calls["second_rater"])


def agreement_when_quiet(company):
    """The share of quiet calls on which both ticked the same box."""
    calls = quiet(company)
    return (calls["first_rater"] == calls["second_rater"]).mean()


def policies(company, **shares):
    """Both rules of the seminar on the company's calls: policy, in_style, right, extra."""
    calls, style = company.conversations, company.truth("conversations")["style"]
    return com.policy_table(
        {"everybody": calls["second_rater"], "two signs": com.two_signs(calls)}, style, **shares
    ).set_index("policy")


def extra(company, policy, **shares):
    """Extra sales in 1,000 calls of a rule."""
    return float(policies(company, **shares).loc[policy, "extra"])


def two_signs_if_always(company):
    """The rule's accuracy put on all calls, although it is silent in two of three."""
    right = policies(company).loc["two signs", "right"]
    return float(1000 * com.matching_value(right, **TOUCHY))


def right_with_a_style(company):
    """How often the tick is right among callers who have a style."""
    style = company.truth("conversations")["style"]
    right = company.conversations["second_rater"] == style
    return right[style != com.NONE].mean()


def colleague(company):
    """The colleague's number: callers without a style were left out."""
    return float(1000 * com.matching_value(right_with_a_style(company)))


def colleague_on_all(company):
    """The colleague's number spread over all calls, as if the others did no harm."""
    style = company.truth("conversations")["style"]
    return colleague(company) * float((style != com.NONE).mean())


def memo_figures(company):
    """What the memo has to quote, in ¥ a year, the seminar paid; a loss beside a word for it."""
    money = com.yearly_money(policies(company)["extra"], cost=com.SEMINAR, **YEAR)
    everybody, signs = money.round(2)
    words = ("everybody", "everyone") if everybody >= 0 else LOSSES
    return {
        "what everybody earns, or loses": (*words, everybody),
        "what two signs bring": ("two signs", "both signs", "third", signs),
    }


def other_firm(company):
    """Share that buys at one half and at a quarter right, and the accuracy that just pays."""
    half, quarter = (OTHER["base"] + com.matching_value(each, **OTHER) for each in (0.5, 0.25))
    return (half, quarter, com.break_even_accuracy(**OTHER))


def truthful_enough(company):
    """The share of truthful answers at which asking, itself free of charge, adds nothing."""
    return float(com.asking_needs(0, costs=0))


EXERCISES = (
    Exercise(
        "42.1", "design: explorer", "number", "moments", moments_that_pay, Tolerance(absolute=0.1),
        mistakes=(
            Mistake(4, "SLIP", "There the sentence still says *fewer buy*; one step more."),
            Mistake(6, "SLIP", "There it sells more already, and one step to the left as well."),
            Mistake(8, "SLIP", "So long one need not listen; look for the first *more buy*."),
        ),
        hints=(
            "Leave certainty at 0 and watch the end of the sentence.",
            "With each moment fewer are lost; where does *fewer* change to *more*?",
            "After four moments 2.2 fewer buy. It is the next position.",
        ),
        minutes=(2, 4),
        meaning="Who labels after three moments sells less than somebody who labels nobody.",
    ),
    Exercise(
        "42.2", "brief: 9.5", "text", "ten letters", lambda _: letters(com.statements()["kind"]),
        mistakes=(
            Mistake(one_letter_off(com.statements(), (1, 3, 5, 8, 10), "O"), "SLIP",
                    "One that can be measured, counted or looked up is an O in yours. *All who "
                    "have it* is hardly true, and can be checked: a factual claim."),
            Mistake(one_letter_off(com.statements(), (2, 6), "F"), "SLIP",
                    "What is pleasant, and what suits, is in the ear and eye of its owner: "
                    "an opinion."),
            Mistake(one_letter_off(com.statements(), (4,), "F"), "SLIP",
                    "*You will save* is a forecast; until the bill comes it is an opinion."),
            Mistake(one_letter_off(com.statements(), (7, 9), "F"), "SLIP",
                    "*Should* is a value, and *cannot live* an opinion dressed as a necessity: "
                    "many families do."),
            Mistake("OFOFOFFOFO", "SLIP", "You have the two the other way round."),
        ),
        hints=(
            "Ask of each: could two people who dislike each other go, look, and agree?",
            "A false sentence may be a fact; a forecast and a taste are opinions.",
            "Begin: F O F O F ...",
        ),
        minutes=(2, 4),
        meaning="What decides is whether it can be checked, not whether it is right.",
    ),
    Exercise(
        "42.3", "brief: S2-07", "text", "six letters",
        lambda _: letters(com.selling_points()["kind"]),
        mistakes=(
            Mistake(("BFBFBB", *one_letter_off(com.selling_points(), (1, 6), "B")), "SLIP",
                    "*It does not show fingerprints* and *it can run while power is cheap* say "
                    "what the machine does; nobody's life is in them yet: advantages."),
            Mistake(("AFAFAA", *one_letter_off(com.selling_points(), (3, 5), "A"),
                     *one_letter_off(com.selling_points(), (3, 5), "F")), "SLIP",
                    "Two sentences speak of *you*: they say what the customer gets."),
            Mistake(("AABABA", *one_letter_off(com.selling_points(), (2, 4), "A"),
                     *one_letter_off(com.selling_points(), (2, 4), "B")), "SLIP",
                    "Steel, and a timer: that is what it *has*, a feature."),
            Mistake(("FABABF", *one_letter_off(com.selling_points(), (1, 6), "F")), "SLIP",
                    "No fingerprints, and cheap power, are what its parts *do*: advantages."),
        ),
        hints=(
            "In which two is somebody called *you*?",
            "Of the others, two say what it has and two what that does.",
            "Begin: A F B ...",
        ),
        minutes=(2, 3),
        meaning="Each benefit grew from a feature: steel, no fingerprints, no wiping.",
    ),
    Exercise(
        "42.4", "brief: 9.1", "series", "probability", two_signs_by_hand,
        mistakes=(
            Mistake((FIRST["T"] / FIRST.sum(), SECOND["S"] / SECOND.sum()), "SLIP",
                    "The second answer forgets the first sign; multiply both chances."),
            Mistake((0.7, 0.18), "SLIP",
                    "Those are chances of the signs; divide by their sum over the four styles."),
            Mistake((0.175, 0.045), "SLIP",
                    "You have multiplied by the quarter; now divide by the sum over the four."),
            Mistake((FIRST["T"] / FIRST.sum(), 0.035 / 0.295), "SLIP",
                    "The second answer is that of the Thinker; the Sensor is asked for."),
        ),
        hints=(
            "All four are equally frequent, so the quarter cancels: share of the sum.",
            "First: 0.7 of 0.7 + 0.3 + 0.1 + 0.2. Second: multiply the two chances of each style.",
            "0.7 / 1.3, and 0.3 x 0.6 / (0.035 + 0.18 + 0.02 + 0.06)",
        ),
        minutes=(3, 5),
        meaning="One sign turned the likeliest style round.",
    ),
    Exercise(
        "42.5", "brief: 9.2", "number", "", kappa_by_hand,
        mistakes=(
            Mistake(0.80, "ACCURACY_BASE_RATE",
                    "That is the agreement itself; take off what chance alone would give."),
            Mistake(0.52, "SLIP", "That is the agreement by chance; now compare."),
            Mistake(0.28, "SLIP",
                    "Divide by the room that chance left: from its agreement to 1."),
            Mistake((0.80 - 0.50) / 0.50, "SLIP",
                    "Chance is not one half: both say x in 60 of 100 calls."),
        ),
        hints=(
            "How often do two people agree who say x blindly in 60 of 100 calls, as these do?",
            "0.6 x 0.6 + 0.4 x 0.4 by chance; 0.80 they did.",
            "(0.80 - 0.52) / (1 - 0.52)",
        ),
        minutes=(3, 5),
        meaning="80 of 100 sounds better than it is.",
    ),
    Exercise(
        "42.6", "design: quiet calls", "number", "", lambda company: kappa_of(quiet(company)),
        Tolerance(absolute=0.001),
        mistakes=(
            Mistake(lambda company: kappa_of(company.conversations), "SLIP",
                    "That is the kappa on all calls; only the quiet ones are asked for."),
            Mistake(agreement_when_quiet, "ACCURACY_BASE_RATE",
                    "That is the agreement; kappa takes off what chance would give."),
        ),
        hints=(
            "Add the eight signs of each call; keep those with a sum of 0 or 1.",
            "signs = list(com.sign_chances()); calls[calls[signs].sum(axis=1) <= 1]",
            "com.cohen_kappa of the two columns of labels on these calls.",
        ),
        minutes=(5, 8),
        meaning="On all calls it was 0.51 in the chapter; set your company's beside it. They agree "
        "about as well where next to nothing was heard.",
    ),
    Exercise(
        "42.7", "design: two signs", "number", "sales in 1,000 calls",
        lambda company: extra(company, "two signs", **TOUCHY),
        mistakes=(
            Mistake(lambda company: extra(company, "two signs"), "SLIP",
                    "That is with the chapter's 20 buyers of 100 in a wrong style; here 18 buy."),
            Mistake(two_signs_if_always, "SLIP",
                    "That would hold if every call had two signs; elsewhere one speaks plainly and "
                    "adds nothing."),
            Mistake(lambda company: extra(company, "everybody", **TOUCHY), "SLIP",
                    "That is the style for everybody; here only those of whom both signs were "
                    "heard."),
            Mistake(lambda company: extra(company, "two signs", **TOUCHY) / 1000, "SLIP",
                    "That is per call; the question asks for 1,000."),
        ),
        hints=(
            "com.two_signs gives the pitch of every call, com.policy_table what it adds.",
            "style = company.truth('conversations')['style']",
            "com.policy_table({'two signs': com.two_signs(company.conversations)}, style, "
            "mismatch=0.18), column extra",
        ),
        minutes=(5, 8),
    ),
    Exercise(
        "42.8", "design: find the bug", "number", "sales in 1,000 calls",
        lambda company: extra(company, "everybody"), Tolerance(absolute=0.01),
        mistakes=(
            Mistake(colleague, "SELECTION_AS_EFFECT",
                    "That is the colleague's own number: it leaves out the callers whom the tick "
                    "harms for certain."),
            Mistake(colleague_on_all, "SLIP",
                    "You have spread the gain over all calls. But callers without a style hear a "
                    "pitch as well, and some of them do not buy for it."),
            Mistake(lambda company: extra(company, "two signs"), "SLIP",
                    "That is the rule of two signs; the colleague speaks in style to everybody."),
        ),
        hints=(
            "Which callers are not in the colleague's mean, and what do they hear?",
            "Everybody who calls is spoken to in style, so everybody belongs in the mean.",
            "1000 * com.matching_value((calls['second_rater'] == style).mean())",
        ),
        minutes=(8, 12),
        meaning="Who cannot be labelled rightly is labelled all the same.",
    ),
    Exercise(
        "42.9", "design: memo", "memo", "¥", memo_figures, Tolerance(relative=0.02),
        hints=(
            "One sentence each: what to do, what a style for everybody would bring a year, what "
            "two signs would, what would change your mind.",
            "com.policy_table for both, then com.yearly_money(..., calls=30_000, margin=90, "
            "cost=com.SEMINAR).",
            "Begin: 'Let us ... A style for everybody would lose ... Two signs would earn ...'",
        ),
        minutes=(8, 12),
    ),
    Exercise(
        "42.10", "brief: 9.3", "series", "share", other_firm,
        mistakes=(
            Mistake((0.31, 0.285, 0.6), "SLIP",
                    "The wrong way round: what is lost, over what is lost and gained together."),
            Mistake((0.31, 0.285, 0.5), "SLIP",
                    "Half right already sells more than plainly, see your first number."),
            Mistake((0.01, -0.015, 0.4), "SLIP",
                    "You gave the difference to plain; the share that buys is asked for."),
        ),
        hints=(
            "A share that is right buys with 0.36, the rest with 0.26.",
            "0.5 x 0.36 + 0.5 x 0.26; then the same with 0.25 and 0.75.",
            "The last: which share x makes 0.36 x + 0.26 (1 - x) just 0.30?",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "42.11", "brief: 9.4", "number", "calls", lambda _: com.calls_per_arm(0.24, 0.266),
        mistakes=(
            Mistake(2 * 4385, "SLIP", "That is both groups together; one is asked for."),
            Mistake(lambda _: com.calls_per_arm(0.24, 0.266, level=0.10), "SLIP",
                    "With 1.645 you look for a rise only; here a fall would count as well: 1.96."),
            Mistake(lambda _: com.calls_per_arm(0.24, 0.266, power=0.5), "SLIP",
                    "The 0.8416 is missing: with 1.96 alone every second trial finds nothing."),
        ),
        hints=(
            "Put p = 0.24 and q = 0.266 into the formula.",
            "(1.96 + 0.8416)^2 is 7.849; p (1 - p) is 0.1824, q (1 - q) is 0.1952.",
            "7.849 x 0.3776 / 0.026^2",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "42.12", "design: asking", "number", "share", truthful_enough,
        mistakes=(
            Mistake(1 / 3, "SLIP",
                    "One in three is for styled pitches; some wrong answers lead to a plain one, "
                    "and callers without a style can only lose."),
            Mistake(0.04 / 0.092, "SLIP",
                    "Of the untruthful with a style a quarter say *all the same to me*; they hear "
                    "the plain pitch and lose nothing."),
            Mistake(0.0335 / 0.1135, "SLIP",
                    "A truthful caller without a style gains nothing: the pitch is plain."),
            Mistake(lambda _: float(com.asking_needs(0, costs=com.QUESTION)), "SLIP",
                    "That pays the fifteen seconds as well; here asking is free."),
        ),
        hints=(
            "Of 100 callers 65 have a style. What do they gain if truthful, and lose if not?",
            "Gain: 65 x 0.08 t. Loss: (65 x 3/4 + 35) x 0.04 (1 - t).",
            "5.2 t = 3.35 (1 - t)",
        ),
        minutes=(4, 6),
        meaning="Two truthful answers of five are enough, if the question costs nothing.",
    ),
)  # fmt: skip
