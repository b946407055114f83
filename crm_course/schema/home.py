"""Tables of Lanting Home: appliances, sold without a contract."""

from .columns import Column, Table, answer, customer, month, points, probability, scale

CATEGORIES = ("quality", "delivery", "billing", "service")
OUTCOMES = ("unresolved", "resolved", "quick")
ACTIVITIES = ("receive", "diagnose", "order part", "schedule", "repair", "check", "close")
KANO = ("must-be", "one-dimensional", "attractive", "indifferent")
FEATURES = (
    "delivery on the day agreed", "a safe connection", "a correct bill",
    "a short wait on the phone", "repair at the first visit", "a low price for spare parts",
    "a photo of the technician beforehand", "the old appliance taken away free",
    "a call one week after the repair",
    "a shop open until midnight", "a printed magazine", "a choice of music while waiting",
)  # fmt: skip
STYLES, PLAIN = ("thinker", "sensor", "intuitor", "feeler"), "plain"
SIGNS = {
    "chats": "feeler", "asks_figures": "thinker", "asks_new": "intuitor",
    "asks_delivery": "sensor", "compares": "thinker", "paints_picture": "intuitor",
    "names_others": "feeler", "wants_today": "sensor",
}  # fmt: skip

ORDERS = Table("orders", "one order at Lanting Home (no contract)", ("order_id",),
    ("customer_id", "ordered_at", "amount"), (
    Column("order_id", "id", "The order: customer_id x 1000 + number of the order", low=1,
           optional=True),
    customer("The customer who ordered"),
    Column("ordered_at", "timestamp", "When the order was placed; the first one on the joining day",
           truth="BG/NBD in operational weeks, slowed and sped up by the season"),
    Column("product", "text", "Product ordered", optional=True),
    Column("amount", "money", "Amount paid, before any refund (order_prices)", "¥", 0,
           truth="Gamma-Gamma around mean_spend"),
))  # fmt: skip

ORDER_PRICES = Table("order_prices", "one order at Lanting Home: what its amount was made of, and "
    "what was lost of it", ("order_id",), ("order_id", "list_price", "discount"), (
    Column("order_id", "id", "The order", low=1),
    Column("quantity", "integer", "How many pieces of the product", "pieces", 1,
           truth="two in 15, 10, 2, 0 of 100 orders, the dearer the fewer"),
    Column("list_price", "money", "List price of all pieces; less discount, it is the amount of "
           "the order", "¥", 0,
           truth="the amount and the discount on top: a discount moves no purchase"),
    Column("discount", "money", "Taken off the list price", "¥", 0,
           truth="5, 10, 15 or 20 per cent by lot, in 35 of 100 orders, in November in 85"),
    Column("freight", "money", "What bringing it cost Lanting, and fetching it if it was sent back",
           "¥", 0, truth="¥6, 9, 15 or 60, from amounts of ¥0, 150, 350, 800 on; sent back: twice"),
    Column("refund", "money", "The whole amount, given back because the order was sent back; 0 if "
           "it was kept", "¥", 0, truth="by return_probability of truth_orders"),
))  # fmt: skip

REPAIR_CASES = Table("repair_cases", "one repair for a Lanting Home customer", ("case_id",),
    ("case_id", "region", "month", "csat"), (
    Column("case_id", "id", "The case: customer_id x 1000 + number of the case", low=1),
    customer("The customer"),
    Column("region", "text", "Repair centre; A redesigned its process in month 19, B did not",
           values=("A", "B")),
    month(),
    Column("first_time_fix", "flag", "The first repair held",
           truth="70 per cent, 8 points more after the redesign"),
    Column("csat", "number", "Satisfaction with the repair as asked afterwards", "points", 0, 100,
           truth="theta, region, +3 for everybody since month 19, +6 for the redesign"),
))  # fmt: skip

EVENT_LOG = Table("event_log", "one activity in one repair case (the centres work in shifts, day "
    "and night)", ("case_id", "started_at"), ("case_id", "activity", "started_at"), (
    Column("case_id", "id", "The case", low=1),
    Column("activity", "text", "What was done; close is missing in 12 per cent of the cases",
           values=ACTIVITIES),
    Column("started_at", "timestamp", "When work on it began",
           truth="gamma waiting times before each activity; shorter after the redesign"),
    Column("ended_at", "timestamp", "When work on it ended"),
    Column("resource", "text", "Who did it"),
))  # fmt: skip

