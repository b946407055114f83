"""Purchase summary, cohort table and BG/NBD beside straight pandas, lifetimes and clvkit."""

import tempfile
from pathlib import Path

import numpy as np
import pandas as pd

from authoring.bench import measuring, tables

TITLE = "Retention"
HERE = "authoring.bench.retention"
OURS = "crm_course"
SIZES = {"1 M": 1_000_000, "10 M": 10_000_000}


def make_orders(n, *, seed=20240501):
    """Invent n orders of two years in order of time; customers differ in rate as Gamma(0.6)."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(0.6, 1 / 0.6, int(0.0826 * n))
    customer_id = rng.choice(rate.size, size=n, p=rate / rate.sum()) + 1
    second = np.sort(rng.integers(0, 730 * 86_400, n)).astype("timedelta64[s]")
    return pd.DataFrame({
        "order_id": np.arange(1, n + 1),
        "customer_id": customer_id,
        "ordered_at": np.datetime64("2023-01-01", "us") + second,
        "amount": rng.integers(100, 20_000, n) / 100,
    })  # fmt: skip


def write_orders(folder):
    """Write the tables to be measured -> {label: file}."""
    from crm_course import datasets

    made = {"CDNOW, 70 k": datasets.real("cdnow")}
    made |= {f"{label}, by time": make_orders(n) for label, n in SIZES.items()}
    made["10 M, by customer"] = made["10 M, by time"].sort_values(["customer_id", "ordered_at"])
    made["10 M, shuffled"] = made["10 M, by time"].sample(frac=1, random_state=1)
    files = {label: Path(folder) / f"{label}.parquet" for label in made}
    for label, table in made.items():
        table.to_parquet(files[label], index=False)
    return files


def read(file):
    """Read a table back."""
    return pd.read_parquet(file)


def read_summary():
    """Return the summary of the paper."""
    from crm_course import datasets

    return datasets.real("cdnow_summary")


def last_day(orders):
    """Return the day of the last order."""
    return orders["ordered_at"].max().normalize()


def rfm_crm_course(orders):
    """The measure of the course."""
    from crm_course.customers import retention

    return _sums(retention.rfm_summary(orders, observation_end=last_day(orders)))


def rfm_pandas(orders):
    """Two groupbys: first each customer's days, then each customer."""
    day = orders["ordered_at"].dt.floor("D")
    days = orders.assign(day=day).groupby(["customer_id", "day"], as_index=False)["amount"].sum()
    table = days.groupby("customer_id").agg(
        days=("day", "size"), first=("day", "min"), last=("day", "max"),
        spent=("amount", "sum"), first_spent=("amount", "first"),
    )  # fmt: skip
    frequency = table["days"] - 1
    spent = (table["spent"] - table["first_spent"]) / frequency
    return _sums(pd.DataFrame({
        "frequency": frequency,
        "recency": (table["last"] - table["first"]).dt.days,
        "T": (last_day(orders) - table["first"]).dt.days,
        "monetary_value": spent.where(frequency > 0, 0.0),
    }).reset_index())  # fmt: skip


def rfm_lifetimes(orders):
    """lifetimes 0.11.3."""
    from lifetimes.utils import summary_data_from_transaction_data as summarise

    table = summarise(orders, "customer_id", "ordered_at", "amount",
                      observation_period_end=last_day(orders))  # fmt: skip
    return _sums(table)


def rfm_clvkit(orders):
    """clvkit 0.2.1."""
    from clvkit import CustomerBase

    return _sums(CustomerBase.from_transactions(orders, datetime_col="ordered_at").to_pandas())


def _sums(table):
    columns = ["frequency", "recency", "T"]
    return [len(table), *(round(float(table[column].sum())) for column in columns)]


def cohorts_crm_course(orders):
    """The measure of the course, the last month included as the others do."""
    from crm_course.customers import retention

    end = last_day(orders) + pd.offsets.MonthEnd(0)
    table = retention.cohort_table(orders, observation_end=end)
    return [int(table["customers"].sum()), int(table["age"].max())]


def cohorts_pandas(orders):
    """drop_duplicates and crosstab."""
    month = orders["ordered_at"].dt.year * 12 + orders["ordered_at"].dt.month
    active = pd.DataFrame({"customer_id": orders["customer_id"], "month": month}).drop_duplicates()
    cohort = active.groupby("customer_id")["month"].transform("min")
    table = pd.crosstab(cohort, active["month"] - cohort)
    return [int(table.to_numpy().sum()), int(table.columns.max())]


def cohorts_clvkit(orders):
    """clvkit 0.2.1."""
    from clvkit import CohortMatrix

    table = CohortMatrix.from_transactions(orders, datetime_col="ordered_at").to_pandas()
    return [int(np.nansum(table)), int(table.columns.max())]


def bgnbd_crm_course(summary):
    """The fit of the course."""
    from crm_course.customers import retention

    model = retention.fit_bg_nbd(summary)
    return [model.r, model.alpha, model.a, model.b]


