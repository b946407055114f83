"""Telephone calls in which signs of a style are heard, two raters label, and a lot draws the pitch.

A third of the callers have no style. Signs are independent given the style, and so are the raters
given the signs: where both are wrong, the same signs misled them.
"""

import numpy as np
import pandas as pd

from crm_course.schema.home import PLAIN, SIGNS, STYLES

from .processes import choice, quantise
from .recorded import once
from .streams import stream
from .texts import named


def conversations(scenario, seed: int) -> pd.DataFrame:
    """Make the calls: eight signs, the labels of two raters, the pitch, the sale."""
    calls = scenario.conversations
    style, heard = _style(calls, seed), _heard(calls, seed)
    pitch = _pitch(calls, seed)
    plain, matched, mismatched = _bought(calls, seed, style)
    labels = {
        f"{rater}_rater": named(STYLES, _label(calls, seed, rater, heard))
        for rater in ("first", "second")
    }
    outcomes = np.where(pitch == style, matched, mismatched)
    return pd.DataFrame({
        "conversation_id": np.arange(calls.calls) + 1,
        **{sign: heard[:, i] for i, sign in enumerate(SIGNS)},
        **labels,
        "pitch": named((*STYLES, PLAIN), pitch),
        "bought": np.where(pitch == len(STYLES), plain, outcomes),
    })  # fmt: skip


def truth_conversations(scenario, seed: int) -> pd.DataFrame:
    """Make the style of each caller, none for a third, and what each kind of pitch would sell."""
    calls = scenario.conversations
    style = _style(calls, seed)
    plain, matched, mismatched = _bought(calls, seed, style)
    return pd.DataFrame({
        "conversation_id": np.arange(calls.calls) + 1,
        "style": named((*STYLES, "none"), style),
        "bought_if_plain": plain,
        "bought_if_matched": matched,
        "bought_if_mismatched": mismatched,
    })  # fmt: skip


def sign_chances(calls) -> np.ndarray:
    """Chance of each sign by style, the last row for callers without one: shape (5, 8)."""
    own = np.array([[SIGNS[sign] == style for sign in SIGNS] for style in STYLES])
    without = np.full((1, len(SIGNS)), calls.sign_without)
    return np.vstack([np.where(own, calls.sign_own, calls.sign_other), without])


def _uniform(calls, seed, column, *shape):
    return stream(seed, "conversations", column, 0).random((calls.calls, *shape))


def _style(calls, seed):
    """Number of the style in STYLES; their count for a caller without one."""
    return choice(_uniform(calls, seed, "style"), np.array(calls.share))


def _heard(calls, seed):
    chance = sign_chances(calls)[_style(calls, seed)]
    return (_uniform(calls, seed, "signs", len(SIGNS)) < chance).astype("int64")


def _label(calls, seed, rater, heard):
    """One of the four styles, with odds that sharpen what the signs say; there is no fifth box."""
    chance = sign_chances(calls)[: len(STYLES)]
    likelihood = np.where(heard[:, None, :] == 1, chance, 1 - chance).prod(axis=-1)
    weight = (np.array(calls.share[: len(STYLES)]) * likelihood) ** calls.sharpness
    shares = weight / weight.sum(axis=-1, keepdims=True)
    return choice(_uniform(calls, seed, f"{rater}_rater"), shares)


def _pitch(calls, seed):
    styled = (1 - calls.plain_share) / len(STYLES)
    shares = np.array([styled] * len(STYLES) + [calls.plain_share])
    return choice(_uniform(calls, seed, "pitch"), shares)


def _bought(calls, seed, style):
    """Outcomes under a plain, a matching and another pitch (one luck for all three).

    Nothing but plain matches a caller without a style.
    """
    luck = _uniform(calls, seed, "bought")
    gain = np.where(style < len(STYLES), calls.match, 0)
    chances = calls.base, calls.base + gain, calls.base - calls.mismatch
    return tuple(luck < quantise(chance, 6) for chance in chances)


MAKERS = {
    "conversations": once(conversations),
    "truth_conversations": once(truth_conversations),
}
