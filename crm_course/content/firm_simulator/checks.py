"""Chapter 72: what each decision earned, alone, with the others, and fairly."""

from dataclasses import replace

from crm_course.capstone import firm_simulator as fs
from crm_course.learning.exercises import Exercise, Mistake, Tolerance

CHAPTER = "72"
MILLION = 1e6
AGENTS = range(11, 23)  # positions of the slider, from where it starts


def first_losing_number(company):
    """With how many agents 80 hours of training lose money for the first time."""
    return next(n for n in AGENTS if fs.training_gain(n, 80) < 0)


def luck(company):
    """The seed of the learner's own luck."""
    return int((company.experiments["successes"] ** 2).cumsum().sum())


def fair_two(company):
    """Shares of search and delivery: the mean over two orders."""
    return 70_000.0, 30_000.0


def firm_by_hand(company, *, first=0.25):
    """Two quarters and the customers, discounted; first: power of the first quarter."""
    return 7 / 1.10**first + 38 / 1.10 ** (first + 0.25)


def value(policy, company=None, *, world="honest growth", seed=None):
    """¥ million today, with the company's luck where one is given."""
    seed = luck(company) if company is not None else seed
    return fs.simulate_firm(policy, world=world, seed=seed).value / MILLION


def regret_in_shock(company):
    return fs.regret(fs.simulate_firm(fs.DING_AN, world="shock", seed=luck(company))) / MILLION


def regret_without_shock(company):
    """The slip of who forgets the world."""
    return fs.regret(fs.simulate_firm(fs.DING_AN, seed=luck(company))) / MILLION


def regret_without_luck(company):
    return fs.regret(fs.simulate_firm(fs.DING_AN, world="shock")) / MILLION


def calls_both_ways(company):
    """What the calls earned alone and last: four games instead of 64."""
    house, her = fs.HOUSE, fs.DING_AN
    alone = value(replace(house, calls=her.calls), company) - value(house, company)
    return alone, value(her, company) - value(replace(her, calls=0), company)


def shorter(company):
    """What 24 hours gain over 80, with the same luck."""
    return value(replace(fs.DING_AN, training=24), company) - value(fs.DING_AN, company)


def colleague(company):
    """The colleague's number: each policy meets luck of its own."""
    other = value(replace(fs.DING_AN, training=24), seed=luck(company) + 1)
    return other - value(fs.DING_AN, company)


def over_nothing(company):
    """24 hours against none, instead of against 80."""
    short, none = (replace(fs.DING_AN, training=hours) for hours in (24, 0))
    return value(short, company) - value(none, company)


def memo_figures(company):
    """What the memo has to quote, in ¥ million."""
    none = value(replace(fs.DING_AN, training=0), company)
    gain = {h: value(replace(fs.DING_AN, training=h), company) - none for h in (80, 16)}
    return {
        "what 80 hours earn with the others": ("80 hours", gain[80]),
        "what 16 hours earn there": ("16 hours", gain[16]),
    }


def three_players():
    return replace(fs.HOUSE, agents=18, training=80, price=3)


def training_of_three(company, column="fair"):
    """What the training of three changed decisions earned."""
    table = fs.earnings(three_players()).set_index("decision")
    return float(table.loc["training", column]) / MILLION


def training_of_six(company):
    table = fs.earnings(fs.DING_AN).set_index("decision")
    return float(table.loc["training", "fair"]) / MILLION


def price_or_people(company):
    her = fs.DING_AN
    return value(replace(her, price=5)) - value(replace(her, agents=16))


