"""Tables of Lanting Mobile: customers with 12-month contracts."""

from .columns import (
    CHANNELS,
    MONTHS,
    REASONS,
    Column,
    Table,
    customer,
    month,
    points,
    probability,
    scale,
)

SEGMENTS = ("premium", "standard", "budget")
DIMENSIONS = ("reliability", "responsiveness", "assurance", "empathy", "tangibles")

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
    Column("risk_score", "integer", "The software's score: risk of churn if the contract ended now",
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

SURVEY_SERVQUAL = Table("survey_servqual", "one Lanting Mobile customer and one of the 22 items "
    "of a quality survey (one customer in five took part)", ("customer_id", "item"),
    ("customer_id", "item", "expectation", "perception"), (
    customer("The customer who answered"),
    Column("item", "integer", "Number of the item", low=1, high=22),
    Column("dimension", "text", "Dimension of quality that the item belongs to",
           values=DIMENSIONS),
    points("expectation", "What a good firm should do", "unbiased around its mean"),
    points("perception", "What Lanting does",
           "expectation + gap of the dimension + theta; 4 per cent give one answer to all"),
))  # fmt: skip

SURVEY_PULSE = Table("survey_pulse", "one question sent to a customer of Lanting Mobile in a month",
    ("customer_id", "month"), ("customer_id", "month", "csat", "nps"), (
    customer("The customer who was asked"),
    month(),
    Column("mode", "text", "How the question was asked; by phone in month 25 only",
           values=("web", "phone"), truth="people are kinder on the phone"),
    Column("answered", "flag", "Whether an answer came back",
           truth="logit in satisfaction: the satisfied answer more"),
    Column("csat", "number", "How satisfied are you? 1 to 5; missing if not answered", "points",
           1, 5, optional=True, truth="graded response to the sat of the month"),
    Column("nps", "number", "Would you recommend us? 0 to 10; one answer, no score", "points",
           0, 10, optional=True, truth="graded response to the sat of the month"),
))  # fmt: skip

ACCOUNTS = Table("accounts", "one bill of a Lanting Mobile customer", ("account_id",),
    ("account_id", "customer_id"), (
    Column("account_id", "id", "The account: customer_id x 10 + number of the account", low=1),
    customer("The customer who holds it"),
    Column("payer", "text", "Who pays the bill", values=("self", "family", "employer")),
    Column("credit_limit", "money", "The bill may reach this in a month", "¥", 0),
))  # fmt: skip

SUBSCRIPTIONS = Table("subscriptions", "one subscription on an account at Lanting Mobile",
    ("subscription_id",), ("subscription_id", "account_id", "started_on"), (
    Column("subscription_id", "id", "The subscription: account_id x 100 + number", low=1),
    Column("account_id", "id", "The account that it is billed to", low=1),
    customer("The customer who holds the account"),
    Column("user_id", "id", "Who uses it: customer_id x 10 + 0 for the customer, 1 to 9 for others",
           low=10),
    Column("product", "text", "What is subscribed to", optional=True),
    Column("started_on", "date", "First day of the first month"),
    Column("ended_on", "date", "First day without it; missing if it runs on", optional=True,
           truth="a constant chance a month, and the day the customer leaves"),
    Column("arpu", "money", "Revenue of a month", "¥ per month", 0, truth="lognormal by product"),
))  # fmt: skip

KPIS = Table("kpis", "one segment of Lanting Mobile's prepaid plans in one month (customers are "
    "counted, not listed)", ("month", "segment"), ("month", "segment", "start", "end"), (
    month(),
    Column("segment", "text", "Segment", values=SEGMENTS),
    Column("start", "integer", "Customers at the start of the month", "customers", 0),
    Column("new", "integer", "Won in the month", "customers", 0),
    Column("end", "integer", "Customers at its end, new ones included", "customers", 0,
           truth="retention follows the csat of the month before, 0.15 per point"),
    Column("survey", "text", "How customers were asked; by phone in month 25 only",
           values=("web", "phone")),
    Column("answers", "integer", "Answers to the survey", "answers", 1),
    Column("csat_mean", "number", "Mean satisfaction of the answers, 1 to 5", "points", 1, 5,
           decimals=3, truth="truth_kpis, sampling error, and 0.4 more on the phone"),
    Column("promoters", "integer", "Answers of 9 or 10 to 'would you recommend us?'", "answers", 0),
    Column("detractors", "integer", "Answers of 0 to 6", "answers", 0),
    Column("top_ups", "integer", "Top-ups paid", "top-ups", 0),
    Column("revenue", "money", "Revenue", "¥", 0),
))  # fmt: skip

CONTRACTS = Table("contracts", "one yearly contract for a fixed line, signed 2017 to 2020 (an "
    "archive: 4 x 5,000 contracts whose holders are not in `customers`)", ("contract_id",),
    ("contract_id", "cohort", "renewals", "churned"), (
    Column("contract_id", "id", "The contract", low=1),
    Column("cohort", "integer", "Year in which it was signed; renewed or not once a year",
           "year", 2017, 2020),
    Column("acq_channel", "text", "Channel through which the customer came", values=CHANNELS),
    Column("acq_cost", "money", "Cost of winning the customer", "¥", 0),
    Column("margin", "money", "Margin of a year under contract", "¥ per year", 0,
           truth="lognormal, independent of churn"),
    Column("renewals", "integer", "Renewals until the end of 2025", "renewals", 0, 8,
           truth="shifted beta-geometric"),
    Column("churned", "flag", "Not renewed on some anniversary until the end of 2025"),
))  # fmt: skip

TRUTH_SERVQUAL = Table("truth_servqual", "one Lanting Mobile customer who took part in the "
    "quality survey", ("customer_id",), (), (
    customer("The customer who answered"),
    Column("careless", "flag", "Gave one answer to every item without reading",
           truth="4 per cent, by chance"),
))  # fmt: skip

TRUTH_PULSE = Table("truth_pulse", "one question sent to a customer of Lanting Mobile in a month",
    ("customer_id", "month"), (), (
    customer("The customer who was asked"),
    month(),
    probability("response_probability", "Chance of answering"),
    Column("csat_all", "number", "The answer that everybody would give, 1 to 5", "points", 1, 5),
    Column("nps_all", "number", "The answer that everybody would give, 0 to 10", "points", 0, 10),
))  # fmt: skip

TRUTH_SUBSCRIPTIONS = Table("truth_subscriptions", "one subscription at Lanting Mobile",
    ("subscription_id",), (), (
    Column("subscription_id", "id", "The subscription", low=1),
    customer("The customer who holds the account"),
    probability("cancel_probability", "Chance of being cancelled in a month; 0 for the first one, "
                "which ends with the customer"),
    Column("months", "integer", "Months it ran within the observation", "months", 1, MONTHS),
    Column("cancelled", "flag", "Cancelled by itself, not because the customer left"),
))  # fmt: skip

TRUTH_KPIS = Table("truth_kpis", "one segment of the prepaid plans in one month",
    ("month", "segment"), (), (
    month(),
    Column("segment", "text", "Segment", values=SEGMENTS),
    Column("csat_true", "number", "Mean satisfaction of all customers", "points", 1, 5, decimals=3,
           truth="level of the segment, a slow rise, AR(1)"),
    probability("retention_true", "Chance of staying through the month"),
))  # fmt: skip

TRUTH_CONTRACTS = Table("truth_contracts", "one yearly contract signed 2017 to 2020",
    ("contract_id",), (), (
    Column("contract_id", "id", "The contract", low=1),
    probability("churn_probability", "Chance of not renewing, the same every year"),
    Column("clv", "money", "Expected value: margin now and at every renewal, discounted at 10 %",
           "¥", 0, truth="margin x 1.1 / (0.1 + churn_probability)"),
    Column("margin_if_loyal_pay_more", "money", "The margin in a world where the loyal pay more",
           "¥ per year", 0, truth="correlates -0.4 with churn on the normal scale"),
    Column("margin_if_loyal_pay_less", "money", "The margin in a world where the loyal pay less",
           "¥ per year", 0, truth="correlates +0.4 with churn on the normal scale"),
))  # fmt: skip

TABLES = (
    PANEL, ACCOUNTS, SUBSCRIPTIONS, KPIS, CONTRACTS, SURVEY_SERVQUAL, SURVEY_PULSE,
    TRUTH_PANEL, TRUTH_CHURN, TRUTH_SUBSCRIPTIONS, TRUTH_KPIS, TRUTH_CONTRACTS,
    TRUTH_SERVQUAL, TRUTH_PULSE,
)  # fmt: skip
