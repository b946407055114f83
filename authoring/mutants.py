"""Small faults put into the package on purpose: the notebooks must notice every one of them.

A mutant replaces `old` by `new` in one module. nbval, run on the one notebook that covers the
function, must then fail, and must pass without it; the latter is seen when all chapters are
validated, in kernels that start in the same way. `old` occurs exactly once in the module.
"""

import ast
import compileall
import shutil
from dataclasses import dataclass
from py_compile import PycInvalidationMode

from authoring import validate
from authoring.lesson import NOTEBOOKS, ROOT


@dataclass(frozen=True)
class Mutant:
    """One fault: module below crm_course, text before, text after, chapter that must notice it."""

    module: str
    old: str
    new: str
    chapter: str

    @property
    def notebook(self):
        """The path of the chapter, from the root of the course."""
        found = (ROOT / NOTEBOOKS).rglob(f"{self.chapter}_*.ipynb")
        return next(found).relative_to(ROOT).as_posix()

    def __str__(self):
        return f"{self.module}: {self.old} -> {self.new}"


GROUPS = "strategy/segmentation.py"
MATRIX = "strategy/value_matrix.py"
FORECASTING = "relationships/sales_pipeline/forecasting.py"
SCORING = "relationships/partner_scorecard/scoring.py"
RATERS = "relationships/partner_scorecard/raters.py"
COUNTING = "customers/retention/counting.py"
BUYING = "customers/retention/buying.py"
RENEWAL = "customers/retention/renewal.py"
PICTURES = "customers/retention/pictures.py"
ENDS = "customers/complaints/outcomes.py"
ICEBERG = "customers/complaints/iceberg.py"
LINKING = "foundations/customer_view/linking.py"
FILES = "foundations/customer_view/files.py"
VALUE = "foundations/customer_economics/value.py"
SORTING = "foundations/customer_economics/sorting.py"
WAITING = "customers/customer_care/waiting.py"
LISTENING = "relationships/communication/listening.py"
PITCHES = "relationships/communication/pitches.py"
SURVEYS = "customers/customer_care/surveys.py"
AUTOMOTIVE = "cases/automotive.py"
TELECOM = "cases/telecom.py"
CREDIT = "cases/trade_credit/"
GRADING = "cases/retail_grading.py"
CULTURE = "organization/culture/"
PERFORMANCE = "organization/performance/"
MIXING = "strategy/growth_matrix/mixing.py"
PROCESS = "organization/process/"
ROLES = "organization/roles/"
INNOVATION = "capstone/innovation/"
TRAINING = "organization/training/"
APPLIANCES = "cases/appliance_service.py"
FIRM = "capstone/firm_simulator/"

