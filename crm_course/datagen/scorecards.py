"""Three raters judge forty channel partners on ten criteria; a general impression colours all."""

import numpy as np
import pandas as pd

from crm_course.schema import wholesale as declared

from .processes import quantise
from .recorded import once, rating
from .streams import stream

PARTNERS, CRITERIA, RATERS = declared.PARTNERS, tuple(declared.CRITERIA), declared.RATERS


def scorecards(scenario, seed: int) -> pd.DataFrame:
    """Make one row per partner and rater: ten criteria from 1 to 5."""
    panel = scenario.raters
    impression = _normal(seed, "impression", len(RATERS))[..., None]
    noise = _normal(seed, "noise", len(RATERS), len(CRITERIA))
    halo = np.array(panel.halo)[None, :, None]
    seen = np.sqrt(1 - halo**2) * _merit(panel, seed)[:, None, :] + halo * impression
    points = rating(seen + panel.noise * noise + np.array(panel.mildness)[None, :, None],
                    panel.middle, panel.step).reshape(-1, len(CRITERIA))  # fmt: skip
    keys = {"partner": np.repeat(PARTNERS, len(RATERS)), "rater": np.tile(RATERS, len(PARTNERS))}
    return pd.DataFrame(keys | {name: points[:, i] for i, name in enumerate(CRITERIA)})


def truth_scorecards(scenario, seed: int) -> pd.DataFrame:
    """Make the merit of every partner on every criterion, in standard deviations."""
    merit = _merit(scenario.raters, seed)
    criteria = {f"{name}_true": merit[:, i] for i, name in enumerate(CRITERIA)}
    return pd.DataFrame({"partner": PARTNERS} | criteria)


def _merit(panel, seed):
    """Standard normal merit, shape (partners, criteria); criteria share a little."""
    general = np.sqrt(panel.common) * _normal(seed, "general", 1)
    own = np.sqrt(1 - panel.common) * _normal(seed, "own", len(CRITERIA))
    return quantise(general + own, 4)


def _normal(seed, column, *shape):
    return stream(seed, "scorecards", column, 0).standard_normal((len(PARTNERS), *shape))


MAKERS = {
    "scorecards": once(scorecards),
    "truth_scorecards": once(truth_scorecards),
}
