"""Does it pay to speak in a style? A right guess gains, a wrong one costs, and plain is plain."""

from itertools import product

import numpy as np
import pandas as pd

from crm_course.schema.home import PLAIN, STYLES

from .listening import CALLERS, NONE, sign_chances

BASE, MATCH, MISMATCH = 0.24, 0.32, 0.20  # share that buys in the invented world, by pitch
CALLS, MARGIN = 20_000, 150  # calls a year, ¥ that a sale leaves; all four are invented
SEMINAR, QUESTION = 12_000, 4_000  # ¥ a year: the seminar; fifteen seconds more in every call


def matching_value(accuracy, *, match=MATCH, mismatch=MISMATCH, base=BASE):
    """Return what styled pitches add to the share that buys, next to plain ones.

    accuracy: share of the pitches that are in the caller's own style; match, mismatch, base: share
    that buys if pitched in the own style, in another, plainly.

    >>> round(matching_value(0.55), 3), round(matching_value(0.25), 3)
    (0.026, -0.01)
    """
    _check_shares(accuracy=accuracy, match=match, mismatch=mismatch, base=base)
    return accuracy * match + (1 - accuracy) * mismatch - base


def _check_shares(**shares):
    for name, share in shares.items():
        if not np.all((np.asarray(share) >= 0) & (np.asarray(share) <= 1)):
            raise ValueError(f"{name} must be from 0 to 1, got {share}. Write 0.5 for one in two.")


def break_even_accuracy(*, match=MATCH, mismatch=MISMATCH, base=BASE):
    """Return the accuracy at which styled pitches sell just as much as plain ones.

    Raises ValueError where a match does not sell more than a mismatch.

    >>> round(break_even_accuracy(), 3)
    0.333
    """
    if not match > mismatch:
        raise ValueError(
            f"match must be above mismatch, got {match} and {mismatch}. Otherwise speak plainly."
        )
    return (base - mismatch) / (match - mismatch)


def policy_table(pitches, style, **shares):
    """Compare ways of choosing the pitch -> policy, in_style, right, extra.

    pitches: {name: the pitch for each call, one of the four styles or plain}; style: the caller's
    own, or none. in_style: share of calls with a styled pitch; right: share of these in the
    caller's own style (NaN where there are none); extra: sales more than plainly, in 1,000 calls;
    shares: match, mismatch, base of `matching_value`.
    """
    rows = []
    for name, pitch in pitches.items():
        pitch = pd.Series(pitch, index=style.index)
        unknown = set(pitch) - {*STYLES, PLAIN}
        if unknown:
            raise ValueError(
                f"pitch must be one of {', '.join((*STYLES, PLAIN))}, got {sorted(unknown)}. "
                "Rename yours."
            )
        styled = pitch != PLAIN
        right = (pitch == style)[styled].mean()
        extra = 1000 * styled.mean() * matching_value(right, **shares) if styled.any() else 0.0
        rows.append((name, styled.mean(), right, extra))
    return pd.DataFrame(rows, columns=["policy", "in_style", "right", "extra"])


def yearly_money(extra, *, cost=0, calls=CALLS, margin=MARGIN):
    """Return ¥ a year: extra sales in 1,000 calls times calls and margin, less cost.

    >>> yearly_money(10, cost=12_000)
    18000.0
    """
    return extra * calls / 1000 * margin - cost


def listening_value(moments, certainty, *, gain=MATCH - BASE, loss=BASE - MISMATCH):
    """Return what speaking in style adds if one listens so long and waits until so sure.

    moments: for how many of the eight moments one waits; certainty: probability of the likeliest
    style from which on the pitch is in it, plain below; gain, loss: what a right and a wrong style
    add to and take off the share that buys -> (added to the share that buys, share of calls in
    style), exact: over all patterns of signs.
    """
    chances = sign_chances().to_numpy()[:, :moments]
    heard = np.array(list(product((0, 1), repeat=moments)), dtype=bool)
    joint = np.where(heard[:, None, :], chances, 1 - chances).prod(axis=2) * CALLERS.to_numpy()
    pattern, best = joint.sum(axis=1), joint[:, : len(STYLES)].max(axis=1)
    spoken = best / pattern >= certainty - 1e-12
    value = (gain + loss) * best - loss * pattern
    return float(value[spoken].sum()), float(pattern[spoken].sum())


def asking_value(truthful, *, match=MATCH, mismatch=MISMATCH, base=BASE, callers=CALLERS):
    """Return what one question adds to the share that buys, if the pitch follows the answer.

    truthful: share of callers whose answer is what they want, one of the four styles or *it is all
    the same to me* (then the pitch is plain); the others give one of the four other answers, each
    as often. callers: share of each style and none.

    >>> round(float(asking_value(0.8)), 4)
    0.0349
    """
    _check_shares(truthful=truthful)
    without = callers[NONE]
    right = (1 - without) * truthful
    wrong = ((1 - without) * 3 / 4 + without) * (1 - truthful)
    return right * (match - base) - wrong * (base - mismatch)


def asking_needs(extra, *, costs=QUESTION):
    """Return the share of truthful answers at which asking earns as much as another policy.

    extra: its extra sales in 1,000 calls; costs: ¥ a year that asking costs more than it does. For
    both somebody must speak in the styles, so the seminar cancels, and the question is left.
    """
    per_sale = yearly_money(1)
    at_none, at_all = (yearly_money(1000 * asking_value(share)) for share in (0, 1))
    return (extra * per_sale + costs - at_none) / (at_all - at_none)


def calls_per_arm(p1, p2, *, level=0.05, power=0.80):
    """Return how many calls each of two arms needs to tell two shares of buyers apart.

    n = (z_(level / 2) + z_(1 - power))^2 (p1 (1 - p1) + p2 (1 - p2)) / (p2 - p1)^2, two-sided,
    rounded up.

    >>> calls_per_arm(0.24, 0.266)
    4385
    """
    from scipy.stats import norm

    _check_shares(p1=p1, p2=p2, level=level, power=power)
    if p1 == p2:
        raise ValueError(f"shares must differ, got {p1} twice. Nobody can tell equals apart.")
    z = norm.ppf(1 - level / 2) + norm.ppf(power)
    return int(np.ceil(z**2 * (p1 * (1 - p1) + p2 * (1 - p2)) / (p2 - p1) ** 2))
