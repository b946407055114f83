"""The exercises of chapter 33: the right answers, and the wrong ones that people give."""

import math

from crm_course.learning.exercises import Exercise, Mistake, Tolerance
from crm_course.strategy import crm_strategy as cs

CHAPTER = "33"
BUDGETS = range(10, 61, 5)  # positions of the slider
MANY = 0.40  # the share for winning that the explorer asks for


def curves(company):
    """What winning and keeping bring in the company's two trials."""
    trials = company.experiments
    return tuple(
        cs.fit_response(trials[trials["trial"] == name]) for name in ("acquisition", "retention")
    )


def first_large_budget(company):
    """The first budget at which the best share for winning is 40 % or less."""
    fitted = curves(company)
    return next(b for b in BUDGETS if cs.best_share(cs.split_table(b, *fitted)) <= MANY)


def sides(company):
    """E or I for each finding."""
    return "".join(side[0].upper() for side in cs.environment()["side"])


def one_prospect(company, *, won=0.30, kept=0.60, spend=15.0, keep=20.0):
    """What a prospect is worth over endless years, at given rates."""
    return won * (100 + (kept * 100 - keep) / (1.10 - kept)) - spend


def without_the_first_margin(company):
    """The prospect whose first ¥100 were forgotten."""
    return 0.30 * (0.60 * 100 - 20) / (1.10 - 0.60) - 15


def kept_for_nothing(company):
    """The prospect with nothing spent on keeping."""
    return one_prospect(company, keep=0)


def bathtub(company):
    """Where the stock settles, and the first three years."""
    years = cs.customers_over_time(20_000, 12_000, churn=0.20, years=3)
    return (cs.steady_state(12_000, churn=0.20), *years.iloc[1:])


def forgotten_newcomers(company):
    """The bathtub with the tap shut."""
    return (60_000.0, 16_000.0, 12_800.0, 10_240.0)


def gross(company):
    """The bathtub whose newcomers leave in their first year like the others."""
    stock, rows = 20_000.0, []
    for _year in range(3):
        stock = 0.8 * (stock + 12_000)
        rows.append(stock)
    return (60_000.0, *rows)


def keeping_speed(company):
    """The estimated speed of keeping."""
    return curves(company)[1].speed


def equity_of_half(company):
    """What a prospect is worth in the company if half of ¥20 goes to winning."""
    return cs.split_table(cs.BUDGET, *curves(company), shares=[0.5])["equity"].item()


def equity_at_ten(company):
    """¥10 for a prospect and ¥10, not the rest, for a customer."""
    return float(cs.customer_equity(10, 10, *curves(company)))


def equity_of_a_third(company):
    """What a prospect is really worth with 35 % for winning: exercise 33.7."""
    return cs.split_table(cs.BUDGET, *curves(company), shares=[0.35])["equity"].item()


def colleague(company):
    """The colleague's number: what should last for years is spent in every single one."""
    winning, keeping = curves(company)
    return float(cs.customer_equity(7, 13 / winning.rate(7), winning, keeping))


def per_prospect(company):
    """The ¥13 spent as if every prospect were a customer."""
    winning, keeping = curves(company)
    return float(cs.customer_equity(7, cs.yearly_care(13, keeping), winning, keeping))


def memo_figures(company):
    """What the memo has to quote, in ¥ for 10,000 prospects."""
    table = cs.split_table(cs.BUDGET, *curves(company), shares=[0.20, 0.45])
    worth = cs.PROSPECTS * table["equity"]
    return {
        "what the director's proposal brings": ("director", "20", worth.iloc[0]),
        "what your own brings": ("45", "mine", "own", worth.iloc[1]),
    }


def top_of_the_hill(company):
    """The best spending by the true curves, and what it brings."""
    return tuple(cs.best_budget(cs.WINNING, cs.KEEPING))


def short_sight(company):
    """The best spending on winning if only the first margin counts: ln(m c k) / k."""
    return math.log(100 * 0.40 * 0.10) / 0.10


def ninety_per_cent(company):
    """Years until nine tenths of the way to the settled stock are gone."""
    return math.log(0.1) / math.log(0.8)


