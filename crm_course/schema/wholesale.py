"""Tables of Lanting Wholesale: firms that buy on credit."""

from .columns import Column, Table, customer, probability

# Where each driver of default has its middle, and how long one step is.
CREDIT_SCALES = {
    "current_ratio": (1.5, 0.4), "debt_ratio": (55, 12), "interest_cover": (4, 1.5),
    "profit_margin": (6, 3), "stock_days": (60, 15), "years": (9, 6), "days_late": (6, 8),
    "limit_use": (55, 20), "order_gap": (25, 25), "complaints": (0.65, 1),
    "contact_changed": (0.15, 1),
}  # fmt: skip
REVIEWS = (12, 24)


def _review():
    return Column("month", "integer", "Month at whose end the debtor was reviewed: 12 or 24",
                  "month", 1, 36)  # fmt: skip


DEBTORS = Table("debtors", "one debtor of Lanting Wholesale at one yearly review (month 24 lacks "
    "who defaulted before, and by lot 4 in 100 of those who joined in 2024)",
    ("customer_id", "month"), ("customer_id", "month", "defaulted"), (
    customer("The debtor"),
    _review(),
    Column("current_ratio", "number", "Current assets over current liabilities", "", 0.1, 5,
           decimals=2),
    Column("debt_ratio", "integer", "Debt over total assets", "per cent", 0, 150),
    Column("interest_cover", "number", "Operating profit over interest", "", -5, 15, decimals=1),
    Column("profit_margin", "number", "Profit over sales", "per cent", -20, 30, decimals=1),
    Column("stock_days", "integer", "Days that the stock lasts", "days", 1, 200),
    Column("years", "integer", "Years in business", "years", 1, 60),
    Column("days_late", "number", "Mean days late of invoices paid in the 180 days before; 0 "
           "if none was", "days", 0, decimals=1,
           truth="from the delinquency chain; recomputable from invoices"),
    Column("limit_use", "integer", "Credit limit in use", "per cent", 0, 100),
    Column("secured", "flag", "The credit is secured", truth="lowers the loss, not the default"),
    Column("order_gap", "integer", "Days since the last invoice, or since joining if there was "
           "none; 90 and more count as 90", "days", 0, 90,
           truth="recomputable from invoices and joined_on"),
    Column("complaints", "integer", "Complaints in the 12 months before", "complaints", 0,
           truth="more often where satisfaction is low"),
    Column("contact_changed", "flag", "The contact person changed in the 12 months before"),
    Column("defaulted", "flag", "Stopped paying for good within the 12 months after",
           truth="logit of truth_parameters; a shock in month 24"),
    Column("defaulted_on", "date", "Last day of the month of default; missing if none",
           optional=True),
))  # fmt: skip

INVOICES = Table("invoices", "one invoice of Lanting Wholesale, on credit", ("invoice_id",),
    ("customer_id", "issued_on", "due_on", "amount"), (
    Column("invoice_id", "id", "The invoice: customer_id x 1000 + number of the invoice", low=1),
    customer("The debtor"),
    Column("issued_on", "date", "Day of the invoice"),
    Column("due_on", "date", "Day when payment is due: 30, 60 or 90 days later"),
    Column("amount", "money", "Amount invoiced", "¥", 0),
    Column("paid_on", "date", "Day of payment in full; missing if open or written off",
           optional=True, truth="on time, late or very late by a Markov chain"),
    Column("written_off", "money", "Lost after a default; the rest was recovered", "¥", 0,
           truth="loss_given_default x amount"),
))  # fmt: skip

TRUTH_DEBTORS = Table("truth_debtors", "one debtor of Lanting Wholesale at one yearly review",
    ("customer_id", "month"), (), (
    customer("The debtor"),
    _review(),
    probability("default_probability", "Chance of default within the 12 months after"),
    probability("default_probability_calm", "The same without the shock of month 24"),
    probability("loss_given_default", "Share of what is owed that is lost after a default"),
    Column("defaulted_calm", "flag", "Would default without the shock"),
))  # fmt: skip

