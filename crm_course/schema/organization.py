"""Tables of the group's own people: culture, roles, tasks, training."""

TABLES = ()
