import numpy as np
import pandas as pd
import pytest

from crm_course import datasets
from crm_course.customers import retention
from crm_course.strategy import segmentation as sg

DAY = "2025-06-30"


def book(*rows):
    """Return orders from (customer, day, amount)."""
    orders = pd.DataFrame(rows, columns=["customer_id", "ordered_at", "amount"])
    return orders.assign(ordered_at=pd.to_datetime(orders["ordered_at"], format="ISO8601"))


@pytest.fixture(scope="module")
def orders():
    return datasets.load("orders")


@pytest.fixture(scope="module")
def home():
    return datasets.load("customers").query("unit == 'home'")


@pytest.fixture(scope="module")
def margin(orders):
    return sg.margin_after(orders, as_of=DAY)


@pytest.fixture(scope="module")
def sorted_by(home, orders):
    return sg.bases(home, orders, datasets.load("survey_kano"), as_of=DAY)


# --- rfm_scores


@pytest.mark.parametrize("measure", [sg.rfm_scores, sg.margin_after])
@pytest.mark.parametrize("day", [None, "end of June"])
def test_marks_and_margins_ask_for_their_day(orders, measure, day):
    with pytest.raises(ValueError, match="as_of must be a day, got"):
        measure(orders, as_of=day)


def test_seven_customers_by_hand():
    spent = {1: [5], 2: [4], 3: [1, 1, 1], 4: [3], 5: [2, 2], 6: [9], 7: [1] * 5}
    rows = [(customer, f"2025-01-{20 - customer - day}", amount)
            for customer, each in spent.items() for day, amount in enumerate(each)]  # fmt: skip
    scores = sg.rfm_scores(book(*rows), as_of="2025-01-31", bins=3)
    assert scores["days_since_last"].tolist() == [12, 13, 14, 15, 16, 17, 18]
    assert scores["purchases"].tolist() == [1, 1, 3, 1, 2, 1, 5]
    assert scores["total_spend"].tolist() == [5, 4, 3, 3, 4, 9, 5]
    assert scores["r"].tolist() == [3, 3, 2, 2, 1, 1, 1]
    assert scores["f"].tolist() == [1, 1, 3, 1, 2, 2, 3]
    assert scores["m"].tolist() == [2, 1, 1, 1, 2, 3, 3]


def test_two_baskets_of_one_day_are_one_purchase():
    scores = sg.rfm_scores(book((7, "2025-01-02T09:00", 5.0), (7, "2025-01-02T18:00", 1.5)),
                           as_of="2025-01-09")  # fmt: skip
    assert scores.iloc[0, 1:4].tolist() == [7, 1, 6.5]


def test_orders_after_the_day_do_not_count():
    orders = book((7, "2025-01-02", 5.0), (7, "2025-01-10", 9.0), (8, "2025-01-10", 9.0))
    scores = sg.rfm_scores(orders, as_of="2025-01-09")
    assert scores[["customer_id", "purchases", "total_spend"]].values.tolist() == [[7, 1, 5.0]]


def test_equal_customers_are_ranked_by_id_whatever_the_order_of_the_rows(orders):
    equal = book(*((customer, "2025-01-02", 5.0) for customer in (4, 1, 3, 2)))
    scores = sg.rfm_scores(equal, as_of=DAY, bins=2)
    assert scores["customer_id"].tolist() == [1, 2, 3, 4]
    assert scores[["r", "f", "m"]].values.tolist() == [[1] * 3, [1] * 3, [2] * 3, [2] * 3]
    shuffled = orders.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(
        sg.rfm_scores(shuffled, as_of=DAY), sg.rfm_scores(orders, as_of=DAY)
    )


def test_every_mark_is_given_equally_often(orders):
    scores = sg.rfm_scores(orders, as_of=DAY)
    assert all(scores[mark].value_counts().eq(400).all() for mark in "rfm")
    assert sg.marks(pd.Series(range(7)), 3).tolist() == [1, 1, 1, 2, 2, 3, 3]


