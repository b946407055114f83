"""Tables of Lanting Mobile: customers with 12-month contracts."""

from .columns import REASONS, Column, Table, customer, month, probability, scale

PANEL = Table("panel", "one customer of Lanting Mobile (12-month contracts) in one month",
    ("customer_id", "month"), ("customer_id", "month", "churned"), (
    customer(),
    month(),
    Column("billed_on", "date", "First day of the month"),
    Column("tenure", "integer", "Months since joining; 0 in the first month", "months", 0, 35),
    Column("revenue", "money", "Revenue of the month", "¥", 0),
    Column("direct_cost", "money", "Network and device cost of the month", "¥", 0),
    Column("cost_to_serve", "money", "Service and billing cost of the month", "¥", 0,
           truth="rises when satisfaction is below its middle"),
    Column("margin", "money", "revenue - direct_cost - cost_to_serve", "¥"),
    scale("sat", "Satisfaction as asked this month", "6 + 1.5 x (0.8 theta + 0.6 AR(1))"),
    scale("value", "Perceived value as asked this month", "correlates 0.4 with sat"),
    scale("switch_cost", "Perceived cost of switching this month", "independent of sat"),
    Column("risk_score", "integer", "Churn score of the firm's software: risk if asked this month",
           "per cent", 0, 100, truth="1 - stay_probability, blurred"),
    Column("renewal_due", "flag", "The contract ends this month (tenure 11, 23, 35)"),
    Column("treated", "flag", "Called before the renewal; only where renewal_due",
           truth="a fair coin"),
    Column("churned", "flag", "This is the last month as a customer",
           truth="at renewals the logit of truth_parameters, else a small constant hazard"),
    Column("reason_stated", "text", "Reason that the leaver gives; missing unless churned",
           values=REASONS, optional=True,
           truth="truth_churn through a confusion matrix: poached (price) is said too often"),
))  # fmt: skip

TRUTH_PANEL = Table("truth_panel", "one renewal at Lanting Mobile", ("customer_id", "month"), (), (
    customer(),
    month(),
    probability("stay_probability", "Chance of renewing if not called"),
    probability("uplift", "What a call adds to that chance; negative for sleeping dogs", -1),
    Column("stayed_untreated", "flag", "Would renew if not called"),
    Column("stayed_treated", "flag", "Would renew if called"),
    Column("reason_true", "text", "Why the customer left; missing if stayed", values=REASONS,
           optional=True),
))  # fmt: skip

TRUTH_CHURN = Table("truth_churn", "one leaver of Lanting Mobile, at a renewal or between two",
    ("customer_id",), (), (
    customer(),
    month(),
    Column("reason_true", "text", "Why the customer left", values=REASONS),
))  # fmt: skip

TABLES = (PANEL, TRUTH_PANEL, TRUTH_CHURN)
