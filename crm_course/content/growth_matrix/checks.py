"""The exercises of chapter 34: the right answers, and the wrong ones that people give."""

from crm_course.learning.exercises import Exercise, Mistake, Tolerance, kept
from crm_course.strategy import growth_matrix as gm

CHAPTER = "34"
FRIENDS = range(100, -1, -5)  # positions of the slider, to the left
ALL = sum(gm.SET_UP.values())
PAIR = gm.SET_UP["loyalty"] + gm.SET_UP["acquisition"]
BIDS = ((0.60, 1.2, 0.2), (0.45, 2.2, 0.5), (0.30, 3.0, 0.6), (0.15, 6.0, 0.9))
TRUE = gm.member_value(130, 0.72, 0.15) - gm.member_value(100, 0.60, 0.05) - ALL


@kept
def rates_of(company):
    """The three rates of the five groups of the company."""
    return gm.club_rates(company.growth_trial)


def first_without_all(company):
    """The first position of friends, from 100 to the left, at which all three are not the best."""
    rates = rates_of(company)
    best = (gm.best_mix(gm.mix_table(rates, friends=each / 100)) for each in FRIENDS)
    return next(each for each, mix in zip(FRIENDS, best, strict=True) if mix != "all three")


def small_club(company):
    """What a member of the club of exercise 34.3 is worth."""
    return gm.member_value(80, 0.50, 0.10)


def bids(company):
    """The four averages of the bids, then their four spreads."""
    averages = [chance * brings - costs for chance, brings, costs in BIDS]
    return (*averages, *(brings * (chance * (1 - chance)) ** 0.5 for chance, brings, _ in BIDS))


def bids_without_costs(company):
    """The bids with nothing paid for."""
    return (*(chance * brings for chance, brings, _ in BIDS), *bids(company)[4:])


def bids_without_root(company):
    """The bids with p (1 - p) where its root belongs."""
    spreads = (brings * chance * (1 - chance) for chance, brings, _ in BIDS)
    return (*bids(company)[:4], *spreads)


def bids_turned(company):
    """The spreads first."""
    return (*bids(company)[4:], *bids(company)[:4])


def measured(company):
    """What the group with all three earned, all costs off."""
    return gm.trial_table(company.growth_trial).loc["all three", "net"]


def measured_error(company):
    """The standard error of a difference: both groups have their luck."""
    errors = gm.trial_table(company.growth_trial)["standard_error"]
    return float((errors["all three"] ** 2 + errors["nothing"] ** 2) ** 0.5)


def added_up(company):
    """The nets of the single directions, added up."""
    return gm.trial_table(company.growth_trial).loc[list(gm.SET_UP), "net"].sum()


@kept
def expected(company):
    """What the other four groups let one expect of all three."""
    return gm.mix_table(rates_of(company)).loc["all three", "net"]


def pair(company):
    """What loyalty and acquisition earn together."""
    return gm.mix_table(rates_of(company)).loc["loyalty + acquisition", "net"]


def colleague(company):
    """The colleague's number: each row less the row before."""
    rates = rates_of(company)
    mixed = rates.loc["nothing"] + rates.diff().loc[["loyalty", "acquisition"]].sum()
    return gm.member_value(*mixed) - gm.member_value(*rates.loc["nothing"]) - PAIR


def pair_added_up(company):
    """The nets of the two directions, added up."""
    return gm.trial_table(company.growth_trial).loc[["loyalty", "acquisition"], "net"].sum()


def memo_figures(company):
    """What the memo has to quote, in ¥ a member at a chance of 0.9."""
    earned = gm.policy_money(rates_of(company), chance=0.9)
    return {
        "what the pair earns": ("pair", "two", earned["loyalty and acquisition"]),
        "what all three earn": ("all three", "three at once", earned["all three at once"]),
    }


@kept
def sure(company):
    """The chance at which all three earn just nothing on average, by halving."""
    rates, low, high = rates_of(company), 0.0, 1.0
    for _half in range(11):
        middle = (low + high) / 2
        loses = gm.mix_risk(rates, chance=middle).loc["all three", "expected"] < 0
        low, high = (middle, high) if loses else (low, middle)
    return high


