"""The exercises of chapter 91: the right answers, and the wrong ones that people give."""

from crm_course.learning.exercises import Exercise, Mistake, Tolerance, kept

CHAPTER = "91"
EXPLORED = 100  # million orders in 91.1
MEMO = {"orders": 90, "years": 5}  # of 91.7


def fitted():
    """The lines through what was measured (engines need the extra [scale]: imported late)."""
    from crm_course.engines import costs

    return costs.fit_costs(costs.measured())


def first_machines(company, orders=EXPLORED):
    """The fewest machines with which Spark is before DuckDB on one."""
    from crm_course.engines.costs import clock_seconds

    lines = fitted()
    one = clock_seconds(lines, "DuckDB", orders)
    return next(each for each in range(1, 41)
                if clock_seconds(lines, "Spark", orders, machines=each) < one)  # fmt: skip


def one_too_few(company):
    """The last position at which DuckDB is still first."""
    return first_machines(company) - 1


@kept
def pairs(company, unit="M"):
    """Different pairs of customer and period for each order."""
    when = company.orders["ordered_at"]
    number = {"M": when.dt.year * 12 + when.dt.month, "month": when.dt.month,
              "day": when.dt.floor("D")}[unit]  # fmt: skip
    table = company.orders[["customer_id"]].assign(number=number)
    return float(1 - table.duplicated().mean())


def days(company):
    """Pairs of customer and day."""
    return pairs(company, "day")


def calendar_months(company):
    """Pairs of customer and month with the years thrown together."""
    return pairs(company, "month")


def buyers(company):
    """Customers for each order."""
    return customers(company) / len(company.orders)


@kept
def by_year(company):
    """Sum, orders and customers of each year's file."""
    orders = company.orders
    years = orders.groupby(orders["ordered_at"].dt.year)
    sent = years["amount"].agg(["sum", "count"])
    return sent.assign(customers=years["customer_id"].nunique())


def mean_amount(company):
    """The mean of all orders, from two numbers of each file."""
    sent = by_year(company)
    return float(sent["sum"].sum() / sent["count"].sum())


def mean_of_means(company):
    """The mean of the three yearly means."""
    sent = by_year(company)
    return float((sent["sum"] / sent["count"]).mean())


def mean_of_last(company):
    """The mean of the last year alone."""
    last = by_year(company).iloc[-1]
    return float(last["sum"] / last["count"])


def spend(company):
    """What a customer, not an order, brought."""
    return float(by_year(company)["sum"].sum() / customers(company))


@kept
def customers(company):
    """Customers who ever ordered."""
    return company.orders["customer_id"].nunique()


@kept
def recent(company):
    """The orders of 2024 and 2025."""
    return company.orders[company.orders["ordered_at"] >= "2024-01-01"]


def recent_customers(company):
    """Customers who ordered in 2024 or 2025."""
    return recent(company)["customer_id"].nunique()


def added_up(company):
    """The colleague's: whoever ordered in both years is counted twice."""
    return int(by_year(company)["customers"].iloc[1:].sum())


def most_of_a_year(company):
    """The customers of the fuller of the two files."""
    return int(by_year(company)["customers"].iloc[1:].max())


def recent_orders(company):
    """Orders of 2024 and 2025."""
    return len(recent(company))


def memo_figures(company):
    """What the memo has to quote, in ¥."""
    from crm_course.engines.costs import plan_money

    total = plan_money(fitted(), **MEMO)["total"]
    return {
        "what the two columns cost": ("two columns", "Ni An", float(total["two columns"])),
        "what DuckDB costs": ("DuckDB", float(total["DuckDB"])),
    }


