import numpy as np
import pandas as pd
import pytest

from crm_course import datasets, own_file
from crm_course.datagen import scorecards as maker
from crm_course.datagen.scenario import Scenario
from crm_course.relationships import partner_scorecard as ps

EQUAL = dict.fromkeys(ps.WEIGHTS, 0.1)
EVEN = {"credit": 0.5, "sales": 0.5}
GOOD = "partner,credit,sales\n华兴商行,4,3\nAmbit,5,2\n"


@pytest.fixture(scope="module")
def three():
    return ps.three_partners()


@pytest.fixture(scope="module")
def scorecards():
    return datasets.load("scorecards")


@pytest.fixture(scope="module")
def truth():
    return datasets.load("truth_scorecards", truth=True)


@pytest.fixture
def file(tmp_path):
    def write(text):
        path = tmp_path / "mine.csv"
        path.write_bytes(text.encode())
        return path

    return write


def scores(*arguments, **options):
    return ps.weighted_score(*arguments, **options).set_index("partner")["score"].to_dict()


# --- the score


def test_the_three_scores_of_the_brief(three):
    assert scores(three) == pytest.approx({"A": 3.92, "B": 3.56, "C": 3.68})


def test_six_points_moved_let_b_overtake_c(three):
    moved = ps.move_weight(6)
    assert scores(three, weights=moved) == pytest.approx({"A": 3.92, "B": 3.74, "C": 3.32})
    assert sum(moved.values()) == pytest.approx(1)


def test_equal_weights_leave_a_tie_that_is_placed_by_name(three):
    table = ps.weighted_score(three.iloc[::-1], weights=EQUAL)
    assert table["partner"].tolist() == ["A", "B", "C"]
    assert table["score"].tolist() == pytest.approx([3.9, 3.6, 3.6])
    assert table["place"].tolist() == [1, 2, 3]


def test_several_raters_count_by_their_mean(scorecards):
    alone = [scores(sheet) for _rater, sheet in scorecards.groupby("rater")]
    mean = pd.DataFrame(alone).mean()
    assert scores(scorecards) == pytest.approx(mean.to_dict(), abs=2e-6)


def test_a_score_lies_between_the_worst_and_the_best_mark(scorecards):
    marks = scorecards.groupby("partner")[list(ps.WEIGHTS)].mean()
    score = pd.Series(scores(scorecards)).sort_index()
    assert score.between(marks.min(axis=1) - 1e-6, marks.max(axis=1) + 1e-6).all()


def test_the_tables_are_left_as_they_were(three, scorecards, truth):
    before = [table.copy() for table in (three, scorecards, truth)]
    ps.weighted_score(three)
    ps.weight_sensitivity(three)
    ps.knock_out(three, {"sales": 3})
    ps.compare_raters(scorecards)
    ps.rating_plans(scorecards, truth)
    for table, was in zip((three, scorecards, truth), before, strict=True):
        pd.testing.assert_frame_equal(table, was)


@pytest.mark.parametrize(("weights", "said"), [
    ({"credit": 0.5, "sales": 0.4}, r"weights must add up to 1, got 0\.9\. Divide"),
    ({"credit": 1.5, "sales": -0.5}, r"must not be negative or missing, got {'sales': -0\.5}"),
    ({"credit": np.nan, "sales": 1}, "must not be negative or missing, got {'credit': nan}"),
    ({"credit": 0.5, "digital": 0.5}, "scorecards lacks the criterion digital, got partner"),
])  # fmt: skip
def test_weights_that_cannot_be_are_refused(three, weights, said):
    with pytest.raises(ValueError, match=said):
        ps.weighted_score(three, weights=weights)


def test_a_missing_mark_is_named_with_its_partner(three):
    holed = three.assign(sales=[5, None, 2])
    with pytest.raises(ValueError, match=r"scorecards\['sales'\] must be complete, .* for B"):
        ps.weighted_score(holed)


# --- how far the weights decide


def reweighted(name, value):
    """The weights with one of them set and the others in their old proportions."""
    rest = {each: w * (1 - value) / (1 - ps.WEIGHTS[name]) for each, w in ps.WEIGHTS.items()}
    return rest | {name: value}


@pytest.mark.parametrize("which", [0, 1, 2])
def test_at_its_limits_and_not_before_the_first_is_overtaken(three, scorecards, which):
    sheet = [three, scorecards, scorecards.query("rater == 'Corvane'")][which]
    first = ps.chosen(sheet, take=1)[0]
    for row in ps.weight_sensitivity(sheet).itertuples():
        assert row.low <= row.weight <= row.high
        ends = [(row.low, -1e-4, row.below), (row.high, 1e-4, row.above)]
        for limit, beyond, other in ends:
            inside = reweighted(row.criterion, limit - beyond if other else limit)
            assert ps.chosen(sheet, weights=inside, take=1) == [first]
            if other:
                outside = reweighted(row.criterion, limit + beyond)
                assert ps.chosen(sheet, weights=outside, take=1) == [other]


