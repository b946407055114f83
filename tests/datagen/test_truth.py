"""Truth tables hold every parameter, and one latent satisfaction for everybody."""

import pytest
from scipy import stats

from crm_course.datagen.scenario import Scenario
from crm_course.datagen.truth import satisfaction


def test_satisfaction_is_standard_normal(world):
    assert stats.kstest(world("truth_customers")["satisfaction"], "norm").pvalue > 0.001


def test_a_unit_sees_the_satisfaction_of_its_own_customers():
    assert satisfaction(1, 0, 12, "auto").tolist() == satisfaction(1, 0, 12)[2::4].tolist()


def test_every_parameter_is_in_the_truth_once(world):
    truth = world("truth_parameters")
    rows = list(truth[["process", "parameter"]].itertuples(index=False, name=None))
    assert rows == [(process, parameter) for process, parameter, _ in Scenario().parameters()]
    assert len(set(rows)) == len(rows)


def test_the_truth_holds_the_renewal_model(world):
    truth = (
        world("truth_parameters").query("process == 'retention'").set_index("parameter")["value"]
    )
    assert truth.to_dict() == pytest.approx(
        {
            "intercept": 0.4,
            "satisfaction": 0.9,
            "value": 0.7,
            "switching_cost": 0.5,
            "interaction": -0.3,
        }
    )
