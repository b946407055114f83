"""Small faults put into the package on purpose: the notebooks must notice every one of them.

A mutant replaces `old` by `new` in one module. nbval, run on the one notebook that covers the
function, must then fail, and must pass without it. `old` occurs exactly once in the module.
"""

import ast
import shutil
from dataclasses import dataclass

from authoring import validate
from authoring.lesson import ROOT

RETENTION = "notebooks/2_customers/21_retention.ipynb"


@dataclass(frozen=True)
class Mutant:
    """One fault: module below crm_course, text before, text after, and who must notice it."""

    module: str
    old: str
    new: str
    notebook: str

    def __str__(self):
        return f"{self.module}: {self.old} -> {self.new}"


MUTANTS = ()

# The functions that other people's work relies on (design, section 5): each has a mutant as soon
# as its module exists.
PROMISED = {
    "foundations/customer_economics.py": ("constant_retention_clv", "fit_sbg"),
    "foundations/customer_view.py": ("link_records", "linkage_quality", "chapman_estimate"),
    "customers/retention.py": (
        "rfm_summary",
        "cohort_table",
        "kaplan_meier",
        "fit_bg_nbd",
        "fit_gamma_gamma",
        "retention_rate",
    ),
    "customers/customer_care.py": (
        "erlang_c",
        "servqual_gap",
        "kano_coefficients",
        "net_promoter_score",
    ),
    "customers/complaints.py": (
        "hidden_problems",
        "word_of_mouth_balance",
        "complaint_outcomes",
    ),
    "strategy/segmentation.py": ("rfm_scores",),
    "strategy/value_matrix.py": (
        "current_value",
        "growth_potential",
        "value_matrix",
        "top_share",
        "gini",
        "decile_table",
        "whale_curve",
    ),
    "relationships/partner_scorecard.py": ("weighted_score", "weight_sensitivity"),
    "organization/performance.py": ("growth_decomposition", "composite_index"),
    "cases/trade_credit.py": (
        "weight_of_evidence",
        "information_value",
        "expected_loss",
        "days_sales_outstanding",
        "scorecard_points",
    ),
    "cases/retail_grading.py": ("ahp_weights", "grade_by_quota"),
}


def unguarded(package=ROOT / "crm_course"):
    """Return `module: function` for each promised function without a mutant, where it exists."""
    guarded = {(mutant.module, function_of(mutant, package)) for mutant in MUTANTS}
    promised = {(module, name) for module, names in PROMISED.items() for name in names}
    missing = [pair for pair in promised - guarded if (package / pair[0]).exists()]
    return sorted(f"{module}: {name}" for module, name in missing)


def function_of(mutant, package=ROOT / "crm_course"):
    """Return the top-level function, or class, in whose body the mutant strikes."""
    text = (package / mutant.module).read_text(encoding="utf-8")
    line = text.count("\n", 0, text.index(mutant.old)) + 1
    nodes = [node for node in ast.parse(text).body if hasattr(node, "name")]
    return next((n.name for n in nodes if n.lineno <= line <= n.end_lineno), "")


def copy_course(folder):
    """Copy what a notebook needs into folder: the package, its data, the notebooks."""
    no_caches = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints")
    for name in ("crm_course", "datasets", "notebooks", "tests/solutions"):
        if (ROOT / name).exists():
            shutil.copytree(ROOT / name, folder / name, ignore=no_caches)
    return folder


def strike(mutant, course):
    """Run the mutant's notebook in a copy of the course with the fault in it, then mend it."""
    module = course / "crm_course" / mutant.module
    sound = module.read_text(encoding="utf-8")
    if sound.count(mutant.old) != 1:
        count = sound.count(mutant.old)
        raise ValueError(f"{mutant.old!r} must occur once in {mutant.module}, got {count} times.")
    module.write_text(sound.replace(mutant.old, mutant.new), encoding="utf-8")
    try:
        return check(mutant.notebook, course)
    finally:
        module.write_text(sound, encoding="utf-8")


def check(notebook, course):
    """Run nbval on one notebook of a copy of the course -> CompletedProcess with its words."""
    return validate.run([notebook], folder=course, workers=0, capture_output=True, text=True)
