import numpy as np
import pandas as pd
import pytest

from crm_course import datasets
from crm_course.cases import retail_grading
from crm_course.datagen import grading
from crm_course.datagen.scenario import Scenario

# Two shops trade places, the third and fourth tie in quarter 2.
SMALL = pd.DataFrame({
    "retailer": [1, 2, 3, 4] * 2, "quarter": [1] * 4 + [2] * 4,
    "score": [50.0, 90.0, 70.0, 60.0, 80.0, 40.0, 60.0, 60.0],
})  # fmt: skip
QUOTA = (1, 2, 1)


@pytest.fixture(scope="module")
def retailers():
    return datasets.load("retailers_4v")


@pytest.fixture(scope="module")
def truth():
    return datasets.load("truth_retailers_4v", truth=True)


@pytest.fixture(scope="module")
def districts():
    """Twenty districts of other seeds, truth beside what was assessed."""
    scenario = Scenario()
    return [(grading.retailers_4v(scenario, seed), grading.truth_retailers_4v(scenario, seed))
            for seed in range(20)]  # fmt: skip


def about_nothing(errors):
    """Say whether the mean of errors is within four standard errors of 0."""
    return abs(np.mean(errors)) < 4 * np.std(errors, ddof=1) / len(errors) ** 0.5


# --- weights and scores


def test_the_weights_are_those_of_the_published_example():
    found = retail_grading.ahp_weights(retail_grading.COMMITTEE)
    assert found.weights.round(4).tolist() == [0.4236, 0.2270, 0.1223, 0.2270]
    assert found.lambda_max == pytest.approx(4.0104, abs=5e-5)
    assert found.consistency_ratio == pytest.approx(0.0038, abs=1e-4)


def test_comparisons_that_agree_perfectly_have_a_ratio_of_nothing_and_give_the_weights_back():
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    found = retail_grading.ahp_weights(weights[:, None] / weights)
    np.testing.assert_allclose(found.weights, weights)
    assert found.lambda_max == pytest.approx(4) and found.consistency_ratio == pytest.approx(0)


def test_comparisons_in_a_circle_are_not_consistent():
    circle = [[1, 3, 1 / 3], [1 / 3, 1, 3], [3, 1 / 3, 1]]
    assert retail_grading.ahp_weights(circle).consistency_ratio > 0.5


@pytest.mark.parametrize("matrix, said", [
    ([[1, 2], [0.5, 1]], "3 to 10 rows"),
    (np.ones((3, 4)), "square"),
    ([[1, 2, 3], [2, 1, 2], [1 / 3, 1 / 2, 1]], "mirror place"),
])  # fmt: skip
def test_what_is_no_matrix_of_comparisons_is_refused(matrix, said):
    with pytest.raises(ValueError, match=said):
        retail_grading.ahp_weights(matrix)


def test_the_recorded_scores_can_be_computed_again(retailers):
    found = retail_grading.value_score(retailers)
    assert found["score"].to_numpy() == pytest.approx(retailers["score"].to_numpy(), abs=0.0101)


def test_the_brief_s_four_marks_make_76_51():
    marks = dict(zip(retail_grading.VALUES, (80, 60, 70, 90), strict=True))
    columns = {f"{value}_{n}": [mark] for value, mark in marks.items() for n in "abc"}
    one = pd.DataFrame({"retailer": [1], "quarter": [1], **columns})
    assert retail_grading.value_score(one)["score"].tolist() == [76.51]


def test_a_v_without_marks_is_named(retailers):
    with pytest.raises(ValueError, match="'functional'"):
        retail_grading.value_score(retailers.loc[:, :"relational_openness"])


# --- grades


def test_a_quota_is_kept_in_every_quarter_and_ties_go_to_the_lower_number():
    found = retail_grading.grade_by_quota(SMALL, quota=QUOTA)
    assert found.columns.tolist() == ["retailer", "quarter", "score", "rank", "grade"]
    by_quarter = found.groupby("quarter")
    assert by_quarter["grade"].agg("".join).to_dict() == {1: "CABB", 2: "ACBB"}
    assert by_quarter["rank"].agg(list).to_dict() == {1: [4, 1, 2, 3], 2: [1, 4, 2, 3]}


def test_the_recorded_grades_are_those_of_the_quota(retailers):
    found = retail_grading.grade_by_quota(retailers.sample(frac=1, random_state=1))
    pd.testing.assert_series_equal(found["grade"], retailers["grade"])


@pytest.mark.parametrize("shops, sizes", [(20, [1, 4, 10, 4, 1]), (7, [1, 1, 4, 1, 0]), (1, [1])])
def test_a_quota_of_few_shops(shops, sizes):
    few = pd.DataFrame({"retailer": range(shops), "quarter": 1, "score": range(shops)})
    grades = retail_grading.grade_by_quota(few)["grade"]
    assert [(grades == letter).sum() for letter in "ABCDE"][: len(sizes)] == sizes


