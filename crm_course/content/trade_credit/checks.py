"""The exercises of chapter 63: the right answers, and the wrong ones that people give."""

import numpy as np

from crm_course.cases import trade_credit
from crm_course.learning.exercises import Exercise, Mistake, Tolerance, kept

CHAPTER = "63"
CASH = [round(0.01 * n, 2) for n in range(81)]  # positions of the slider
ENDS = (0, 20_000, np.inf)


@kept
def accounts(company):
    """Every shop in 2025."""
    return trade_credit.account_year(company.debtors, company.invoices)


def crossed(company):
    """The shops with two warnings or more."""
    return accounts(company).query("warnings >= 2")


@kept
def limits(company):
    """Cash only, ¥20,000, and no limit."""
    invoices = company.invoices
    warned = invoices[invoices["customer_id"].isin(crossed(company)["customer_id"])]
    return trade_credit.limit_table(warned, limits=ENDS)


def left(company, place, **assumed):
    """What the shops with a cross leave at one of the three limits."""
    return float(trade_credit.money_left(limits(company), **assumed).iloc[place])


def first_for_cash(company):
    """The first share of cash payers at which no credit leaves more than no limit."""
    none, all_cash = left(company, -1), left(company, 0, pays_cash=1)
    return next((c for c in CASH if round(c * all_cash) > none), CASH[-1])


def per_hundred(company, of=crossed):
    """Of ¥100 sold, what was written off."""
    shops = of(company)
    return 100 * shops["written_off"].sum() / shops["sold"].sum()


def failed_per_hundred(company):
    """Of 100 shops with a cross, how many failed."""
    return 100 * crossed(company)["failed"].mean()


def written_off(company):
    """What shops with a cross left unpaid for good: the expected loss, summed."""
    return crossed(company)["written_off"].sum()


def unpaid(company):
    """What the failed owed on their day."""
    shops = crossed(company)
    failed = shops.loc[shops["failed"], "customer_id"]
    invoices = company.invoices
    return invoices[invoices["customer_id"].isin(failed) & invoices["paid_on"].isna()]


def with_a_year_of_sales(company):
    """The expected loss with a year's sales for what is owed."""
    owed, shops = unpaid(company), crossed(company)
    share = owed["written_off"].sum() / owed["amount"].sum()
    return shops["failed"].mean() * share * shops["sold"].sum()


def memo_figures(company):
    """What the memo has to quote."""
    return {
        "shops with a cross that failed": ("fail", crossed(company)["failed"].sum()),
        "what was written off": ("written off", "lost", written_off(company)),
        "what they leave with no limit": ("no limit", "without a limit", left(company, -1)),
        "what they leave with cash only": ("cash", left(company, 0)),
        "what they leave with a limit of ¥20,000": ("limit of", left(company, 1)),
    }


def evidence(company, silent=True):
    """The weight of evidence of a long silence."""
    review = company.debtors.query("month == 24")
    table = trade_credit.weight_of_evidence(review["order_gap"] > 45, review["defaulted"])
    return float(table["woe"][silent])


def plain_odds(company):
    """The log-odds of the silent alone, not set beside those of all."""
    review = company.debtors.query("month == 24 and order_gap > 45")
    rate = review["defaulted"].mean()
    return float(np.log((1 - rate) / rate))