EXERCISES = (
    Exercise(
        "72.1", "design: explorer", "number", "agents", first_losing_number,
        Tolerance(absolute=0.1),
        mistakes=(
            Mistake(16, "SLIP", "There they still earn 0.1 million: one step to the right."),
            Mistake(18, "SLIP", "There they lose a million; look a step to the left as well."),
        ),
        hints=(
            "Leave the hours at 80, and read the sentence: *earn* or *lose*.",
            "The diamond goes down through the black line once.",
            "With 15 agents they earn 0.9 million, with 18 they lose 1.1.",
        ),
        minutes=(2, 4),
        meaning="One decision's sign is decided by another one.",
    ),
    Exercise(
        "72.2", "design: fair shares", "series", "¥", fair_two,
        mistakes=(
            Mistake((90_000.0, 50_000.0), "SLIP",
                    "Those are the slips; together they claim more than was earned."),
            Mistake((50_000.0, 10_000.0), "SLIP",
                    "That is what each adds as the last one; take the mean with the other order."),
            Mistake((100_000 * 9 / 14, 100_000 * 5 / 14), "SLIP",
                    "That shares by the size of the slips; ask what each adds, first and second."),
            Mistake((50_000.0, 50_000.0), "SLIP",
                    "Halves add up, but search did more than delivery in either order."),
            Mistake((30_000.0, 70_000.0), "SLIP", "The other way round: search first."),
        ),
        hints=(
            "There are two orders: search first, or delivery first.",
            "Search gets 90,000 if it is first, and 100,000 - 50,000 if second.",
            "(90,000 + 50,000) / 2; delivery gets what is left of 100,000.",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "72.3", "design: value of a firm", "number", "¥ million", firm_by_hand,
        Tolerance(absolute=0.006),
        mistakes=(
            Mistake(45, "SLIP", "Nothing is discounted there."),
            Mistake(lambda company: 7 / 1.10**0.25 + 8 / 1.10**0.5, "LIFETIME_IS_PROFIT",
                    "Those are the profits; the customers are worth something too."),
            Mistake(lambda company: firm_by_hand(company, first=0), "SLIP",
                    "The first quarter's profit comes a quarter from now, not today."),
            Mistake(lambda company: 7 / 1.10**0.25 + 8 / 1.10**0.5 + 30, "SLIP",
                    "The customers are worth that after two quarters: discount the 30, too."),
            Mistake(lambda company: 7 / 1.10 + 38 / 1.21, "SLIP",
                    "Those are years; a quarter is a fourth of one."),
        ),
        hints=(
            "Three sums of money: 7 after one quarter; 8, and the customers, after two.",
            "The customers: 200,000 x 150 = 30 million.",
            "7 / 1.10^0.25 + 38 / 1.10^0.5",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "72.4", "design: regret", "number", "¥ million", regret_in_shock,
        Tolerance(absolute=0.006),
        mistakes=(
            Mistake(regret_without_shock, "SLIP",
                    "That is honest growth; write world=\"shock\"."),
            Mistake(regret_without_luck, "SLIP", "Your luck is missing: seed=luck."),
            Mistake(lambda company: value(fs.DING_AN, company, world="shock"), "SLIP",
                    "That is what her firm is worth; regret is what the benchmark has more."),
        ),
        hints=(
            "Two functions: fs.simulate_firm and fs.regret.",
            "fs.simulate_firm(fs.DING_AN, world=\"shock\", seed=luck)",
            "fs.regret(...) of it, divided by 1e6.",
        ),
        minutes=(5, 7),
    ),
    Exercise(
        "72.5", "design: alone and last", "series", "¥ million", calls_both_ways,
        Tolerance(absolute=0.002),
        mistakes=(
            Mistake(lambda company: calls_both_ways(company)[::-1], "SLIP",
                    "The other way round: first alone, then with the others."),
            Mistake(lambda company: tuple(MILLION * each for each in calls_both_ways(company)),
                    "SLIP", "In ¥ million, please: divide by 1e6."),
            Mistake(lambda company: calls_both_ways(None), "SLIP",
                    "Your luck is missing: seed=luck."),
            Mistake(lambda company: (calls_both_ways(company)[1],) * 2, "SLIP",
                    "Alone means: in fs.HOUSE, where nothing else was changed."),
        ),
        hints=(
            "fs.earnings does both; give it your luck.",
            "fs.earnings(fs.DING_AN, seed=luck).set_index(\"decision\")",
            "... .loc[\"calls\", [\"alone\", \"last\"]] / 1e6",
        ),
        minutes=(5, 7),
        meaning="Who was talked into staying stays where the telephone is answered.",
    ),
    Exercise(
        "72.6", "design: find the bug", "number", "¥ million", shorter, Tolerance(absolute=0.002),
        mistakes=(
            Mistake(colleague, "BEFORE_AFTER_PROOF",
                    "That is the colleague's own number: two policies, and two kinds of luck."),
            Mistake(over_nothing, "SLIP", "That is against no training; he cuts it from 80 hours."),
            Mistake(lambda company: -shorter(company), "SLIP",
                    "After less before, not the reverse."),
        ),
        hints=(
            "What differs between the two lines besides the policy?",
            "Both must meet the same quarters: the same seed.",
            "Write seed=luck in the third line as well.",
        ),
        minutes=(8, 12),
        meaning="Common random numbers: what both policies meet drops out of the difference.",
    ),
    Exercise(
        "72.7", "design: memo", "memo", "¥ million", memo_figures, Tolerance(absolute=0.006),
        hints=(
            "Two games for each figure: with so many hours, and with none.",
            "fs.simulate_firm(replace(fs.DING_AN, training=16), seed=luck).value less the value "
            "with training=0.",
            "Begin: 'Let us go on with 16 hours ... Beside the eighteen agents 80 hours ...'",
        ),
        minutes=(8, 13),
    ),
    Exercise(
        "72.8", "design: three players", "number", "¥ million", training_of_three,
        Tolerance(absolute=0.002),
        mistakes=(
            Mistake(training_of_six, "SLIP", "There all six are changed; here only three."),
            Mistake(lambda company: training_of_three(company, "alone"), "SLIP",
                    "That is the slip; the fair share is the mean over the orders."),
            Mistake(lambda company: training_of_three(company, "last"), "SLIP",
                    "That is what it adds as the last one."),
        ),
        hints=(
            "What is not changed earns nothing in any order, so fs.earnings can stay as it is.",
            "three = replace(fs.HOUSE, agents=18, training=80, price=3)",
            "fs.earnings(three), row training, column fair, divided by 1e6.",
        ),
        minutes=(6, 9),
    ),
    Exercise(
        "72.9", "design: one step each", "number", "¥ million", price_or_people,
        Tolerance(absolute=0.002),
        mistakes=(
            Mistake(lambda company: -price_or_people(company), "SLIP",
                    "The higher price less the fewer agents, not the reverse."),
            Mistake(lambda company: value(replace(fs.DING_AN, price=5)) - value(fs.DING_AN),
                    "SLIP", "That is against Ding An's policy; take the fewer agents instead."),
        ),
        hints=(
            "Two games: one number of Ding An's changed in each.",
            "replace(fs.DING_AN, price=5) and replace(fs.DING_AN, agents=16)",
            "The value of the first less the value of the second, divided by 1e6.",
        ),
        minutes=(5, 8),
    ),
)  # fmt: skip