def test_marks_agree_with_cutting_the_ranks_by_quantiles(orders):
    scores = sg.rfm_scores(orders, as_of=DAY)
    ranks = scores.sort_values(["total_spend", "customer_id"]).reset_index()["index"]
    cut = pd.qcut(np.arange(len(ranks)), 5, labels=False) + 1
    assert scores["m"].loc[ranks].tolist() == cut.tolist()


def test_the_two_recencies_add_up_to_the_age(orders):
    scores = sg.rfm_scores(orders, as_of=DAY)
    summary = retention.rfm_summary(orders, observation_end=DAY)
    assert (scores["days_since_last"] == summary["T"] - summary["recency"]).all()
    assert (scores["purchases"] == summary["frequency"] + 1).all()


def test_in_cdnow_one_purchase_gets_three_marks():
    once = sg.rfm_scores(datasets.real("cdnow"), as_of="1997-09-30").query("purchases == 1")
    assert len(once) == 14_119
    assert once["f"].value_counts().to_dict() == {1: 4714, 2: 4714, 3: 4691}


def test_a_missing_column_is_named(orders):
    with pytest.raises(ValueError, match=r"orders lacks the column\(s\) amount"):
        sg.rfm_scores(orders.drop(columns="amount"), as_of=DAY)


@pytest.mark.parametrize("bins", [0, 2.5, "five"])
def test_bins_that_cannot_be_are_refused(orders, bins):
    with pytest.raises(ValueError, match="bins must be a whole number from 1 up"):
        sg.rfm_scores(orders, as_of=DAY, bins=bins)


def test_orders_are_left_as_they_were(orders):
    before = orders.copy()
    sg.rfm_scores(orders, as_of=DAY)
    sg.margin_after(orders, as_of=DAY)
    pd.testing.assert_frame_equal(orders, before)


# --- what is left


def test_margin_counts_later_orders_of_earlier_customers():
    orders = book((1, DAY, 10.0), (2, DAY, 10.0), (1, "2025-07-01", 50.0), (1, "2025-08-01", 50.0),
                  (3, "2025-07-01", 99.0))  # fmt: skip
    assert sg.margin_after(orders, as_of=DAY).to_dict() == {1: 30.0, 2: 0.0}


def test_fit_times_value_is_the_margin_a_head():
    margin = pd.Series([0.0, 20.0, 40.0, 0.0, 0.0])
    table = sg.group_table(margin, pd.Series(["a", "a", "a", "b", "b"]), cost=10)
    assert table.loc["a"].tolist() == pytest.approx([3, 2 / 3, 30, 20, 0.5])
    assert table.loc["b", ["fit", "head", "least_share"]].tolist() == [0, 0, np.inf]


# --- promise and pay


def groups_like(margin, *names):
    return pd.Series(np.resize(names, len(margin)), margin.index)


def test_with_one_group_both_are_the_mean(margin):
    found = sg.promise_and_pay(margin, groups_like(margin, "all"))
    assert found.tolist() == pytest.approx([margin.mean() - 40] * 2)


def test_with_a_group_for_each_customer_every_promise_is_luck(margin):
    """Nobody of the other half was tried, so all keep the offer there."""
    found = sg.promise_and_pay(margin, pd.Series(margin.index, margin.index))
    assert found["paid"] == pytest.approx(margin.mean() - 40)
    assert found["promised"] == pytest.approx((margin - 40).clip(lower=0).mean())


def test_groups_that_differ_are_paid_what_they_promised():
    rng = np.random.default_rng(1)
    groups = groups_like(pd.Series(range(4000)), "good", "bad")
    margin = pd.Series(np.where(groups == "good", 100, 10) + rng.normal(0, 5, 4000))
    found = sg.promise_and_pay(margin, groups)
    assert found.tolist() == pytest.approx([30, 30], abs=0.5)