def test_the_limits_of_selling_by_hand(three):
    """C is 1.36 / 0.88 ahead where selling counts nothing: see the doctest; A without sales."""
    row = ps.weight_sensitivity(three).set_index("criterion").loc["sales"]
    without_sales = (3.68 - 0.24) / 0.88 - (3.92 - 0.60) / 0.88
    assert row["low"] == pytest.approx(without_sales / (without_sales + 3))
    assert (row["high"], row["below"], row["above"]) == (1.0, "C", "")


def test_a_single_criterion_has_no_limits(three):
    alone = ps.weight_sensitivity(three, weights={"credit": 1.0})
    assert alone[["low", "high"]].to_numpy().tolist() == [[0, 1]]


def test_firmness_of_two_partners_in_closed_form():
    """P is first where credit weighs more than sales: half of all pairs of weights."""
    two = pd.DataFrame({"partner": ["P", "Q"], "credit": [5, 1], "sales": [1, 5]})
    firm = ps.firmness(two, weights={"credit": 0.6, "sales": 0.4}, take=1, draws=4000)
    assert firm == pytest.approx(0.5, abs=4 * 0.5 / np.sqrt(4000))


def test_firmness_counts_what_scoring_again_would(scorecards):
    sheet = scorecards.query("rater == 'Berrit'")
    best, rng = set(ps.chosen(sheet)), np.random.default_rng(7)
    drawn = rng.dirichlet(np.ones(10), 30)
    again = [len(best & set(ps.chosen(sheet, weights=dict(zip(ps.WEIGHTS, w, strict=True)))))
             for w in drawn]  # fmt: skip
    assert ps.firmness(sheet, draws=30, seed=7) == pytest.approx(np.mean(again))


def test_where_all_marks_of_a_partner_are_the_same_no_weight_matters():
    flat = pd.DataFrame({name: range(40) for name in ps.WEIGHTS})
    assert ps.firmness(flat.assign(partner=flat.index.astype(str))) == 10


def test_more_cannot_be_taken_than_there_are(three):
    with pytest.raises(ValueError, match="take must be 1 to 3, got 10"):
        ps.firmness(three)


# --- raters


def test_alike_and_agreement_by_hand():
    sheet = pd.DataFrame({
        "partner": list("PQRPQR"), "rater": ["x"] * 3 + ["y"] * 3,
        "credit": [1, 2, 3, 1, 2, 3], "sales": [1, 2, 3, 3, 2, 1],
    })  # fmt: skip
    table = ps.compare_raters(sheet, weights=EVEN, take=1)
    assert table["rater"].tolist() == ["x", "y"]
    assert table["alike"].tolist() == pytest.approx([1, -1])
    assert table["agreement"].tolist() == pytest.approx([0, 0])  # +1 on credit, -1 on sales
    assert table["mean_mark"].tolist() == [2, 2]


def test_a_rater_alone_agrees_with_nobody(scorecards):
    rater = scorecards["rater"].iloc[0]
    with pytest.raises(ValueError, match=f"must hold '{rater}' and another rater, got"):
        ps.compare_raters(scorecards[scorecards["rater"] == rater])


def test_raters_without_halo_agree_and_are_as_alike_as_the_merits():
    """Merits share a fifth; to them come noise (0.3 steps) and whole marks (0.9 steps apart)."""
    panels = [maker.scorecards(Scenario.null(), seed) for seed in range(60)]
    alike = [ps.alike(panel.query("rater == 'Berrit'")) for panel in panels]
    agreement = [ps.agreement(panel, "Berrit") for panel in panels]
    variance = 1 + 0.3**2 + 1 / 12 / 0.9**2
    assert np.mean(alike) == pytest.approx(0.2 / variance, abs=4 * np.std(alike) / np.sqrt(60))
    assert np.mean(agreement) == pytest.approx(1 / variance, abs=0.02)


def test_the_more_halo_the_firmer_the_more_alike_the_blinder():
    tables = [ps.compare_raters(maker.scorecards(Scenario(), seed)) for seed in range(25)]
    found = pd.concat(tables).groupby("rater").mean()
    assert found["stays"].is_monotonic_increasing and found["alike"].is_monotonic_increasing
    assert found["agreement"].is_monotonic_decreasing


