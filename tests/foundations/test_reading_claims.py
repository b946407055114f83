import numpy as np
import pandas as pd
import pytest

from crm_course import datasets, figures
from crm_course.foundations import reading_claims
from crm_course.foundations.reading_claims import (
    change,
    count_sources,
    make_telephone,
    manski_bounds,
    sources,
    update_odds,
    worth,
)


@pytest.fixture(scope="module")
def citations():
    return datasets.load("citations")


@pytest.fixture(scope="module")
def truth():
    return datasets.load("truth_citations", truth=True)


def test_five_independent_findings_move_a_belief_of_three_tenths_to_nine_tenths():
    assert update_odds(0.30, [2] * 5) == pytest.approx(0.932, abs=5e-4)


def test_five_copies_of_one_finding_count_once():
    assert update_odds(0.30, [2]) == pytest.approx(0.462, abs=5e-4)


def test_odds_agree_with_bayes_rule_for_probabilities():
    prior, if_true, if_false = 0.2, 0.9, 0.3
    bayes = prior * if_true / (prior * if_true + (1 - prior) * if_false)
    assert update_odds(prior, [if_true / if_false]) == pytest.approx(bayes)


def test_a_finding_and_its_opposite_leave_the_belief_where_it_was():
    assert update_odds(0.3, [2, 0.5, 1]) == pytest.approx(0.3)


def test_no_number_of_documents_breaks_the_sum():
    assert update_odds(0.3, [2] * 5000) == 1.0


@pytest.mark.parametrize("prior", [0, 1, -0.1, float("nan")])
def test_a_belief_that_cannot_move_is_refused(prior):
    with pytest.raises(ValueError, match="prior must lie between 0 and 1, got"):
        update_odds(prior, [2])


def test_a_finding_that_is_impossible_is_refused():
    with pytest.raises(ValueError, match="ratios must be above 0, got 0.0"):
        update_odds(0.3, [2, 0])


def test_a_trail_is_followed_to_the_document_that_shows_no_source():
    trail = pd.DataFrame({"document_id": [1, 2, 3, 4], "cites_document_id": [np.nan, 1, 2, np.nan]})
    assert sources(trail)["source_id"].tolist() == [1, 1, 1, 4]


def test_citations_are_left_as_they_were(citations):
    before = citations.copy()
    sources(citations)
    pd.testing.assert_frame_equal(citations, before)


def test_a_table_without_citations_is_named():
    with pytest.raises(ValueError, match=r"citations lacks the column\(s\) cites_document_id"):
        sources(pd.DataFrame({"document_id": [1]}))


def test_a_document_before_the_one_it_cites_is_named():
    trail = pd.DataFrame({"document_id": [2, 1], "cites_document_id": [1, np.nan]})
    with pytest.raises(ValueError, match="got 2 before 1. Sort by document_id"):
        sources(trail)


def test_a_trial_that_costs_too_much_is_never_the_best_choice():
    said = figures.sentence(reading_claims.plot_worth(trial=200_000).figure)
    assert said == "A trial costs too much: it is never the best choice."


def test_hidden_copies_look_like_sources(citations, truth):
    counts = count_sources(citations, truth)
    assert counts["documents"] == len(citations)
    assert counts["sources, by the citations shown"] > 5 * counts["chains"]
    assert counts["chains"] > counts["measured"] > 0


def test_where_every_copy_shows_its_source_the_count_is_right(citations, truth):
    shown = citations.assign(cites_document_id=truth["copied_from_document_id"])
    assert sources(shown)["source_id"].tolist() == truth["root_document_id"].tolist()


def test_bounds_of_a_survey_that_one_in_five_answered():
    assert manski_bounds(0.68, response_rate=0.20) == pytest.approx((0.136, 0.936))


def test_bounds_close_when_everybody_answers():
    assert manski_bounds(0.68, response_rate=1) == pytest.approx((0.68, 0.68))


def test_bounds_hold_the_truth_however_the_silent_differ():
    pulse, everybody = datasets.load("survey_pulse"), datasets.load("truth_pulse", truth=True)
    answers = pulse.loc[pulse["answered"], "csat"]
    low, high = manski_bounds((answers >= 4).mean(), response_rate=pulse["answered"].mean())
    assert low < (everybody["csat_all"] >= 4).mean() < high


@pytest.mark.parametrize(("share", "rate", "name"), [(68, 0.2, "share"), (0.5, 20, "response")])
def test_per_cent_in_place_of_shares_are_refused(share, rate, name):
    with pytest.raises(ValueError, match=f"{name}.* must lie between 0 and 1"):
        manski_bounds(share, response_rate=rate)


@pytest.mark.parametrize(("after", "expected"), [(0.84, [4, 5, -20]), (0.85, [5, 6.25, -25])])
def test_points_and_per_cent_are_told_apart(after, expected):
    assert change(0.80, after).tolist() == pytest.approx(expected)


def test_a_rate_in_per_cent_is_refused():
    with pytest.raises(ValueError, match="rates must lie between 0 and 1, got 80, 84"):
        change(80, 84)


def test_acting_pays_from_six_tenths_on():
    assert worth(0.6)["act now"] == pytest.approx(0)


def test_a_trial_that_costs_nothing_is_never_worse_than_acting():
    free = [worth(belief, trial=0) for belief in np.linspace(0, 1, 11)]
    assert all(each["try first"] >= max(each["act now"], 0) - 1e-6 for each in free)


def test_only_documents_that_measured_begin_a_chain():
    chain = make_telephone(50, measured=4)
    assert chain["copied_from"].isna().sum() == 4
    assert chain["root_id"].nunique() == 4


def test_without_changes_a_chain_quotes_one_number():
    assert make_telephone(50, measured=1, mutation=0)["quoted"].nunique() == 1


def test_a_longer_chain_begins_with_the_shorter_one():
    pd.testing.assert_frame_equal(
        make_telephone(100, measured=1).head(50), make_telephone(50, measured=1)
    )


def test_a_chain_without_a_measurement_is_refused():
    with pytest.raises(ValueError, match="measured must be 1 to 10, got 0. Somebody measured"):
        make_telephone(10, measured=0)


def test_more_documents_do_not_move_the_honest_belief():
    explorer = reading_claims.explore_telephone()
    few, many = explorer.move(documents=10), explorer.move(documents=200)
    assert few.split("each document counts, ")[1] == many.split("each document counts, ")[1]


def test_acting_at_once_is_best_from_five_measurements_on():
    explorer = reading_claims.explore_telephone()
    assert explorer.move(measured=4).endswith("Best: try first.")
    assert explorer.move(measured=5).endswith("Best: act now.")
