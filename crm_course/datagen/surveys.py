"""What customers answer: service quality in pairs, Kano in pairs, and a monthly pulse."""

from functools import lru_cache

import numpy as np
import pandas as pd

from crm_course.schema import MONTHS
from crm_course.schema.home import FEATURES, KANO
from crm_course.schema.mobile import DIMENSIONS

from .mobile import make_lives, renewal_drivers
from .processes import choice, quantise, sigmoid
from .recorded import once
from .responses import graded, unbiased_score
from .streams import Draws
from .texts import named
from .truth import satisfaction

ITEMS = np.repeat(np.arange(5), (5, 4, 4, 5, 4))  # the dimension of each of the 22 items


def make_survey_servqual(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make expectations and perceptions of the customers who took part, 22 rows each."""
    survey, draws = scenario.servqual, Draws(seed, "survey_servqual", block, kept, "mobile")
    took_part, careless = _servqual_people(survey, draws)
    expected, perceived = _mean_answers(survey, draws, satisfaction(seed, block, kept, "mobile"))
    same, careless = 4 + draws.whole("careless_answer", 4)[:, None], careless[:, None]
    means = {"expectation": expected, "perception": perceived}
    answers = {name: unbiased_score(mean, draws.uniform(name, len(ITEMS)))
               for name, mean in means.items()}  # fmt: skip
    return pd.DataFrame({
        "customer_id": np.repeat(draws.customer_id[took_part], len(ITEMS)),
        "item": np.tile(np.arange(len(ITEMS)) + 1, took_part.sum()),
        "dimension": named(DIMENSIONS, np.tile(ITEMS, took_part.sum())),
        **{name: np.where(careless, same, score)[took_part].ravel()
           for name, score in answers.items()},
    })  # fmt: skip


def make_truth_servqual(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make (customer_id, careless) of those who took part."""
    draws = Draws(seed, "survey_servqual", block, kept, "mobile")
    took_part, careless = _servqual_people(scenario.servqual, draws)
    people = {"customer_id": draws.customer_id, "careless": careless}
    return pd.DataFrame({name: values[took_part] for name, values in people.items()})


def _servqual_people(survey, draws):
    careless = draws.uniform("careless") < survey.careless
    return draws.uniform("took_part") < survey.share, careless


def _mean_answers(survey, draws, theta):
    """Mean expectation and perception of each customer and item; all parts are bounded.

    Perceptions rise with satisfaction by rank, so that no mean leaves the scale of 1 to 7.
    """
    from scipy.special import ndtr

    person = survey.person * (2 * draws.uniform("person", 1) - 1)
    expected, perceived = (survey.item * (2 * draws.uniform(f"{name}_item", len(ITEMS)) - 1)
                           for name in ("expectation", "perception"))  # fmt: skip
    gap = np.array(survey.gap)[ITEMS]
    warm = survey.satisfaction * (2 * ndtr(theta[:, None]) - 1)
    centre = survey.expectation + person
    return quantise(centre + expected, 6), quantise(centre + perceived + gap + warm, 6)


def make_survey_kano(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the pairs of answers of the customers who took part, 12 rows each."""
    kano, draws = scenario.kano, Draws(seed, "survey_kano", block, kept, "home")
    took_part = draws.uniform("took_part") < kano.share
    kind = choice(draws.uniform("kind", len(FEATURES)), kano_shares(kano))
    careless = draws.uniform("careless", len(FEATURES)) < kano.careless
    functional, dysfunctional = (np.where(careless, 1, answer)[took_part].ravel()
                                 for answer in _kano_pair(draws, kind))  # fmt: skip
    return pd.DataFrame({
        "customer_id": np.repeat(draws.customer_id[took_part], len(FEATURES)),
        "feature": named(FEATURES, np.tile(np.arange(len(FEATURES)), took_part.sum())),
        "functional": functional,
        "dysfunctional": dysfunctional,
    })  # fmt: skip


@once
def make_truth_kano(scenario, seed: int) -> pd.DataFrame:
    """Make kind and coefficients of every feature; the same for every block."""
    must, one, attractive, _ = kano_shares(scenario.kano).T
    return pd.DataFrame({
        "feature": FEATURES,
        "kind": np.array(KANO)[_main_kind()],
        "better": quantise(attractive + one, 6),
        "worse": quantise(-one - must, 6),
    })  # fmt: skip


def _main_kind():
    """The kinds take three features each, in the order of schema.home.KANO."""
    return np.arange(len(FEATURES)) // 3


def kano_shares(kano) -> np.ndarray:
    """Share of customers to whom a feature is of each kind, shape (features, kinds)."""
    others = (1 - kano.agreement) / (len(KANO) - 1)
    return np.where(np.eye(len(KANO), dtype=bool), kano.agreement, others)[_main_kind()]


def _kano_pair(draws, kind):
    """Answers with and without the feature: 1 likes it, 5 dislikes it, 2 to 4 lie between."""
    between = [2 + np.floor(3 * draws.uniform(f"{name}_between", len(FEATURES))).astype(int)
               for name in ("functional", "dysfunctional")]  # fmt: skip
    likes = np.isin(kind, [KANO.index("one-dimensional"), KANO.index("attractive")])
    dislikes = np.isin(kind, [KANO.index("one-dimensional"), KANO.index("must-be")])
    return np.where(likes, 1, between[0]), np.where(dislikes, 5, between[1])


def make_survey_pulse(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the questions sent and the answers that came back."""
    everybody = _pulse(scenario, seed, block, kept)
    answered = everybody["answered"]
    return pd.DataFrame({
        **{name: everybody[name] for name in ("customer_id", "month", "mode", "answered")},
        "csat": np.where(answered, everybody["csat"], np.nan),
        "nps": np.where(answered, everybody["nps"], np.nan),
    })  # fmt: skip


def make_truth_pulse(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the answers of everybody, with the chance of answering."""
    everybody = _pulse(scenario, seed, block, kept)
    names = {"customer_id": "customer_id", "month": "month", "chance": "response_probability",
             "csat": "csat_all", "nps": "nps_all"}  # fmt: skip
    return pd.DataFrame({name: everybody[source] for source, name in names.items()})


@lru_cache(maxsize=1)
def _pulse(scenario, seed, block, kept):
    """Everybody asked, and what each would answer."""
    pulse, draws = scenario.pulse, Draws(seed, "survey_pulse", block, kept, "mobile")
    lives = make_lives(scenario, Draws(seed, "panel", block, kept, "mobile"))
    asked = np.flatnonzero(lives.active & (draws.uniform("asked", MONTHS) < pulse.share))
    rows = lives.rows(asked)
    sat = renewal_drivers({name: score.take(asked) for name, score in lives.scores.items()})[0]
    phone = rows["month"] == pulse.phone_month
    chance = quantise(sigmoid(pulse.answer + pulse.answer_satisfaction * sat), 6)
    mean = pulse.satisfaction * sat + pulse.phone * phone
    answered = draws.uniform("answered", MONTHS).take(asked) < chance
    return rows | {"chance": chance, "answered": answered,
                   "mode": named(("web", "phone"), phone.astype(int)),
                   **_grades(pulse, draws, asked, mean)}  # fmt: skip


def _grades(pulse, draws, asked, mean):
    """The two graded answers; each has its own noise, so that the latent has variance 1."""
    rest = np.sqrt(1 - pulse.satisfaction**2)
    latent = {name: quantise(mean + rest * draws.normal(name, MONTHS).take(asked), 6)
              for name in ("csat", "nps")}  # fmt: skip
    return {"csat": 1 + graded(latent["csat"], pulse.csat), "nps": graded(latent["nps"], pulse.nps)}


MAKERS = {
    "survey_servqual": make_survey_servqual,
    "survey_kano": make_survey_kano,
    "survey_pulse": make_survey_pulse,
    "truth_servqual": make_truth_servqual,
    "truth_kano": make_truth_kano,
    "truth_pulse": make_truth_pulse,
}
