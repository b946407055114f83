"""Tables of Lanting Wholesale: firms that buy on credit."""

TABLES = ()
