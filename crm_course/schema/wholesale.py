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


DEBTORS = Table("debtors", "one debtor of Lanting Wholesale at one yearly review",
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
    Column("days_late", "number", "Mean days late of invoices paid in the 180 days before", "days",
           0, decimals=1, truth="from the delinquency chain; recomputable from invoices"),
    Column("limit_use", "integer", "Credit limit in use", "per cent", 0, 100),
    Column("secured", "flag", "The credit is secured", truth="lowers the loss, not the default"),
    Column("order_gap", "integer", "Days since the last invoice; 90 and more count as 90", "days",
           0, 90, truth="recomputable from invoices"),
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

TABLES = (DEBTORS, INVOICES, RETAILERS_4V, TRUTH_DEBTORS, TRUTH_RETAILERS_4V)
