"""What is promised and what is done; a lead and how long it lasts; competence as a checklist."""

import numpy as np
import pandas as pd

from crm_course import schema

TESTS = ("valuable", "rare", "hard_to_imitate", "organised")
VERDICTS = ("disadvantage", "parity", "temporary", "unused", "sustained")


def promise_kept(answers, *, least=4):
    """Return by branch the share of answers of at least so many points to `promises`.

    answers (branch, promises): `culture`; the question is "We keep what we promise".
    """
    schema.require(answers, ["branch", "promises"], name="answers")
    kept = (answers["promises"] >= least).groupby(answers["branch"]).mean()
    return kept.rename("kept")


def poster_effect(kept, *, gain=0.3, loss=0.6, reach=0.5):
    """Return what a promise does to satisfaction, in steps: reach (gain kept - loss broken).

    kept: share of promises kept, a number or an array; gain, loss: steps for a customer who was
    promised something and got it, or did not; reach: share of customers who notice the promise.
    The size of gain and loss is assumed; that a broken promise weighs more is the model's point.

    >>> round(poster_effect(0.5), 3), round(poster_effect(0.8), 3)
    (-0.075, 0.06)
    """
    if np.any(np.asarray(kept) < 0) or np.any(np.asarray(kept) > 1):
        raise ValueError(f"kept must lie between 0 and 1, got {kept}. Write 0.6 for 60 %.")
    return reach * (gain * kept - loss * (1 - kept))


def lead_over_time(panel, *, top=10):
    """Return how far the best branches of the first wave lead, in every wave: Series by wave.

    panel (branch, wave, score); top: how many branches; the lead is over the mean of all.
    """
    schema.require(panel, ["branch", "wave", "score"], name="panel")
    scores = panel.pivot_table("score", index="branch", columns="wave")
    if not 0 < top <= len(scores):
        raise ValueError(f"top must be from 1 to {len(scores)}, got {top}. Write 10.")
    best = scores.iloc[:, 0].nlargest(top).index
    return (scores.loc[best].mean() - scores.mean()).rename("lead")


def vrio(resources):
    """Return resources with the verdict on each, from four yes-or-no columns.

    valuable, rare, hard_to_imitate, organised, True or False: the first no decides. Not valuable:
    disadvantage; not rare: parity; not hard to imitate: temporary; not organised: unused; else
    sustained. Source: Barney (1991), with his later fourth test.

    >>> ore = pd.DataFrame({"valuable": [True], "rare": [True], "hard_to_imitate": [False],
    ...     "organised": [True]})
    >>> vrio(ore)["verdict"].item()
    'temporary'
    """
    schema.require(resources, TESTS, name="resources")
    for test in TESTS:
        if not schema.has_kind(resources[test], "flag"):  # any text is true, "no" as well
            raise TypeError(
                f"resources[{test!r}] must be True or False, got {resources[test].dtype}. "
                "Compare it with your word for yes."
            )
    passed = resources[list(TESTS)].astype(bool).to_numpy()
    first_no = np.where(passed.all(axis=1), len(TESTS), passed.argmin(axis=1))
    return resources.assign(verdict=np.array(VERDICTS)[first_no])


def competences():
    """Return five sources of core competence with what is known about each, and four answers.

    The five are those of the handbook; the findings about a firm, and so the answers, are invented.
    """
    rows = [
        ("technology", "an app for repairs that saves calls; rivals bought the same", "ynnn"),
        ("brand", "loved for forty years as no other; no sign shows the old name", "yyyn"),
        ("market", "only shop in 14 villages; each of them costs more than it brings", "nyyn"),
        ("talent", "two fitters mend what others replace; anybody could hire them", "yyny"),
        ("management", "tours planned as nobody else can, grown in 15 years, used daily", "yyyy"),
    ]
    table = pd.DataFrame(rows, columns=["source", "finding", "answers"])
    for place, test in enumerate(TESTS):
        table[test] = table["answers"].str[place] == "y"
    return table.drop(columns="answers")
