"""What passes the check of a scenario makes tables that keep to the schema, at every bound."""

from dataclasses import fields, is_dataclass, replace
from fnmatch import fnmatch
from functools import cache
from itertools import product

import numpy as np
import pytest

from crm_course import schema
from crm_course.datagen import files
from crm_course.datagen.scenario import Scenario
from crm_course.datagen.scenario.limits import IDS, LIMITS, limit
from crm_course.datagen.world import MAKERS, make_table

LANTING = Scenario()
PROCESSES = [name for name, process in vars(LANTING).items() if is_dataclass(process)]
PARAMETERS = [(name, each.name) for name in PROCESSES for each in fields(getattr(LANTING, name))]
# Of what a table counts, how many there may be: its id is that of the whole, then two or three
# digits.
COUNTED = {"orders": ("customer_id", 1000), "problems": ("customer_id", 1000),
           "repair_cases": ("customer_id", 1000), "subscriptions": ("account_id", 100),
           "vehicles": ("customer_id", 1000), "service_visits": ("vin", 100),
           "invoices": ("customer_id", 1000), "deals": ("customer_id", 100)}  # fmt: skip


class Watched(Scenario):
    """Lanting, but it notes what is read; each is another one to whoever keeps tables."""

    __eq__, __hash__ = object.__eq__, object.__hash__

    def __getattribute__(self, name):
        object.__getattribute__(self, "__dict__").setdefault("_read", set()).add(name)
        return object.__getattribute__(self, name)


@cache
def tables():
    """Return name -> processes that the table depends on."""
    watched = {name: Watched() for name in MAKERS}
    for name, scenario in watched.items():
        make_table(name, customers=8, scenario=scenario)
    return {name: vars(scenario)["_read"] for name, scenario in watched.items()}


def lanting(process, parameter):
    return getattr(getattr(LANTING, process), parameter)


def changed(process, **values):
    return replace(LANTING, **{process: replace(getattr(LANTING, process), **values)})


def ends(process, parameter):
    """The parameter at its low and at its high end, as its rule allows."""
    rule, default = limit(process, parameter), lanting(process, parameter)
    low, high = ((int(end) if rule.whole else end) for end in (rule.low, rule.high))
    if not isinstance(default, tuple):
        return low, high
    parts = len(default)
    if rule.total:
        most = rule.total - (parts - 1) * low
        return (most, *(low,) * (parts - 1)), (*(low,) * (parts - 1), most)
    if rule.rising:
        return (tuple(np.linspace(low, high, parts, dtype=int if rule.whole else float).tolist()),)
    return (low,) * parts, (high,) * parts


def faults(name, scenario, customers):
    """Columns of a table that are incomplete or out of range, and its key if it repeats."""
    declared = schema.TABLES[name]
    made = make_table(name, customers=customers, scenario=scenario)
    made = files.in_memory(files.as_stored(made, declared), declared)
    wrong = [column.name for column in declared.columns if not keeps(made[column.name], column)]
    return wrong + [declared.key] * bool(made.duplicated(list(declared.key)).any())


def keeps(values, column):
    known = values.dropna()
    inside = not column.values or known.isin(column.values).all()
    above = column.low is None or (known >= column.low).all()
    below = column.high is None or (known <= column.high).all()
    return inside and above and below and (column.optional or len(known) == len(values))


@pytest.mark.parametrize("process, parameter", PARAMETERS)
def test_a_parameter_at_its_bounds_makes_tables_that_keep_to_the_schema(process, parameter):
    mine = [name for name, read in tables().items() if process in read]
    assert mine
    for end in ends(process, parameter):
        assert limit(process, parameter).holds(end if isinstance(end, tuple) else (end,))
        scenario = changed(process, **{parameter: end})
        wrong = {name: faults(name, scenario, 400) for name in mine}
        assert not any(wrong.values()), (end, {name: out for name, out in wrong.items() if out})


@pytest.mark.parametrize("process", dict.fromkeys(pattern.split(".")[0] for pattern in IDS))
def test_ids_stay_unique_where_several_bounds_meet(process):
    patterns = [pattern for pattern in IDS if pattern.startswith(f"{process}.")]
    counted = {name: COUNTED[name] for name in COUNTED if process in tables()[name]}
    assert counted
    for corner in product(*((IDS[pattern].low, IDS[pattern].high) for pattern in patterns)):
        values = {part: end for pattern, end in zip(patterns, corner, strict=True)
                  for name, part in PARAMETERS
                  if name == process and fnmatch(f"{name}.{part}", pattern)}  # fmt: skip
        for name, (whole, most) in counted.items():
            made = make_table(name, customers=4_000, scenario=changed(process, **values))
            assert not (made[whole].value_counts() > 0.8 * most).any(), (name, values)


def test_the_first_rule_that_fits_is_the_one_that_was_meant():
    ends = {each: limit(*each.split(".")) for each in ("workshop.shape", "fleet.interval_shape")}
    assert {rule.low for rule in ends.values()} == {0.1}


def test_every_rule_is_the_first_for_some_parameter():
    names = [".".join(each) for each in PARAMETERS]
    used = {next(rule for rule in LIMITS if fnmatch(name, rule)) for name in names}
    assert set(LIMITS) == used


def test_what_lanting_counts_in_whole_numbers_is_whole():
    counted = [each for each in PARAMETERS if isinstance(lanting(*each), int)]
    assert counted
    assert all(limit(*each).whole for each in counted)
