"""A scenario by name or from a YAML file: the parameters that differ from the Lanting world.

locale: zh_CN
retention:
  satisfaction: 0.0
bill:
  plan_share: [0.25, 0.25, 0.25, 0.25]
"""

import math
from dataclasses import fields, is_dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from crm_course.schema import LOCALES

from . import Scenario
from .limits import limit

NAMED = {"lanting": Scenario, "null": Scenario.null}
EXAMPLE = "Write lines such as 'retention: {satisfaction: 0.5}'."


def read_scenario(name_or_path: str | Path) -> Scenario:
    """Return the scenario of that name ('lanting', 'null') or of a YAML file.

    Raises FileNotFoundError for neither, ValueError with every wrong parameter at once.

    >>> read_scenario("null").retention.satisfaction
    0
    """
    if name_or_path in NAMED:
        return NAMED[name_or_path]()
    path = Path(name_or_path)
    if not path.is_file():
        raise FileNotFoundError(
            f"The scenario must be {', '.join(NAMED)} or a YAML file, got {str(path)!r}. "
            f"Choose one."
        )
    return scenario_from(_read_yaml(path), label=path.name)


def _read_yaml(path):
    import yaml

    try:
        return yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name} must be YAML in UTF-8, got: {error}. {EXAMPLE}") from error


def scenario_from(changes: dict, *, label: str = "The scenario") -> Scenario:
    """Return the Lanting world with these parameters: {process: {parameter: value}}, locale.

    Raises ValueError that lists every unknown or impossible one.

    >>> scenario_from({"season": {"november": 1.2}}).season.november
    1.2
    """
    lanting, problems = Scenario(), []
    if not isinstance(changes, dict):
        raise ValueError(
            f"{label} must be processes with their parameters, got {changes!r}. {EXAMPLE}"
        )
    changed = {name: _changed(lanting, name, given, problems) for name, given in changes.items()}
    if problems:
        raise ValueError(
            f"{label} must keep to the parameters and their limits, got {len(problems)} that do "
            f"not. Correct:" + "".join(f"\n- {problem}" for problem in problems)
        )
    return replace(lanting, **changed)


def _changed(lanting, name, given, problems):
    """Return the process with its new parameters, or the locale; note what is wrong with them."""
    if name == "locale":
        if given not in LOCALES:
            problems.append(
                f"locale must be one of {', '.join(LOCALES)}, got {given!r}. Choose one, or leave "
                f"it out for both."
            )
        return given
    known = [each for each, process in vars(lanting).items() if is_dataclass(process)]
    if name not in known:
        problems.append(_unknown("process", name, known))
        return None
    if not isinstance(given, dict):
        problems.append(f"{name} must be parameters with their values, got {given!r}. {EXAMPLE}")
        return None
    process = getattr(lanting, name)
    values = {part: _value(name, process, part, value, problems) for part, value in given.items()}
    return process if problems else replace(process, **values)


def _value(name, process, parameter, value, problems):
    """Return the value as number or tuple, as its default is; note a wrong one."""
    known = [each.name for each in fields(process)]
    if parameter not in known:
        problems.append(_unknown(f"parameter of {name}", parameter, known))
        return None
    default = getattr(process, parameter)
    number = len(default) if isinstance(default, tuple) else 0
    parts = tuple(value) if number and isinstance(value, list) else (value,)
    rule, thing = limit(name, parameter), f"{name}.{parameter}"
    if len(parts) != max(number, 1) or not all(map(_is_number, parts)):
        wanted = f"a list of {number} numbers" if number else "a number"
        problems.append(f"{thing} must be {wanted}, got {value!r}. Lanting has {default}.")
    elif not rule.holds(parts):
        problems.append(f"{thing} must be {rule.words}, got {value!r}. Lanting has {default}.")
    return parts if number else value


def _is_number(value):
    number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return number and -math.inf < value < math.inf


def _unknown(what, name, known):
    near = get_close_matches(str(name), known, n=1)
    advice = f"Did you mean {near[0]}?" if near else f"Known: {', '.join(known)}."
    return f"{name} must be a {what}, got an unknown one. {advice}"