def test_the_firmest_sheet_finds_least_and_the_truth_is_least_firm(scorecards, truth):
    stays = ps.compare_raters(scorecards).set_index("rater")["stays"]
    found = ps.rating_plans(scorecards, truth).set_index("plan")["found"]
    assert stays.sort_values().index.tolist() == ["Aldwin", "Berrit", "Corvane"]
    assert found[["Aldwin", "Berrit", "Corvane"]].tolist() == [7, 6, 3]
    assert ps.firmness(ps.true_marks(truth)) < stays.min()


def test_found_and_merit_of_a_plan_by_hand(scorecards, truth):
    merit = truth.set_index("partner") @ list(ps.WEIGHTS.values())
    sheet = scorecards.query("rater == 'Aldwin'").set_index("partner")[list(ps.WEIGHTS)]
    ten = (sheet @ list(ps.WEIGHTS.values())).sort_index().nlargest(10).index
    plan = ps.rating_plans(scorecards, truth).set_index("plan").loc["Aldwin"]
    assert plan["found"] == len(set(ten) & set(merit.nlargest(10).index))
    assert plan["merit"] == pytest.approx(merit[ten].mean(), abs=1e-6)
    assert plan["left"] == pytest.approx(10 * 100_000 * merit[ten].mean() - 60_000, abs=1)


def test_a_hat_gets_the_mean_and_costs_nothing(scorecards, truth):
    hat = ps.rating_plans(scorecards, truth).set_index("plan").loc["a hat"]
    merit = truth.set_index("partner") @ list(ps.WEIGHTS.values())
    assert (hat["found"], hat["costs"]) == (2.5, 0)
    assert hat["merit"] == pytest.approx(merit.mean(), abs=1e-6)


def test_the_plans_are_a_hat_each_alone_two_of_three_and_all(scorecards, truth):
    plans = ps.rating_plans(scorecards, truth)["plan"].tolist()
    assert plans[:4] == ["a hat", "Aldwin", "Berrit", "Corvane"]
    assert plans[4:] == ["Aldwin and Berrit", "Aldwin and Corvane", "Berrit and Corvane", "all"]


# --- knock-out


def test_a_partner_at_the_limit_stays_in(three):
    assert ps.knock_out(three, {"size": 3})["partner"].tolist() == ["A", "B"]
    assert ps.knock_out(three, {"size": 3, "coverage": 4})["partner"].tolist() == ["B"]


def test_a_limit_holds_for_the_mean_of_the_raters():
    marks = pd.DataFrame({"partner": ["P", "P", "Q", "Q"], "credit": [2, 4, 2, 3]})
    assert ps.knock_out(marks, {"credit": 3})["partner"].tolist() == ["P", "P"]


def test_loss_by_hand(truth):
    flat = truth.assign(credit_true=0.0)
    someone = flat["partner"].head(2)
    assert ps.credit_loss(someone, flat, goods=100_000) == pytest.approx(0.03 * 0.6 * 100_000)
    broke = truth.assign(credit_true=-9.0)
    assert ps.credit_loss(someone, broke, goods=100_000) == pytest.approx(60_000)


def test_the_rule_pays_only_where_much_is_on_credit(scorecards, truth):
    sheet = scorecards.query("rater == 'Aldwin'")
    lists = ps.chosen(sheet), ps.chosen(ps.knock_out(sheet, ps.LIMIT))
    money = ps.knock_out_money(*lists, truth, goods=(0, 200_000, 1_000_000, 2_000_000))
    assert (money["difference"] > 0).tolist() == [False, False, False, True]


def test_credit_is_paid_for_once(truth):
    """Without goods the credit of a list is worth nothing, and the other criteria keep theirs."""
    picked = truth["partner"].head(10).tolist()
    other = truth.set_index("partner").drop(columns="credit_true")
    worth = (other @ [w for name, w in ps.WEIGHTS.items() if name != "credit"])[picked].sum()
    money = ps.knock_out_money(picked, picked, truth, goods=(0,), step=1000)
    assert money["without"].item() == pytest.approx(1000 * worth, abs=0.1)


# --- a file of one's own


def test_chinese_names_and_the_mark_of_utf_8_are_read(file):
    mine = ps.read_scorecard(file("\ufeff" + GOOD), weights=EVEN)
    assert mine.to_dict("list") == {
        "partner": ["华兴商行", "Ambit"], "credit": [4.0, 5.0], "sales": [3.0, 2.0],
    }  # fmt: skip


def test_columns_of_one_s_own_and_several_raters(file):
    text = "供应商,评分人,信用,备注\n北辰,甲,4,x\n北辰,乙,2.5,y\n"
    mine = ps.read_scorecard(file(text), weights={"信用": 1}, partner="供应商", rater="评分人")
    assert mine.columns.tolist() == ["partner", "rater", "信用"]
    assert scores(mine, weights={"信用": 1}) == {"北辰": 3.25}