MUTANTS = (
    Mutant(FIRM + "equations.py", "heard * rate * (1 + price / 100)",
           "heard * rate * (1 - price / 100)", "72"),
    Mutant(FIRM + "equations.py", "quick * at_once + late", "quick * at_once - late", "72"),
    Mutant(FIRM + "turn.py", 'people["won"] - people["left"],', 'people["won"],', "72"),
    Mutant(FIRM + "turn.py", "(care + answering + called) / people",
           "(care + answering) / people", "72"),
    Mutant(FIRM + "policies.py", "(-quarter / 4)", "(-quarter)", "72"),
    Mutant(FIRM + "policies.py", "value(NAMES) - value(others)", "value(NAMES)", "72"),
    Mutant(FIRM + "policies.py", "- value(name) - value(other)", "- value(name)", "72"),
    Mutant(FIRM + "runs.py", "1 - regret(run.played) / way", "regret(run.played) / way", "72"),
    Mutant(FIRM + "pictures.py", "replace(answering, training=0)", "replace(answering, training=8)",
           "72"),
    Mutant(APPLIANCES, '["treated", "change"] - table', '["treated", "change"] - 0 * table', "65"),
    Mutant(APPLIANCES, "spread * (4 / cases)", "spread * (1 / cases)", "65"),
    Mutant(APPLIANCES, "in_vain = needs_part & ~is_named", "in_vain = ~is_named", "65"),
    Mutant(APPLIANCES, "value[label(MEASURES)] - value[label(others)]", "value[label(MEASURES)]",
           "65"),
    Mutant(APPLIANCES, "(n * comb(n - 1, size))", "n", "65"),
    Mutant(APPLIANCES, "costs / (costs + saves)", "costs / saves", "65"),
    Mutant(INNOVATION + "trials.py", "true, false = sensitivity * base_rate,",
           "true, false = sensitivity,", "71"),
    Mutant(INNOVATION + "trials.py", 'drop_duplicates("idea")[', "[", "71"),
    Mutant(INNOVATION + "trials.py", "(1 - both) * 2 / tests", "(1 - both) / tests", "71"),
    Mutant(INNOVATION + "trials.py", "margin - building * (work + duds)",
           "margin - building * duds", "71"),
    Mutant(INNOVATION + "trials.py", "return ends / 2 + power", "return ends + power", "71"),
    Mutant(INNOVATION + "trials.py", "(1 - p_new) / new_people) ** 0.5", "/ new_people) ** 0.5",
           "71"),
    Mutant(INNOVATION + "fairness.py", "good_no / good", "good_no", "71"),
    Mutant(INNOVATION + "fairness.py", "return np.asarray(chance) >", "return np.asarray(chance) <",
           "71"),
    Mutant(INNOVATION + "privacy.py", "np.clip(values, 0, cap)", "np.asarray(values)", "71"),
    Mutant(LISTENING, "weight = weight * likelihood", "weight = weight + likelihood", "42"),
    Mutant(LISTENING, "both.sum(axis=1) == 1", "both.sum(axis=1) >= 1", "42"),
    Mutant(LISTENING, "return float((observed - ", "return float((observed - 0.9 * ", "42"),
    Mutant(LISTENING, "False: 1 - chance[style]", "False: 1", "42"),
    Mutant(PITCHES, "accuracy * match + (1 - accuracy)", "accuracy * match + 1", "42"),
    Mutant(PITCHES, "return (base - mismatch)", "return (match - base)", "42"),
    Mutant(PITCHES, "1000 * styled.mean() * matching", "1000 * matching", "42"),
    Mutant(PITCHES, "(gain + loss) * best", "gain * best", "42"),
    Mutant(PITCHES, "(1 - without) * 3 / 4", "(1 - without)", "42"),
    Mutant(PITCHES, "np.ceil(z**2 *", "np.ceil(z *", "42"),
    Mutant(GROUPS, "return (rank - 1) * bins", "return rank * bins", "31"),
    Mutant(GROUPS, "ordinal - days", "ordinal + 1 - days", "31"),
    Mutant(GROUPS, "keeps = seen >= 0", "keeps = seen >= tried", "31"),
    Mutant(GROUPS, "cost / table", "1.1 * cost / table", "31"),
    Mutant(GROUPS, "_pairs(table).sum() / together", "_pairs(table).max() / together", "31"),
    Mutant(GROUPS, "- 2 * points @ centres.T", "- 3 * points @ centres.T", "31"),
    Mutant("strategy/crm_strategy.py", "kept * margin - retention", "kept * margin", "33"),
    Mutant("strategy/crm_strategy.py", "return joining / churn", "return joining", "33"),
    Mutant(FORECASTING, "(wins + weight * mean)", "(wins + 1.1 * weight * mean)", "41"),
    Mutant(FORECASTING, 'freq="Q") - 1', 'freq="Q") - 2', "41"),
    Mutant(FORECASTING, "(rate - (1 - follow) * mean)", "(rate - mean)", "41"),
    Mutant(FORECASTING, ".shift(fill_value=0)", ".shift(2, fill_value=0)", "41"),
    Mutant("relationships/sales_pipeline/funnel.py", "(amount * chance for", "(amount for", "41"),
    Mutant("relationships/sales_pipeline/pricing.py", "change / (margin + change)",
           "change / margin", "41"),
    Mutant("relationships/sales_pipeline/pricing.py", "sellers * coverage *", "coverage *", "41"),
    Mutant("relationships/sales_pipeline/losses.py", "(stated - hidden) /", "stated /", "41"),
    Mutant("relationships/sales_pipeline/fairness.py", "design = pd.concat([sellers, ground",
           "design = pd.concat([sellers, 0.5 * ground", "41"),
    Mutant(SCORING, "(marks * weights).sum(", "(marks * weights**1.1).sum(", "43"),
    Mutant(SCORING, "*_limits(marks, weights, name, first)", "*_limits(marks, weights, name, 'B')",
           "43"),
    Mutant(SCORING, "(ahead_without - ahead_alone)", "(ahead_without + ahead_alone)", "43"),
    Mutant(SCORING, "np.argsort(-scores", "np.argsort(scores", "43"),
    Mutant(SCORING, "(marks >= lowest)", "(marks > lowest)", "43"),
    Mutant(RATERS, "np.triu_indices(len(correlation), 1)", "np.triu_indices(len(correlation))",
           "43"),
    Mutant(RATERS, "sheets.pop(rater)", "sheets[rater]", "43"),
    Mutant(RATERS, "brings - costs)", "brings)", "43"),
    Mutant(RATERS, "np.exp(-credit)", "np.exp(credit)", "43"),
    Mutant(MIXING, "margin / (1 - growing", "margin / (1.01 - growing", "34"),
    Mutant(MIXING, "holds @ alone", "1.1 * holds @ alone", "34"),
    Mutant(MIXING, "np.sqrt((weight * (net - mean) ** 2", "np.sqrt((weight * net**2", "34"),
    Mutant(MIXING, 'people *= row["stay"] + row["friends"]', 'people *= row["stay"]', "34"),
    Mutant(MIXING, "margin + friends * guest /", "margin + guest /", "34"),
    Mutant("strategy/growth_matrix/luck.py", "step * luck[", "step + luck[", "34"),
    Mutant("strategy/growth_matrix/bets.py", "-correlation * spread", "correlation * spread", "34"),
    Mutant("strategy/growth_matrix/alliance.py", "else orders[-1]", "else sold", "34"),
    Mutant(MATRIX, "range(1, years + 1)", "range(years)", "32"),
    Mutant(MATRIX, "better - current_value", "better + current_value", "32"),
    Mutant(MATRIX, "2 * high.astype", "1 * high.astype", "32"),
    Mutant(MATRIX, "round(share * len", "round(1.1 * share * len", "32"),
    Mutant(MATRIX, "return float(2 * (np", "return float(1.9 * (np", "32"),
    Mutant(MATRIX, "np.ceil(10 * rank", "np.ceil(9 * rank", "32"),
    Mutant(MATRIX, "ordered.cumsum() /", "ordered /", "32"),
    Mutant(MATRIX, "+ wear * back", "+ goods * back", "32"),
    Mutant("foundations/what_is_crm.py", "(habit**left)", "(habit ** (left + 1))", "11"),
    Mutant("foundations/what_is_crm.py", "- share))", "+ share))", "11"),
    Mutant("foundations/reading_claims.py", "+ np.log(ratios)", "+ 1.1 * np.log(ratios)", "12"),
    Mutant("foundations/reading_claims.py", "low + 1 - response", "low + 0.9 - response", "12"),
    Mutant(LINKING, '["match_weight"] >= threshold', '["match_weight"] >= threshold + 3', "14"),
    Mutant(FILES, "2 * right / (len(links)", "1.9 * right / (len(links)", "14"),
    Mutant(FILES, "(n2 + 1) / (m + 1) - 1", "(n2 + 1) / m - 1", "14"),
    Mutant("start_here.py", "WORTH = 200.0", "WORTH = 201.0", "00"),
    Mutant("the_lanting_group.py", "dt.year == year", "dt.year <= year", "01"),
    Mutant("the_lanting_group.py", "won - 2 * n * cost", "won - n * cost", "01"),
    Mutant(COUNTING, "kept = end - new", "kept = end - 1.1 * new", "21"),
    Mutant(COUNTING, "day > days[", "day >= days[", "21"),
    Mutant(COUNTING, "if c + a in whole", "if c + a + 1 in whole", "21"),
    Mutant(COUNTING, "(1 - table[", "(1 - 0.9 * table[", "21"),
    Mutant(BUYING, "start, x, t_x, T)", "start, x, t_x, T + 1)", "21"),
    Mutant(BUYING, "+ (r + x) * np.log((", "+ r * np.log((", "21"),
    Mutant(BUYING, "** (a - 1) * hyp2f1", "** a * hyp2f1", "21"),
    Mutant(BUYING, "start, x, mean)", "start, x + 1, mean)", "21"),
    Mutant(BUYING, "self.gamma + x * mean", "self.gamma + mean", "21"),
    Mutant(RENEWAL, "(points - middle) / step", "(points - middle)", "21"),
    Mutant(RENEWAL, "return 12 * panel", "return 11 * panel", "21"),
    Mutant(PICTURES, '"rate"].diff()', '"rate"].diff(2)', "21"),
    Mutant(WAITING, "wait = waits * handle_seconds / (agents - load)",
           "wait = waits * handle_seconds / agents", "23"),
    Mutant(SURVEYS, 'weighted=weight * table["gap"]', 'weighted=table["gap"]', "23"),
    Mutant(SURVEYS, 'better = (table["attractive"] + table["one-dimensional"])',
           'better = (table["attractive"] + table["must-be"])', "23"),
    Mutant(SURVEYS, "(given <= 6)", "(given <= 7)", "23"),
    Mutant("customers/churn/reasons.py", "yearly = 12 * cut", "yearly = 11 * cut", "22"),
    Mutant("customers/churn/saving.py", "share[True] - share[False]", "share[True] - 0.49", "22"),
    Mutant(ENDS, 'table["problems"] / len(problems)', 'table["problems"] / 6000', "24"),
    Mutant(ICEBERG, "np.sqrt(1 / reached + ", "np.sqrt(", "24"),
    Mutant(ICEBERG, "(1 - share) * told_happy", "told_happy", "24"),
    Mutant(VALUE, "margin * first / (1 +", "margin * first / (1.01 +", "13"),
    Mutant(SORTING, "np.arange(1, len(lost) + 1)", "np.arange(2, len(lost) + 2)", "13"),
    Mutant(AUTOMOTIVE, "links[first != brought", "links[first < 0 * brought", "61"),
    Mutant(AUTOMOTIVE, "returned / len(known)", "returned / len(later)", "61"),
    Mutant(AUTOMOTIVE, ".sum() / 12)", ".sum() / 11)", "61"),
    Mutant(AUTOMOTIVE, "/ still_out(curve, months)", "/ still_out(curve, 0)", "61"),
    Mutant(AUTOMOTIVE, "worth=gone * profit", "worth=0.9 * gone * profit", "61"),
    Mutant(AUTOMOTIVE, '- invitation * table["', '- 0.9 * invitation * table["', "61"),
    Mutant(TELECOM, 'there["ended_on"] == there["goodbye"]', 'there["ended_on"] < there["goodbye"]',
           "62"),
    Mutant(TELECOM, '"rate": lost["all"].mean()', '"rate": lost["any"].mean()', "62"),
    Mutant(TELECOM, '(now["tenure"] + 1) % CONTRACT', 'now["tenure"] % CONTRACT', "62"),
    Mutant(TELECOM, "return CONTRACT * margin * bill", "return margin * bill", "62"),
    Mutant(TELECOM, "year_worth(dearest) - cost)", "year_worth(dearest) - 0.9 * cost)", "62"),
    Mutant(CREDIT + "accounts.py", "* loss_given_default * exposure", "* exposure", "63"),
    Mutant(CREDIT + "accounts.py", "(rate[limit] <= promise)", "(rate[limit] >= promise)", "63"),
    Mutant(CREDIT + "accounts.py", "receivables / credit_sales * days", "receivables * days", "63"),
    Mutant(CREDIT + "accounts.py", "(owed + amount[:, n] <= limit)", "(owed <= limit)", "63"),
    Mutant(CREDIT + "scoring.py", 'np.log(share["good"] / share["bad"])',
           'np.log(share["bad"] / share["good"])', "63"),
    Mutant(CREDIT + "scoring.py", 'return float(((share["good"] - share["bad"])',
           'return float(((share["good"] + share["bad"])', "63"),
    Mutant(CREDIT + "scoring.py", "points = base - factor", "points = base + factor", "63"),
    Mutant(GRADING, "(value - size) / (size - 1)", "(value - size) / size", "64"),
    Mutant(GRADING, "(rank - 1) * sum(quota)", "rank * sum(quota)", "64"),
    Mutant(GRADING, "(weights**2 * pd", "(weights * pd", "64"),
    Mutant(GRADING, "np.arange(many)).mean()", "np.arange(1, many + 1)).mean()", "64"),
    Mutant(GRADING, '=grades["quarter"] + 1', '=grades["quarter"]', "64"),
    Mutant(CULTURE + "slopes.py", "inverse @ x.T @ y", "inverse @ x.T @ (1.1 * y)", "51"),
    Mutant(CULTURE + "slopes.py", "(culture - TOTAL)", "(culture - 0.9 * TOTAL)", "51"),
    Mutant(CULTURE + "slopes.py", "return self.a * self.b", "return self.a + self.b", "51"),
    Mutant(CULTURE + "slopes.py", 'wave=scaled["wave"] + 1', 'wave=scaled["wave"]', "51"),
    Mutant(CULTURE + "survey.py", "(1 + (k - 1) * reliability)", "(1 + k * reliability)", "51"),
    Mutant(CULTURE + "survey.py", "(size - 1) * ms_within", "size * ms_within", "51"),
    Mutant(CULTURE + "survey.py", "colleague / asked + ", "colleague + ", "51"),
    Mutant(CULTURE + "promises.py", "loss * (1 - kept)", "loss * (1.1 - kept)", "51"),
    Mutant(CULTURE + "promises.py", ">= least", "> least", "51"),
    Mutant(PERFORMANCE + "indicators.py", '(start + end) / 2', '(start + end) / 3', "55"),
    Mutant(PERFORMANCE + "indicators.py", '["new"].cumsum()', '["new"]', "55"),
    Mutant(PERFORMANCE + "indicators.py", "margin, 1 - churn", "margin, 0.99 - churn", "55"),
    Mutant(PERFORMANCE + "indicators.py", "churn * (1 - churn)", "churn", "55"),
    Mutant(PERFORMANCE + "change.py", "shares[0] + shares[1]", "2 * shares[0]", "55"),
    Mutant(PERFORMANCE + "change.py", "share=logs / total", "share=logs * total", "55"),
    Mutant(PERFORMANCE + "change.py", "values - values.min())", "values)", "55"),
    Mutant(PERFORMANCE + "listening.py", 'kpis["month"] + 1', 'kpis["month"]', "55"),
    Mutant(PERFORMANCE + "listening.py", "1 - (1 - share)", "1.1 - (1 - share)", "55"),
    Mutant(PERFORMANCE + "listening.py", '["nps"].shift()', '["nps"].shift(2)', "55"),
    Mutant(PERFORMANCE + "strategies.py", "slope * customers", "slope + customers", "55"),
    Mutant(TRAINING + "trial.py", '"effect": trained - untrained', '"effect": trained', "54"),
    Mutant(TRAINING + "trial.py", 'learned=trial["post"] - ', 'learned=trial["post"] - 0.9 * ',
           "54"),
    Mutant(TRAINING + "trial.py", "self.at_zero + self.slope",
           "self.at_zero + 0.9 * self.slope", "54"),
    Mutant(TRAINING + "trial.py", "trained[0] - untrained[0]", "trained[0] + untrained[0]", "54"),
    Mutant(TRAINING + "money.py", "(np.arange(months) / 3)", "(np.arange(months) / 4)", "54"),
    Mutant(TRAINING + "money.py", 'trial["arm"] == "control"', 'trial["arm"] == "training"', "54"),
    Mutant(TRAINING + "money.py", "stay * worth_of_a_point", "worth_of_a_point", "54"),
    Mutant(TRAINING + "money.py", "size=len(arm))", "size=2 * len(arm))", "54"),
    Mutant(TRAINING + "money.py", "return (benefit - cost) / cost", "return benefit / cost", "54"),
    Mutant(TRAINING + "planning.py", "/ effect**2", "/ effect", "54"),
    Mutant(TRAINING + "planning.py", "1 + (team_size - 1)", "1 + (team_size - 2)", "54"),
    Mutant(TRAINING + "planning.py", "shares[: stage + 1]", "shares[: stage + 2]", "54"),
    Mutant(PROCESS + "bench.py", "time = 1 / (service_rate - arrival_rate)",
           "time = 1 / (service_rate - 0.9 * arrival_rate)", "53"),
    Mutant(PROCESS + "bench.py", "work_minutes / 60, machines)", "work_minutes / 61, machines)",
           "53"),
    Mutant(PROCESS + "bench.py", "(1 - sent_home) / 24", "(1 - sent_home / 2) / 24", "53"),
    Mutant(PROCESS + "bench.py", 'side="left")', 'side="right")', "53"),
    Mutant(PROCESS + "logs.py", 'left=("ended_at", "max")', 'left=("started_at", "max")', "53"),
    Mutant(PROCESS + "logs.py", 'before = log.groupby("case_id")["ended_at"].shift()',
           'before = log["ended_at"].shift()', "53"),
    Mutant(PROCESS + "logs.py", 'case["activity"].shift(-1)', 'log["activity"].shift(-1)', "53"),
    Mutant(PROCESS + "quality.py", "width = 3 * np.sqrt", "width = 2 * np.sqrt", "53"),
    Mutant(PROCESS + "quality.py", "return math.prod(yields)", "return min(yields)", "53"),
    Mutant(ROLES + "chart.py", '"two accountable": counted["A"] > 1', '"two accountable": False',
           "52"),
    Mutant(ROLES + "chart.py", 'table["tasks"] / table', '1.1 * table["tasks"] / table', "52"),
    Mutant(ROLES + "forwards.py", "pd.concat([first, rows[", "pd.concat([rows[", "52"),
    Mutant(ROLES + "forwards.py", "/ (posts - 1), 0, 1))", "/ posts, 0, 1))", "52"),
    Mutant(ROLES + "forwards.py", "arrives ** (step + 1)", "arrives ** step", "52"),
    Mutant(ROLES + "forwards.py", "had if crossed_off", "{post} if crossed_off", "52"),
    Mutant(ROLES + "forwards.py", '"desk": (desk, arrives**2', '"desk": (desk, arrives', "52"),
    Mutant(ROLES + "forwards.py", "(1 - owned) * lost", "0 * lost", "52"),
    Mutant(ROLES + "network.py", "combinations(sorted(roles), 2)", "[sorted(roles)[:2]]", "52"),
    Mutant(ROLES + "people.py", "occupancy * (1 - shrinkage)", "occupancy", "52"),
    Mutant(ROLES + "people.py", "(rest - rivalry * weight) / share", "rest / share", "52"),
    Mutant(ROLES + "people.py", "margin * trial", "0.2 * trial", "52"),
    Mutant("engines/measures.py", "rate=_.customers / _.size", "rate=_.size / _.customers", "91"),
    Mutant("engines/measures.py", "rank * bins // table", "(rank + 1) * bins // table", "91"),
    Mutant("engines/costs.py", '- first["peak_mb"]) / more', '- first["peak_mb"])', "91"),
    Mutant("engines/costs.py", "else CORES * machines\n", "else CORES\n", "91"),
    Mutant("engines/costs.py", "max(0, gb - GB)", "gb", "91"),
    Mutant("engines/costs.py", "HOUR * sum(spent)", "HOUR * spent[0]", "91"),
    Mutant("engines/costs.py", "machines * took * runs", "took * runs", "91"),
)

