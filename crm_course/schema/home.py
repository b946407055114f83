"""Tables of Lanting Home: appliances, sold without a contract."""

from .columns import Column, Table, customer, probability

ORDERS = Table("orders", "one order at Lanting Home (no contract)", ("order_id",),
    ("customer_id", "ordered_at", "amount"), (
    Column("order_id", "id", "The order: customer_id x 1000 + number of the order", low=1,
           optional=True),
    customer("The customer who ordered"),
    Column("ordered_at", "timestamp", "When the order was placed; the first one on the joining day",
           truth="BG/NBD in operational weeks, slowed and sped up by the season"),
    Column("product", "text", "Product ordered", optional=True),
    Column("amount", "money", "Amount paid", "¥", 0, truth="Gamma-Gamma around mean_spend"),
))  # fmt: skip

TRUTH_ORDERS = Table("truth_orders", "one customer of Lanting Home", ("customer_id",), (), (
    customer(),
    Column("purchase_rate", "number", "Orders while active", "per operational week", 0,
           decimals=6, truth="Gamma(r, alpha)"),
    probability("dropout_probability", "Chance of falling silent after each repeat order"),
    Column("alive", "flag", "Still active at the end of observation"),
    Column("mean_spend", "money", "Expected amount of an order", "¥", 0,
           truth="p / nu, nu ~ Gamma(q, gamma)"),
))  # fmt: skip

TABLES = (ORDERS, TRUTH_ORDERS)
