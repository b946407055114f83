"""Tables of the whole group: who the customers are, and the parameters of their world."""

from .columns import LOCALES, UNITS, Column, Table, customer

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
    Column("joined_on", "date", "First day as a customer"),
    Column("acq_channel", "text", "Channel through which the customer came",
           values=("store", "web", "referral", "partner")),
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

TABLES = (CUSTOMERS, TRUTH_PARAMETERS, TRUTH_CUSTOMERS)
