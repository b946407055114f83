"""The exercises of chapter 01: the right answers, and the wrong ones that people give."""

import numpy as np

from crm_course import datasets, the_lanting_group
from crm_course.learning.exercises import Exercise, Mistake, Tolerance

CHAPTER = "1"
POSITIONS = range(250, 4001, 250)  # of the slider
HAND = (100, 1600)  # customers in exercise 1.2, who spend 400 with a standard deviation of 800
ADVANTAGE = 0.10
TEA = {"r": 2, "alpha": 4, "weeks": 52}


def sales(company):
    """What each customer of the company spent in 2025."""
    return the_lanting_group.yearly_sales(company.orders)


def best_position(company, *, advantage=ADVANTAGE):
    """The slider position at which records leave most, for the two shops of the chapter."""
    import pandas as pd

    both = pd.concat([sales(datasets.company(student=name)) for name in ("north", "south")])
    money = the_lanting_group.records_money(both, records=POSITIONS, advantages=(advantage,))
    return int(money.squeeze().idxmax())


def luck_by_hand(company, *, power=0.5, unit=100):
    """Spread over the root of the customers, in per cent."""
    return tuple(unit * 2 / customers**power for customers in HAND)


def luck_of_two(company, *, unit=100):
    """The luck in the lead of the company over twin 1, in per cent of the twin's mean."""
    own, twin = _own_and_twin(company)
    return unit * np.hypot(own.sem(), twin.sem()) / twin.mean()


def luck_of_one(company):
    """The luck of the twin's mean alone."""
    _own, twin = _own_and_twin(company)
    return 100 * twin.sem() / twin.mean()


def luck_added_up(company):
    """The two standard errors added, not their squares."""
    own, twin = _own_and_twin(company)
    return 100 * (own.sem() + twin.sem()) / twin.mean()


def luck_in_money(company):
    """The luck in the lead in ¥."""
    own, twin = _own_and_twin(company)
    return np.hypot(own.sem(), twin.sem())


def _own_and_twin(company):
    return sales(company), sales(datasets.company(student="twin 1"))


def tea_room(company, *, gamma=22.5):
    """The parameter gamma, and what 400 guests spend in a year."""
    seed = round(100 * company.orders["amount"].sum())
    till = the_lanting_group.make_shop(400, gamma=gamma, seed=seed, **TEA)
    return gamma, float(till["paid"].sum())


def tea_room_of_another_seed(company):
    """The same tea room with the seed that make_shop takes by itself."""
    till = the_lanting_group.make_shop(400, gamma=22.5, **TEA)
    return 22.5, float(till["paid"].sum())


def mean_sales(company):
    """What a customer spends in 2025, on average over all."""
    return sales(company).mean()


def mean_of_buyers(company):
    """The colleague's number: those who bought nothing are left out."""
    return sales(company)[sales(company) > 0].mean()


def mean_of_all_years(company):
    """Three years instead of one."""
    return company.orders.groupby("customer_id")["amount"].sum().mean()


def mean_order(company):
    """What an order is worth in 2025."""
    orders = company.orders
    return orders.loc[orders["ordered_at"].dt.year == 2025, "amount"].mean()


def memo_figures(company):
    """What the memo has to quote: the money left at an advantage of 10 %."""
    money = the_lanting_group.records_money(sales(company)).loc[ADVANTAGE]
    return {
        "what 1,250 records leave": ("1,250", "1250", money[1250]),
        "what 2,000 records leave": ("2,000", "2000", money[2000]),
    }


def records_needed(company, *, normal=1.2816, two_shops=True):
    """Records of each shop with which the better one leads in nine of ten pairs."""
    spread = sales(company).std() / sales(company).mean()
    of_lead = np.sqrt(1 + (1 + ADVANTAGE) ** 2) if two_shops else 1.0
    return (normal * spread * of_lead / ADVANTAGE) ** 2


