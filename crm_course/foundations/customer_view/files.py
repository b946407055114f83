"""From links to customers: how good the links are, which files they make, what errors cost.

A customer file is everything that hangs together by links. A mix-up is one person too many in a
file; a split is one file too many for a person. Always files = people - mix-ups + splits.
"""

import numpy as np
import pandas as pd

from crm_course import schema

from .linking import pairs

PAIR = ["record_id_l", "record_id_r"]


def linkage_quality(links: pd.DataFrame, truth: pd.DataFrame) -> pd.Series:
    """Compare links with the truth: precision, recall and their harmonic mean F1.

    links (record_id_l, record_id_r), each pair once; truth (record_id, customer_id), one row for
    every record -> precision (of the links, the share that is right), recall (of the true pairs,
    the share that is linked), f1 = 2 P R / (P + R)

    >>> truth = pd.DataFrame({"record_id": [1, 2, 3, 4], "customer_id": [7, 7, 7, 8]})
    >>> links = pd.DataFrame({"record_id_l": [1, 1], "record_id_r": [2, 4]})
    >>> linkage_quality(links, truth).round(2).tolist()
    [0.5, 0.33, 0.4]
    """
    right = int(is_right(links, truth).sum())
    _check_once(links)
    possible = true_pairs(truth)
    if not len(links) or not possible:
        raise ValueError(
            f"links and true pairs must be one or more, got {len(links)} and {possible}. "
            "Lower the threshold, or give the truth of all records."
        )
    shares = {"precision": right / len(links), "recall": right / possible}
    return pd.Series({**shares, "f1": 2 * right / (len(links) + possible)})


def _check_once(links):
    """Name a pair that is linked twice, in whichever order: it would count twice."""
    ordered = pd.DataFrame(np.sort(links[PAIR].to_numpy(), axis=1))
    twice = ordered.duplicated().to_numpy()
    if twice.any():
        raise ValueError(
            f"links must hold each pair once, got {tuple(links.loc[twice, PAIR].iloc[0].tolist())} "
            "again. Drop one of the two."
        )


def is_right(links: pd.DataFrame, truth: pd.DataFrame) -> np.ndarray:
    """Say for each link whether both of its records belong to one person."""
    schema.require(links, PAIR, name="links")
    owner = schema.require(truth, ["record_id", "customer_id"], name="truth")
    owner = owner.set_index("record_id")["customer_id"]
    left, right = (links[side].map(owner) for side in PAIR)
    unknown = links.loc[left.isna() | right.isna(), PAIR]
    if len(unknown):
        raise ValueError(
            f"truth must hold every linked record, got none for a record of the pair "
            f"{tuple(unknown.iloc[0].tolist())}. Load the truth of the same company."
        )
    return (left == right).to_numpy()


def true_pairs(truth: pd.DataFrame) -> int:
    """Count the pairs of records that belong to one person."""
    return pairs(truth.groupby("customer_id").size())