TRUTH_ORDERS = Table("truth_orders", "one customer of Lanting Home", ("customer_id",), (), (
    customer(),
    Column("purchase_rate", "number", "Orders while active", "per operational week", 0,
           decimals=6, truth="Gamma(r, alpha)"),
    probability("dropout_probability", "Chance of falling silent after each repeat order"),
    Column("alive", "flag", "Still active at the end of observation"),
    Column("mean_spend", "money", "Expected amount of an order", "¥", 0,
           truth="p / nu, nu ~ Gamma(q, gamma)"),
    probability("return_probability", "Chance of sending an order back",
                truth="Beta, 0.1 on average and near 0 for most; high where purchase_rate is"),
))  # fmt: skip

PROBLEMS = Table("problems", "one problem of a Lanting Home customer, complained about or not "
    "(found by asking all customers)", ("problem_id",), ("problem_id", "customer_id", "voiced"), (
    Column("problem_id", "id", "The problem: customer_id x 1000 + number of the problem", low=1),
    customer("The customer who had it"),
    Column("occurred_on", "date", "Day it happened; until September 2025, so that 90 days follow",
           truth="Poisson, rarer where theta is high"),
    Column("category", "text", "What went wrong", values=CATEGORIES),
    Column("loss", "money", "What it cost the customer", "¥", 0, truth="lognormal by category"),
    scale("prior_sat", "Satisfaction before the problem", "6 + 1.5 x (0.8 theta + 0.6 noise)"),
    Column("invited", "flag", "A text message asked 'anything wrong? tell us'",
           truth="a fair coin; moves voicing and nothing else"),
    Column("fast_desk", "flag", "A complaint goes to the fast desk; drawn for the silent too",
           truth="a fair coin; turns unresolved into quick, leaves the share of resolved"),
    Column("voiced", "flag", "The customer complained",
           truth="logit: category, log10(loss / ¥100), loyal, invited"),
    Column("rebuy_90d", "flag", "Asked 90 days later, not linked to orders: bought again or will",
           truth="the potential outcome of truth_problems that belongs to what was done"),
))  # fmt: skip

COMPLAINTS = Table("complaints", "one problem that a Lanting Home customer complained about",
    ("problem_id",), ("problem_id", "received_at", "outcome"), (
    Column("problem_id", "id", "The problem", low=1),
    customer("The customer who complained"),
    Column("channel", "text", "Where the complaint arrived: with the front line or at head office",
           values=("front", "hq"), truth="hq by a constant chance: one in fourteen"),
    Column("words", "text", "What the customer said, in the customer's language"),
    Column("received_at", "timestamp", "When it was received"),
    Column("acknowledged_at", "timestamp", "When the customer was told that it was received"),
    Column("resolved_at", "timestamp", "When it was resolved; missing if it was not",
           optional=True),
    Column("outcome", "text", "unresolved; resolved after 6 to 30 days; quick: within 5 days",
           values=OUTCOMES, truth="desk by coin; the loyal are served sooner"),
    Column("compensation", "money", "Paid to the customer", "¥", 0),
    points("dj", "Distributive justice: was what you got fair?", "outcome, compensation, noise"),
    points("pj", "Procedural justice: was the way it was handled fair?", "outcome, noise"),
    points("ij", "Interactional justice: were you treated with respect?",
           "outcome, theta, noise"),
    scale("post_sat", "Satisfaction after the case",
          "linear in dj - 4, pj - 4, ij - 4, their first product, log10(loss / ¥100)"),
))  # fmt: skip

TRUTH_PROBLEMS = Table("truth_problems", "one problem of a Lanting Home customer",
    ("problem_id",), (), (
    Column("problem_id", "id", "The problem", low=1),
    customer("The customer who had it"),
    Column("loyal", "flag", "Loyal: complains more and stays more, whatever is done",
           truth="40 per cent; more often where theta is high"),
    probability("voice_probability", "Chance of complaining"),
    probability("rebuy_probability", "Chance of buying again if silent or unresolved"),
    Column("rebuy_unresolved", "flag", "Would buy again if silent, or if nothing is resolved"),
    Column("rebuy_resolved", "flag", "Would buy again if resolved"),
    Column("rebuy_quick", "flag", "Would buy again if resolved within 5 days"),
))  # fmt: skip

