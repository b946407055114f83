"""A course for half of thirty teams: what people learn, keep and apply, and how they liked it."""

import numpy as np
import pandas as pd

from .processes import quantise
from .recorded import cents, once
from .streams import stream


def training(scenario, seed: int) -> pd.DataFrame:
    """Make one row per employee: arm of the team, tests, reactions, behaviour, result."""
    course, lives = scenario.training, _lives(scenario.training, seed)
    trained, gone = lives["trained"], lives["gone"]
    after = {name: np.where(trained, pair[1], pair[0])
             for name, pair in _outcomes(course, seed, lives).items()}  # fmt: skip
    result = pd.array(after.pop("result"), dtype="Int64")
    liked = {f"reaction_{name}": np.where(trained, _opinion(lives[name]), np.nan)
             for name in ("affective", "utility")}  # fmt: skip
    seen = {name: np.where(gone, np.nan, values) for name, values in (liked | after).items()}
    return (
        _keys(course)
        .assign(
            arm=np.where(trained, "training", "control"),
            supervisor_support=_opinion(lives["support"]),
            pre=_points(course, lives["pre"]),
            **seen,
            result_cents=result,
        )
        .assign(result_cents=lambda made: made["result_cents"].mask(gone))
    )


def truth_training(scenario, seed: int) -> pd.DataFrame:
    """Make both potential outcomes of everybody, and how much of a course would be applied."""
    course, lives = scenario.training, _lives(scenario.training, seed)
    outcomes = {f"{name}_{arm}{'_cents' if name == 'result' else ''}": values
                for name, pair in _outcomes(course, seed, lives).items()
                for arm, values in zip(("untrained", "trained"), pair, strict=True)}  # fmt: skip
    return _keys(course).assign(transfer=quantise(lives["transfer"], 3), **outcomes)


def _outcomes(course, seed, lives):
    """What would become of everybody, as recorded: (untrained, trained) of each outcome."""
    behaviour = [_behaviour(course, score) for score in lives["behaviour"]]
    return {
        "post": [_points(course, score) for score in lives["post"]],
        "retention_test": [_points(course, score) for score in lives["kept"]],
        "behaviour": behaviour,
        "result": [cents(_result(course, seed, each)) for each in behaviour],
    }


def _lives(course, seed):
    """Everything about everybody, in standard scores; pairs are (untrained, trained)."""
    team = np.repeat(np.arange(course.teams), course.team_size)
    count = len(team)
    own = {name: _normal(seed, name, count)
           for name in ("pre", "post", "kept", "transfer", "behaviour", "support", "affective",
                        "utility")}  # fmt: skip
    shared = {name: _normal(seed, f"team_{name}", course.teams)[team]
              for name in ("pre", "support")}  # fmt: skip
    pre = _mix(course.team_share, shared["pre"], own["pre"])
    support = _mix(course.support_team, shared["support"], own["support"])
    transfer = _mix(course.support**2, support, own["transfer"])
    untrained = _mix(course.memory**2, pre, own["post"]) + course.practice
    learned = untrained, untrained + course.learning
    kept = learned[0], untrained + course.keeping * course.learning
    applied = course.applied + course.transfer * transfer
    return {
        "trained": _half(course.teams, seed)[team],
        "gone": stream(seed, "training", "gone", 0).random(count) < course.attrition,
        "pre": pre, "support": support, "transfer": transfer, "post": learned,
        "kept": tuple(score + course.forgetting * own["kept"] for score in kept),
        "behaviour": (own["behaviour"], own["behaviour"] + applied),
        **{name: _mix(getattr(course, name) ** 2, transfer, own[name])
           for name in ("affective", "utility")},
    }  # fmt: skip


def _mix(share, one, other):
    """Standard normal with this share of its variance from one of two."""
    return np.sqrt(share) * one + np.sqrt(1 - share) * other


def _half(teams, seed):
    """Half of the teams, drawn by lot."""
    return stream(seed, "training", "arm", 0).permutation(teams) < teams // 2


def _points(course, standard):
    return quantise(np.clip(course.middle + course.step * standard, 0, 100), 1)


def _behaviour(course, standard):
    return quantise(np.clip(50 + course.behaviour_step * standard, 0, 100), 1)


def _opinion(standard):
    return quantise(np.clip(3.2 + 0.7 * standard, 1, 5), 1)


def _result(course, seed, behaviour):
    noise = course.result_noise * _normal(seed, "result", len(behaviour))
    return course.result + course.result_point * (behaviour - 50) + noise


def _keys(course):
    team = np.repeat(np.arange(1, course.teams + 1), course.team_size)
    return pd.DataFrame({"trainee": np.arange(1, len(team) + 1), "team": team})


def _normal(seed, column, count):
    return stream(seed, "training", column, 0).standard_normal(count)


MAKERS = {
    "training": once(training),
    "truth_training": once(truth_training),
}