EXERCISES = (
    Exercise(
        "1.1", "design: explorer", "number", "records", best_position, Tolerance(absolute=0.5),
        mistakes=(
            Mistake(2000, "SLIP",
                    "That is what was bought in spring: fewer records are right less often, but "
                    "go on to the left and watch the money."),
            Mistake(4000, "SLIP",
                    "Most records are right most often, but each costs ¥12 and the last ones find "
                    "hardly a pair more."),
            Mistake(250, "SLIP",
                    "Cheapest is not best: the first records win several times what they cost."),
            Mistake(lambda company: best_position(company) - 250, "SLIP",
                    "Very near: one position further to the right a little more is left."),
            Mistake(lambda company: best_position(company) + 250, "SLIP",
                    "Very near: one position to the left a little more is left."),
        ),
        hints=(
            "Read the last number of the sentence, what is left, while you move.",
            "Start at 2,000 and go to the left: fewer records, more money, for a while.",
            "Stop where the money left begins to fall, and go one position back.",
        ),
        minutes=(2, 3),
        meaning="Beyond that, records find a better shop a little more often and cost more than "
                "that is worth.",
    ),
    Exercise(
        "1.2", "design: luck by hand", "series", "per cent", luck_by_hand,
        mistakes=(
            Mistake(lambda company: luck_by_hand(company, power=1), "SLIP",
                    "You divided by the number of customers; luck falls with its square root."),
            Mistake(lambda company: luck_by_hand(company, unit=1), "PP_VS_PCT",
                    "Those are shares; the question asks for per cent of the mean."),
            Mistake(lambda company: (200.0, 200.0), "SLIP",
                    "That is how customers differ; a mean of many customers differs far less."),
            Mistake(lambda company: (80.0, 20.0), "SLIP",
                    "Those are ¥; divide them by the mean of ¥400."),
        ),
        hints=(
            "The standard error of a mean is the standard deviation over the root of the number.",
            "The root of 100 is 10, that of 1,600 is 40.",
            "For 100 customers: 800 over 10 is ¥80, which over ¥400 is your first entry.",
        ),
        minutes=(3, 5),
        meaning="Sixteen times as many customers make luck four times smaller.",
    ),
    Exercise(
        "1.3", "design: the dictionary", "text", "", lambda company: "loss_cents",
        mistakes=(
            Mistake("loss", "SLIP",
                    "That is its name in memory, in ¥; the file holds whole cents and says so in "
                    "the name."),
            Mistake("prior_sat", "SLIP",
                    "Its unit is points: look for the unit ¥."),
            Mistake("amount_cents", "SLIP",
                    "That is the column of orders; this table has another name for its money."),
        ),
        hints=(
            "The column 'unit' of the dictionary says which column holds money.",
            "Exactly one column has the unit ¥; in the file its name is longer.",
            "Orders have 'amount' in memory and 'amount_cents' in the file; do the same here.",
        ),
        minutes=(3, 4),
        meaning="Whoever adds up a spreadsheet without knowing this is wrong by a factor of 100.",
    ),
    Exercise(
        "1.4", "design: two companies", "number", "per cent", luck_of_two,
        mistakes=(
            Mistake(luck_of_one, "SLIP",
                    "That is the luck of twin 1 alone; your own shop has luck as well."),
            Mistake(luck_added_up, "SLIP",
                    "You added the two standard errors; add their squares and take the root."),
            Mistake(luck_in_money, "SLIP",
                    "Those are ¥; divide them by the mean of twin 1."),
            Mistake(lambda company: luck_of_two(company, unit=1), "PP_VS_PCT",
                    "That is a share; the question asks for per cent."),
        ),
        hints=(
            "yearly_sales gives a column for each shop; .sem() is the standard error of its mean.",
            "The root of the sum of the two squares is the luck of the difference, in ¥.",
            "100 * np.sqrt(own.sem() ** 2 + twin.sem() ** 2) / twin.mean()",
        ),
        minutes=(5, 8),
        meaning="A lead of about this size is what two equal shops show.",
    ),
    Exercise(
        "1.5", "design: a shop of one's own", "series", "¥", tea_room,
        Tolerance(relative=1e-5),
        mistakes=(
            Mistake(lambda company: tea_room(company, gamma=45), "SLIP",
                    "You took gamma itself for the worth of an order; the mean is p gamma / "
                    "(q - 1)."),
            Mistake(lambda company: tea_room(company, gamma=30), "SLIP",
                    "You divided by q; the mean of this distribution divides by q - 1."),
            Mistake(tea_room_of_another_seed, "SLIP",
                    "The parameter is right and the shop is somebody else's: pass seed=seed."),
        ),
        hints=(
            "Solve 45 = p gamma / (q - 1) for gamma.",
            "gamma = 45 * (4 - 1) / 6; then make_shop(400, r=2, alpha=4, gamma=gamma, ...).",
            "names = {'customer_id': 'who', 'ordered_at': 'day', 'amount': 'paid'}, then "
            "datasets.own('orders', till, columns=names)['amount'].sum()",
        ),
        minutes=(7, 10),
        meaning="You chose a process, and it made the table; every measure of the course runs on "
                "it.",
    ),
    Exercise(
        "1.6", "design: find the bug", "number", "¥", mean_sales,
        mistakes=(
            Mistake(mean_of_buyers, "SELECTION_AS_EFFECT",
                    "That is the colleague's own number: who bought nothing in 2025 has no row "
                    "there, and counts among the 25,000 all the same."),
            Mistake(mean_of_all_years, "SLIP",
                    "Those are the sales of all three years; the question is about 2025."),
            Mistake(mean_order, "SLIP",
                    "That is the worth of an order, and some customers place many."),
        ),
        hints=(
            "How many customers are in the colleague's mean, and how many has the shop?",
            "A customer without an order in 2025 spent ¥0, and 0 belongs into the mean.",
            "the_lanting_group.yearly_sales keeps the zeros: take its mean.",
        ),
        minutes=(6, 9),
        meaning="A table of events does not show those to whom nothing happened.",
    ),
    Exercise(
        "1.7", "design: memo", "memo", "", memo_figures,
        tolerance=0.02,
        hints=(
            "sales = the_lanting_group.yearly_sales(company.orders), then records_money(sales).",
            "The two figures stand in the row 0.10, under 1250 and 2000.",
            "One sentence for each of the four points; a full stop ends each.",
        ),
        minutes=(9, 13),
    ),
    Exercise(
        "1.8", "design: stretch", "number", "records", records_needed,
        mistakes=(
            Mistake(lambda company: records_needed(company, two_shops=False), "SLIP",
                    "You forgot that both shops have luck: the lead needs the root of 1 + 1.1²."),
            Mistake(lambda company: records_needed(company, normal=1.96), "SLIP",
                    "1.96 leaves one in forty on one side; one in ten is asked for."),
            Mistake(lambda company: records_needed(company) ** 0.5, "SLIP",
                    "That is the root of the number of records: square it."),
            Mistake(lambda company: 2 * records_needed(company), "SLIP",
                    "That is for both shops together; the question asks for each."),
        ),
        hints=(
            "The lead is 0.10; it must be 1.2816 times its luck.",
            "The luck of the lead is spread * sqrt(1 + 1.1**2) / sqrt(n). Solve for n.",
            "(1.2816 * spread * np.sqrt(1 + 1.1**2) / 0.1) ** 2",
        ),
        minutes=(8, 12),
        meaning="To be right in nine pairs of ten takes more records than are worth their price.",
    ),
)  # fmt: skip
