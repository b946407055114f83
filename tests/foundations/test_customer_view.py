"""Weights, links, files, money, unknown customers and the warehouse."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_course import datasets
from crm_course.foundations import customer_view

steady = settings(derandomize=True, deadline=None, database=None, max_examples=60)
TRUTH = pd.DataFrame({"record_id": [1, 2, 3, 4], "customer_id": [7, 7, 7, 8]})


def pairs(*of):
    """Return links from pairs of records."""
    return pd.DataFrame(of, columns=["record_id_l", "record_id_r"])


@pytest.fixture(scope="module")
def records():
    return datasets.load("source_records")


@pytest.fixture(scope="module")
def truth():
    return datasets.load("truth_source_records", truth=True)


@pytest.fixture(scope="module")
def links(records):
    return customer_view.link_records(records, threshold=-30)


@pytest.fixture(scope="module")
def weights(records):
    return customer_view.field_weights(records)


@pytest.fixture(scope="module")
def side_by_side(records, links):
    """Return every compared pair with what its two records say."""
    fields = records.set_index("record_id")[["source", *customer_view.FIELDS]]
    left = links.join(fields, on="record_id_l")
    return left.join(fields.add_suffix("_r"), on="record_id_r")


# --- weights


def test_strangers_are_counted_within_one_system_only():
    records = pd.DataFrame({
        "record_id": range(5), "source": ["web", "web", "web", "sales", "sales"],
        "name": ["Li", "Li", "Wu", "Li", None], "phone": list("abcde"), "email": list("abcde"),
        "city": ["X", "X", "X", "X", "Y"],
    })  # fmt: skip
    found = customer_view.stranger_agreement(records)
    assert found["name"] == pytest.approx((1 + 1) / (3 + 1))  # nothing is known of the last one
    assert found["city"] == pytest.approx((3 + 1) / (4 + 1))


def test_strangers_agree_as_often_as_two_customers_drawn_from_the_customer_table(records):
    city = datasets.load("customers")["city"].value_counts()
    chance = (city * (city - 1)).sum() / (city.sum() * (city.sum() - 1))
    assert customer_view.stranger_agreement(records)["city"] == pytest.approx(chance, rel=0.05)


def test_m_is_what_the_slips_of_the_hand_leave(records, truth, weights):
    true = records.merge(truth).merge(records.merge(truth), on="customer_id", suffixes=("", "_r"))
    true = true[true["record_id"] < true["record_id_r"]]
    for field in ("name", "phone", "email"):
        both = true.dropna(subset=[field, f"{field}_r"])
        share = (both[field] == both[f"{field}_r"]).mean()
        error = (share * (1 - share) / truth["customer_id"].nunique()) ** 0.5
        assert weights["m"][field] == pytest.approx(share, abs=4 * error)


def test_the_odds_before_looking_are_those_of_the_truth(records, truth, weights):
    people = truth["customer_id"].value_counts()
    true = (people * (people - 1)).sum() / (len(records) * (len(records) - 1))
    assert weights["agree"]["before"] == pytest.approx(np.log2(true / (1 - true)), abs=0.1)


# --- link_records


def test_the_weight_of_a_link_is_the_sum_of_the_weights_of_its_fields(side_by_side, weights):
    total = np.full(len(side_by_side), weights["agree"]["before"])
    for field in customer_view.FIELDS:
        one, other = side_by_side[field], side_by_side[f"{field}_r"]
        known = one.notna() & other.notna()
        said = np.where(one == other, weights["agree"][field], weights["differ"][field])
        total += np.where(known, said, 0)
    assert side_by_side["match_weight"].to_numpy() == pytest.approx(total, abs=1e-4)


def test_a_probability_says_the_same_as_its_weight(links):
    odds = links["match_probability"] / (1 - links["match_probability"])
    unsure = links["match_weight"].abs() < 8
    assert np.log2(odds[unsure]).to_numpy() == pytest.approx(
        links["match_weight"][unsure].to_numpy(), abs=0.02
    )


def test_no_link_joins_two_records_of_one_system(side_by_side):
    assert (side_by_side["source"] != side_by_side["source_r"]).all()


def test_probabilities_keep_their_word(records, links, truth):
    kept = customer_view.link_records(records, threshold=0)
    expected = kept["match_probability"].mean()
    error = (expected * (1 - expected) / truth["customer_id"].nunique()) ** 0.5
    found = customer_view.linkage_quality(kept, truth)["precision"]
    assert found == pytest.approx(expected, abs=4 * error)


def test_a_higher_threshold_keeps_some_of_the_links_of_a_lower_one(records, links):
    high = customer_view.link_records(records, threshold=6)
    assert high.equals(links[links["match_weight"] >= 6].reset_index(drop=True))


def test_a_rare_name_weighs_more_where_that_is_asked_for(records):
    links = customer_view.link_records(records, threshold=5, rare_names=True)
    names = records.set_index("record_id")["name"]
    same = links[names[links["record_id_l"]].to_numpy() == names[links["record_id_r"]].to_numpy()]
    often = names.map(names.value_counts())[same["record_id_l"]].to_numpy()
    weight = same["match_weight"]
    assert weight[often <= 5].median() > weight[often > 10].median()


def test_linking_leaves_the_records_as_they_were(records):
    before = records.copy()
    customer_view.link_records(records, threshold=0)
    pd.testing.assert_frame_equal(records, before)


def test_the_order_of_the_records_does_not_matter(records, links):
    shuffled = records.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(customer_view.link_records(shuffled, threshold=-30), links)


def test_records_without_a_system_are_refused(records):
    with pytest.raises(ValueError, match="records lacks the column.s. source"):
        customer_view.link_records(records.drop(columns="source"), threshold=0)


def test_a_record_that_comes_twice_is_refused(records):
    with pytest.raises(ValueError, match="must be unique, got 247091 twice"):
        customer_view.link_records(pd.concat([records, records.head(1)]), threshold=0)


@pytest.mark.parametrize("threshold", [float("nan"), "8", True])
def test_a_threshold_is_a_number_of_bits(records, threshold):
    with pytest.raises(ValueError, match="threshold must be a number of bits"):
        customer_view.link_records(records, threshold=threshold)


# --- quality, files, money


def test_quality_of_three_links_by_hand():
    found = customer_view.linkage_quality(pairs((1, 2), (2, 3), (3, 4)), TRUTH)
    assert found.to_dict() == pytest.approx({"precision": 2 / 3, "recall": 2 / 3, "f1": 2 / 3})


def test_quality_agrees_with_scikit_learn(records, links, truth):
    from sklearn.metrics import precision_recall_fscore_support

    owner = truth.set_index("record_id")["customer_id"]
    ends = [owner[links[side]].to_numpy() for side in ("record_id_l", "record_id_r")]
    is_true, is_linked = ends[0] == ends[1], (links["match_weight"] >= 6).to_numpy()
    people = truth["customer_id"].value_counts()
    missed = int((people * (people - 1)).sum() / 2) - is_true.sum()  # never compared
    theirs = precision_recall_fscore_support(
        np.append(is_true, np.ones(missed, bool)), np.append(is_linked, np.zeros(missed, bool)),
        average="binary")  # fmt: skip
    ours = customer_view.linkage_quality(links[is_linked], truth)
    assert ours.tolist() == pytest.approx(theirs[:3])


def test_no_link_has_no_quality():
    with pytest.raises(ValueError, match="must be one or more, got 0 and 3"):
        customer_view.linkage_quality(pairs(), TRUTH)


def test_a_record_without_a_truth_is_named():
    with pytest.raises(ValueError, match="got none for a record of the pair .*9"):
        customer_view.linkage_quality(pairs((1, 9)), TRUTH)


def test_records_may_have_names_instead_of_numbers():
    named = TRUTH.assign(record_id=[f"r{number}" for number in TRUTH["record_id"]])
    with pytest.raises(ValueError, match=r"of the pair \('r1', 'r9'\)"):
        customer_view.linkage_quality(pairs(("r1", "r9")), named)


@pytest.mark.parametrize("again", [(1, 2), (2, 1)])
def test_a_pair_that_is_linked_twice_is_named(again):
    with pytest.raises(ValueError, match=rf"each pair once, got \({again[0]}, {again[1]}\) again"):
        customer_view.linkage_quality(pairs((1, 2), again), TRUTH)


def test_files_join_records_that_were_never_linked_directly():
    files = customer_view.customer_files(TRUTH, pairs((1, 2), (2, 4)))
    assert files["file_id"].tolist() == [1, 1, 3, 1]


def test_files_agree_with_networkx(records, links):
    import networkx

    kept = links[links["match_weight"] >= 3]
    graph = networkx.Graph(kept[["record_id_l", "record_id_r"]].itertuples(index=False))
    graph.add_nodes_from(records["record_id"])
    theirs = {min(file) for file in networkx.connected_components(graph)}
    assert set(customer_view.customer_files(records, kept)["file_id"]) == theirs


@steady
@given(st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), min_size=1))
def test_files_are_people_less_mix_ups_and_more_splits(rows):
    files = pd.DataFrame(rows, columns=["file_id", "customer_id"]).assign(
        record_id=range(len(rows))
    )
    found = customer_view.file_errors(files, files)
    assert found["files"] == found["people"] - found["mix_ups"] + found["splits"]
    assert found.min() >= 0


def test_a_threshold_table_holds_each_threshold_as_if_linked_anew(records, links, truth):
    table = customer_view.threshold_table(records, links, truth, thresholds=(0, 10))
    anew = customer_view.link_records(records, threshold=10)
    assert table.loc[10, "links"] == len(anew)
    assert table.loc[10, "f1"] == customer_view.linkage_quality(anew, truth)["f1"]
    assert table["mix_ups"].is_monotonic_decreasing and table["splits"].is_monotonic_increasing


def test_the_cheapest_threshold_moves_up_with_the_price_of_a_mix_up(records, links, truth):
    table = customer_view.threshold_table(records, links, truth, thresholds=range(13))
    best = [customer_view.threshold_costs(table, mix_up=price, split=30).idxmin()
            for price in (0, 1_000, 6_000, 100_000)]  # fmt: skip
    assert best == sorted(best) and best[0] == 0 and table["mix_ups"][best[-1]] == 0


def test_a_negative_price_is_refused():
    table = pd.DataFrame({"mix_ups": [1], "splits": [1]})
    with pytest.raises(ValueError, match="prices of 0 or more, got -1 and 2"):
        customer_view.threshold_costs(table, mix_up=-1, split=2)


def test_every_file_with_two_records_of_one_system_holds_two_people(records, links, truth):
    files = customer_view.customer_files(records, links[links["match_weight"] >= 0])
    doubtful = customer_view.contradictory_files(records, files).index
    people = files.merge(truth).groupby("file_id")["customer_id"].nunique()
    assert len(doubtful) and people[doubtful].min() > 1


def test_files_are_counted_in_each_system():
    records = TRUTH.assign(source=["web", "sales", "web", "web"])
    files = TRUTH.assign(file_id=[1, 1, 1, 4])
    assert customer_view.systems_of(records, files)["web"].to_dict() == {1: 2, 4: 1}
    assert customer_view.contradictory_files(records, files).index.tolist() == [1]


def test_reading_the_contradictory_files_leaves_the_other_mix_ups(records, links, truth):
    table = customer_view.threshold_table(records, links, truth, thresholds=(0,))
    files = customer_view.customer_files(records, links[links["match_weight"] >= 0])
    people = files.merge(truth).groupby("file_id")["customer_id"].nunique() - 1
    doubtful = customer_view.contradictory_files(records, files).index
    assert table["contradictory"][0] == len(doubtful)
    assert table["mix_ups_left"][0] == people.drop(doubtful).sum()


# --- how many are there


def test_chapman_of_two_independent_lists_finds_everybody():
    drawn = np.random.default_rng(3).random((400, 5_000, 2)) < (0.5, 0.4)
    sizes = drawn.sum(axis=1)
    both = drawn.all(axis=2).sum(axis=1)
    found = np.array([customer_view.chapman_estimate(a, b, m)
                      for (a, b), m in zip(sizes, both, strict=True)])  # fmt: skip
    error = np.mean([customer_view.chapman_standard_error(a, b, m)
                     for (a, b), m in zip(sizes, both, strict=True)])  # fmt: skip
    assert found.mean() == pytest.approx(5_000, abs=4 * error / 20)
    assert found.std() == pytest.approx(error, rel=4 / (2 * 400) ** 0.5)


def test_chapman_finds_fewer_than_are_known_where_two_lists_share_too_many(records, truth):
    listed = pd.crosstab(*records.merge(truth)[["customer_id", "source"]].T.to_numpy()) > 0

    def estimate(one, other):
        both = (listed[one] & listed[other]).sum()
        return customer_view.chapman_estimate(listed[one].sum(), listed[other].sum(), both)

    bias = 1 / (1 + 0.3 * np.sqrt(0.28 * 0.55 / (0.72 * 0.45)))  # correlation 0.3
    assert estimate("sales", "service") == pytest.approx(bias * len(listed), rel=0.03)
    assert estimate("sales", "service") < len(listed)
    assert estimate("web", "warranty") == pytest.approx(len(listed), abs=4 * 47)


@pytest.mark.parametrize("lists", [(10, 10, 11), (10, 5, 6), (10, 10, -1)])
def test_more_on_both_lists_than_on_one_is_refused(lists):
    with pytest.raises(ValueError, match="between 0 and the shorter list"):
        customer_view.chapman_estimate(*lists)


# --- the warehouse


def test_a_warehouse_is_a_file_of_duckdb_that_gives_back_what_went_in(tmp_path):
    import duckdb

    path = tmp_path / "shop.duckdb"
    warehouse = customer_view.build_warehouse(path, truth=TRUTH)
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("SELECT sum(customer_id) FROM truth").fetchone() == (29,)
    pd.testing.assert_frame_equal(warehouse.ask("SELECT * FROM truth"), TRUTH)


def test_asking_cannot_change_the_warehouse(tmp_path):
    import duckdb

    warehouse = customer_view.build_warehouse(tmp_path / "shop.duckdb", truth=TRUTH)
    with pytest.raises(duckdb.Error, match="read-only"):
        warehouse.ask("DELETE FROM truth")


def test_building_again_replaces_the_warehouse(tmp_path):
    path = tmp_path / "shop.duckdb"
    customer_view.build_warehouse(path, truth=TRUTH)
    again = customer_view.build_warehouse(path, truth=TRUTH.head(1))
    assert len(again.ask("SELECT * FROM truth")) == 1


def test_a_table_with_a_strange_name_is_refused(tmp_path):
    with pytest.raises(ValueError, match="of letters and _, got 'a b'"):
        customer_view.build_warehouse(tmp_path / "shop.duckdb", **{"a b": TRUTH})


def test_facts_bear_the_number_of_their_own_system(records, truth):
    orders = datasets.load("orders")
    facts = customer_view.with_record_id(orders, records, truth, source="orders")
    owner = truth.set_index("record_id")["customer_id"]
    source = records.set_index("record_id")["source"]
    assert set(source[facts["record_id"]]) == {"orders"}
    known = owner[source[source == "orders"].index]
    assert len(facts) == orders["customer_id"].isin(known).sum()
    bought = facts.assign(customer_id=owner[facts["record_id"]].to_numpy())
    by_customer = bought.groupby("customer_id")["amount"].sum()
    whole = orders.groupby("customer_id")["amount"].sum()
    assert by_customer.to_dict() == pytest.approx(whole[by_customer.index].to_dict())


def test_a_system_that_is_not_there_is_named(records, truth):
    orders = datasets.load("orders")
    with pytest.raises(ValueError, match="a system of the records, got 'shop'"):
        customer_view.with_record_id(orders, records, truth, source="shop")


# --- pictures


@pytest.fixture
def table():
    return pd.DataFrame({"precision": [0.998, 1.0], "recall": [0.97, 0.75], "mix_ups": [7, 0],
                         "splits": [84, 1260]}, index=[0, 10])  # fmt: skip


def test_the_picture_of_costs_says_the_cheapest_threshold(table):
    ax = customer_view.plot_thresholds(table, price_of_a_mix_up=6_000, split=30)
    assert ax.figure.get_label() == (
        "A mix-up costs ¥6,000: 10 bits are cheapest, ¥37,800. They leave 0 mix-ups and 1,260 "
        "splits."
    )


def test_the_picture_of_quality_says_what_a_threshold_buys(table):
    assert customer_view.plot_precision_recall(table).figure.get_label() == (
        "From 0 to 10 bits precision rises from 0.9980 to 1.0000, and recall falls from 0.970 "
        "to 0.750."
    )


# --- one row per customer

CUSTOMERS = pd.DataFrame({"customer_id": [3, 1, 2], "joined_on": pd.to_datetime("2025-01-01")})
ORDERS = pd.DataFrame({
    "customer_id": [1, 1, 1, 3, 9],
    "ordered_at": pd.to_datetime(
        ["2025-01-05 09:00", "2025-01-05 18:00", "2025-02-01 10:00", "2025-03-01", "2025-03-02"],
        format="ISO8601",
    ),
    "amount": [0.1, 0.2, 0.3, 0.0, 5.0],
})  # fmt: skip
COMPLAINTS = pd.DataFrame({"customer_id": [2, 1, 2, 9]})


def everybody():
    return customer_view.customer_360(CUSTOMERS, orders=ORDERS, complaints=COMPLAINTS)


def test_each_customer_is_there_once_and_strangers_are_not():
    table = everybody()
    assert table["customer_id"].tolist() == [1, 2, 3]
    assert table["purchases"].tolist() == [2, 0, 1]
    assert table["complaints"].tolist() == [1, 2, 0]


def test_a_customer_who_is_listed_twice_is_named():
    with pytest.raises(ValueError, match="must be unique, got .* twice"):
        customer_view.customer_360(
            pd.concat([CUSTOMERS, CUSTOMERS.head(1)]), orders=ORDERS, complaints=COMPLAINTS
        )


def test_times_with_a_zone_are_refused():
    zoned = ORDERS.assign(ordered_at=ORDERS["ordered_at"].dt.tz_localize("UTC"))
    with pytest.raises(ValueError, match="without a zone, got UTC"):
        customer_view.customer_360(CUSTOMERS, orders=zoned, complaints=COMPLAINTS)


def test_who_complains_often_has_not_spent_more():
    twice = pd.concat([COMPLAINTS, COMPLAINTS])
    table = customer_view.customer_360(CUSTOMERS, orders=ORDERS, complaints=twice)
    assert table["total_spend"].tolist() == everybody()["total_spend"].tolist() == [0.6, 0, 0]


def test_the_last_order_is_a_day_and_missing_where_there_is_none():
    days = everybody()["last_order"].dt.strftime("%Y-%m-%d").tolist()
    assert days[0] == "2025-02-01" and pd.isna(days[1])


def test_the_three_tables_are_left_alone_and_named_when_a_column_lacks():
    before = [table.copy() for table in (CUSTOMERS, ORDERS, COMPLAINTS)]
    everybody()
    for table, old in zip((CUSTOMERS, ORDERS, COMPLAINTS), before, strict=True):
        pd.testing.assert_frame_equal(table, old)
    with pytest.raises(ValueError, match="complaints lacks the column.s. customer_id"):
        customer_view.customer_360(CUSTOMERS, orders=ORDERS, complaints=pd.DataFrame({"a": [1]}))
