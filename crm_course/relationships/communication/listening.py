"""From signs to styles: what one call says about its caller, and how far two listeners agree."""

import pandas as pd

from crm_course import schema
from crm_course.schema.home import PLAIN, SIGNS, STYLES

NONE = "none"
# Of 100 callers in the invented world, and how often a sign is heard from each of them.
CALLERS = pd.Series({"thinker": 0.20, "sensor": 0.17, "intuitor": 0.12, "feeler": 0.16, NONE: 0.35})
OWN, OTHER, WITHOUT = 0.60, 0.25, 0.30


def sign_chances():
    """Return how often each sign is heard: a row for each style and none, a column for each sign.

    Probabilities of the invented world: a sign comes from its own style more often than not.

    >>> sign_chances()["chats"].tolist()
    [0.25, 0.25, 0.25, 0.6, 0.3]
    """
    columns = {
        sign: [OWN if style == own else OTHER for style in STYLES] + [WITHOUT]
        for sign, own in SIGNS.items()
    }
    return pd.DataFrame(columns, index=[*STYLES, NONE])


def posterior(prior, *likelihoods):
    """Return the probability of each style by Bayes' rule: prior times likelihoods, summing to 1.

    prior: Series by style; likelihoods: the chance, by style, of each thing heard (or not heard).
    The likelihoods are multiplied: given the style, one sign says nothing about another ("naive").

    >>> even = pd.Series({"a": 0.5, "b": 0.5})
    >>> posterior(even, pd.Series({"a": 0.6, "b": 0.2})).round(2).tolist()
    [0.75, 0.25]
    """
    weight = prior
    for likelihood in likelihoods:
        weight = weight * likelihood
    if not weight.sum() > 0:
        raise ValueError(
            f"likelihoods must leave a style possible, got weights {weight.tolist()}. Give the "
            "chance of what was heard for each style."
        )
    return weight / weight.sum()


def listen(call, *, prior=CALLERS, chances=None):
    """Follow one call sign by sign -> sign, heard, and the probability of each style and of none.

    call: a row of conversations, 1 where the sign was heard; what is not heard counts as well.
    prior: probability of each style before the call; chances: as of `sign_chances`.
    """
    chances = sign_chances() if chances is None else chances
    rows, now = [], prior
    for sign in chances:
        now = posterior(now, chances[sign] if call[sign] else 1 - chances[sign])
        rows.append({"heard": "yes" if call[sign] else "no", **now})
    return pd.DataFrame(rows, index=list(chances)).rename_axis("sign")


def style_probabilities(calls, *, prior=CALLERS, chances=None):
    """Return the probability of each style (and none) for every call, after all of its signs.

    calls: a column of 0 or 1 for each sign -> the same rows, a column for each style.
    """
    chances = sign_chances() if chances is None else chances
    schema.require(calls, list(chances), name="calls")
    weight = pd.DataFrame(dict(prior), index=calls.index)
    for sign, chance in chances.items():
        heard = calls[sign] == 1
        for style in weight:
            weight[style] *= heard.map({True: chance[style], False: 1 - chance[style]})
    return weight.div(weight.sum(axis=1), axis=0)


def two_signs(calls):
    """Return the style of which both signs were heard; plain where there is none, or more than one.

    calls: a column of 0 or 1 for each sign -> Series of thinker, sensor, intuitor, feeler or plain

    >>> call = dict.fromkeys(SIGNS, 0) | {"chats": 1, "names_others": 1}
    >>> two_signs(pd.DataFrame([call])).item()
    'feeler'
    """
    schema.require(calls, list(SIGNS), name="calls")
    heard = calls[list(SIGNS)].rename(columns=SIGNS).T.groupby(level=0).sum().T
    both = heard[list(STYLES)] == 2
    return both.idxmax(axis=1).where(both.sum(axis=1) == 1, PLAIN)


def cohen_kappa(first, second):
    """Return Cohen's kappa: (observed - chance) / (1 - chance) agreement of two raters.

    first, second: the labels that two raters gave to the same things. 0: as two who label blindly,
    each with the own shares; 1: always the same. Source: Cohen (1960).

    >>> cohen_kappa(pd.Series(["a", "a", "b", "b"]), pd.Series(["a", "a", "b", "a"]))
    0.5
    """
    if len(first) != len(second) or not len(first):
        raise ValueError(
            f"raters must label the same things, got {len(first)} and {len(second)} labels. "
            "Give two columns of one table."
        )
    first, second = (pd.Series(list(labels)) for labels in (first, second))
    given = pd.concat([first, second])
    if given.isna().any():
        raise ValueError(
            f"raters must label everything, got {given.isna().sum()} labels missing. Leave out "
            "what one of them did not label."
        )
    if len(given.unique()) == 1:
        raise ValueError(
            f"raters must use two labels or more between them, got only {given.iloc[0]!r}. Give "
            "them things that differ."
        )
    observed = (first == second).mean()
    shares = (labels.value_counts(normalize=True) for labels in (first, second))
    chance = next(shares).mul(next(shares), fill_value=0).sum()
    return float((observed - chance) / (1 - chance))
