"""Tables of the whole group: who the customers are, and the parameters of their world."""

from .columns import CHANNELS, INCOMES, LOCALES, UNITS, Column, Table, customer, probability

SILOS = ("sales", "service", "web", "market_list", "orders", "warranty")
DOCUMENTS = ("study", "book", "trade press", "vendor paper", "web page", "slides")
ATTRIBUTES = ("search", "experience", "credence")

CUSTOMERS = Table("customers", "one customer of the group", ("customer_id",),
    ("customer_id", "joined_on"), (
    customer(),
    Column("unit", "text", "Business unit of Lanting", values=UNITS),
    Column("kind", "text", "Kind of customer", values=("private", "fleet", "key", "retailer")),
    Column("locale", "text", "Language and country of the customer", values=LOCALES),
    Column("name", "text", "Name of the customer or of the contact; invented"),
    Column("gender", "text", "Gender; agrees with the first name", values=("f", "m")),
    Column("birth_year", "integer", "Year of birth", "year", 1940, 2005),
    Column("email", "text", "Mail address, unique; example.com, .org, .net belong to nobody"),
    Column("phone", "text", "Phone number from a range kept free for fiction; belongs to nobody"),
    Column("city", "text", "City (en_US: invented; zh_CN: real)"),
    Column("province", "text", "State or province of the city"),
    Column("postcode", "text", "Postcode that belongs to city and province"),
    Column("income_band", "text", "Band of the income that the customer (of a firm: the contact) "
           "stated on joining; cut so that 30 of 100 are low, 30 high", values=INCOMES,
           truth="at Home high where mean_spend of truth_orders is high, elsewhere linked with "
           "nothing"),
    Column("joined_on", "date", "First day as a customer"),
    Column("acq_channel", "text", "Channel through which the customer came",
           values=CHANNELS),
    Column("acq_cost", "money", "Cost of winning the customer", "¥", 0),
    Column("consent", "flag", "Agreed to be contacted"),
))  # fmt: skip

TRUTH_PARAMETERS = Table("truth_parameters", "one parameter of the world",
    ("process", "parameter"), (), (
    Column("process", "text", "Process the parameter belongs to"),
    Column("parameter", "text", "Name of the parameter"),
    Column("value", "number", "Its value", decimals=6),
))  # fmt: skip

TRUTH_CUSTOMERS = Table("truth_customers", "one customer of the group", ("customer_id",), (), (
    customer(),
    Column("satisfaction", "number", "Latent satisfaction theta; drives the rest",
           "standard deviations", decimals=4, truth="standard normal"),
))  # fmt: skip

PORTFOLIO = Table("portfolio", "one customer in the books of a year, not linked to other tables",
    ("customer_id",), ("customer_id", "revenue", "cost_to_serve", "profit"), (
    customer(),
    Column("revenue", "money", "Revenue of the year", "¥ per year", 0,
           truth="lognormal, higher where theta is high; each year anew around the own mean"),
    Column("cost_to_serve", "money", "Cost of serving the customer; 45 per cent of it is allocated "
           "fixed cost, which stays if the customer goes", "¥ per year", 0,
           truth="lognormal, independent of revenue"),
    Column("profit", "money", "45 per cent of revenue, less cost_to_serve", "¥ per year"),
    Column("wallet_share", "integer", "Share of such spending that Lanting has, as asked",
           "per cent", 1, 100, truth="the lower, the more an account manager can add"),
    Column("retention_estimate", "number", "Chance of staying another year, the firm's estimate",
           "probability", 0, 1, decimals=2, truth="retention_probability, blurred"),
    Column("managed", "flag", "Has an account manager in the year after", truth="a fair coin"),
    Column("profit_next", "money", "Profit of the year after", "¥ per year",
           truth="a new year around the same mean, plus extra_profit where managed"),
))  # fmt: skip

SOURCE_RECORDS = Table("source_records", "one customer as one of six systems of the group has it; "
    "nobody has linked them (46 per cent of the customers)", ("record_id",),
    ("record_id", "source", "name"), (
    Column("record_id", "id", "The record; says nothing about the customer", low=0),
    Column("source", "text", "The system", values=SILOS,
           truth="coverage by system; sales and service overlap more than by chance"),
    Column("name", "text", "Name as typed", truth="8 per cent with a slip of the hand"),
    Column("phone", "text", "Phone; missing in 12 per cent", optional=True,
           truth="3 per cent have that of another member of the household"),
    Column("email", "text", "Mail address; missing in 35 per cent", optional=True,
           truth="8 per cent with a slip of the hand"),
    Column("city", "text", "City"),
    Column("postcode", "text", "Postcode"),
    Column("created_on", "date", "Day the record was made"),
))  # fmt: skip

