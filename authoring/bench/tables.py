"""Markdown tables of measurements."""


def markdown(columns, rows):
    """Return a table in Markdown; every cell is already a text."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def seconds(value):
    """Write seconds with three figures."""
    return f"{value:.3g}" if value < 100 else f"{value:.0f}"


def mib(value):
    """Write MiB, or a dash where they could not be measured."""
    return "–" if value is None else f"{value:,.0f}"


def verdict(value, limit):
    """Write a ratio that should not exceed its limit, and whether it does."""
    return f"{value:.2f}", "yes" if value <= limit else "**no**"