def customer_files(records: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Put records that hang together by links, directly or through others, into one file.

    records (record_id); links (record_id_l, record_id_r) -> record_id, file_id (the smallest
    record_id of the file), in the order of the records

    >>> records = pd.DataFrame({"record_id": [5, 6, 7, 8]})
    >>> links = pd.DataFrame({"record_id_l": [5, 6], "record_id_r": [6, 8]})
    >>> customer_files(records, links)["file_id"].tolist()
    [5, 5, 7, 5]
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    ids = pd.Index(schema.require(records, ["record_id"], name="records")["record_id"])
    schema.require(links, PAIR, name="links")
    ends = [ids.get_indexer(links[side]) for side in PAIR]
    if len(links) and min(end.min() for end in ends) < 0:
        raise ValueError("links must join records of the table, got another. Link it again.")
    graph = coo_matrix((np.ones(len(links)), ends), shape=(len(ids), len(ids)))
    _many, number = connected_components(graph, directed=False)
    file_id = pd.Series(ids).groupby(number).transform("min")
    return pd.DataFrame({"record_id": ids, "file_id": file_id.to_numpy()})


def file_errors(files: pd.DataFrame, truth: pd.DataFrame) -> pd.Series:
    """Count what is wrong with customer files: mix-ups and splits.

    files (record_id, file_id); truth (record_id, customer_id) -> people, files, mix_ups (people
    too many in files), splits (files too many for people): files = people - mix_ups + splits

    >>> files = pd.DataFrame({"record_id": [1, 2, 3], "file_id": [1, 1, 3]})
    >>> truth = pd.DataFrame({"record_id": [1, 2, 3], "customer_id": [7, 8, 8]})
    >>> file_errors(files, truth).to_dict()
    {'people': 2, 'files': 2, 'mix_ups': 1, 'splits': 1}
    """
    schema.require(files, ["record_id", "file_id"], name="files")
    schema.require(truth, ["record_id", "customer_id"], name="truth")
    owner = truth[["record_id", "customer_id"]]
    held = files[["record_id", "file_id"]].merge(owner, on="record_id", validate="1:1")
    people, many = held["customer_id"].nunique(), held["file_id"].nunique()
    met = len(held[["file_id", "customer_id"]].drop_duplicates())
    return pd.Series({"people": people, "files": many,
                      "mix_ups": met - many, "splits": met - people})  # fmt: skip


def systems_of(records: pd.DataFrame, files: pd.DataFrame) -> pd.DataFrame:
    """Count the records that each file has in each system: file_id by source.

    records (record_id, source); files (record_id, file_id)

    >>> records = pd.DataFrame({"record_id": [1, 2, 3], "source": ["web", "sales", "web"]})
    >>> files = pd.DataFrame({"record_id": [1, 2, 3], "file_id": [1, 1, 3]})
    >>> systems_of(records, files).loc[1].to_dict()
    {'sales': 1, 'web': 1}
    """
    schema.require(records, ["record_id", "source"], name="records")
    schema.require(files, ["record_id", "file_id"], name="files")
    held = files[["record_id", "file_id"]].merge(records[["record_id", "source"]])
    counts = pd.get_dummies(held["source"], dtype="int64").groupby(held["file_id"]).sum()
    return counts.rename_axis(columns="source")


def contradictory_files(records: pd.DataFrame, files: pd.DataFrame) -> pd.DataFrame:
    """Find the files that hold two records of one system, which lists nobody twice.

    records (record_id, source); files (record_id, file_id) -> rows of `systems_of`

    >>> records = pd.DataFrame({"record_id": [1, 2, 3], "source": ["web", "sales", "web"]})
    >>> files = pd.DataFrame({"record_id": [1, 2, 3], "file_id": [1, 1, 1]})
    >>> contradictory_files(records, files).index.tolist()
    [1]
    """
    systems = systems_of(records, files)
    return systems[(systems > 1).any(axis=1)]


def threshold_table(
    records: pd.DataFrame, links: pd.DataFrame, truth: pd.DataFrame, *, thresholds=range(0, 21, 2)
) -> pd.DataFrame:
    """Measure links and files at several thresholds.

    records, truth as above; links with match_weight, made at the lowest threshold or below
    -> index threshold (bits); links, precision, recall, f1, files, mix_ups, splits; contradictory
    (files with two records of one system), mix_ups_left once somebody has taken those apart
    """
    schema.require(links, [*PAIR, "match_weight"], name="links")
    rows, measured = {}, {}
    for threshold in thresholds:
        kept = links[links["match_weight"] >= threshold]
        if len(kept) not in measured:  # between two weights a threshold changes nothing
            quality = linkage_quality(kept, truth)
            measured[len(kept)] = {"links": len(kept), **quality, **_errors(records, kept, truth)}
        rows[threshold] = measured[len(kept)]
    table = pd.DataFrame(rows).T.rename_axis("threshold")
    shares = ["precision", "recall", "f1"]
    return table.astype({name: "int64" for name in table.columns.drop(shares)})


def _errors(records, links, truth):
    """What is wrong with the files of these links, before and after the contradictory are read."""
    files = customer_files(records, links)
    doubtful = contradictory_files(records, files).index
    found = file_errors(files, truth)
    read = files[files["file_id"].isin(doubtful)]
    taken_apart = file_errors(read, truth)["mix_ups"]
    return {**found.drop("people"), "contradictory": len(doubtful),
            "mix_ups_left": found["mix_ups"] - taken_apart}  # fmt: skip


def threshold_costs(table: pd.DataFrame, *, mix_up: float, split: float) -> pd.Series:
    """Return what the errors of each threshold cost: mix-ups and splits times their prices, in ¥.

    >>> table = pd.DataFrame({"mix_ups": [7, 0], "splits": [84, 1260]}, index=[0, 10])
    >>> threshold_costs(table, mix_up=100, split=10).to_dict()
    {0: 1540, 10: 12600}
    """
    schema.require(table, ["mix_ups", "splits"], name="table")
    if not (mix_up >= 0 and split >= 0):
        raise ValueError(
            f"mix_up and split must be prices of 0 or more, got {mix_up} and {split}. "
            "Give what one error costs, in ¥."
        )
    return (mix_up * table["mix_ups"] + split * table["splits"]).rename("cost")


def chapman_estimate(n1: float, n2: float, m: float) -> float:
    """Estimate how many there are from two lists and the number on both.

    n1, n2: entries of either list; m: on both -> estimated number, also of those on neither list.
    Right for a closed group, lists that do not depend on each other, and m without errors.
    Source: Chapman (1951).

    >>> round(chapman_estimate(1200, 900, 540), 1)
    1999.2
    """
    _check_lists(n1, n2, m)
    return (n1 + 1) * (n2 + 1) / (m + 1) - 1


def chapman_standard_error(n1: float, n2: float, m: float) -> float:
    """Return the standard error of `chapman_estimate`. Source: Seber (1970).

    >>> round(chapman_standard_error(1200, 900, 540), 1)
    40.3
    """
    _check_lists(n1, n2, m)
    spread = (n1 + 1) * (n2 + 1) * (n1 - m) * (n2 - m)
    return float(np.sqrt(spread / ((m + 1) ** 2 * (m + 2))))


def _check_lists(n1, n2, m):
    if not 0 <= m <= min(n1, n2):
        raise ValueError(
            f"m must lie between 0 and the shorter list, got {m} with {n1} and {n2}. "
            "Count only those on both lists."
        )