GRADES = ("A", "B", "C", "D", "E")
INDICATORS = {
    "economic_sales": "Sales to the retailer", "economic_margin": "Margin earned with it",
    "economic_payment": "Payment in time", "relational_cooperation": "Cooperation in campaigns",
    "relational_compliance": "Compliance with contract and law",
    "relational_openness": "Openness about stock and plans", "functional_display": "Display",
    "functional_location": "Location", "functional_feedback": "Feedback from consumers",
    "developmental_growth": "Growth of sales", "developmental_capability": "Skill of the owner",
    "developmental_range": "Breadth of the range",
}  # fmt: skip


def _retailer():
    return Column("retailer", "id", "The retailer of the district; 400 of them", low=1)


def _quarter():
    return Column("quarter", "integer", "Quarter, 1 = January to March 2023", "quarter", 1, 12)


def _grade(name, meaning, truth=""):
    return Column(name, "text", meaning, values=GRADES, truth=truth)


RETAILERS_4V = Table("retailers_4v", "one retailer of the graded district in one quarter",
    ("retailer", "quarter"), ("retailer", "quarter", "score"), (
    _retailer(),
    _quarter(),
    *(Column(name, "integer", f"{meaning}, as assessed", "points", 0, 100,
             truth="the retailer's true level + noise of this quarter")
      for name, meaning in INDICATORS.items()),
    Column("score", "number", "Mean of the three indicators of each V, weighted by AHP", "points",
           0, 100, decimals=2),
    _grade("grade", "Grade by quota 1:4:10:4:1 of the scores of the quarter, ties by retailer",
           "the grade_true of those whom noise did not move"),
))  # fmt: skip

TRUTH_RETAILERS_4V = Table("truth_retailers_4v", "one retailer of the district in one quarter",
    ("retailer", "quarter"), (), (
    _retailer(),
    _quarter(),
    Column("score_true", "number", "Score without noise", "points", decimals=2,
           truth="AR(1) + progress of everybody"),
    _grade("grade_true", "Grade by quota of score_true"),
))  # fmt: skip

STAGES = ("qualification", "proposal", "negotiation")
TERRITORIES = ("north", "west", "centre", "south", "east")
RIVALS = ("Heronsgate", "Brasslane", "Quillmore")
LOST_REASONS = ("price", "product", "service", "relationship", "budget withdrawn")


def _deal():
    return Column("deal_id", "id", "The deal: customer_id x 100 + number of the deal", low=1)


def _rep():
    return Column("rep_id", "id", "The sales representative, 1 to 14", low=1)


def _territory(meaning):
    return Column("territory", "text", meaning, values=TERRITORIES)


def _of_list(name, meaning, truth=""):
    return Column(name, "money", meaning, "¥", truth=truth)


DEALS = Table("deals", "one deal that Lanting Wholesale tried to win", ("deal_id",),
    ("deal_id", "rep_id", "opened_on", "won"), (
    _deal(),
    customer("The customer"),
    _territory("Territory of the customer"),
    _rep(),
    Column("competitor", "text", "Rival in the deal, invented; missing if none", values=RIVALS,
           optional=True, truth="added to the chance of winning"),
    Column("opened_on", "date", "Day on which the deal was opened"),
    Column("list_price", "money", "Size of the deal at list prices", "¥", 0),
    Column("stage", "text", "Last stage entered", values=STAGES),
    Column("closed_on", "date", "Day on which it was won or lost; missing while open",
           optional=True),
    Column("won", "flag", "Won; False while open, so for a rate take those with closed_on",
           truth="skill of the rep + territory + rival"),
    Column("lost_reason_stated", "text", "Reason that the rep reports; missing unless lost",
           values=LOST_REASONS, optional=True, truth="3 in 10 are reported as price, whatever"),
))  # fmt: skip

