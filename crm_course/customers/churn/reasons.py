"""Six types of churn, what leavers say, and what a price cut can earn at most.

The source names the six types and gives no definitions; they are reconstructed from Chinese
textbooks that agree on them.
"""

import pandas as pd

from crm_course import schema

TYPES = ("firm_abandoned", "dissatisfied", "poached", "attracted", "forced", "other")
MANAGEABLE = ("dissatisfied", "attracted", "other")  # by the textbooks: the firm's own doing


def reasons_compared(leavers: pd.DataFrame, truth: pd.DataFrame) -> pd.DataFrame:
    """Count how many leavers state each reason, and how many truly left for it.

    leavers (customer_id, month, reason_stated), truth (customer_id, month, reason_true)
    -> index reason, most frequent truth first; stated, true, agree (those who state it and mean
    it), in customers. Raises ValueError where a leaver has no true reason.

    >>> left = {"customer_id": [1, 2], "month": [12, 12]}
    >>> said = pd.DataFrame(left).assign(reason_stated=["poached", "poached"])
    >>> meant = pd.DataFrame(left).assign(reason_true=["dissatisfied", "poached"])
    >>> reasons_compared(said, meant).loc["poached"].tolist()
    [2, 1, 1]
    """
    schema.require(leavers, ["customer_id", "month"], name="leavers")
    schema.require(leavers.head(0), ["reason_stated"], name="leavers")  # gaps are counted below
    schema.require(truth, ["customer_id", "month"], name="truth")
    schema.require(truth.head(0), ["reason_true"], name="truth")
    both = leavers.merge(truth[["customer_id", "month", "reason_true"]], how="left")
    if both[["reason_stated", "reason_true"]].isna().any(axis=None):
        missing = int(both[["reason_stated", "reason_true"]].isna().any(axis=1).sum())
        raise ValueError(
            f"leavers must have a stated and a true reason each, got {missing} without. "
            "Give only customer-months with churned."
        )
    stated, true = both["reason_stated"], both["reason_true"]
    counts = {"stated": stated, "true": true, "agree": stated[stated == true]}
    table = pd.DataFrame({name: each.value_counts() for name, each in counts.items()})
    table = table.reindex(TYPES).fillna(0).astype("int64").rename_axis("reason")
    return table.sort_values("true", ascending=False, kind="stable")


def price_cut(renewing, kept, *, cut: float, worth: float = 200.0):
    """Return what a lower price at the renewal earns in a year, in ¥.

    renewing: customers who renew anyway and get the lower price too; kept: customers whom it
    keeps (both numbers, or columns of them); cut: ¥ less a month; worth: ¥ of a renewal before it

    >>> price_cut(600, 100, cut=2, worth=200)
    3200
    """
    if cut < 0:
        raise ValueError(f"cut must be 0 or more, got {cut}. Give the ¥ taken off a month.")
    yearly = 12 * cut
    return kept * (worth - yearly) - renewing * yearly


def manageable_churn(panel: pd.DataFrame, *, reason: str = "reason_stated") -> pd.Series:
    """Return the monthly churn rate, and the parts of it that the firm can and cannot manage.

    panel: customer-months with churned and the column of reasons -> all, manageable, forced,
    rest: shares of customer-months. Forced churn is reported beside the others, never dropped.

    >>> why = [None, "forced", "dissatisfied", None]
    >>> months = pd.DataFrame({"churned": [False, True, True, False], "why": why})
    >>> manageable_churn(months, reason="why").to_list()
    [0.5, 0.25, 0.25, 0.0]
    """
    schema.require(panel, ["churned"], name="panel")
    if reason not in panel:
        raise ValueError(f"panel must have the column {reason!r}, got none. Name another reason.")
    gone = panel.loc[panel["churned"], reason]
    counts = {"all": len(gone), "manageable": gone.isin(MANAGEABLE).sum(),
              "forced": (gone == "forced").sum()}  # fmt: skip
    counts["rest"] = counts["all"] - counts["manageable"] - counts["forced"]
    return pd.Series(counts, dtype="float64").rename("share") / len(panel)
