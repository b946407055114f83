"""The customer view: which records of six systems belong to one person, and what errors cost.

linking    weights of agreement after Fellegi and Sunter, links found by splink on DuckDB
files      links made into customer files: quality, mix-ups, splits, money; how many unknown
warehouse  the customer data warehouse: a DuckDB file that is asked in SQL; a row per customer
pictures   what they look like
"""

from .files import (
    chapman_estimate,
    chapman_standard_error,
    contradictory_files,
    customer_files,
    file_errors,
    linkage_quality,
    systems_of,
    threshold_costs,
    threshold_table,
)
from .linking import FIELDS, field_weights, link_records, stranger_agreement
from .pictures import explore_thresholds, plot_precision_recall, plot_thresholds
from .warehouse import Warehouse, build_warehouse, customer_360, with_record_id

__all__ = [
    "FIELDS", "Warehouse", "build_warehouse", "chapman_estimate", "chapman_standard_error",
    "contradictory_files", "customer_360", "customer_files", "explore_thresholds", "field_weights",
    "file_errors", "link_records", "linkage_quality", "plot_precision_recall", "plot_thresholds",
    "stranger_agreement", "systems_of", "threshold_costs", "threshold_table", "with_record_id",
]  # fmt: skip