def test_everything_wrong_is_listed_at_once_with_its_row(file):
    text = "partner,credit,sales\nP,6,3\nQ,,nine\nP,4,0\n"
    with pytest.raises(ValueError) as caught:
        ps.read_scorecard(file(text), weights=EVEN)
    said = str(caught.value)
    assert "mine.csv must be scorecard, got 5 problems. Nothing was changed" in said
    for problem in ("credit must be at most 5, got '6' in row 2",
                    "credit must be complete, got nothing in row 3",
                    "sales must be numbers, got 'nine' in row 3",
                    "sales must be at least 1, got '0' in row 4",
                    "partner must be unique, got 'P' in row 4"):  # fmt: skip
        assert problem in said


def test_a_criterion_without_a_column_is_named(file):
    with pytest.raises(ValueError, match=r"service must be a column .* got partner, credit, sales"):
        ps.read_scorecard(file(GOOD), weights={"credit": 0.5, "service": 0.5})


def test_weights_are_looked_at_before_the_file():
    with pytest.raises(ValueError, match="weights must add up to 1, got 1.5"):
        ps.read_scorecard("there is none.csv", weights={"credit": 1.5})


def test_a_frame_is_read_and_left_as_it_was():
    frame = pd.DataFrame({"partner": ["P"], "credit": ["4"], "sales": [3]})
    before = frame.copy()
    assert scores(ps.read_scorecard(frame, weights=EVEN), weights=EVEN) == {"P": 3.5}
    pd.testing.assert_frame_equal(frame, before)


def test_scores_go_out_as_they_came_in(file, tmp_path):
    mine = ps.read_scorecard(file(GOOD), weights=EVEN)
    path = ps.export_scores(mine, tmp_path / "scores.csv", weights=EVEN)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfplace,partner,score,credit,sales\n")
    back = ps.read_scorecard(path, weights=EVEN)
    pd.testing.assert_frame_equal(back.sort_values("partner", ignore_index=True),
                                  mine.sort_values("partner", ignore_index=True))  # fmt: skip


def test_a_name_that_a_spreadsheet_would_run_is_made_harmless(tmp_path):
    names = ["=HYPERLINK(1)", "+1", "-1", "@x", "＝1", "P"]
    marks = pd.DataFrame({"partner": names, "=credit": [3] * 6})
    path = ps.export_scores(marks, tmp_path / "scores.csv", weights={"=credit": 1})
    rows = pd.read_csv(path)
    assert rows.columns[-1] == "'=credit"
    assert sorted(rows["partner"]) == sorted(["'" + name for name in names[:5]] + ["P"])


def test_a_disk_that_refuses_leaves_the_old_file(three, tmp_path, monkeypatch):
    path = tmp_path / "scores.csv"
    path.write_text("old")

    def refuse(*_names):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", refuse)
    with pytest.raises(OSError, match=r"scores\.csv must be writable, got No space left"):
        ps.export_scores(three, path)
    assert path.read_text() == "old" and [each.name for each in tmp_path.iterdir()] == [path.name]


def test_another_kind_of_file_is_refused(three, tmp_path):
    with pytest.raises(ValueError, match=r"path must end in \.csv, got 'scores\.xlsx'"):
        ps.export_scores(three, tmp_path / "scores.xlsx")
    assert own_file.harmless(None) is None


# --- pictures


def test_b_is_first_from_twelve_and_a_half_and_c_below_minus_four(three):
    explorer = ps.explore_weights(three)
    assert explorer.move(moved=12.0).endswith("A 3.920, B 3.920, C 2.960. First: A.")
    assert explorer.move(moved=12.5).endswith("First: B.")
    assert explorer.move(moved=-4.0).endswith("First: A.")
    assert explorer.move(moved=-4.5).endswith("First: C.")


def test_a_knock_out_takes_the_first_place_away(three):
    explorer = ps.explore_weights(three)
    assert explorer.move(moved=-12.0).endswith("First: C.")
    assert explorer.move(lowest=3).endswith("A 3.920, B 3.200, C out. First: A.")


def test_every_sheet_is_drawn_best_partner_first(scorecards):
    ax = ps.plot_sheets(scorecards)
    panels = [each for each in ax.figure.axes if each.images]
    assert [each.get_title(loc="left") or each.get_title() for each in panels] == [
        "Aldwin", "Berrit", "Corvane"]  # fmt: skip
    for panel in panels:
        marks = np.asarray(panel.images[0].get_array())
        score = marks @ list(ps.WEIGHTS.values())
        assert marks.shape == (40, 10) and (np.diff(score.round(6)) <= 0).all()
