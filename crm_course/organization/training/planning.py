"""Before a course: gain, size of a trial, the pipe with its leaks, the lists of the handbook."""

import math

import numpy as np
import pandas as pd


def normalised_gain(pre, post, *, highest=100):
    """Return (post - pre) / (highest - pre): of the points that were missing, the share gained.

    pre, post: points before and after, numbers or Series (Hake 1998).

    >>> normalised_gain(60, 78)
    0.45
    """
    if np.any(np.asarray(pre) >= highest):
        raise ValueError(f"pre must be below {highest}, got {pre}. Who has all can gain nothing.")
    return (post - pre) / (highest - pre)


def people_per_group(effect, *, level=0.05, power=0.80):
    """Return how many people each of two groups needs, drawn one by one.

    effect: difference of the means, in standard deviations (d); level, power: how often a course
    that does nothing may seem to work, and one that works is to be seen
    -> n = 2 (z_(1 - level / 2) + z_power)^2 / d^2, not rounded.

    >>> round(people_per_group(0.5), 1)
    62.8
    """
    from scipy.stats import norm

    if effect == 0:
        raise ValueError("effect must not be 0, got 0. No trial is large enough to see nothing.")
    return float(2 * (norm.ppf(1 - level / 2) + norm.ppf(power)) ** 2 / effect**2)


def design_effect(team_size, share):
    """Return how many times as many people are needed when whole teams are drawn.

    team_size: people; share: of the variance that lies between teams, 0 to 1 (Kish 1965).

    >>> round(design_effect(10, 0.10), 2)
    1.9
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share must lie from 0 to 1, got {share}. Write 0.1 for a tenth.")
    return 1 + (team_size - 1) * share


def leaky_pipe(people, knows, applies, *, keeps=1.0):
    """Return how many are left after each leak: sent, know, apply, keep.

    people: sent; knows: share of them that learns it; applies: share of those that does it on the
    job; keeps: share of those that still does it later.

    >>> leaky_pipe(120, 0.8, 0.4).round(1).tolist()
    [120.0, 96.0, 38.4, 38.4]
    """
    shares = [1.0, knows, applies, keeps]
    if not all(0 <= share <= 1 for share in shares):
        raise ValueError(f"shares must lie from 0 to 1, got {shares[1:]}. Write 0.8 for 80 %.")
    left = [people * math.prod(shares[: stage + 1]) for stage in range(len(shares))]
    return pd.Series(left, index=["sent", "know", "apply", "keep"], name="people")


def methods(people=120):
    """Return five methods of the handbook with invented figures, and what an applier costs.

    -> method; zh, liked (1 to 5), knows, applies (shares), cost (¥ for all people), appliers,
    cost_each.
    """
    rows = [
        ("theory", "理论授课", 4.2, 0.80, 0.20, 60_000),
        ("cases", "案例分析", 4.0, 0.75, 0.30, 75_000),
        ("simulation", "模拟演练", 3.1, 0.70, 0.50, 90_000),
        ("culture", "文化熏陶", 4.5, 0.50, 0.25, 40_000),
        ("team training", "团队训练", 4.4, 0.60, 0.45, 85_000),
    ]
    columns = ["method", "zh", "liked", "knows", "applies", "cost"]
    table = pd.DataFrame(rows, columns=columns).set_index("method")
    appliers = people * table["knows"] * table["applies"]
    return table.assign(appliers=appliers, cost_each=table["cost"] / appliers)


def handbook():
    """Return the handbook's four indicators and four methods of evaluation: kind, name, zh, level.

    level: Kirkpatrick's, 1 to 4, as this course places them; "all" for what repeats the others.
    """
    rows = [
        ("indicator", "knowledge", "知识", "2"),
        ("indicator", "skill", "技能", "3"),
        ("indicator", "identification with the culture", "文化认同", "1"),
        ("indicator", "teamwork", "团队协作", "3"),
        ("method", "questionnaire", "问卷调查", "1"),
        ("method", "job performance", "工作表现", "3"),
        ("method", "satisfaction with the training", "培训满意度", "1"),
        ("method", "evaluation again and again", "定期评估", "all"),
    ]
    return pd.DataFrame(rows, columns=["kind", "name", "zh", "level"])
