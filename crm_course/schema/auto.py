"""Tables of Lanting Auto: cars and their service."""

TABLES = ()
