"""The same measures where the firm's file no longer fits in memory: DuckDB or Spark, by Ibis.

    engine = engines.connect("duckdb")                                  or "spark"
    orders = engines.read(engine, "orders", datasets.stored("orders"))  a folder of Parquet files
    summary = engines.rfm_summary(orders, observation_end="2025-12-31")
    engines.collect(summary)                                            now it is computed

A measure has the name, the arguments and the columns of its pandas function. It takes tables of
Ibis (money in whole cents, as files hold it) and returns a table of Ibis: a question, which its
engine answers when asked. Cents are summed as whole numbers and divided once, ties are broken by
id: every engine gives the same digest as pandas, to the last bit.

backends   an engine by its name, the answer to a question, its digest
reading    Parquet files in, what does not belong there named
checks     what a measure asks of its tables
measures   rfm_summary, rfm_scores, cohort_table, customer_360, decile_table, grade_by_quota
making     the Lanting group made inside Spark
"""

try:
    import ibis  # noqa: F401
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "crm_course.engines needs the package ibis-framework, got no such package. "
        'Install it with: pip install "crm-course[scale]"'
    ) from error

from .backends import collect, connect, content_digest
from .making import make_table
from .measures import (
    cohort_table,
    customer_360,
    decile_table,
    grade_by_quota,
    rfm_scores,
    rfm_summary,
)
from .reading import read

__all__ = [
    "cohort_table", "collect", "connect", "content_digest", "customer_360", "decile_table",
    "grade_by_quota", "make_table", "read", "rfm_scores", "rfm_summary",
]  # fmt: skip