SURVEY_KANO = Table("survey_kano", "one Lanting Home customer and one of 12 features (about one "
    "customer in six took part)", ("customer_id", "feature"),
    ("customer_id", "feature", "functional", "dysfunctional"), (
    customer("The customer who answered"),
    Column("feature", "text", "The feature", values=FEATURES),
    answer("functional", "How would you feel if we had it? 1 I like it, 2 I expect it, "
           "3 neutral, 4 I can live with it, 5 I dislike it"),
    answer("dysfunctional", "How would you feel if we did not have it? 1 to 5 as before"),
))  # fmt: skip

TRUTH_KANO = Table("truth_kano", "one feature of the Kano survey", ("feature",), (), (
    Column("feature", "text", "The feature", values=FEATURES),
    Column("kind", "text", "What it is to most customers", values=KANO,
           truth="60 per cent of the customers, the other kinds share the rest"),
    probability("better", "Expected (attractive + one-dimensional) / all four kinds"),
    probability("worse", "Expected -(one-dimensional + must-be) / all four kinds", -1),
))  # fmt: skip

TRUTH_REPAIR_CASES = Table("truth_repair_cases", "one repair for a Lanting Home customer",
    ("case_id",), (), (
    Column("case_id", "id", "The case", low=1),
    customer("The customer"),
    Column("redesigned", "flag", "Handled by the new process"),
    Column("lead_hours", "number", "From receiving to closing, whether or not closing was logged",
           "hours", 0, decimals=2),
    Column("close_logged", "flag", "Closing was logged", truth="88 per cent, by chance"),
))  # fmt: skip


def sign(name, meaning):
    return Column(name, "integer", meaning, "1 if heard", 0, 1,
                  truth=f"60 per cent of callers of the style {SIGNS[name]}, 25 of another style, "
                  "30 of those without a style")  # fmt: skip


CONVERSATIONS = Table("conversations", "one telephone call to Lanting Home about an appliance; the "
    "callers are no customers yet", ("conversation_id",),
    ("first_rater", "second_rater", "pitch", "bought"), (
    Column("conversation_id", "id", "The call", low=1),
    sign("chats", "Says something personal before business"),
    sign("asks_figures", "Asks for a figure or a test"),
    sign("asks_new", "Asks what is new about it"),
    sign("asks_delivery", "Asks how soon it can be at work"),
    sign("compares", "Sets it against another offer"),
    sign("paints_picture", "Describes how it will look or feel"),
    sign("names_others", "Says what family or friends think"),
    sign("wants_today", "Wants it settled in this call"),
    Column("first_rater", "text", "Style that the first rater ticked, from the recording",
           values=STYLES, truth="by the signs alone; the form has no box for none"),
    Column("second_rater", "text", "Style that the second rater ticked, from the same recording",
           values=STYLES, truth="by the signs alone; the form has no box for none"),
    Column("pitch", "text", "How the offer was put: in one of the four styles, or plainly",
           values=(*STYLES, PLAIN), truth="by lot: a third plainly, a sixth in each style"),
    Column("bought", "flag", "Bought during the call",
           truth="24 per cent plainly, 32 in the caller's own style, 20 in another"),
))  # fmt: skip

TRUTH_CONVERSATIONS = Table("truth_conversations", "one telephone call to Lanting Home",
    ("conversation_id",), (), (
    Column("conversation_id", "id", "The call", low=1),
    Column("style", "text", "The caller's dominant style, or none", values=(*STYLES, "none"),
           truth="none for 35 per cent"),
    Column("bought_if_plain", "flag", "Would buy if the offer were put plainly"),
    Column("bought_if_matched", "flag", "Would buy if it were put in the caller's own style; for "
           "a caller without one that is plainly"),
    Column("bought_if_mismatched", "flag", "Would buy if it were put in another style"),
))  # fmt: skip

TABLES = (
    ORDERS, ORDER_PRICES, PROBLEMS, COMPLAINTS, SURVEY_KANO, REPAIR_CASES, EVENT_LOG,
    CONVERSATIONS, TRUTH_ORDERS, TRUTH_PROBLEMS, TRUTH_KANO, TRUTH_REPAIR_CASES,
    TRUTH_CONVERSATIONS,
)  # fmt: skip