def test_groups_without_meaning_promise_more_and_pay_less(margin):
    rng = np.random.default_rng(2)
    groups = pd.Series(rng.integers(82, size=len(margin)), margin.index)
    promised, paid = sg.promise_and_pay(margin, groups)
    assert promised > margin.mean() - 40 + 3
    assert paid < margin.mean() - 40 - 3


def test_a_lot_is_counted_by_hand():
    margin = pd.Series([100.0, 0.0, 100.0, 0.0])
    groups = pd.Series(["a", "b", "a", "b"])
    orders = np.random.default_rng(sg.SEED).permutation(4)
    paid = []
    for seen, others in ((orders[:2], orders[2:]), (orders[2:], orders[:2])):
        bad = {groups[i] for i in seen if margin[i] < 40}
        paid.append(sum(margin[i] - 40 for i in others if groups[i] not in bad) / 2)
    assert sg.promise_and_pay(margin, groups, lots=1)["paid"] == pytest.approx(np.mean(paid))


@pytest.mark.parametrize("tried", [0, 1001])
def test_more_than_half_cannot_be_tried(margin, tried):
    with pytest.raises(ValueError, match=f"tried must be 1 to 1000, .* got {tried}"):
        sg.promise_and_pay(margin, groups_like(margin, "all"), tried=tried)


def test_groups_must_fit_the_customers(margin):
    with pytest.raises(ValueError, match="one row for each margin, got 3 for 2000"):
        sg.promise_and_pay(margin, pd.Series(["a", "b", "c"]))
    with pytest.raises(ValueError, match="groups must be complete, got 1000 missing"):
        sg.group_table(margin, groups_like(margin, "a", None))


def test_the_bet_is_won_by_days_and_lost_by_the_map(margin, sorted_by):
    paid = sg.bet(margin, sorted_by)["paid"]
    assert paid.idxmax() == "days" and paid.idxmin() == "province"
    assert paid["family"] < paid["alike"] < paid["fine"] < paid["rfm"] < paid["days"]


def test_from_400_on_ten_marks_leave_more_than_nobody_sorted(margin, sorted_by):
    explorer = sg.explore_bet(margin, sorted_by)
    assert "nobody sorted leaves ¥31.5" in explorer.move(tried=300)
    assert "ten marks ¥31.1 (57 of 100 in groups" in explorer.move(tried=300)
    assert "ten marks ¥32.1 (49 of 100 in groups" in explorer.move(tried=400)


def test_ahead_counts_lots_and_unseen_people(margin, sorted_by):
    table = sg.bet(margin, sorted_by.assign(single=margin.index), lots=20)
    assert table["ahead"][["alike", "province", "days"]].tolist() == [0, 0, 100]
    assert table["unseen"][["alike", "days", "single"]].tolist() == [0, 0, 100]
    assert table["paid"]["rfm"] == sg.promise_and_pay(margin, sorted_by["rfm"], lots=20)["paid"]
    few = sg.bet(margin, sorted_by[["rfm"]], tried=100, lots=20)
    assert few["unseen"]["rfm"] > table["unseen"]["rfm"] + 10


def test_the_two_marks_that_nobody_had_handed_in_are_ahead_of_the_date(orders, margin):
    scores = sg.rfm_scores(orders, as_of=DAY).set_index("customer_id")
    paid = [sg.promise_and_pay(margin, groups)["paid"]
            for groups in (scores["r"], 10 * scores["r"] + scores["m"])]  # fmt: skip
    assert paid == pytest.approx([40.1, 40.9], abs=0.06)


# --- bases and families


def test_every_customer_is_in_one_group_of_each_base(sorted_by):
    assert len(sorted_by) == 2000 and not sorted_by.isna().any(axis=None)
    assert sorted_by.nunique().to_dict() == {
        "alike": 1, "age_sex": 14, "province": 82, "need": 5, "family": 5, "days": 5, "rfm": 111,
        "fine": 625,
    }  # fmt: skip
    assert (sorted_by["need"] != "not asked").sum() == 287