STAGE_LOG = Table("stage_log", "one stage that a deal entered", ("deal_id", "stage"),
    ("deal_id", "stage", "entered_on"), (
    _deal(),
    customer("The customer"),
    Column("stage", "text", "Stage of the deal", values=STAGES,
           truth="passed with chance win_probability ** weight of the stage"),
    Column("entered_on", "date", "Day of entering the stage"),
    Column("left_on", "date", "Day of leaving it, onwards or lost; missing while in it",
           optional=True, truth="gamma around the mean days of the stage"),
))  # fmt: skip

QUOTES = Table("quotes", "one quote to a customer", ("quote_id",), ("deal_id", "rep_id"), (
    Column("quote_id", "id", "The quote: deal_id x 10 + number of the quote", low=1),
    _deal(),
    customer("The customer"),
    Column("rep_id", "id", "Who quoted; a second quote comes from another rep", low=1,
           truth="6 in 100 deals are quoted twice"),
    Column("quoted_on", "date", "Day of the quote"),
    _of_list("list_price", "List price of the deal"),
    _of_list("discount", "Discount on the invoice", "a second quote undercuts the first"),
    _of_list("bonus", "Bonus at the end of the year"),
    _of_list("cash_discount", "Discount for paying early"),
    _of_list("freight", "Freight that Lanting bears"),
    _of_list("pocket_price", "What is left of the list price after the four"),
))  # fmt: skip

TRUTH_DEALS = Table("truth_deals", "one deal that Lanting Wholesale tried to win", ("deal_id",),
    (), (
    _deal(),
    customer("The customer"),
    probability("win_probability", "Chance of winning"),
    Column("will_win", "flag", "Outcome, for open deals too"),
    Column("lost_reason_true", "text", "Why it is lost; missing if it is won",
           values=LOST_REASONS, optional=True),
))  # fmt: skip

TRUTH_REPS = Table("truth_reps", "one sales representative", ("rep_id",), (), (
    _rep(),
    _territory("Home territory"),
    probability("skill", "Chance of winning in a middling territory against a middling rival"),
))  # fmt: skip

RATERS = ("Aldwin", "Berrit", "Corvane")
CRITERIA = {
    "credit": "Credit", "finance": "Financial position", "coverage": "Market coverage",
    "sales": "Capability and results in selling", "product_line": "Product line",
    "management": "Capability of the management", "stability": "Stability of the management",
    "size": "Size", "reputation": "Reputation", "attitude": "Attitude towards Lanting",
}  # fmt: skip
_FIRST = ("Amber", "Brisk", "Copper", "Dapple", "Elder", "Fallow", "Gilded", "Hollow")
_SECOND = ("Heron Trading", "Kettle Supply", "Lantern Stores", "Millstone Sales", "Reed Partners")
PARTNERS = tuple(f"{first} {second}" for second in _SECOND for first in _FIRST)


def _partner():
    return Column("partner", "text", "Channel partner; invented")


SCORECARDS = Table("scorecards", "one channel partner as one rater judges it", ("partner", "rater"),
    ("partner", "rater"), (
    _partner(),
    Column("rater", "text", "Who judged; invented", values=RATERS,
           truth="raters differ in mildness, and in how far one impression colours all (halo)"),
    *(Column(name, "integer", meaning, "points", 1, 5) for name, meaning in CRITERIA.items()),
))  # fmt: skip

TRUTH_SCORECARDS = Table("truth_scorecards", "one channel partner", ("partner",), (), (
    _partner(),
    *(Column(f"{name}_true", "number", f"{meaning}: merit", "standard deviations", decimals=4)
      for name, meaning in CRITERIA.items()),
))  # fmt: skip

TABLES = (
    DEBTORS, INVOICES, SCORECARDS, RETAILERS_4V, DEALS, STAGE_LOG, QUOTES,
    TRUTH_DEBTORS, TRUTH_SCORECARDS, TRUTH_RETAILERS_4V, TRUTH_DEALS, TRUTH_REPS,
)  # fmt: skip