def bgnbd_lifetimes(summary):
    """lifetimes 0.11.3 (it keeps the log-likelihood of rescaled times)."""
    from lifetimes import BetaGeoFitter

    model = BetaGeoFitter().fit(summary["frequency"], summary["recency"], summary["T"])
    return model.params_[["r", "alpha", "a", "b"]].tolist()


TEXTS = {
    "rfm": "`rfm_summary`: frequency, recency, T and monetary value of each customer. *pandas* is "
    "two groupbys, first each customer's days, then each customer.",
    "cohorts": "`cohort_table` by month. *pandas* is drop_duplicates and crosstab.",
    "bgnbd": "`fit_bg_nbd` on the summary of CDNOW, 2,357 customers (published: r .243, alpha "
    "4.414, a .793, b 2.426).",
    "promises": "What was promised, as ratios of CPU seconds and of peak memory:",
}


def section():
    """Measure, and return the section."""
    with tempfile.TemporaryDirectory() as folder:
        files = write_orders(folder)
        rfm = {label: compare("rfm", ["pandas", "lifetimes", "clvkit"], label, file)
               for label, file in files.items()}  # fmt: skip
        cohorts = {label: compare("cohorts", ["pandas", "clvkit"], label, file)
                   for label, file in files.items()}  # fmt: skip
    ways = {name: (f"{HERE}:read_summary", f"{HERE}:bgnbd_{name}") for name in (OURS, "lifetimes")}
    fits = measuring.compare(ways)
    tables_of = {"rfm": lines(rfm), "cohorts": lines(cohorts), "bgnbd": fit_lines(fits),
                 "promises": promises(rfm, cohorts, fits)}  # fmt: skip
    return "\n\n".join(f"{TEXTS[name]}\n\n{text}" for name, text in tables_of.items())


def compare(what, others, label, file):
    """Measure the course and others on one table; all must come to the same result."""
    ways = {name: (f"{HERE}:read", f"{HERE}:{what}_{name}") for name in (OURS, *others)}
    print(f"  {what}: {label}", flush=True)
    found = measuring.compare(ways, file)
    results = {name: each["result"] for name, each in found.items()}
    if any(result != results[OURS] for result in results.values()):
        raise ValueError(f"{what} must be the same for all on {label}, got {results}. Look why.")
    return found


def lines(found):
    """Return one line per table and way: seconds, CPU seconds, MiB; the last two beside ours."""
    rows = []
    for label, ways in found.items():
        for name, each in ways.items():
            cells = (
                tables.seconds(each["seconds"]),
                tables.seconds(each["cpu"]),
                tables.mib(each["mib"]),
            )
            beside = [f"{ratio:.2f}" for ratio in ratios(each, ways[OURS])]
            rows.append([label, f"**{name}**" if name == OURS else name, *cells, *beside])
    columns = ["orders", "by", "seconds", "CPU", "peak MiB", "CPU / ours", "MiB / ours"]
    return tables.markdown(columns, rows)


def ratios(one, other):
    """Return CPU seconds and MiB of one as multiples of the other's."""
    memory = one["mib"] / other["mib"] if one["mib"] and other["mib"] else float("nan")
    return one["cpu"] / other["cpu"], memory


def fit_lines(fits):
    """Return one line per way: seconds and parameters."""
    rows = [[name, tables.seconds(fit["seconds"]), tables.seconds(fit["cpu"]),
             *(f"{each:.4f}" for each in fit["result"])] for name, fit in fits.items()]  # fmt: skip
    return tables.markdown(["by", "seconds", "CPU", "r", "alpha", "a", "b"], rows)


def promises(rfm, cohorts, fits):
    """Return each promise with what was measured."""
    beside_pandas = [(f"`{name}`, {label}", ratios(ways[OURS], ways["pandas"]))
                     for name, found in {"rfm_summary": rfm, "cohort_table": cohorts}.items()
                     for label, ways in found.items()]  # fmt: skip
    rows = [(f"{name}: CPU / pandas", 1, speed) for name, (speed, _) in beside_pandas]
    rows += [(f"{name}: MiB / pandas", 1, memory) for name, (_, memory) in beside_pandas]
    rows += [(f"`cohort_table`, {label}: CPU / clvkit", 1, ratios(ways[OURS], ways["clvkit"])[0])
             for label, ways in cohorts.items()]  # fmt: skip
    rows += [(f"`rfm_summary`, {label}: CPU / {other}", 1 / 3, ratios(ways[OURS], ways[other])[0])
             for label, ways in rfm.items() if label.startswith("10 M")
             for other in ("lifetimes", "clvkit")]  # fmt: skip
    rows += [("`fit_bg_nbd`: CPU / lifetimes", 1, ratios(fits[OURS], fits["lifetimes"])[0])]
    cells = [
        [promise, f"{limit:.2g}", *tables.verdict(value, limit)] for promise, limit, value in rows
    ]
    return tables.markdown(["promise", "at most", "measured", "kept"], cells)