def test_the_bases_ask_for_their_columns(home, orders):
    survey = datasets.load("survey_kano")
    with pytest.raises(ValueError, match=r"survey lacks the column\(s\) functional"):
        sg.bases(home, orders, survey.drop(columns="functional"), as_of=DAY)
    with pytest.raises(ValueError, match=r"customers lacks the column\(s\) gender"):
        sg.bases(home.drop(columns="gender"), orders, survey, as_of=DAY)


def spread(features, found):
    points = (features - features.mean()) / features.std()
    return sum(((part - part.mean()) ** 2).sum().sum() for _name, part in points.groupby(found))


def test_families_agree_with_scikit_learn(home, orders):
    from sklearn.cluster import KMeans

    file = sg.agency_file(home, orders, as_of=DAY)
    found = sg.families(file)
    points = (file - file.mean()) / file.std()
    theirs = KMeans(5, n_init=20, random_state=0).fit(points.to_numpy())
    assert spread(file, found) == pytest.approx(theirs.inertia_, rel=1e-4)
    assert sg.pairs_kept(found, theirs.labels_) > 0.995
    assert found.value_counts().index.tolist() == [1, 2, 3, 4, 5]


def test_families_that_are_there_are_found():
    rng = np.random.default_rng(3)
    true = np.repeat([0, 1, 2], [60, 40, 20])
    cloud = pd.DataFrame(10 * np.eye(3)[true] + rng.normal(0, 1, (120, 3)))
    assert sg.families(cloud, k=3, starts=5).tolist() == (true + 1).tolist()
    assert sg.stability(cloud, k=3, lots=2).tolist() == [1, 1, 1]


def test_families_of_no_families_do_not_last():
    cloud = pd.DataFrame(np.random.default_rng(4).uniform(size=(300, 6)))
    assert sg.stability(cloud, k=6, lots=3)["mean"] < 0.6


def test_more_families_than_people_are_refused():
    with pytest.raises(ValueError, match="k must be 1 to 3, the people who form them, got 4"):
        sg.families(pd.DataFrame({"age": [1, 2, 3]}), k=4)


def test_pairs_agree_with_scikit_learn(sorted_by):
    from sklearn.metrics.cluster import pair_confusion_matrix

    counted = pair_confusion_matrix(sorted_by["family"], sorted_by["days"])
    together = counted[1, 1] / (counted[1, 1] + counted[1, 0])
    assert sg.pairs_kept(sorted_by["family"], sorted_by["days"]) == pytest.approx(together)
    assert sg.pairs_kept(sorted_by["days"], 6 - sorted_by["days"]) == 1


def test_single_people_make_no_pairs():
    with pytest.raises(ValueError, match="a group of two or more"):
        sg.pairs_kept([1, 2, 3], [1, 1, 1])


def test_a_column_in_which_all_are_alike_changes_no_family():
    rng = np.random.default_rng(3)
    people = pd.DataFrame(rng.normal(size=(60, 2)), columns=["age", "days"])
    alike = sg.families(people.assign(woman=1.0), k=3, starts=5)
    assert alike.tolist() == sg.families(people, k=3, starts=5).tolist()
    assert alike.nunique() == 3


def test_a_gap_in_the_features_is_named():
    people = pd.DataFrame({"age": [30.0, np.nan, 40.0], "days": [1, 2, 3]})
    with pytest.raises(ValueError, match=r"features must be complete, got gaps in \['age'\]"):
        sg.families(people, k=2)


def test_who_ordered_and_is_no_customer_is_named(home, orders):
    with pytest.raises(ValueError, match="got no row for 1 of them, such as"):
        sg.agency_file(home[home["customer_id"] != orders["customer_id"].min()], orders, as_of=DAY)
