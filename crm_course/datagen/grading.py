"""A district of 400 retailers: twelve assessed indicators a quarter, scores and grades by quota."""

import numpy as np
import pandas as pd

from crm_course.schema import wholesale as declared

from .processes import ar1, quantise
from .recorded import once
from .streams import stream

QUARTERS, VS, EACH = 12, 4, 3
GRADES, INDICATORS = declared.GRADES, tuple(declared.INDICATORS)


def retailers_4v(scenario, seed: int) -> pd.DataFrame:
    """Make indicators, score and grade of every retailer and quarter."""
    grading = scenario.grading
    noise = stream(seed, "retailers_4v", "noise", 0).standard_normal(
        (grading.retailers, QUARTERS, VS, EACH)
    )
    points = _levels(grading, seed)[..., None] + grading.noise * noise
    points = np.clip(np.rint(quantise(points, 6)), 0, 100).astype("int64")
    score = weighted_score(points.mean(axis=-1), grading.weights)
    flat = points.reshape(-1, VS * EACH)
    indicators = {name: flat[:, i] for i, name in enumerate(INDICATORS)}
    return _keys(grading).assign(**indicators, score=score.ravel(), grade=_grades(grading, score))


def truth_retailers_4v(scenario, seed: int) -> pd.DataFrame:
    """Make score and grade of every retailer and quarter as they would be without noise."""
    grading = scenario.grading
    score = weighted_score(_levels(grading, seed), grading.weights)
    return _keys(grading).assign(score_true=score.ravel(), grade_true=_grades(grading, score))


def weighted_score(levels, weights) -> np.ndarray:
    """Score from the four V (last axis), two decimals.

    >>> float(weighted_score(np.array([80, 60, 70, 90]), (0.423587, 0.227044, 0.122324, 0.227045)))
    76.51
    """
    # Scores tie at two decimals, and a matrix product adds in an order of its own on every machine.
    economic, relational, functional, developmental = np.moveaxis(levels * np.array(weights), -1, 0)
    return quantise((economic + functional) + (relational + developmental), 2)


def grade_by_quota(score, quota) -> np.ndarray:
    """Number of the grade (0 is best) when a fixed share gets each; ties go to the first.

    >>> grade_by_quota(np.array([50, 90, 70, 60]), (1, 2, 1)).tolist()
    [2, 0, 1, 1]
    """
    rank = np.empty(len(score), dtype=int)
    rank[np.argsort(-score, kind="stable")] = np.arange(len(score))
    return np.searchsorted(np.cumsum(quota), rank * sum(quota) / len(score), side="right")


def _grades(grading, score):
    each = [grade_by_quota(score[:, quarter], grading.quota) for quarter in range(QUARTERS)]
    return np.array(GRADES)[np.stack(each, axis=1).ravel()]


def _keys(grading):
    retailer = np.arange(1, grading.retailers + 1)
    quarter = np.tile(np.arange(1, QUARTERS + 1), grading.retailers)
    return pd.DataFrame({"retailer": np.repeat(retailer, QUARTERS), "quarter": quarter})


def _levels(grading, seed):
    """True level of each V in points, shape (retailers, quarters, V)."""
    common = _wave(grading, seed, "common")
    own = np.stack([_wave(grading, seed, f"own_{v}") for v in range(VS)], axis=-1)
    standard = grading.common * common[..., None] + np.sqrt(1 - grading.common**2) * own
    progress = grading.progress * np.arange(QUARTERS)[:, None]
    return quantise(grading.level + grading.step * standard + progress, 4)


def _wave(grading, seed, column):
    noise = stream(seed, "retailers_4v", column, 0).standard_normal((grading.retailers, QUARTERS))
    return ar1(noise, grading.persistence)


MAKERS = {
    "retailers_4v": once(retailers_4v),
    "truth_retailers_4v": once(truth_retailers_4v),
}