CALL_VOLUMES = Table("call_volumes", "one half-hour at the call centre of the group (8 weeks, "
    "Monday to Saturday, 8:00 to 20:00)", ("starts_at",), ("starts_at", "calls"), (
    Column("starts_at", "timestamp", "When the half-hour began"),
    Column("calls", "integer", "Calls that came in", "calls", 0,
           truth="Poisson with the rate of truth_call_volumes"),
    Column("agents", "integer", "Agents on duty", "agents", 1),
    Column("abandoned", "integer", "Callers who hung up while waiting", "calls", 0,
           truth="exponential patience"),
    Column("within_20s", "integer", "Calls answered within 20 seconds", "calls", 0,
           truth="first come, first served, by the agents on duty"),
    Column("wait_seconds", "integer", "Waiting time of all calls together", "seconds", 0),
    Column("handle_seconds", "integer", "Talking time of all answered calls together", "seconds",
           0, truth="exponential"),
))  # fmt: skip

CALLS = Table("calls", "one call of the last of those eight weeks", ("call_id",),
    ("called_at", "wait_seconds", "handle_seconds"), (
    Column("call_id", "id", "The call, numbered in the order of arrival", low=1),
    Column("called_at", "timestamp", "When it came in"),
    Column("wait_seconds", "integer", "How long the caller waited", "seconds", 0),
    Column("handle_seconds", "integer", "How long the call took, rounded; 0 if the caller hung up",
           "seconds", 0),
    Column("hung_up", "flag", "The caller hung up while waiting"),
))  # fmt: skip

REVIEWS = Table("reviews", "one seller of one of 14 products, and what its buyers wrote",
    ("offer_id",), ("offer_id", "reviews", "positive"), (
    Column("offer_id", "id", "The seller's offer", low=1),
    Column("product", "text", "What is offered", optional=True),
    Column("attribute", "text", "When a buyer knows its quality: before buying (search), after "
           "(experience), hardly ever (credence)", values=ATTRIBUTES),
    Column("reviews", "integer", "Buyers who wrote", "reviews", 1),
    Column("positive", "integer", "Those who found it good", "reviews", 0,
           truth="each is right with the accuracy of the attribute"),
))  # fmt: skip

PAGE_TEST = Table("page_test", "one customer who agreed to be contacted and saw the old or the new "
    "page of an offer", ("customer_id",), ("customer_id", "arm", "bought"), (
    customer(),
    Column("arm", "text", "The page shown", values=("old", "new"), truth="a fair coin"),
    Column("earlier_spend", "money", "Spent in the year before", "¥", 0, truth="lognormal"),
    Column("bought", "flag", "Bought the offer",
           truth="logit in log(earlier_spend / ¥100) and theta, and what the page adds"),
))  # fmt: skip

EXPERIMENTS = Table("experiments", "one spending level of a budget trial", ("trial", "spend"),
    ("trial", "spend", "people", "successes"), (
    Column("trial", "text", "acquisition: prospects of whom some become customers; retention: "
           "customers of whom some stay a year", values=("acquisition", "retention")),
    Column("spend", "money", "Spent per person (per prospect, or per customer and year)", "¥", 0),
    Column("people", "integer", "People who got this level, by lot", "people", 1),
    Column("successes", "integer", "Those who became customers, or stayed", "people", 0,
           truth="binomial: ceiling x (1 - exp(-speed x spend))"),
))  # fmt: skip

GROWTH_TRIAL = Table("growth_trial", "one group of a club whose members got a parcel by lot, and "
    "its year", ("group",), ("group", "members", "stayed", "friends", "margin"), (
    Column("group", "text", "What the parcel held",
           values=("nothing", "loyalty", "expansion", "acquisition", "all three")),
    Column("loyalty", "flag", "The parcel held what is to make members stay"),
    Column("expansion", "flag", "It held what is to make them buy something new"),
    Column("acquisition", "flag", "It held what is to make them bring friends"),
    Column("members", "integer", "Members at the start of the year, by lot", "people", 1),
    Column("stayed", "integer", "Those of them who were there at its end", "people", 0,
           truth="binomial; loyalty adds to the chance"),
    Column("friends", "integer", "New members whom they brought in the year", "people", 0,
           truth="Poisson; acquisition adds to the rate"),
    Column("margin", "money", "Mean margin of a member, what the parcel costs in a year taken off",
           "¥ per year", truth="normal with the spread of a mean; expansion adds to it"),
))  # fmt: skip

