"""The exercises of chapter 32: the right answers, and the wrong ones that people give."""

from crm_course.learning.exercises import Exercise, Mistake, Tolerance, kept
from crm_course.strategy import value_matrix as vm

CHAPTER = "32"
PRICES = range(40, 201, 10)  # of the slider
# Margin and retention as they are, and under the best treatment: the customers of exercise 32.2.
FIVE = ((40, 0.60, 45, 0.65), (60, 0.60, 180, 0.85), (400, 0.85, 410, 0.86),
        (380, 0.85, 520, 0.92), (150, 0.75, 155, 0.75))  # fmt: skip
SHOPS = (50, 30, 20, 15, 10, 8, 7, 5, 3, 2)
TENTHS = (9.6, 4.8, 2.7, 1.5, 0.7, 0.2, -0.3, -1.1, -2.4, -5.7)
FIXED = 0.45  # of cost_to_serve, stays when the customer goes


@kept
def board(company):
    """Value and potential of every customer of the company."""
    return vm.portfolio_board(company.portfolio)


@kept
def money(company, *, price=vm.PRICE):
    """What the places bring by the two lists."""
    return vm.places_money(board(company), company.truth("portfolio")["potential"], price=price)


def first_losing_price(company):
    """The first slider position at which places for the most valuable lose."""
    prices = (price for price in PRICES if money(company, price=price)["result"].iloc[0] < 0)
    return next(prices, PRICES[-1])


def types(company, *, value=300, potential=200, swap=False):
    """The types of the five customers, one after the other."""
    found = []
    for m, r, better_m, better_r in FIVE:
        high = vm.current_value(m, r) >= value
        growing = vm.growth_potential(m, r, better_m, better_r) >= potential
        if swap:
            high, growing = growing, high
        found.append(vm.TYPES[2 * high + growing])
    return " ".join(found)


def types_by_what_they_could_be(company):
    """The mix-up of potential with the whole value under the best treatment."""
    found = []
    for m, r, better_m, better_r in FIVE:
        whole = vm.current_value(better_m, better_r)
        found.append(vm.TYPES[2 * (vm.current_value(m, r) >= 300) + (whole >= 200)])
    return " ".join(found)


def inequality(company):
    """Share of the best fifth and Gini coefficient of ten shops."""
    return vm.top_share(SHOPS), vm.gini(SHOPS)


def extra_of_the_smallest_wallets(company, *, column="extra"):
    """What a manager adds a year with customers who give up to a fifth of their wallet."""
    return vm.extra_by_wallet(company.portfolio)[column].iloc[0]


def without_the_others(company):
    """The change with a manager alone, as if it had been still without."""
    portfolio = company.portfolio
    part = portfolio[portfolio["managed"] & (portfolio["wallet_share"] <= vm.BANDS[1])]
    return (part["profit_next"] - part["profit"]).mean()


def extra_over_all(company):
    """The effect on all customers together."""
    portfolio = company.portfolio
    change = portfolio["profit_next"] - portfolio["profit"]
    by_coin = change.groupby(portfolio["managed"]).mean()
    return by_coin[True] - by_coin[False]


def stars_again(company, *, managed=False):
    """Of the best fifth, the share in the best fifth of the year after."""
    portfolio = company.portfolio
    own = portfolio if managed else portfolio[~portfolio["managed"]]
    fifth = len(own) // 5
    return (vm.best(own["profit"], fifth) & vm.best(own["profit_next"], fifth)).sum() / fifth


def of_everybody(company):
    """Stars of both years over all customers instead of over stars."""
    return stars_again(company) / 5


def losing(company):
    """The customers at a loss in the books."""
    return company.portfolio.query("profit < 0")


def saved(company):
    """What is saved if every customer who costs more than is caused goes: ¥."""
    avoidable = losing(company)["profit"] + FIXED * losing(company)["cost_to_serve"]
    return -avoidable[avoidable < 0].sum()


def saved_on_paper(company):
    """The colleague's number: the whole loss in the books."""
    return -losing(company)["profit"].sum()


