"""The exercises of chapter 31: the right answers, and the wrong ones that people give."""

import pandas as pd

from crm_course.customers import retention
from crm_course.learning.exercises import Exercise, Mistake, Tolerance, kept
from crm_course.strategy import segmentation as sg

CHAPTER = "31"
DAY = "2025-06-30"
TRIED = range(100, 1001, 100)  # positions of the slider
# Customers, fit, value of the three groups of exercise 31.3; a visit costs ¥40.
GROUPS = ((400, 0.50, 100), (300, 0.20, 300), (1000, 0.60, 55))
QUOTAS = (100, 400, 1000, 400, 100, 1.645, 0.674)


def margin(company):
    """What each customer of the company left after the day."""
    return sg.margin_after(company.orders, as_of=DAY)


def scores(company, *, bins=5):
    """The marks on the day, by customer."""
    return sg.rfm_scores(company.orders, as_of=DAY, bins=bins).set_index("customer_id")


@kept
def first_enough(company):
    """The first position at which ten marks leave more than nobody sorted."""
    left, fine = margin(company), sg.cells(scores(company, bins=10))
    alike = pd.Series(1, left.index)
    for tried in TRIED:
        mine, none = (sg.promise_and_pay(left, groups, tried=tried)["paid"]
                      for groups in (fine, alike))  # fmt: skip
        if mine > none:
            return tried
    return TRIED[-1]


def best_choice(company, *, chosen=None):
    """What three groups leave if the chosen ones are visited; None: those that pay."""
    left = [people * (fit * value - 40) for people, fit, value in GROUPS]
    return sum(each for i, each in enumerate(left) if (each > 0 if chosen is None else i in chosen))


def fit_of_five(company):
    """Of those with R = 5, the share who ordered afterwards."""
    return sg.group_table(margin(company), scores(company)["r"])["fit"].loc[5]


def fit_of_five_purchases(company):
    """The mix-up of R with F."""
    return sg.group_table(margin(company), scores(company)["f"])["fit"].loc[5]


def fit_of_one(company):
    """The mark at the wrong end."""
    return sg.group_table(margin(company), scores(company)["r"])["fit"].loc[1]


def by_province(company):
    """Promise and pay of the map."""
    left = margin(company)
    where = company.customers.set_index("customer_id")["province"]
    return sg.promise_and_pay(left, where.reindex(left.index))


def alike(company):
    """What a visit for everybody leaves, ¥ a customer."""
    return margin(company).mean() - sg.COST


@kept
def by_days(company):
    """What five groups by R are paid, ¥ a customer."""
    return sg.promise_and_pay(margin(company), scores(company)["r"])["paid"]


def colleague(company):
    """What five groups by the other recency, the age at the last purchase, are paid."""
    summary = retention.rfm_summary(company.orders, observation_end=DAY).set_index("customer_id")
    return sg.promise_and_pay(margin(company), sg.marks(summary["recency"]))["paid"]


def by_purchases(company):
    """What five groups by F are paid."""
    return sg.promise_and_pay(margin(company), scores(company)["f"])["paid"]


def memo_figures(company):
    """What the memo has to quote, in ¥ for all customers of the company."""
    people = len(margin(company))
    return {
        "what a visit for everybody leaves": ("everybody", people * alike(company)),
        "what five groups by days are paid": ("days", "date", people * by_days(company)),
    }