EXERCISES = (
    Exercise(
        "63.1", "design: explorer", "number", "share", first_for_cash, Tolerance(absolute=0.001),
        mistakes=(
            Mistake(lambda company: first_for_cash(company) - 0.01, "SLIP",
                    "There no limit still leaves a little more: one step on."),
            Mistake(lambda company: first_for_cash(company) + 0.01, "SLIP",
                    "There cash leads already: one step back."),
        ),
        hints=(
            "Watch the two ends of the curve: the first point rises, the last one stays.",
            "No credit leaves pays_cash x 12 % of all that the 180 would buy.",
            "At 0.44 it is ¥573,683 against ¥585,566.",
        ),
        minutes=(2, 4),
        meaning="Below it the lowest rate costs money, above it Qi Wen is right. Nobody has asked.",
    ),
    Exercise(
        "63.2", "brief: 10.2", "number", "¥",
        lambda company: trade_credit.expected_loss(0.06, 0.60, 500_000),
        mistakes=(
            Mistake(30_000, "SLIP", "Of what a failed customer owes, two fifths come back."),
            Mistake(300_000, "SLIP", "That is the loss if he fails; it happens in 6 of 100 years."),
            Mistake(12_000, "SLIP", "You took the share that comes back; 60 % are lost."),
        ),
        hints=(
            "How often, times how much of it, times how much is owed.",
            "PD x LGD x EAD.",
            "0.06 x 0.60 x 500,000",
        ),
        minutes=(3, 5),
        meaning="No year brings just this loss: it is nothing in 94, and ¥300,000 in six.",
    ),
    Exercise(
        "63.3", "brief: 10.3", "number", "share",
        lambda company: trade_credit.break_even_default(
            100, 75, trade_credit.financing(75, 0.10, 90)),
        Tolerance(absolute=0.0006),
        mistakes=(
            Mistake(0.25, "SLIP", "Waiting 90 days for the money costs something, too."),
            Mistake((25 - 7.5) / 100, "SLIP", "10 % is for a year; here it is 90 days."),
            Mistake((25 - 75 * 0.1 * 90 / 365) / 75, "SLIP",
                    "If he does not pay, the whole price stays away, not only the cost."),
            Mistake((25 - 100 * 0.1 * 90 / 365) / 100, "SLIP",
                    "The money that waits is what the goods cost, ¥75."),
        ),
        hints=(
            "What is left of a sale that is paid? And what does waiting take of it?",
            "Waiting: 75 x 0.10 x 90 / 365 = 1.849.",
            "(100 - 75 - 1.849) / 100",
        ),
        minutes=(3, 5),
        meaning="A chance for this invoice. A shop that may fail within a year is another matter.",
    ),
    Exercise(
        "63.4", "design: one yuan in twenty", "number", "¥", per_hundred,
        mistakes=(
            Mistake(failed_per_hundred, "SLIP",
                    "That is how many of 100 *shops* failed; ask for yuan."),
            Mistake(lambda company: per_hundred(company, accounts), "SLIP",
                    "That is the rate of all shops; keep those with two warnings or more."),
            Mistake(lambda company: per_hundred(company) / 100, "PP_VS_PCT",
                    "That is the share; the question is of every ¥100."),
        ),
        hints=(
            "Not how many of the shops: which part of the yuan. `crossed` has a row for each shop.",
            "Sum the column written_off, and the column sold; then divide.",
            "100 * crossed['written_off'].sum() / crossed['sold'].sum()",
        ),
        minutes=(3, 5),
        meaning="Far fewer yuan than shops: only what lies open on the last day is lost.",
    ),
    Exercise(
        "63.5", "design: limit", "number", "¥",
        lambda company: left(company, 1, pays_cash=0.5), Tolerance(absolute=20),
        mistakes=(
            Mistake(lambda company: left(company, 1, pays_cash=0), "SLIP",
                    "You forgot what is bought for cash when the limit refuses it."),
            Mistake(lambda company: left(company, 1, pays_cash=0.3), "SLIP",
                    "That is at three tenths; here half is bought for cash."),
            Mistake(lambda company: left(company, -1, pays_cash=0.5), "SLIP",
                    "That is without a limit."),
            Mistake(lambda company: left(company, 0, pays_cash=0.5), "LOW_BADDEBT_BEST",
                    "That is cash only: the lowest rate, and another row."),
        ),
        hints=(
            "trade_credit.limit_table needs the invoices of the shops with a cross.",
            "Then trade_credit.money_left(limits, pays_cash=0.5).",
            "The row whose limit is 20,000.",
        ),
        minutes=(6, 10),
        meaning="Set it beside the other two rows. In the next company their order is another.",
    ),
    Exercise(
        "63.6", "design: find the bug", "number", "¥", written_off, Tolerance(relative=0.002),
        mistakes=(
            Mistake(with_a_year_of_sales, "SLIP",
                    "That is the colleague's own number: nobody owes a year's purchases."),
            Mistake(lambda company: written_off(company) / len(crossed(company)), "SLIP",
                    "That is for one shop; the question is for all with a cross."),
            Mistake(lambda company: unpaid(company)["amount"].sum(), "SLIP",
                    "That is what the failed owed; part of it came back."),
            Mistake(lambda company: accounts(company)["written_off"].sum(), "SLIP",
                    "That is the loss of all shops; keep those with a cross."),
        ),
        hints=(
            "Look at the third number: what should an exposure be?",
            "What did a failed shop owe on its day? unpaid['amount'].sum() / len(failed).",
            "Of one shop PD x LGD x EAD; then times the number of shops with a cross.",
        ),
        minutes=(8, 12),
        meaning="And it is what the ledger has written off: the three numbers only took it apart.",
    ),
    Exercise(
        "63.7", "design: memo", "memo", "", memo_figures, Tolerance(relative=0.01),
        hints=(
            "The form is in the case. Five figures: how many shops with a cross failed, what was "
            "written off, what they leave with no limit, cash only, and a limit of ¥20,000.",
            "crossed['failed'].sum(), crossed['written_off'].sum(); money_left of all three rows.",
            "Begin with what you recommend. Then: 'Of the ... shops ... failed.'",
        ),
        minutes=(19, 28),
        words=250,
    ),
    Exercise(
        "63.8", "brief: 10.4", "number", "days",
        lambda company: trade_credit.days_sales_outstanding(4.5, 18),
        mistakes=(
            Mistake(4.0, "SLIP", "Upside down: what is owed stands above what is sold."),
            Mistake(0.25, "SLIP", "That is a quarter of a year; the question is in days."),
            Mistake(90.0, "SLIP", "Nearly: a year has 365 days."),
        ),
        hints=(
            "Which part of a year's sales is owed?",
            "Receivables / credit sales x 365.",
            "4.5 / 18 x 365",
        ),
        minutes=(2, 4),
        meaning="Not the same as days overdue: a term of 90 days alone makes as much.",
    ),
    Exercise(
        "63.9", "brief: 10.5", "number", "times", lambda company: 0.02 / 0.0045,
        mistakes=(
            Mistake(20.0, "SLIP", "That compares the rates on credit sales; take all sales."),
            Mistake(0.225, "SLIP", "Upside down: the first country over the second."),
            Mistake(90.0, "SLIP", "Multiply each rate by its own share of credit sales."),
        ),
        hints=(
            "Bad debts of all sales: the share on credit times the share of it that goes bad.",
            "0.20 x 0.10 = 2 %, and 0.90 x 0.005 = 0.45 %.",
            "2 / 0.45",
        ),
        minutes=(3, 5),
        meaning="The same two reports: twenty times, or four. (And both are of 2005 or not found.)",
    ),
    Exercise(
        "63.10", "brief: 10.6", "number", "points",
        lambda company: trade_credit.scorecard_points(0.05), Tolerance(absolute=0.06),
        mistakes=(
            Mistake(600 + 28.8539 * np.log(20 / 30), "SLIP",
                    "5 in 100 are odds of 19 good to 1 bad, not of 20."),
            Mistake(600 - 28.8539 * np.log(19 / 30), "SLIP",
                    "Worse odds than 30 to 1 must give fewer points than 600."),
            Mistake(501.8577, "SLIP", "That is the offset; the odds are still to come."),
        ),
        hints=(
            "Which odds, good to bad, are 5 in 100?",
            "factor = 20 / ln 2 = 28.854; offset = 600 - factor x ln 30 = 501.86.",
            "501.86 + 28.854 x ln 19",
        ),
        minutes=(4, 6),
        meaning="Thirteen points under 600: points make small differences in chance look alike.",
    ),
    Exercise(
        "63.11", "brief: 10.7", "number", "¥", lambda company: 75_000 / 0.25,
        mistakes=(
            Mistake(1_000_000, "FULL_COST_AVOIDABLE",
                    "That makes up for the price, at a margin after rent and salaries, which are "
                    "paid anyway."),
            Mistake(400_000, "SLIP", "What is gone are the goods, ¥75,000, not the price."),
            Mistake(750_000, "FULL_COST_AVOIDABLE",
                    "The right loss; but a further sale leaves 25 %, not 10 %."),
        ),
        hints=(
            "What did the firm have before, and has no more?",
            "Goods for ¥75,000; each further ¥100 of sales leave ¥25.",
            "75,000 / 0.25",
        ),
        minutes=(3, 5),
        meaning="Three tenths of the director's million: average costs frighten.",
    ),
    Exercise(
        "63.12", "design: evidence", "number", "points of log-odds", evidence,
        Tolerance(relative=0.01),
        mistakes=(
            Mistake(lambda company: -evidence(company), "SLIP",
                    "The good stand above the bad: what speaks against a shop is below 0."),
            Mistake(lambda company: evidence(company, silent=False), "SLIP",
                    "That is the weight of an order within 45 days."),
            Mistake(plain_odds, "ACCURACY_BASE_RATE",
                    "Those are the log-odds of the silent; set them beside those of all."),
        ),
        hints=(
            "Keep month 24, and make a column that says whether order_gap is above 45.",
            "trade_credit.weight_of_evidence(column, review['defaulted']).",
            "The woe in the row True.",
        ),
        minutes=(5, 8),
        meaning="Below 0 in nearly every company: who falls silent fails more often.",
    ),
)  # fmt: skip