def test_points_for_everybody_change_no_grade_by_quota(retailers):
    better = retailers.assign(score=retailers["score"] + 5)
    found = retail_grading.grade_by_quota(better)["grade"]
    pd.testing.assert_series_equal(found, retailers["grade"])


def test_borders_of_a_quarter_give_its_own_grades_and_count_progress_later(retailers):
    borders = retail_grading.quota_borders(retailers, quarter=1)
    found = retail_grading.grade_by_borders(retailers, borders)
    first = found["quarter"] == 1
    assert (found["grade"] == retailers["grade"])[first].all()
    counts = pd.crosstab(found["quarter"], found["grade"]).loc[12]
    assert counts["A"] == 50 and counts["E"] == 9


@pytest.mark.parametrize("quota", [(1,), (0, 0), (1, -1), (0.5, 0.5), range(27)])
def test_a_strange_quota_is_refused(quota):
    with pytest.raises(ValueError, match="quota must be two or more whole numbers"):
        retail_grading.grade_by_quota(SMALL, quota=quota)


def test_borders_that_rise_are_refused():
    with pytest.raises(ValueError, match="borders must fall"):
        retail_grading.grade_by_borders(SMALL, [40, 60])


@pytest.mark.parametrize("borders", [[], [70, np.nan], 5 * [70]])
def test_borders_that_are_none_are_refused(borders):
    with pytest.raises(ValueError, match="borders must fall from grade to grade, got"):
        retail_grading.grade_by_borders(SMALL, borders)


def test_borders_give_the_grades_of_their_names():
    one = SMALL.head(4)
    for borders in ({"A": 80, "C": 60}, pd.Series([80, 60], index=["A", "C"])):
        found = retail_grading.grade_by_borders(one, borders)
        assert found["grade"].tolist() == ["D", "A", "C", "C"]
    with pytest.raises(ValueError, match="borders must be of grades in order, got .'gold'"):
        retail_grading.grade_by_borders(one, {"gold": 80})


def test_a_quarter_that_is_not_there_or_lacks_a_grade_has_no_borders():
    with pytest.raises(ValueError, match="quarter 99 must have a shop in every grade"):
        retail_grading.quota_borders(SMALL, quarter=99)
    with pytest.raises(ValueError, match="in every grade of .*, got .'A', 'C', 'D'"):
        retail_grading.quota_borders(SMALL, quarter=1)


def test_a_missing_quarter_is_not_stepped_over(retailers):
    grades = pd.DataFrame({"retailer": 7, "quarter": [1, 2, 4], "score": 60, "grade": list("ABA")})
    assert retail_grading.grade_changes(grades)["quarter"].tolist() == [2]
    assert retail_grading.recent_mean(grades, quarters=2)["quarter"].tolist() == [2]
    found = [retail_grading.fit_steadiness(retailers.query(rows))
             for rows in ("quarter != 2", "quarter > 2")]  # fmt: skip
    first, second = (each.reliability * each.memory for each in found)  # of the same pairs
    assert first == pytest.approx(second)


def test_the_error_names_the_column_and_the_input_is_left_alone():
    before = SMALL.copy()
    for measure in (retail_grading.grade_by_quota, retail_grading.recent_mean):
        measure(SMALL)
        with pytest.raises(ValueError, match=r"scores lacks the column\(s\) quarter"):
            measure(SMALL.drop(columns="quarter"))
    pd.testing.assert_frame_equal(SMALL, before)


def test_changes_are_counted_within_a_shop():
    found = retail_grading.grade_changes(retail_grading.grade_by_quota(SMALL, quota=QUOTA))
    assert found[["retailer", "before", "grade"]].to_numpy().tolist() == [
        [1, "C", "A"], [2, "A", "C"], [3, "B", "B"], [4, "B", "B"]]  # fmt: skip
    assert found["changed"].tolist() == [True, True, False, False]


def test_a_mean_needs_all_its_quarters():
    found = retail_grading.recent_mean(SMALL, quarters=2)
    assert found["quarter"].unique().tolist() == [2]
    assert found["score"].tolist() == [65, 65, 65, 60]
    with pytest.raises(ValueError, match="quarters must be 1 or more"):
        retail_grading.recent_mean(SMALL, quarters=0)


# --- noise and movement


def test_noise_spread_and_memory_are_found_again(districts):
    expected = Scenario().grading
    weights = np.array(expected.weights)
    noise = ((expected.noise**2 + 1 / 12) / 3 * (weights**2).sum()) ** 0.5
    found = [retail_grading.fit_steadiness(assessed) for assessed, _truth in districts]
    assert np.mean([each.noise for each in found]) == pytest.approx(noise, rel=0.01)
    assert about_nothing([each.memory - expected.persistence for each in found])


def test_a_v_of_double_weight_adds_four_times_the_noise():
    rng = np.random.default_rng(1)
    columns = [f"{value}_{n}" for value in retail_grading.VALUES for n in "abc"]
    marks = pd.DataFrame(rng.normal(50, 6, (20_000, 12)), columns=columns)
    table = marks.assign(retailer=range(20_000), quarter=1)
    weights = dict(zip(retail_grading.VALUES, (0.4, 0.2, 0.2, 0.2), strict=True))
    parts = retail_grading.noise_by_value(table, weights=weights)
    assert parts["economic"] == pytest.approx(0.16 * 36 / 3, rel=0.02)
    assert parts["economic"] / parts["relational"] == pytest.approx(4, rel=0.03)