EXERCISES = (
    Exercise(
        "33.1", "design: explorer", "number", "¥", first_large_budget, Tolerance(absolute=0.1),
        mistakes=(
            Mistake(20, "SLIP", "There the best share is still 45 %: one step to the right."),
            Mistake(40, "SLIP", "There it is 35 % already; look for the first step to 40 %."),
        ),
        hints=(
            "Read the end of the sentence: *best are ...*",
            "It comes down in steps of five per cent as the budget grows.",
            "At ¥20 it is 45 %; the next position is the one.",
        ),
        minutes=(2, 4),
        meaning="Winning is full first, so a larger budget goes more and more to keeping.",
    ),
    Exercise(
        "33.2", "design: S0-35", "text", "ten letters", sides,
        mistakes=(
            Mistake("EEIEIIEIII", "SLIP",
                    "The app store's terms are somebody else's decision: external."),
            Mistake("EEIEEIEIEI", "SLIP",
                    "When the warehouse learns of an order is up to the firm: internal."),
            Mistake("IIEIEEIEIE", "SLIP", "You have the two sides the other way round."),
        ),
        hints=(
            "Ask of each: could a meeting inside the firm change it?",
            "Laws, rivals, incomes, customers' telephones and app stores are outside.",
            "Begin: E E I E ...",
        ),
        minutes=(2, 4),
        meaning="An external finding is a reason, never a task.",
    ),
    Exercise(
        "33.3", "brief: 7.1", "number", "¥", one_prospect,
        mistakes=(
            Mistake(without_the_first_margin, "SLIP",
                    "The customer brings ¥100 at once, before any year has passed."),
            Mistake(kept_for_nothing, "FULL_COST_AVOIDABLE",
                    "Keeping costs ¥20 a year for each customer; take it off."),
            Mistake(lambda company: one_prospect(company) + 15, "SLIP",
                    "What was spent on winning, ¥15, comes off at the end."),
            Mistake(lambda company: one_prospect(company, won=1.0), "SLIP",
                    "Only 30 of 100 prospects become customers."),
        ),
        hints=(
            "First what a customer is worth, then times 0.30, then less 15.",
            "A customer: 100 now, and (0.60 x 100 - 20) / (1.10 - 0.60) for all years to come.",
            "0.30 x (100 + 80) - 15",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "33.4", "brief: 7.2", "series", "customers", bathtub,
        mistakes=(
            Mistake(forgotten_newcomers, "SLIP", "Each year 12,000 join: add them."),
            Mistake(gross, "SLIP",
                    "Those who join stay to the end of the year; a fifth of the *others* leave."),
            Mistake((240_000.0, 28_000.0, 34_400.0, 39_520.0), "SLIP",
                    "It settles where as many leave as join: 20 % of it are 12,000."),
        ),
        hints=(
            "Each year: 0.8 times what was there, and 12,000.",
            "0.8 x 20,000 + 12,000 is the first year.",
            "It settles where 0.2 x N = 12,000.",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "33.5", "brief: 7.4", "number", "per ¥", keeping_speed,
        mistakes=(
            Mistake(lambda company: curves(company)[0].speed, "SLIP",
                    "That is the speed of winning; take the trial named retention."),
            Mistake(lambda company: curves(company)[1].ceiling, "SLIP",
                    "That is the ceiling; the speed says how fast it is approached."),
            Mistake(0.08, "SLIP",
                    "That is the truth of the invented world; the estimate of your trial is "
                    "asked for."),
        ),
        hints=(
            "One call of cs.fit_response on the rows of the retention trial.",
            "company.experiments.query(\"trial == 'retention'\")",
            "cs.fit_response(company.experiments.query(\"trial == 'retention'\")).speed",
        ),
        minutes=(5, 8),
        truth=lambda company: (cs.KEEPING.speed, curves(company)[1].standard_errors[1]),
    ),
    Exercise(
        "33.6", "design: half and half", "number", "¥ a prospect", equity_of_half,
        mistakes=(
            Mistake(equity_at_ten, "SLIP",
                    "The other ten yuan go to the customers who were won, and must last for years: "
                    "that is not ¥10 a year for each."),
            Mistake(lambda company: cs.PROSPECTS * equity_of_half(company), "SLIP",
                    "That is for 10,000 prospects; the question asks for one."),
        ),
        hints=(
            "Fit both curves, then one call of cs.split_table with shares=[0.5].",
            "cs.split_table(20, winning, keeping, shares=[0.5])",
            "... and of it the column equity.",
        ),
        minutes=(5, 8),
    ),
    Exercise(
        "33.7", "design: find the bug", "number", "¥ a prospect", equity_of_a_third,
        mistakes=(
            Mistake(colleague, "SLIP",
                    "That is the colleague's own number: it spends the same money again every "
                    "year."),
            Mistake(per_prospect, "SLIP",
                    "The ¥13 go to customers, and only a fifth of the prospects become one."),
            Mistake(equity_of_half, "SLIP", "That is half and half; the colleague gives 35 %."),
            Mistake(lambda company: equity_of_a_third(company) + 7, "SLIP",
                    "What is spent on winning comes off as well."),
        ),
        hints=(
            "How often is the money spent that the colleague divides among the customers?",
            "13 / winning.rate(7) is there once for each customer; cs.yearly_care makes it last.",
            "cs.customer_equity(7, cs.yearly_care(13 / winning.rate(7), keeping), winning, "
            "keeping)",
        ),
        minutes=(8, 12),
        meaning="Per prospect, per customer, per year: most errors in budgets are a wrong 'per'.",
    ),
    Exercise(
        "33.8", "design: memo", "memo", "¥", memo_figures, Tolerance(relative=0.02),
        hints=(
            "One sentence each: what to do, what the director's proposal (20 %) would bring from "
            "10,000 prospects, what 45 % would, what would change your mind.",
            "cs.split_table(20, winning, keeping, shares=[0.20, 0.45])['equity'] times 10,000.",
            "Begin: 'Let us give 45 % to winning ... The director's 20 % would ...'",
        ),
        minutes=(8, 12),
    ),
    Exercise(
        "33.9", "brief: 7.1", "series", "¥", top_of_the_hill, Tolerance(relative=0.01),
        mistakes=(
            Mistake((13.86, 38.25, 83.77), "SLIP",
                    "13.86 is the best for somebody who looks no year ahead."),
            Mistake((9.0, 18.7, 44.8), "SLIP",
                    "That is the best on a budget of ¥20; here no budget binds."),
            Mistake((38.25, 24.72, 83.77), "SLIP", "Winning first, then keeping."),
        ),
        hints=(
            "cs.best_budget, with the true curves cs.WINNING and cs.KEEPING.",
            "cs.best_budget(cs.WINNING, cs.KEEPING)",
            "... .tolist() gives the three in the right order.",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "33.10", "brief: 7.1", "number", "¥ a prospect", short_sight,
        mistakes=(
            Mistake(24.72, "LIFETIME_IS_PROFIT",
                    "That counts all years; here only the first ¥100 count."),
            Mistake(lambda company: math.log(100 * 0.40), "SLIP",
                    "The speed 0.10 is missing, inside the logarithm and below it."),
            Mistake(lambda company: math.log(100 * 0.40) / 0.10, "SLIP",
                    "Inside the logarithm the speed is missing: 100 x 0.40 x 0.10."),
        ),
        hints=(
            "What comes in is 100 x 0.40 x (1 - e^(-0.10 A)), and A is paid.",
            "The next yuan brings 100 x 0.40 x 0.10 x e^(-0.10 A); when is that just one yuan?",
            "e^(-0.10 A) = 1 / 4, so A = ln(4) / 0.10.",
        ),
        minutes=(4, 6),
        meaning="Hardly more than half of what somebody spends who looks far ahead.",
    ),
    Exercise(
        "33.11", "brief: 7.2", "number", "years", ninety_per_cent,
        mistakes=(
            Mistake(lambda company: math.log(0.9) / math.log(0.8), "SLIP",
                    "That is when one tenth is gone; nine tenths gone leave one tenth."),
            Mistake(4.5, "SLIP",
                    "The way gets slower every year; it is no straight line."),
            Mistake(lambda company: math.log(0.1) / math.log(0.2), "SLIP",
                    "What is left shrinks to 0.8 of itself each year, not to 0.2."),
        ),
        hints=(
            "The gap to 60,000 shrinks to 0.8 of itself each year.",
            "When is 0.8^t just 0.1?",
            "t = ln(0.1) / ln(0.8)",
        ),
        minutes=(3, 5),
    ),
)  # fmt: skip
