"""Culture, climate and customers of sixty branches in six waves, and a manager behind both."""

import numpy as np
import pandas as pd

from crm_course.schema import organization as declared

from .processes import quantise
from .recorded import cents, once, rating
from .streams import stream

ITEMS, WAVES = tuple(declared.CULTURE_ITEMS), declared.WAVES
WARM_UP = 12  # waves before the first, so that the start is forgotten


def culture(scenario, seed: int) -> pd.DataFrame:
    """Make the answers of every employee in every wave: twelve items from 1 to 5."""
    survey, branch = scenario.survey, _branches(scenario.culture, seed)
    size = _sizes(scenario.culture, seed)
    home = np.repeat(np.arange(len(size)), size)
    shared = np.sqrt(survey.icc) * branch["culture"][home]
    person = np.sqrt(1 - survey.icc) * _normal(seed, "person", len(home), 1)
    score = shared + person + scenario.culture.method * branch["mood"][home]
    noise = _normal(seed, "item", len(home), WAVES, len(ITEMS))
    seen = np.sqrt(survey.loading) * score[..., None] + np.sqrt(1 - survey.loading) * noise
    points = rating(seen, survey.middle, survey.step).reshape(-1, len(ITEMS))
    keys = {"colleague": np.repeat(np.arange(1, len(home) + 1), WAVES),
            "branch": np.repeat(home + 1, WAVES), "wave": _waves(len(home))}  # fmt: skip
    return pd.DataFrame(keys | {name: points[:, i] for i, name in enumerate(ITEMS)})


def units(scenario, seed: int) -> pd.DataFrame:
    """Make climate, customer satisfaction, retention and revenue of every branch and wave."""
    path, branch = scenario.culture, _branches(scenario.culture, seed)
    rows = branch["climate"].shape
    climate = branch["climate"] + path.method * branch["mood"]
    growth = path.retention * branch["csat"] + path.retention_noise * _normal(seed, "kept", *rows)
    sales = path.revenue * branch["csat"] + path.revenue_noise * _normal(seed, "sales", *rows)
    size = _sizes(path, seed)[:, None] * path.revenue_head
    return _keys(rows[0]).assign(
        employees=np.repeat(_sizes(path, seed), WAVES),
        climate=quantise(climate, 3).ravel(),
        csat=quantise(branch["csat"], 3).ravel(),
        retention_rate=quantise(np.clip(path.retention_base + growth, 0, 1), 4).ravel(),
        revenue_cents=cents(size * (1 + sales)).ravel(),
    )


def truth_units(scenario, seed: int) -> pd.DataFrame:
    """Make what no survey sees: culture itself, and the quality of the manager."""
    branch = _branches(scenario.culture, seed)
    manager = np.repeat(branch["manager"], WAVES)
    return _keys(len(branch["manager"])).assign(
        culture=quantise(branch["culture"], 3).ravel(), manager_quality=quantise(manager, 3)
    )


def _branches(path, seed):
    """Culture -> climate -> csat wave by wave; csat feeds back a little, the manager on both."""
    count = path.branches
    manager = _normal(seed, "manager", count)
    names = ("culture", "climate", "csat")
    noise = {name: spread * _normal(seed, name, count, WARM_UP + WAVES)
             for name, spread in zip(names, path.noise, strict=True)}  # fmt: skip
    waves = [{"culture": np.zeros(count), "csat": np.zeros(count)}]
    for wave in range(WARM_UP + WAVES):
        fresh = {name: part[:, wave] for name, part in noise.items()}
        waves.append(_step(path, manager, waves[-1], fresh))
    kept = {name: quantise(np.stack([wave[name] for wave in waves[-WAVES:]], axis=1), 6)
            for name in noise}  # fmt: skip
    return kept | {"manager": manager, "mood": _normal(seed, "mood", count, WAVES)}


def _step(path, manager, before, noise):
    """One wave of the path model."""
    culture = path.persistence * before["culture"] + path.reverse * before["csat"]
    culture = culture + path.manager_culture * (1 - path.persistence) * manager + noise["culture"]
    climate = path.a * culture + noise["climate"]
    csat = path.direct * culture + path.b * climate + path.manager_csat * manager + noise["csat"]
    return {"culture": culture, "climate": climate, "csat": csat}


def _sizes(path, seed):
    low, high = path.employees
    return stream(seed, "culture", "size", 0).integers(low, high + 1, size=path.branches)


def _keys(branches):
    return pd.DataFrame(
        {"branch": np.repeat(np.arange(1, branches + 1), WAVES), "wave": _waves(branches)}
    )


def _waves(count):
    return np.tile(np.arange(1, WAVES + 1), count)


def _normal(seed, column, *shape):
    return stream(seed, "culture", column, 0).standard_normal(shape)


MAKERS = {
    "culture": once(culture),
    "units": once(units),
    "truth_units": once(truth_units),
}
