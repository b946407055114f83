"""A run: who played which world with which luck and which decisions. Saved, reloaded, graded.

The file holds decisions and no results that count: whoever reads it plays them again. The digest
finds a file that was damaged on its way; it is no lock, and a run can be played by two people.
"""

import hashlib
import json
import math
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from crm_course import workspace

from .firm import QUARTERS
from .policies import regret, simulate_firm
from .scenarios import scenario
from .state import HOUSE, NAMES, Decisions

SCHEMA = 1
KIND = "crm-course firm run"
LONGEST = 80  # characters of a name


@dataclass(frozen=True)
class Run:
    """A game: player (text), world (name of a scenario), seed of the luck, decisions so far."""

    player: str = ""
    world: str = "honest growth"
    seed: int | None = 72
    decisions: tuple[Decisions, ...] = ()

    def __post_init__(self):
        scenario(self.world)
        if not isinstance(self.player, str) or len(self.player) > LONGEST:
            raise ValueError(
                f"player must be a name of up to {LONGEST} characters, got {self.player!r}. "
                "Shorten it."
            )
        if self.seed is not None and (not isinstance(self.seed, int) or self.seed < 0):
            raise ValueError(f"seed must be a whole number from 0, got {self.seed!r}. Write 72.")
        if len(self.decisions) > QUARTERS:
            raise ValueError(
                f"a run has up to {QUARTERS} quarters, got {len(self.decisions)}. Begin another."
            )

    @property
    def finished(self):
        """Whether all twelve quarters were played."""
        return len(self.decisions) == QUARTERS

    @property
    def played(self):
        """The quarters, played with these decisions -> Played; None before the first."""
        if not self.decisions:
            return None
        return simulate_firm(self.decisions, world=self.world, seed=self.seed)

    def next(self, decisions):
        """Return the run with one quarter more; ValueError after the twelfth."""
        return replace(self, decisions=(*self.decisions, decisions))

    def back(self):
        """Return the run without its last quarter."""
        return replace(self, decisions=self.decisions[:-1])

    def table(self, *, hidden=False):
        """Return one row a quarter: the decisions, then what was seen."""
        rows = pd.DataFrame([each.as_dict() for each in self.decisions], columns=list(NAMES))
        if not self.decisions:
            return rows
        seen = self.played.table(hidden=hidden)
        return pd.concat([seen[["quarter"]], rows, seen.drop(columns="quarter")], axis=1)

    @property
    def digest(self):
        """A mark of everything that was decided, the same on every machine."""
        return hashlib.sha256(_as_json(self._content()).encode()).hexdigest()[:16]

    def _content(self):
        return {
            "kind": KIND, "schema": SCHEMA, "player": self.player, "world": self.world,
            "seed": self.seed, "decisions": [each.as_dict() for each in self.decisions],
        }  # fmt: skip

    def save(self, path):
        """Write the run to a file, whole or not at all -> path."""
        path = Path(path)
        text = json.dumps(self._content() | {"digest": self.digest}, ensure_ascii=False, indent=1)
        workspace.write(path.absolute(), f"{text}\n".encode())
        return path


def _as_json(content):
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load_run(path):
    """Read a run -> Run. ValueError, naming the file, for what is no run or was damaged."""
    path = Path(path)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:  # the latter: brackets in brackets without end
        raise ValueError(
            f"{path.name} must be a saved run, got {error}. Save it again."
        ) from error
    if not isinstance(content, dict) or content.get("kind") != KIND:
        raise ValueError(f"{path.name} must be a saved run, got something else. Look for another.")
    if content.get("schema") != SCHEMA:
        raise ValueError(
            f"{path.name} must have schema {SCHEMA}, got {content.get('schema')!r}. "
            "Update the course, or play again."
        )
    run = _read(content, path.name)
    if run.digest != content.get("digest"):
        raise ValueError(
            f"{path.name} must be as it was saved, got digest {content.get('digest')!r} instead "
            f"of {run.digest!r}. Save it again from the cockpit."
        )
    return run


def _read(content, name):
    try:
        decisions = tuple(Decisions(**row) for row in content["decisions"])
        return Run(content["player"], content["world"], content["seed"], decisions)
    except (KeyError, TypeError, ValueError) as error:
        said = str(error).rstrip(".")
        raise ValueError(
            f"{name} must hold a run, got: {said}. Save it again from the cockpit."
        ) from error


def grade_run(run):
    """Return points from 0 to 100: how much of the way from the old policy to the benchmark.

    The old policy is the firm as it was, twelve quarters of it; both meet the same luck. NaN for
    a run that is not finished.
    """
    if not run.finished:
        return math.nan
    house = simulate_firm(HOUSE, world=run.world, seed=run.seed)
    way = regret(house)
    return round(100 * min(max(1 - regret(run.played) / way, 0.0), 1.0), 1)


def compare_runs(runs):
    """Return one row a run, the best of a world first, world after world.

    runs: a folder of saved runs, or a list of runs and files -> player, world, seed, quarters,
    value, regret, points, note. A file that cannot be read has a
    row, with the reason in the column note. value and regret in yuan today.
    """
    if isinstance(runs, (str, Path)):
        runs = sorted(Path(runs).glob("*.json"))
    rows = [_compared(each) for each in runs]
    columns = ["player", "world", "seed", "quarters", "value", "regret", "points", "note"]
    table = pd.DataFrame(rows, columns=columns)
    order = table.sort_values(["world", "points", "player"], ascending=[True, False, True])
    return order.reset_index(drop=True)


def _compared(each):
    empty = {"value": math.nan, "regret": math.nan, "points": math.nan}
    try:
        run = each if isinstance(each, Run) else load_run(each)
    except (OSError, ValueError) as error:
        return {"player": Path(each).stem, "world": "", "quarters": 0, "note": str(error)} | empty
    row = {"player": run.player, "world": run.world, "seed": run.seed, "note": ""}
    row |= {"quarters": len(run.decisions)} | empty
    if not run.finished:
        return row | {"note": f"{len(run.decisions)} of {QUARTERS} quarters"}
    played = run.played
    return row | {"value": played.value, "regret": regret(played), "points": grade_run(run)}