EXERCISES = (
    Exercise(
        "31.1", "design: explorer", "number", "customers", first_enough, Tolerance(absolute=1),
        mistakes=(
            Mistake(lambda company: first_enough(company) - 100, "SLIP",
                    "There sorting nobody still leaves more: one step further."),
            Mistake(lambda company: first_enough(company) + 100, "SLIP",
                    "There they do; but they did so with fewer, too."),
        ),
        hints=(
            "Compare two numbers of the sentence: *nobody sorted* and *ten marks*.",
            "Go up in hundreds. From 200 on nobody sorted stays at 31.5, in every cut.",
            "At 300 the ten marks leave 31.1, not yet enough.",
        ),
        minutes=(2, 4),
        meaning="Where a group is right, more customers make it better; 625 cells need some.",
    ),
    Exercise(
        "31.2", "design: ties", "text", "seven marks", ("1 1 3 1 2 2 3", "1131223"),
        mistakes=(
            Mistake("1 1 3 1 2 1 3", "SLIP",
                    "You gave equal marks to equal deeds; by this rule the number breaks the tie."),
            Mistake("1 1 1 2 2 3 3", "SLIP",
                    "Those are the marks in the order of the row; the question wants them by "
                    "customer, 1 to 7."),
            Mistake("3 3 1 3 2 2 1", "SLIP", "The fewest purchases rank first, and get a 1."),
        ),
        hints=(
            "Write down the row: fewest purchases first, equal ones by number.",
            "The row is 1, 2, 4, 6, 5, 3, 7; now the formula, place by place.",
            "Place 3 (customer 4): (3 - 1) x 3 = 6, over 7 is 0, plus 1.",
        ),
        minutes=(3, 5),
        meaning="Customers 1, 2, 4 and 6 did the same, and one of them has a higher mark.",
    ),
    Exercise(
        "31.3", "design: value and fit", "number", "¥", best_choice,
        mistakes=(
            Mistake(lambda company: best_choice(company, chosen=(0, 1, 2)), "SLIP",
                    "That is a visit for everybody: leave out the group that costs more than it "
                    "leaves."),
            Mistake(lambda company: best_choice(company, chosen=(0, 2)), "SLIP",
                    "You chose by fit alone; many who come may leave little."),
            Mistake(lambda company: best_choice(company, chosen=(1,)), "POTENTIAL_IS_SIZE",
                    "You chose by value alone; A leaves more than it costs, too."),
            Mistake(38_000, "SLIP", "The visits cost something, too: ¥40 for each customer of a "
                    "group that is visited."),
        ),
        hints=(
            "What does a group leave a head? Fit x value. And a visit costs ¥40 a head.",
            "A: 0.50 x 100 = 50, so ¥10 a head for 400 customers.",
            "B: 0.20 x 300 = 60. C: 0.60 x 55 = 33, less than a visit.",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "31.4", "design: fit", "number", "share", fit_of_five, Tolerance(absolute=0.0012),
        mistakes=(
            Mistake(fit_of_five_purchases, "SLIP",
                    "That is F = 5, who bought often; the question is who bought lately."),
            Mistake(fit_of_one, "SLIP", "That is the other end: those who bought longest ago."),
            Mistake(lambda company: 400 * fit_of_five(company), "PP_VS_PCT",
                    "That is how many they are; give the share of the group."),
        ),
        hints=(
            "Two calls: sg.rfm_scores for the marks, sg.margin_after for what came afterwards.",
            "sg.group_table(margin, scores['r']) has a column fit.",
            "sg.group_table(...)['fit'].loc[5]",
        ),
        minutes=(5, 7),
    ),
    Exercise(
        "31.5", "design: the map", "number", "¥ a customer",
        lambda company: by_province(company)["paid"], Tolerance(absolute=0.05),
        mistakes=(
            Mistake(lambda company: by_province(company)["promised"], "REGRESSION_TO_MEAN",
                    "That is what the map promises in the half on which it was drawn."),
            Mistake(alike, "SLIP", "That is a visit for everybody."),
            Mistake(lambda company: by_province(company)["paid"] - alike(company), "SLIP",
                    "That is what the map adds to a visit for everybody; what is it paid?"),
        ),
        hints=(
            "The groups are the column province, one for each customer in margin.",
            "where = company.customers.set_index('customer_id')['province'].reindex(margin.index)",
            "sg.promise_and_pay(margin, where)['paid']",
        ),
        minutes=(5, 8),
        meaning="In no company does the province say anything: yours loses by luck as well.",
    ),
    Exercise(
        "31.6", "design: find the bug", "number", "¥ a customer", by_days,
        Tolerance(absolute=0.05),
        mistakes=(
            Mistake(colleague, "SLIP",
                    "That is the colleague's own number: recency there is the age at the last "
                    "purchase."),
            Mistake(alike, "SLIP", "That is a visit for everybody."),
            Mistake(by_purchases, "SLIP", "Those are groups by the number of purchases."),
        ),
        hints=(
            "What does `recency` mean in rfm_summary? docs/definitions.md has two recencies.",
            "Somebody who bought once, yesterday, has recency 0 there, and gets a 1.",
            "Take the mark r of sg.rfm_scores instead, and the column paid.",
        ),
        minutes=(8, 12),
        meaning="Whoever is new has recency 0 there, the worst, and the best mark here.",
    ),
    Exercise(
        "31.7", "design: memo", "memo", "¥", memo_figures, Tolerance(relative=0.02),
        hints=(
            "One sentence each: what to do, what a visit for everybody leaves, what five groups by "
            "days leave, what would change your mind.",
            "Both are ¥ a customer times the number of customers.",
            "Begin: 'Let us visit only those whose last purchase is recent: five groups by days "
            "leave ¥...'",
        ),
        minutes=(9, 14),
    ),
    Exercise(
        "31.8", "brief: 6.5", "series", "five counts and two distances", QUOTAS,
        mistakes=(
            Mistake((400, 400, 400, 400, 400, 0.842, 0.253), "SLIP",
                    "Those are five equal parts; here the parts are 1 : 4 : 10 : 4 : 1."),
            Mistake((100, 400, 1000, 400, 100, 0.674, 1.645), "SLIP",
                    "The best twentieth begins farther from the middle than the best quarter."),
            Mistake((100, 400, 1000, 400, 100, 1.960, 1.150), "SLIP",
                    "1.960 cuts off 2.5 % on each side; the best grade has 5 %."),
        ),
        hints=(
            "1 + 4 + 10 + 4 + 1 = 20 parts of 2,000 customers.",
            "The best grade begins where 95 % lie below; A and B together begin where 75 % do.",
            "scipy.stats.norm.ppf(0.95) is the first distance; take 0.75 for the second.",
        ),
        minutes=(4, 6),
        meaning="A quota says how many get an A, never how good they are. RFM marks are quotas.",
    ),
    Exercise(
        "31.9", "design: pairs", "number", "share", 0.5,
        mistakes=(
            Mistake(0.25, "SLIP",
                    "Count again: of the pairs of the first brochure two stay together."),
            Mistake(0.6, "SLIP",
                    "That is over all ten pairs, also those that are apart both times."),
            Mistake(2.0, "SLIP", "That is how many; give the share of the pairs."),
        ),
        hints=(
            "Write down the pairs of the first brochure: three of A, one of B.",
            "Ann-Bo, Ann-Cai, Bo-Cai, Dou-Eva. Which of them share a number?",
            "Ann-Bo and Dou-Eva, of four pairs.",
        ),
        minutes=(3, 5),
    ),
)  # fmt: skip
