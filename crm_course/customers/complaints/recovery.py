"""What an answer does: its effect with and without a coin, justice, the paradox, the procedure."""

import numpy as np
import pandas as pd

from crm_course import schema

from .outcomes import with_outcome

JUSTICE = ("dj", "pj", "ij")
MIDDLE = 4  # of the scale of justice, 1 to 7
# Which of the eight steps of the procedure an activity of the repair log belongs to.
STEPS = {
    "receive": "1 record",
    "diagnose": "2-4 judge, find department and cause",
    "order part": "7 carry out",
    "schedule": "7 carry out",
    "repair": "7 carry out",
    "check": "7 ask back",
    "close": "8 file and learn",
}


def quick_answer_effect(problems: pd.DataFrame, complaints: pd.DataFrame) -> pd.DataFrame:
    """Estimate what a quick answer does to buying again, next to none: counted, and by the coin.

    problems (problem_id, fast_desk, rebuy_90d), complaints (problem_id, outcome)
    -> method (counted, coin), effect, standard_error. Counted: buyers after a quick answer minus
    buyers after none. Coin: what the fast desk adds to buying, over what it adds to quick answers
    (Wald's instrument; it needs that the desk turns unresolved into quick, and nothing else).
    """
    schema.require(problems, ["fast_desk", "rebuy_90d"], name="problems")
    ends = with_outcome(problems, complaints)
    told = ends[ends["outcome"] != "silent"]
    bought, quick = told["rebuy_90d"].astype(float), told["outcome"] == "quick"
    counted = _difference(bought[quick], bought[told["outcome"] == "unresolved"])
    return pd.DataFrame(
        [counted, _wald(bought, quick.astype(float), told["fast_desk"])],
        index=pd.Index(["counted", "coin"], name="method"),
        columns=["effect", "standard_error"],
    ).reset_index()


def _wald(outcome, treated, coin):
    first = treated[coin].mean() - treated[~coin].mean()
    if not first > 0:
        raise ValueError(
            f"fast_desk must bring more quick answers, got {first}. Take more complaints."
        )
    effect = (outcome[coin].mean() - outcome[~coin].mean()) / first
    rest = outcome - effect * treated  # what the treatment leaves, for its standard error
    return effect, _difference(rest[coin], rest[~coin])[1] / first


def _difference(ones, others):
    error = np.sqrt(ones.var() / len(ones) + others.var() / len(others))
    return ones.mean() - others.mean(), error


def fit_justice(problems: pd.DataFrame, complaints: pd.DataFrame) -> pd.DataFrame:
    """Fit satisfaction after a case on the three kinds of justice, by least squares.

    problems (problem_id, loss: ¥ above 0), complaints (problem_id, dj, pj, ij: 1 to 7, post_sat: 0
    to 10) -> term (intercept, distributive, procedural, interactional, both, severity), estimate
    and standard_error in points; justice counts from the middle, 4; both = dj x pj; severity is
    log10(loss / ¥100). Source: Tax, Brown & Chandrashekaran (1998); Smith, Bolton & Wagner (1999).
    """
    schema.require(complaints, ["problem_id", *JUSTICE, "post_sat"], name="complaints")
    schema.require(problems, ["problem_id", "loss"], name="problems")
    schema.require_unique(problems, "problem_id", name="problems")
    loss = complaints["problem_id"].map(problems.set_index("problem_id")["loss"])
    lacking = complaints.loc[~(loss > 0), "problem_id"]
    if len(lacking):
        raise ValueError(
            f"problems must hold a loss above 0 for each complaint, got none for {len(lacking)} of "
            f"them, such as problem {lacking.iloc[0]}. Load all problems, or leave these out."
        )
    felt = [complaints[name].to_numpy(dtype=float) - MIDDLE for name in JUSTICE]
    X = np.column_stack([np.ones(len(loss)), *felt, felt[0] * felt[1], np.log10(loss / 100)])
    y = complaints["post_sat"].to_numpy(dtype=float)
    estimate = np.linalg.solve(X.T @ X, X.T @ y)
    variance = ((y - X @ estimate) ** 2).sum() / (len(y) - X.shape[1])
    error = np.sqrt(variance * np.diag(np.linalg.inv(X.T @ X)))
    terms = ["intercept", "distributive", "procedural", "interactional", "both", "severity"]
    return pd.DataFrame({"term": terms, "estimate": estimate, "standard_error": error})


def recovery_break_even(before: float, bad: float, good: float) -> float:
    """Return the share of failures that must be mended well so that satisfaction does not fall.

    before: satisfaction without a failure; bad, good: after a bad and after a good answer
    -> (before - bad) / (good - bad); above 1: no share is enough

    >>> round(recovery_break_even(5.8, 3.5, 6.1), 3)
    0.885
    """
    if not good > bad:
        raise ValueError(f"good must be above bad, got {good} and {bad}. Exchange them?")
    return (before - bad) / (good - bad)


def payment_limits(complaints: pd.DataFrame, *, limits=(20, 50, 100, 200)) -> pd.DataFrame:
    """Return what an approval above a limit delays, and what it still guards.

    complaints (compensation in ¥; only payments count), limits in ¥
    -> limit, paid_at_once (share of the payments), money_seen (share of the money approved)

    >>> paid = pd.DataFrame({"compensation": [0.0, 10.0, 90.0]})
    >>> payment_limits(paid, limits=[50])
       limit  paid_at_once  money_seen
    0     50           0.5         0.9
    """
    schema.require(complaints, ["compensation"], name="complaints")
    paid = complaints.loc[complaints["compensation"] > 0, "compensation"]
    rows = [(limit, (paid <= limit).mean(), paid[paid > limit].sum() / paid.sum())
            for limit in limits]  # fmt: skip
    return pd.DataFrame(rows, columns=["limit", "paid_at_once", "money_seen"])


def procedure_times(event_log: pd.DataFrame) -> pd.DataFrame:
    """Return how long each activity of the repair log is waited for, and who meets it.

    event_log (case_id, activity, started_at, ended_at)
    -> activity, step (of the eight), cases (share that meet it), wait_hours (median from the end
    of what came before; NaN for the first). Steps 5 and 6 leave no trace in this log; an activity
    that is not in STEPS gets no row.
    """
    columns = ["case_id", "activity", "started_at", "ended_at"]
    schema.require(event_log, columns, name="event_log")
    log = event_log.sort_values(["case_id", "started_at"], kind="stable")
    wait = (log["started_at"] - log.groupby("case_id")["ended_at"].shift()).dt.total_seconds()
    by = log.assign(hours=wait / 3600).groupby("activity")
    table = pd.DataFrame({
        "step": pd.Series(STEPS),
        "cases": by["case_id"].nunique() / log["case_id"].nunique(),
        "wait_hours": by["hours"].median(),
    }).loc[[name for name in STEPS if name in by.groups]]  # fmt: skip
    return table.rename_axis("activity").reset_index()
