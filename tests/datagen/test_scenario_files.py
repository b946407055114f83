"""A scenario is read by name or from a file, and refused with every wrong parameter at once."""

from dataclasses import fields, is_dataclass

import pytest

from crm_course.datagen.scenario import Scenario
from crm_course.datagen.scenario.limits import limit
from crm_course.datagen.scenario.reading import read_scenario, scenario_from


def parameters(scenario):
    for name, process in vars(scenario).items():
        if is_dataclass(process):
            yield from ((name, each.name, getattr(process, each.name)) for each in fields(process))


@pytest.fixture
def write(tmp_path):
    """Write a scenario file and return its path."""

    def written(text):
        path = tmp_path / "mine.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return written


def test_a_file_changes_what_it_names_and_nothing_else(write):
    read = read_scenario(write("locale: zh_CN\nretention: {satisfaction: 0}\nseason: {may: 2.5}"))
    lanting = {(name, part): value for name, part, value in parameters(Scenario())}
    other = {key for *key, value in parameters(read) if value != lanting[tuple(key)]
             for key in [tuple(key)]}  # fmt: skip
    assert other == {("retention", "satisfaction"), ("season", "may")}
    assert read.locale == "zh_CN"


def test_the_null_world_has_a_name():
    assert read_scenario("null") == Scenario.null()
    assert read_scenario("lanting") == Scenario()


def test_an_empty_file_is_the_lanting_world(write):
    assert read_scenario(write("# nothing changed\n")) == Scenario()


def test_parts_of_a_parameter_are_a_list(write):
    read = read_scenario(write("bill: {plan_share: [0.25, 0.25, 0.25, 0.25]}"))
    assert read.bill.plan_share == (0.25,) * 4


def test_a_name_that_is_neither_known_nor_a_file_is_answered_with_the_known_ones():
    with pytest.raises(FileNotFoundError, match="lanting, null or a YAML file, got 'nul'"):
        read_scenario("nul")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("retension: {value: 1}", "retension must be a process.*Did you mean retention"),
        ("season: {novmber: 1}", "novmber must be a parameter of season.*Did you mean november"),
        ("season: {may: 0}", "season.may must be from 0.01 to 4, got 0. Lanting has 0.95"),
        ("season: {may: warm}", "season.may must be a number, got 'warm'"),
        ("season: {may: yes}", "season.may must be a number, got True"),
        ("season: {may: .nan}", "season.may must be a number, got nan"),
        ("purchase: {satisfaction: 1.5}", "must be from -1 to 1, got 1.5"),
        ("bill: {plan: [1, 2]}", r"bill.plan must be a list of 4 numbers, got \[1, 2\]"),
        ("bill: {plan_share: [1, 1, 0, 0]}", "from 0 to 1 and sum to 1"),
        ("call: {risk: [0, 1, 0.5, 0.6, 0.7, 0.8, 0.9]}", "call.risk must be .* and rise"),
        ("season: 1.2", "season must be parameters with their values, got 1.2. Write lines such"),
        ("workshop: {share: [1, 1, 0, 0, 0, 0, 0, 0, 0]}", "from 0 to 1 and sum to 1"),
        ("billing: {shape: -1}", "billing.shape must be from 0.1 to 1,000, got -1"),
        ("repairs: {redesign_month: 40}", "redesign_month must be whole and from 1 to 36, got 40"),
        ("locale: fr_FR", "locale must be one of en_US, zh_CN, got 'fr_FR'. Choose one, or leave"),
        ("training: {teams: 30.0}", "teams must be whole and from 2 to 1,000, got 30.0. Lanting"),
        ("call_centre: {agents: [7, 8, 8, 8, 7, 5.5]}", "agents must be whole and from 1"),
        ("pulse: {csat: [0, 0, 1, 2]}", "pulse.csat must be from -10 to 10 and rise"),
        ("season: {may: 1" + 400 * "0" + "}", "season.may must be from 0.01 to 4"),
        ("credit: {lag: 12}", "credit.lag must be from 0 to 11, got 12"),
        ("pipeline: {deals_a_year: 250}", "pipeline.deals_a_year must be from 0 to 15, got 250"),
        ("billing: {rate_spread: 2.5}", "billing.rate_spread must be from 0 to 0.5, got 2.5"),
        ("- season", "must be processes with their parameters"),
        ("season: {may: 1", "must be YAML in UTF-8"),
        (b"season: {may: \xff}", "must be YAML in UTF-8"),
    ],
)
def test_a_wrong_parameter_is_named_with_the_right_one(write, text, said):
    with pytest.raises(ValueError, match=said):
        read_scenario(write(text))


def test_everything_wrong_is_listed_at_once():
    listed = r"(?s)got 2 that do not. Correct:\n- retension.*\n- season.may"
    with pytest.raises(ValueError, match=listed):
        scenario_from({"retension": {}, "season": {"may": -1}})


@pytest.mark.parametrize("scenario", [Scenario(), Scenario.null()])
def test_every_default_keeps_its_limit(scenario):
    wrong = [
        (name, part)
        for name, part, value in parameters(scenario)
        if not limit(name, part).holds(value if isinstance(value, tuple) else (value,))
    ]
    assert not wrong