# The functions that other people's work relies on (design, section 5): each has a mutant as soon
# as its module, or the package that has grown out of it, exists.
PROMISED = {
    "foundations/customer_economics": ("constant_retention_clv", "fit_sbg"),
    "foundations/customer_view": ("link_records", "linkage_quality", "chapman_estimate"),
    "customers/retention": (
        *("rfm_summary", "cohort_table", "kaplan_meier"),
        *("fit_bg_nbd", "fit_gamma_gamma", "retention_rate"),
    ),
    "customers/customer_care": (
        *("erlang_c", "servqual_gap"),
        *("kano_coefficients", "net_promoter_score"),
    ),
    "customers/complaints": ("hidden_problems", "word_of_mouth_balance", "complaint_outcomes"),
    "strategy/segmentation": ("rfm_scores",),
    "strategy/value_matrix": (
        *("current_value", "growth_potential", "value_matrix"),
        *("top_share", "gini", "decile_table", "whale_curve"),
    ),
    "relationships/partner_scorecard": ("weighted_score", "weight_sensitivity"),
    "organization/performance": ("growth_decomposition", "composite_index"),
    "cases/trade_credit": (
        *("weight_of_evidence", "information_value", "expected_loss"),
        *("days_sales_outstanding", "scorecard_points"),
    ),
    "cases/retail_grading": ("ahp_weights", "grade_by_quota"),
}


def unguarded(package=ROOT / "crm_course"):
    """Return `topic: function` for each promised function without a mutant, where it exists."""
    struck = {(_topic(mutant.module), function_of(mutant, package)) for mutant in MUTANTS}
    promised = {(topic, name) for topic, names in PROMISED.items() for name in names}
    missing = [pair for pair in promised - struck if _exists(package / pair[0])]
    return sorted(f"{topic}: {name}" for topic, name in missing)


def _topic(module):
    return "/".join(module.removesuffix(".py").split("/")[:2])


def _exists(topic):
    return topic.with_suffix(".py").exists() or (topic / "__init__.py").exists()


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
    by_text = PycInvalidationMode.CHECKED_HASH  # by its time, a quick fault could be overlooked
    compileall.compile_dir(folder / "crm_course", quiet=1, invalidation_mode=by_text)
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
    return validate.run([notebook], folder=course, workers=0, capture_output=True)
