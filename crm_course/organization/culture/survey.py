"""What a survey knows about a branch: twelve questions, twenty colleagues, one formula for both."""

import numpy as np
import pandas as pd

from crm_course import schema
from crm_course.schema.organization import CULTURE_ITEMS

QUESTIONS = dict(CULTURE_ITEMS)  # of the survey: column, sentence
ITEMS = list(QUESTIONS)
MINUTE = 1.0  # ¥ of working time
START, EACH = 3.0, 0.5  # minutes: to begin an answer, and for each question


def spearman_brown(reliability, k):
    """Return the reliability of the mean of k things, of which each has this reliability.

    k r / (1 + (k - 1) r). Source: Spearman (1910), Brown (1910). Questions give Cronbach's alpha,
    colleagues of one branch give ICC(2).

    >>> spearman_brown(0.5, 4), round(spearman_brown(0.5, 8), 3)
    (0.8, 0.889)
    """
    if not (np.all(np.asarray(k) > 0) and np.all(np.asarray(reliability) <= 1)):
        raise ValueError(
            f"reliability must be at most 1 and k above 0, got {reliability}, {k}. Write 0.5, 4."
        )
    return k * reliability / (1 + (k - 1) * reliability)


def cronbach_alpha(items):
    """Return how well the mean of some questions is told apart from another such mean.

    items: one column for each question, one row for each answer. Standardised alpha, by
    `spearman_brown` from the mean correlation of two questions. Source: Cronbach (1951).

    >>> round(cronbach_alpha(pd.DataFrame({"a": [1, 2, 3, 4], "b": [2, 1, 4, 3]})), 2)
    0.75
    """
    if items.shape[1] < 2:
        raise ValueError(f"items must be two questions or more, got {items.shape[1]}. Add some.")
    pairs = np.triu_indices(items.shape[1], 1)
    return float(spearman_brown(items.corr().to_numpy()[pairs].mean(), items.shape[1]))


def icc(ms_between, ms_within, size):
    """Return (ICC(1), ICC(2)): what one member says about a group, and what the mean of all says.

    ms_between, ms_within: mean squares; size: members of a group.
    Source: Shrout and Fleiss (1979), Bliese (2000).

    >>> [round(each, 4) for each in icc(4.2, 1.4, 10)]
    [0.1667, 0.6667]
    """
    one = (ms_between - ms_within) / (ms_between + (size - 1) * ms_within)
    return one, (ms_between - ms_within) / ms_between


def intraclass(answers, *, value="score", by="branch"):
    """Return ms_between, ms_within, size, icc1, icc2 of a column in groups (one wave at a time).

    answers: one row for each colleague; size: colleagues of a branch, averaged for branches of
    different size as analysis of variance wants it.
    """
    schema.require(answers, [value, by], name="answers")
    groups = answers.groupby(by)[value]
    sizes, people = groups.size(), len(answers)
    between = (sizes * (groups.mean() - answers[value].mean()) ** 2).sum() / (len(sizes) - 1)
    within = ((answers[value] - groups.transform("mean")) ** 2).sum() / (people - len(sizes))
    size = (people - (sizes**2).sum() / people) / (len(sizes) - 1)
    one, all_of_them = icc(between, within, size)
    return pd.Series({"ms_between": between, "ms_within": within, "size": size,
                      "icc1": one, "icc2": all_of_them})  # fmt: skip


def disattenuated(correlation, reliability_x, reliability_y):
    """Return the correlation that two measures without noise would have.

    >>> round(float(disattenuated(0.30, 0.8, 0.7)), 3)
    0.401
    """
    return correlation / np.sqrt(reliability_x * reliability_y)


def designs(answers, *, colleagues, questions, branches=60):
    """Return every survey of so many colleagues and questions: reliability and cost of a wave.

    answers: of one wave, one row for each colleague; colleagues, questions: lists of numbers, for
    each branch -> colleagues, questions, reliability (of a branch), cost (¥ of working time).
    The three parts of an answer (branch, colleague, single question) come from mean squares.
    """
    branch, colleague, question = _parts(answers)
    table = pd.MultiIndex.from_product([colleagues, questions], names=["colleagues", "questions"])
    table = table.to_frame(index=False)
    asked, each = table["colleagues"], table["questions"]
    noise = colleague / asked + question / (asked * each)
    minutes = asked * (START + EACH * each)
    return table.assign(reliability=branch / (branch + noise), cost=branches * minutes * MINUTE)


def _parts(answers):
    """Return the variance of branches, of colleagues in a branch, of a single answer."""
    schema.require(answers, ["colleague", "branch", *ITEMS], name="answers")
    if answers["colleague"].duplicated().any():
        twice = answers.loc[answers["colleague"].duplicated(), "colleague"].iloc[0]
        raise ValueError(
            f"answers must have each colleague once, got {twice} twice. Take one wave."
        )
    score = answers[ITEMS].mean(axis=1)
    rest = (answers[ITEMS] - answers[ITEMS].mean()).sub(score - score.mean(), axis=0).to_numpy()
    question = (rest**2).sum() / ((len(answers) - 1) * (len(ITEMS) - 1))
    found = intraclass(answers.assign(score=score))
    branch = (found["ms_between"] - found["ms_within"]) / found["size"]
    return branch, found["ms_within"] - question / len(ITEMS), question