def saved_by_all(company):
    """What is saved if all at a loss in the books go, also those who carry rent."""
    return -(losing(company)["profit"] + FIXED * losing(company)["cost_to_serve"]).sum()


def memo_figures(company):
    """What the memo has to quote: what the places leave by each list."""
    result = money(company)["result"]
    return {
        "what the most valuable leave": ("valuable", result["current_value"]),
        "what those with most to gain leave": ("gain", "grow", result["growth_potential"]),
    }


def whale(company):
    """Total, top of the curve, best and worst fifth of the ten tenths."""
    total = sum(TENTHS)
    return (total, 100 * vm.whale_curve(TENTHS)["profit"].max(), 100 * vm.top_share(TENTHS),
            100 * sum(TENTHS[-2:]) / total)  # fmt: skip


EXERCISES = (
    Exercise(
        "32.1", "design: explorer", "number", "¥", first_losing_price, Tolerance(absolute=1),
        mistakes=(
            Mistake(lambda company: first_losing_price(company) - 10, "SLIP",
                    "There they still earn a little: one step further."),
            Mistake(60, "LOYAL_IS_PROFITABLE",
                    "At 60 both lists earn: read the first half of the sentence."),
            Mistake(160, "SLIP",
                    "There the *other* list begins to lose; look at the most valuable."),
        ),
        hints=(
            "The sentence has two halves, one for each list; you want the first.",
            "Go up in tens, until *they earn* becomes *they lose*.",
            "A place adds about ¥97 to the most valuable; so the first ten above that.",
        ),
        minutes=(2, 4),
        meaning="A place is worth what it adds, not whom it is given to.",
    ),
    Exercise(
        "32.2", "brief: 6.4", "text", "five types", types,
        mistakes=(
            Mistake(lambda company: types(company, swap=True), "POTENTIAL_IS_SIZE",
                    "You have the axes the other way round: II is low value and high potential."),
            Mistake(types_by_what_they_could_be, "POTENTIAL_IS_SIZE",
                    "Potential is what is *added*: take today's value off what could be."),
            Mistake(lambda company: types(company, value=250), "SLIP",
                    "K5 is worth 274 and the threshold is 300."),
        ),
        hints=(
            "Two numbers for each customer: vm.current_value and vm.growth_potential.",
            "K1: 45.68 and 14.63, both below the thresholds: type I.",
            "K2 is 68.52 and 374.87, so II; K3 is 985.31 and 54.71. Two are left.",
        ),
        minutes=(4, 6),
        meaning="K2 and K3 look alike on no list, and deserve opposite treatment.",
    ),
    Exercise(
        "32.3", "brief: 6.3", "series", "share, coefficient", inequality,
        mistakes=(
            Mistake((80 / 150, 1 - 0.4813), "SLIP",
                    "The second is one minus the coefficient: 0 means equal, 1 unequal."),
            Mistake((50 / 150, 0.4813), "SLIP", "A fifth of ten shops are two, not one."),
            Mistake((0.8, 0.4813), "PARETO_LAW",
                    "80 is what the proverb says; add up the two largest and divide by 150."),
        ),
        hints=(
            "The total is 150, and a fifth of ten are two.",
            "(50 + 30) / 150 for the first.",
            "Sort upwards: 2, 3, 5 ... 50; 2 x (1x2 + 2x3 + 3x5 + ... + 10x50) / (10 x 150) - 1.1",
        ),
        minutes=(4, 6),
    ),
    Exercise(
        "32.4", "design: the trial", "number", "¥ a year", extra_of_the_smallest_wallets,
        mistakes=(
            Mistake(without_the_others, "BEFORE_AFTER_PROOF",
                    "That is the change with a manager; take off the change without one."),
            Mistake(extra_over_all, "SLIP",
                    "That is over all customers; take those with up to a fifth of the wallet."),
            Mistake(lambda company: extra_of_the_smallest_wallets(
                        company, column="standard_error"), "SLIP",
                    "That is the standard error; the estimate stands beside it."),
        ),
        hints=(
            "One call of vm.extra_by_wallet on your company's portfolio.",
            "The row wallet 0-20, the column extra.",
            "vm.extra_by_wallet(company.portfolio)['extra'].iloc[0]",
        ),
        minutes=(5, 7),
        truth=lambda company: (
            company.truth("portfolio")["extra_profit"][
                company.portfolio["wallet_share"] <= vm.BANDS[1]].mean(),
            extra_of_the_smallest_wallets(company, column="standard_error")),
    ),
    Exercise(
        "32.5", "brief: 6.6", "number", "share", stars_again, Tolerance(absolute=0.001),
        mistakes=(
            Mistake(of_everybody, "SLIP",
                    "You divided by all customers; the question is about the stars."),
            Mistake(lambda company: 1 - stars_again(company), "REGRESSION_TO_MEAN",
                    "Those are the stars that fade; the question asks for those who stay."),
            Mistake(1.0, "REGRESSION_TO_MEAN",
                    "Then a year would have no luck in it."),
        ),
        hints=(
            "Only customers without a manager; vm.best marks the best fifth of each year.",
            "stars = vm.best(own['profit'], len(own) // 5), and again with profit_next.",
            "(stars & again).sum() / (len(own) // 5)",
        ),
        minutes=(5, 8),
    ),
    Exercise(
        "32.6", "design: find the bug", "number", "¥", saved,
        mistakes=(
            Mistake(saved_on_paper, "FULL_COST_AVOIDABLE",
                    "That is the colleague's own number: 45 % of the cost to serve stays."),
            Mistake(saved_by_all, "FULL_COST_AVOIDABLE",
                    "You let go of customers who carry part of the rent; keep those."),
            Mistake(lambda company: -saved(company), "SLIP",
                    "What is saved is positive: the sign is the other way round."),
        ),
        hints=(
            "What does the firm no longer pay when the customer has gone?",
            "Add 45 % of cost_to_serve back to profit. Who is still below zero?",
            "avoidable = losing['profit'] + 0.45 * losing['cost_to_serve'], and of that only the "
            "negative ones.",
        ),
        minutes=(8, 12),
        meaning="Some of the loss-makers carry rent; without them the others pay it.",
    ),
    Exercise(
        "32.7", "design: memo", "memo", "¥", memo_figures, Tolerance(relative=0.02),
        hints=(
            "One sentence each: what to do, what the most valuable would leave, what those with "
            "most to gain would, what would change your mind.",
            "Both figures stand in vm.places_money(board, truth['potential']).",
            "Begin: 'Give the places to the customers with most to gain: they leave ¥...'",
        ),
        minutes=(9, 14),
    ),
    Exercise(
        "32.8", "brief: 6.1", "series", "million, per cent, per cent, per cent", whale,
        mistakes=(
            Mistake((10.0, 144.0, 144.0, -81.0), "SLIP",
                    "The curve goes on rising after the second tenth, up to the sixth."),
            Mistake((10.0, 195.0, 96.0, -57.0), "SLIP",
                    "A fifth are two tenths of the customers, not one."),
            Mistake((10.0, 1.95, 1.44, -0.81), "PP_VS_PCT", "Give the last three in per cent."),
        ),
        hints=(
            "Add them up; then add up until the numbers turn negative.",
            "9.6 + 4.8 + 2.7 + 1.5 + 0.7 + 0.2 = 19.5, of 10.0.",
            "Best fifth: 14.4 of 10.0. Worst: -2.4 and -5.7.",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "32.9", "brief: 6.2", "number", "million", 2.2,
        mistakes=(
            Mistake(5.7, "FULL_COST_AVOIDABLE",
                    "Of the 5.7 the firm keeps paying 3.5 when the customers have gone."),
            Mistake(3.5, "FULL_COST_AVOIDABLE", "That is the part which stays."),
            Mistake(12.2, "SLIP", "That is the new total profit; the question asks for the gain."),
        ),
        hints=(
            "What is saved is the loss, less what goes on costing.",
            "5.7 are lost with these customers, 3.5 of it is cost that stays.",
            "5.7 - 3.5",
        ),
        minutes=(2, 3),
    ),
)  # fmt: skip
