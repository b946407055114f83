"""Which two records are one person: the weights of Fellegi and Sunter, by splink on DuckDB.

A field that agrees speaks for one person by log2(m / u) bits, a field that differs by
log2((1 - m) / (1 - u)); a field that is missing says nothing. m: how often it agrees on two
records of one person; u: how often on records of two people. Nothing is drawn at random: u is
counted, m is estimated by expectation-maximisation, and DuckDB runs on one thread.
"""

from numbers import Real

import numpy as np
import pandas as pd

from crm_course import schema

FIELDS = ("name", "phone", "email", "city")
BLOCKS = ("phone", "email", "name")  # two records are compared if they agree on one of these
FREQUENT = ("name", "city")  # fields whose common values say less, if asked for
SURE = (("name", "city"), ("phone", "city"))  # rules that find FOUND of all true pairs: a guess
FOUND = 0.95


def stranger_agreement(records: pd.DataFrame) -> pd.Series:
    """Count how often two different people agree on a field: u of Fellegi and Sunter.

    records (record_id, source, name, phone, email, city); no system lists a person twice, so any
    two records of one system belong to two people -> field: share of such pairs, among those where
    both have it. One pair more is counted on either side, so that no share is 0.

    >>> records = pd.DataFrame({"record_id": range(4), "source": "web", "phone": list("abcd"),
    ...     "name": ["Li", "Li", "Wu", "He"], "email": list("abcd"), "city": ["X"] * 4})
    >>> stranger_agreement(records).round(2).tolist()
    [0.29, 0.14, 0.14, 1.0]
    """
    records = _checked(records)
    shares = {}
    for field in FIELDS:
        there = records.dropna(subset=[field])
        agreeing = pairs(there.groupby(["source", field]).size())
        shares[field] = (agreeing + 1) / (pairs(there.groupby("source").size()) + 1)
    return pd.Series(shares, name="u").rename_axis("field")


def field_weights(records: pd.DataFrame) -> pd.DataFrame:
    """Estimate what each field says, in bits, and what two records say before any is looked at.

    records as for `link_records` -> rows: "before" and each field; m, u, agree, differ (bits).
    Row "before" holds only agree: log2 of the odds that any two records are one person.
    Source: Fellegi and Sunter (1969).

    >>> from crm_course import datasets
    >>> field_weights(datasets.load("source_records"))["agree"].round(1).to_dict()
    {'before': -12.1, 'name': 13.6, 'phone': 16.8, 'email': 22.2, 'city': 7.8}
    """
    settings = _trained(_checked(records), rare_names=False)._settings_obj
    prior = settings._probability_two_random_records_match
    rows = {"before": (np.nan, np.nan, np.log2(prior / (1 - prior)), np.nan)}
    rows |= {field: _levels(each) for field, each in zip(FIELDS, settings.comparisons, strict=True)}
    weights = pd.DataFrame.from_dict(rows, orient="index", columns=["m", "u", "agree", "differ"])
    return weights.round(9).rename_axis("field")


def link_records(
    records: pd.DataFrame, *, threshold: float, rare_names: bool = False
) -> pd.DataFrame:
    """Link every two records, of different systems, whose weight reaches the threshold.

    records (record_id, source, name, phone, email, city), record_id once each; threshold in bits:
    0 is as likely as not, each bit more doubles the odds; rare_names: a rare name or city counts
    for more, a common one for less -> record_id_l, record_id_r, match_weight (bits),
    match_probability, in the order of the ids. Pairs that share no phone, mail or name are not
    compared. Source: Fellegi and Sunter (1969); splink.

    >>> from crm_course import datasets
    >>> records = datasets.load("source_records")
    >>> len(link_records(records, threshold=0)), len(link_records(records, threshold=10))
    (15905, 12192)
    """
    if not isinstance(threshold, Real) or isinstance(threshold, bool) or np.isnan(threshold):
        raise ValueError(f"threshold must be a number of bits, got {threshold!r}. Write 0 or 8.")
    linker = _trained(_checked(records), rare_names)
    compared = linker.inference.predict().as_pandas_dataframe()
    links = compared[["record_id_l", "record_id_r", "match_weight", "match_probability"]].round(6)
    links = links[links["match_weight"] >= threshold]
    return links.sort_values(["record_id_l", "record_id_r"], ignore_index=True)


def _checked(records):
    schema.require(records, ["record_id", "source"], name="records")
    schema.require(records.head(0), FIELDS, name="records")  # there, though not for every record
    schema.require_unique(records, "record_id", name="records")
    if len(records) < 2:
        raise ValueError(f"records must have two rows or more, got {len(records)}. Load them all.")
    return records


def pairs(counts) -> int:
    """Count the pairs within groups of these sizes."""
    return int((counts * (counts - 1)).sum()) // 2


def _across(*fields):
    """Return the rule of splink for pairs of two systems that agree on the fields."""
    from splink.blocking_rule_library import CustomRule

    same = " and ".join(f"l.{field} = r.{field}" for field in fields)
    return CustomRule(f"l.source <> r.source and {same}")


def _compared(field, u, rare_names):
    import splink.comparison_library as compare

    adjusted = rare_names and field in FREQUENT
    exact = compare.ExactMatch(field)
    return exact.configure(u_probabilities=[u, 1 - u], term_frequency_adjustments=adjusted)


def _trained(records, rare_names):
    """Return a linker of splink with u counted, and m and the share of matches estimated."""
    import duckdb
    from splink import Linker, SettingsCreator
    from splink.backends.duckdb import DuckDBAPI

    agreement = stranger_agreement(records)
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        comparisons=[_compared(field, u, rare_names) for field, u in agreement.items()],
        blocking_rules_to_generate_predictions=[_across(field) for field in BLOCKS],
    )
    engine = duckdb.connect(":memory:", config={"threads": 1})
    table = DuckDBAPI(engine).register(records[["record_id", "source", *FIELDS]])
    linker = Linker(table, settings, log_level="ERROR", validate_settings=False)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [_across(*fields) for fields in SURE], recall=FOUND
    )
    for field in ("phone", "email"):  # pairs that agree on one field teach m of the others
        training.estimate_parameters_using_expectation_maximisation(_across(field))
    return linker


def _levels(comparison):
    """Return m, u and the weights in bits of a field that agrees and of one that differs."""
    agree, differ = (each for each in comparison.comparison_levels if not each.is_null_level)
    bits = [np.log2(each.m_probability / each.u_probability) for each in (agree, differ)]
    return agree.m_probability, agree.u_probability, *bits