CITATIONS = Table("citations", "one document that says how much dearer winning is than keeping",
    ("document_id",), ("document_id", "quoted"), (
    Column("document_id", "id", "The document, numbered by year", low=1),
    Column("year", "integer", "Year it appeared", "year", 1978, 2025),
    Column("kind", "text", "What it is", values=DOCUMENTS),
    Column("quoted", "number", "How many times dearer it says a new customer is", "times", 0,
           decimals=1, truth="copied; 6 per cent of the copies draw anew, possibly the same"),
    Column("attributed_to", "text", "Whom it names as the source; missing if nobody",
           optional=True, truth="copied; 20 per cent of the copies draw anew, possibly the same"),
    Column("cites_document_id", "number", "The document it cites, if it shows one", low=1,
           optional=True, truth="shown by those that copy honestly, about half"),
))  # fmt: skip

TRUTH_CITATIONS = Table("truth_citations", "one document of `citations`", ("document_id",), (), (
    Column("document_id", "id", "The document", low=1),
    Column("copied_from_document_id", "number", "The document it took the number from; missing "
           "for a root", low=1, optional=True),
    Column("root_document_id", "id", "The first document of its chain", low=1),
    Column("empirical", "flag", "It measured the number itself", truth="roots only"),
))  # fmt: skip

TRUTH_PORTFOLIO = Table("truth_portfolio", "one customer of the group", ("customer_id",), (), (
    customer(),
    Column("expected_profit", "money", "Mean profit of a year without account manager",
           "¥ per year"),
    Column("extra_profit", "money", "What an account manager adds to it", "¥ per year", 0,
           truth="nothing for a quarter of the customers, else lognormal"),
    probability("retention_probability", "Chance of staying another year"),
    Column("current_value", "money", "Five years of expected_profit, if retained, at 10 %", "¥"),
    Column("potential", "money", "Five years of extra_profit, if retained, at 10 %", "¥", 0),
))  # fmt: skip

TRUTH_PAGE_TEST = Table("truth_page_test", "one customer in the test of the page",
    ("customer_id",), (), (
    customer(),
    probability("buy_probability", "Chance of buying on the old page"),
    Column("bought_if_old", "flag", "Would buy on the old page"),
    Column("bought_if_new", "flag", "Would buy on the new page",
           truth="0.8 points more for customers with locale zh_CN, nothing for the others"),
))  # fmt: skip

TRUTH_SOURCE_RECORDS = Table("truth_source_records", "one record of `source_records`",
    ("record_id",), (), (
    Column("record_id", "id", "The record", low=0),
    customer("The customer it belongs to"),
    Column("name_typo", "flag", "The name was mistyped"),
    Column("email_typo", "flag", "The mail address was mistyped, where there is one"),
    Column("shared_phone", "flag", "The phone is that of another member of the household"),
))  # fmt: skip

TRUTH_CALL_VOLUMES = Table("truth_call_volumes", "one half-hour at the call centre of the group",
    ("starts_at",), (), (
    Column("starts_at", "timestamp", "When the half-hour began"),
    Column("calls_per_hour", "number", "Expected calls", "calls per hour", 0, decimals=4,
           truth="profile of the day x weekday"),
))  # fmt: skip

TRUTH_REVIEWS = Table("truth_reviews", "one seller of one of 14 products", ("offer_id",), (), (
    Column("offer_id", "id", "The seller's offer", low=1),
    Column("good", "flag", "The offer is good", truth="a fair coin"),
    probability("accuracy", "Chance that a buyer judges it rightly"),
))  # fmt: skip

TABLES = (
    CUSTOMERS, PORTFOLIO, SOURCE_RECORDS, CALL_VOLUMES, CALLS, REVIEWS, PAGE_TEST,
    EXPERIMENTS, GROWTH_TRIAL, CITATIONS,
    TRUTH_PARAMETERS, TRUTH_CUSTOMERS, TRUTH_PORTFOLIO, TRUTH_SOURCE_RECORDS,
    TRUTH_CALL_VOLUMES, TRUTH_REVIEWS, TRUTH_PAGE_TEST, TRUTH_CITATIONS,
)  # fmt: skip