def test_heise_s_two_correlations_find_the_same_reliability(retailers):
    table = retailers.sort_values(["retailer", "quarter"])[["retailer", "quarter", "score"]]
    for back in (1, 2):
        table[back] = table.groupby("retailer")["score"].shift(back)
    one, two = (table.groupby("quarter")[["score", back]].corr().xs("score", level=1)[back].mean()
                for back in (1, 2))  # fmt: skip
    assert retail_grading.fit_steadiness(retailers).reliability == pytest.approx(
        one**2 / two, abs=0.01
    )


def test_a_correlation_says_how_many_move_as_drawing_scores_does():
    rng = np.random.default_rng(64)
    first, other = rng.standard_normal((2, 200_000))
    for correlation in (0.3, 0.9):
        second = correlation * first + (1 - correlation**2) ** 0.5 * other
        cuts = [-1.6449, -0.6745, 0.6745, 1.6449]
        moved = (np.digitize(first, cuts) != np.digitize(second, cuts)).mean()
        assert retail_grading.share_that_moves(correlation) == pytest.approx(moved, abs=0.005)


@pytest.mark.parametrize("correlation", [-0.1, 1.0])
def test_a_correlation_out_of_range_is_refused(correlation):
    with pytest.raises(ValueError, match="correlation must be from 0 to below 1"):
        retail_grading.share_that_moves(correlation)


def changes(table, column):
    table = table.rename(columns={column: "grade"})
    return 400 * retail_grading.grade_changes(table)["changed"].mean()


def test_the_reasons_to_move_are_those_of_the_truth(districts):
    apart = []
    for assessed, true in districts:
        both, _noise, real = retail_grading.reasons_to_move(
            retail_grading.fit_steadiness(assessed)
        )
        apart.append((both - changes(assessed, "grade"), real - changes(true, "grade_true")))
    recorded, true = np.array(apart).T
    assert about_nothing(true) and abs(recorded.mean()) < 2  # of 100 shops that change


def test_a_mean_of_two_quarters_leaves_the_fewest_wrong_as_the_truth_says(retailers, truth):
    table = retail_grading.averaging(retail_grading.fit_steadiness(retailers), quarters=(1, 2, 4))
    wrong = []
    for many in (1, 2, 4):
        grades = retail_grading.grade_by_quota(retail_grading.recent_mean(retailers, quarters=many))
        both = grades.merge(truth)
        wrong.append(400 * (both["grade"] != both["grade_true"]).mean())
    assert table["wrong"].to_numpy() == pytest.approx(wrong, abs=6)
    assert table["wrong"].idxmin() == np.argmin(wrong) == 1


# --- money


def test_a_year_of_a_rule_by_hand():
    quarters = np.repeat(range(1, 6), 2)
    scores = pd.DataFrame({"retailer": [1, 2] * 5, "quarter": quarters,
                           "score": [80.0, 50.0] * 4 + [50.0, 80.0]})  # fmt: skip
    money = retail_grading.rule_money(scores, borders=[70, 40, 30, 20])
    service = 4 * (3000 + 1500)
    brings = 0.02 * (3 * (3000 * 80 + 1500 * 50) + 3000 * 50 + 1500 * 80)
    assert money.to_dict() == pytest.approx({
        "A": 1, "E": 0, "changes": 2, "service": service, "moving": 800, "bill": service + 800,
        "brings": brings, "leaves": brings - service - 800,
    })  # fmt: skip


def test_points_for_everybody_cost_nothing_by_quota_and_much_by_borders(retailers):
    borders = retail_grading.quota_borders(retailers, quarter=12)
    by_quota = [retail_grading.rule_money(retailers, gain=gain)["bill"] for gain in (0, 5)]
    by_borders = [retail_grading.rule_money(retailers, borders=borders, gain=gain)["bill"]
                  for gain in (0, 5)]  # fmt: skip
    assert by_quota[0] == by_quota[1]
    assert by_borders[1] > 1.15 * by_borders[0]


def test_a_year_needs_five_quarters_of_grades():
    with pytest.raises(ValueError, match="scores must reach back 5 quarters"):
        retail_grading.rule_money(SMALL)


def test_the_picture_says_where_fewest_are_wrong(retailers):
    steadiness = retail_grading.fit_steadiness(retailers)
    explorer = retail_grading.explore_averaging(steadiness)
    assert "wrong grades by a mean of 2, 38.0 wrong" in explorer.move(noise=1.5)
    assert "wrong grades by a mean of 1, 35.8 wrong" in explorer.move(noise=1.4)
    assert "wrong grades by a mean of 1, 60.6 wrong" in explorer.move(noise=2.4, memory="0.90")