EXERCISES = (
    Exercise(
        "91.1", "design: explorer", "number", "machines", first_machines, Tolerance(absolute=0.4),
        mistakes=(
            Mistake(one_too_few, "SLIP",
                    "There DuckDB is still first, by a little: one more machine."),
            Mistake(lambda company: first_machines(company, 1_000), "SLIP",
                    "That is for 1,000 million orders; set orders back to 100."),
        ),
        hints=(
            "Read the end of the sentence: *First: ...*",
            "Every machine more lowers the sloping part of Spark's line; its start stays.",
            "Move right one machine at a time until the sentence says *First: Spark*.",
        ),
        minutes=(2, 4),
        meaning="So many machines to draw level with one, if they lose nothing by sharing. At "
                "ten million no number is enough: the start alone takes longer.",
    ),
    Exercise(
        "91.2", "design: by hand", "series", "GB", (2.08, 0.64), Tolerance(absolute=0.004),
        mistakes=(
            Mistake((1.28, 0.64), "SLIP", "You left out the text: 20 bytes more for each payment."),
            Mistake((2.08, 0.32), "SLIP", "That is one column of 8 bytes; the question needs two."),
            Mistake((0.28, 0.16), "SLIP", "Each of the four columns takes 8 bytes, not all four."),
        ),
        hints=(
            "How many bytes does one payment take?",
            "Four times 8 and 20 are 52; two columns are 16.",
            "40 million times 52 bytes are 2,080 million bytes.",
        ),
        minutes=(3, 5),
        meaning="And that is the table at rest; while it is read and counted, copies stand beside "
                "it.",
    ),
    Exercise(
        "91.3", "design: by hand", "series", "cores, seconds", (20, 22), Tolerance(absolute=0.05),
        mistakes=(
            Mistake((20, 2), "SLIP", "The start takes its 20 seconds on any number of cores."),
            Mistake((20, 20 / 60 + 2), "SLIP", "Only the work is shared, not the start."),
            Mistake((2, 22), "SLIP", "That is 120 / 60; how many cores do 120 seconds in 6?"),
        ),
        hints=(
            "Two parts: one that the cores share and one that they do not.",
            "120 seconds of work on c cores take 120 / c.",
            "120 / c = 6 gives the first; 20 + 120 / 60 the second.",
        ),
        minutes=(3, 5),
        meaning="However many cores: it never answers before 20 seconds are over.",
    ),
    Exercise(
        "91.4", "design: what is needed", "number", "pairs for an order", pairs,
        Tolerance(absolute=0.0001),
        mistakes=(
            Mistake(days, "SLIP", "Those are pairs of customer and *day*; a month is enough."),
            Mistake(calendar_months, "SLIP",
                    "You threw January 2023 and January 2024 together: a month has a year."),
            Mistake(buyers, "SLIP", "Those are customers for each order; count them by month."),
        ),
        hints=(
            "Make a number that tells every month of every year from all others.",
            "year * 12 + month; then drop_duplicates() of customer and month.",
            "Divide the rows that are left by the orders.",
        ),
        minutes=(5, 8),
        meaning="A worker need pass on no more than these pairs: that is how an engine keeps "
                "little in memory.",
    ),
    Exercise(
        "91.5", "design: what can be added", "number", "¥", mean_amount,
        Tolerance(absolute=0.0005),
        mistakes=(
            Mistake(mean_of_means, "SLIP",
                    "That is the mean of three means; years with few orders count too much."),
            Mistake(mean_of_last, "SLIP", "That is the last year alone."),
            Mistake(spend, "SLIP", "That is for each customer; divide by the orders."),
        ),
        hints=(
            "Which two numbers of a file can be added to those of another?",
            "A sum and a count. Means cannot be added.",
            "All three sums over all three counts.",
        ),
        minutes=(5, 8),
        meaning="Sums and counts can be added, means cannot. An engine asks each worker for the "
                "two.",
    ),
    Exercise(
        "91.6", "design: find the bug", "number", "customers", recent_customers,
        Tolerance(absolute=0.4),
        mistakes=(
            Mistake(added_up, "SLIP",
                    "That is the colleague's: who ordered in both years is counted twice."),
            Mistake(most_of_a_year, "SLIP",
                    "That is the fuller year alone; others bought in the other only."),
            Mistake(customers, "SLIP", "That is everybody; leave out who bought in 2023 only."),
            Mistake(recent_orders, "SLIP", "Those are orders; count people."),
        ),
        hints=(
            "Somebody ordered in 2024 and in 2025. In how many files is she?",
            "Numbers of different people cannot be added; sets of people can be joined.",
            'recent["customer_id"].nunique()',
        ),
        minutes=(7, 11),
        meaning="It would have been right had each file held certain customers, not a year. How "
                "the files are cut decides what may be added.",
    ),
    Exercise(
        "91.7", "design: memo", "memo", "¥", memo_figures, Tolerance(relative=0.02),
        hints=(
            "One sentence each: what to do, what two columns cost, what DuckDB costs, what would "
            "change your mind.",
            "costs.plan_money(costs.fit_costs(costs.measured()), orders=90, years=5), column "
            "total.",
            "Form: 'Please write ... . The two columns would cost ¥... in five years. DuckDB "
            "would cost ¥... . I would change my mind if ... .' Which was measured at this size?",
        ),
        minutes=(10, 14),
    ),
    Exercise(
        "91.8", "design: waiting", "number", "answers", 2880.0, Tolerance(absolute=1),
        mistakes=(
            Mistake(2160.0, "SLIP", "On the cluster people wait, too: 50 seconds; count what it "
                                    "saves."),
            Mistake(8640.0, "SLIP", "That is what the cluster's own 50 seconds would come to; "
                                    "count the 150 saved."),
            Mistake(48.0, "SLIP", "You counted a minute as an hour: 150 seconds are 150 / 3600."),
        ),
        hints=(
            "What does one answer save?",
            "150 seconds are 1/24 of an hour, ¥12.50.",
            "36,000 / 12.50",
        ),
        minutes=(3, 5),
        meaning="About twelve on every working day. A night job asks once a week.",
    ),
)  # fmt: skip