EXERCISES = (
    Exercise(
        "34.1", "design: explorer", "number", "per cent", first_without_all,
        Tolerance(absolute=0.1),
        mistakes=(
            Mistake(lambda company: first_without_all(company) + 5, "SLIP",
                    "There all three are still the best, if only just: one step to the left."),
            Mistake(lambda company: first_without_all(company) - 5, "SLIP",
                    "They have fallen before that; look for the first step."),
        ),
        hints=(
            "One number, of the slider. Under the picture it says: *the best is ...*",
            "With fewer friends the bar of all three shrinks; its worth is in the sentence, too.",
            "The bar of all three crosses zero between 50 and 65. Try each position.",
        ),
        minutes=(2, 4),
        meaning="At this price it goes from everything straight to nothing.",
    ),
    Exercise(
        "34.2", "design: S0-44", "number", "pieces", lambda company: 370, Tolerance(absolute=0.5),
        mistakes=(
            Mistake(130, "SLIP", "That is the slip of the shop: 110 and 20 for its stock."),
            Mistake(190, "SLIP", "That is the slip of the wholesaler: 130 and 60 for his stock."),
            Mistake(110, "SLIP", "The maker does not see the till. His slip says something else."),
            Mistake(170, "SLIP",
                    "That is a maker who sees the till. Yours sees a slip, and wants two weeks "
                    "of it."),
        ),
        hints=(
            "One after the other: what does the shop order, what then the wholesaler?",
            "The wholesaler is asked for 130, so his two weeks are 260, and he has 200.",
            "He orders 130 + 60 = 190; now the maker wants two weeks of that, and has 200.",
        ),
        minutes=(4, 6),
        meaning="Three restockings, each taken for demand by the next.",
    ),
    Exercise(
        "34.3", "design: one member by hand", "number", "¥", small_club,
        mistakes=(
            Mistake(lambda company: 80 / (1 - 0.5 / 1.1), "SLIP",
                    "That is a member without friends."),
            Mistake(200, "SLIP",
                    "That is without the discount: divide what a year carries on by 1.10."),
            Mistake(160, "SLIP", "That counts her first ¥80 only after a year."),
        ),
        hints=(
            "Where one member stood, how many people are there a year later?",
            "0.50 of her and 0.10 of a friend.",
            "80 / (1 - 0.60 / 1.10)",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "34.4", "brief: 7.3", "series", "¥ million", bids, Tolerance(absolute=0.006),
        mistakes=(
            Mistake(bids_without_costs, "SLIP", "The costs are paid in any case: take them off."),
            Mistake(bids_without_root, "SLIP", "The root is missing: sqrt(p (1 - p))."),
            Mistake(bids_turned, "SLIP", "First the four averages, then the four spreads."),
        ),
        hints=(
            "Loyalty on average: 0.60 x 1.2, less 0.2.",
            "Its spread: 1.2 x sqrt(0.60 x 0.40).",
            "Four times p * G - C, then four times G * (p * (1 - p)) ** 0.5.",
        ),
        minutes=(3, 5),
        meaning="Down the table the average shrinks and the spread grows: the riskiest earns "
                "nothing.",
    ),
    Exercise(
        "34.5", "design: the fifth group", "number", "¥ a member", measured,
        Tolerance(absolute=0.1),
        mistakes=(
            Mistake(lambda company: measured(company) + ALL, "SLIP",
                    "What setting up costs, 102 + 84 + 88, comes off."),
            Mistake(added_up, "SLIP",
                    "Those are the three single groups added up; look at the fifth."),
        ),
        hints=(
            "Three rates for each group, then gm.member_value.",
            "rates = gm.club_rates(company.growth_trial)",
            "worth['all three'] - worth['nothing'] - 274",
        ),
        minutes=(5, 8),
        truth=lambda company: (TRUE, measured_error(company)),
    ),
    Exercise(
        "34.6", "design: what finance could have known", "number", "¥ a member", expected,
        Tolerance(absolute=0.1),
        mistakes=(
            Mistake(added_up, "SLIP",
                    "That adds what they earn; add what they do to the rates, then value once."),
            Mistake(lambda company: expected(company) + ALL, "SLIP",
                    "What setting up costs, 102 + 84 + 88, comes off."),
        ),
        hints=(
            "What does each parcel do to margin, stay and friends?",
            "effects = rates.loc[[...three names...]] - rates.loc['nothing']",
            "gm.member_value(*(rates.loc['nothing'] + effects.sum())), less nothing, less 274.",
        ),
        minutes=(5, 8),
        truth=lambda company: (TRUE, None),
    ),
    Exercise(
        "34.7", "design: find the bug", "number", "¥ a member", pair, Tolerance(absolute=0.1),
        mistakes=(
            Mistake(colleague, "SLIP",
                    "That is the colleague's own number: which row stands before acquisition?"),
            Mistake(pair_added_up, "SLIP", "That adds what they earn alone."),
            Mistake(expected, "SLIP", "That is all three; the colleague wants two."),
            Mistake(lambda company: pair(company) + PAIR, "SLIP",
                    "What setting up costs, 102 + 88, comes off."),
        ),
        hints=(
            "Print rates.diff() and look at the margin of acquisition.",
            "Each row should be compared with `nothing`, not with its neighbour.",
            "effects = rates - rates.loc['nothing']",
        ),
        minutes=(8, 12),
        meaning="A difference needs the right thing to differ from.",
    ),
    Exercise(
        "34.8", "design: memo", "memo", "¥ a member", memo_figures,
        Tolerance(relative=0.02, absolute=0.06),
        hints=(
            "One sentence each: what to do, what the pair would earn, what all three would, what "
            "would change your mind.",
            "gm.policy_money(gm.club_rates(company.growth_trial), chance=0.9)",
            "Begin: 'Let us set up ... The pair would earn ... All three at once would ...'",
        ),
        minutes=(10, 15),
    ),
    Exercise(
        "34.9", "design: a club that stands still", "number", "friends", lambda company: 28.0,
        mistakes=(
            Mistake(0.28, "SLIP", "That is for one member; the question is about 100."),
            Mistake(72, "SLIP", "That is how many stay; how many have to be made up for?"),
            Mistake(38, "SLIP", "Without a discount: people, not money."),
        ),
        hints=(
            "How many of 100 members are missing a year later?",
            "Each of them has to be made up for by a friend.",
            "100 - 72",
        ),
        minutes=(3, 4),
        meaning="Even all three parcels (15 friends) leave a club that shrinks.",
    ),
    Exercise(
        "34.10", "design: how sure", "number", "share", sure, Tolerance(absolute=0.005),
        mistakes=(
            Mistake(lambda company: sure(company) ** 3, "SLIP",
                    "That is the chance that all three last; the chance of each is asked for."),
            Mistake(lambda company: 1 - sure(company), "SLIP",
                    "That is the chance that one fails."),
        ),
        hints=(
            "gm.mix_risk(rates, chance=...).loc['all three', 'expected'] for some chances.",
            "At 0.7 it is below zero; at 1 above. Halve the way again and again.",
            "Try 0.75, 0.80, 0.85 and go on where the sign changes.",
        ),
        minutes=(5, 8),
    ),
    Exercise(
        "34.11", "design: one week in stock", "series", "pieces", lambda company: (120, 140, 180),
        Tolerance(absolute=0.5),
        mistakes=(
            Mistake((130, 190, 370), "SLIP", "That is with two weeks in stock."),
            Mistake((120, 130, 140), "SLIP",
                    "That is a chain that sees the till; here each sees a slip."),
            Mistake((110, 110, 110), "SLIP", "Each wants to fill up the stock as well."),
        ),
        hints=(
            "The shop wants one week of 110 and has 100.",
            "It orders 110 + 10 = 120. The wholesaler wants one week of 120 and has 100.",
            "He orders 120 + 20; the maker then wants one week of that.",
        ),
        minutes=(4, 6),
        meaning="10 more become 80 more (three times by 2) instead of 270 (three times by 3).",
    ),
    Exercise(
        "34.12", "design: how much of a bet", "series", "share and ¥",
        lambda company: (0.3, gm.spread_with(60, 80, share=0.3, correlation=-0.4)),
        Tolerance(absolute=0.006),
        mistakes=(
            Mistake(lambda company: (0.4, gm.spread_with(60, 80, share=0.4, correlation=-0.4)),
                    "SLIP", "0.4 is the correlation; the share is 0.4 x 60 / 80."),
            Mistake(lambda company: (0.3, gm.spread_with(60, 80, share=0.3, correlation=0.4)),
                    "SLIP", "The correlation is below zero."),
            Mistake(lambda company: (1.0, gm.spread_with(60, 80, share=1.0, correlation=-0.4)),
                    "SLIP", "That is the whole bet; a part of it calms more."),
        ),
        hints=(
            "gm.calmest_share, then gm.spread_with at that share.",
            "By hand: the share is -correlation x 60 / 80.",
            "The spread is 60 x sqrt(1 - 0.4 squared).",
        ),
        minutes=(4, 6),
    ),
)  # fmt: skip
