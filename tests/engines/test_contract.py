"""The contract: an engine's answer has the digest of the answer of pandas."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from crm_course import engines, schema
from crm_course.cases import retail_grading
from crm_course.customers import retention
from crm_course.datagen import files, parts
from crm_course.datagen.making import make_world
from crm_course.datagen.recipe import Recipe
from crm_course.foundations import customer_view
from crm_course.strategy import segmentation, value_matrix

CUSTOMERS = 250_000
TABLES = ("customers", "orders", "complaints")


def same(question, expected):
    """Assert that an answer is what pandas says, to the last bit."""
    found = engines.collect(question)
    pd.testing.assert_frame_equal(found, expected, check_exact=True)
    assert engines.content_digest(found) == engines.content_digest(expected)


def tied_orders(name=int):
    """Invent orders of few days and few prices: ties everywhere, many who bought once."""
    rng = np.random.default_rng(8)
    customer = np.concatenate([rng.integers(1, 40, 300), np.arange(100, 160)])
    day = rng.integers(0, 500, customer.size) // 25 * 25
    moment = rng.choice([0, 43_200_000_000, 86_399_999_999], customer.size)
    return pd.DataFrame({
        "customer_id": pd.Series(customer).map(name),
        "ordered_at": np.datetime64("1969-11-03", "us") + day * 86_400_000_000 + moment,
        "product": pd.Series(["lamp", None, "灯"], dtype="str").sample(
            customer.size, replace=True, random_state=1, ignore_index=True),
        "amount": rng.choice([0.0, 0.1, 0.29, 19.99, 1e6], customer.size),
    })  # fmt: skip


@pytest.fixture(scope="module", params=[int, "customer {}é".format], ids=["numbers", "text"])
def tied(request, engine, write, tmp_path_factory):
    """Return the tied orders for pandas and for the engine; the second of four files is empty."""
    orders = tied_orders(request.param)
    folder = write(orders, tmp_path_factory.mktemp("tied") / "orders", cuts=(100, 100, 250))
    return orders, engines.read(engine, "orders", folder)


@pytest.fixture(scope="module")
def lanting(engine, tmp_path_factory):
    """Return name -> (table for pandas, table of the engine) of a large Lanting group."""
    where = tmp_path_factory.mktemp("lanting")
    make_world(where, Recipe(CUSTOMERS), tables=TABLES)

    def both(name):
        folder = where / f"{name}.parquet"
        stored = files.in_memory(parts.read(folder), schema.TABLES[name])
        return stored, engines.read(engine, name, folder)

    return {name: both(name) for name in TABLES}


# --- ties, text, an empty file, who bought once


@pytest.mark.parametrize("until", ["1971-06-30", "1970-03-01"])
@pytest.mark.parametrize("unit", ["D", "W"])
def test_purchases_in_four_numbers(tied, until, unit):
    orders, stored = tied
    terms = {"observation_end": until, "time_unit": unit}
    same(engines.rfm_summary(stored, **terms), retention.rfm_summary(orders, **terms))


@pytest.mark.parametrize("bins", [5, 3, 1000])
def test_marks(tied, bins):
    orders, stored = tied
    terms = {"as_of": "1971-01-31", "bins": bins}
    expected = segmentation.rfm_scores(orders, **terms)
    assert (expected[["days_since_last", "purchases", "total_spend"]].nunique() < 50).all()
    same(engines.rfm_scores(stored, **terms), expected)


@pytest.mark.parametrize("until", [None, "1970-12-31", "1970-06-15"])
@pytest.mark.parametrize("period", ["M", "W", "Q"])
def test_cohorts(tied, until, period):
    orders, stored = tied
    terms = {"observation_end": until, "period": period}
    same(engines.cohort_table(stored, **terms), retention.cohort_table(orders, **terms))


def test_deciles(tied):
    orders, stored = tied
    cents = (orders["amount"] * 100).round().astype("int64")
    same(engines.decile_table(stored.amount_cents), value_matrix.decile_table(cents))


@pytest.mark.parametrize("few", [1, 7, 13])
def test_deciles_of_few(duckdb, write, tmp_path, few):
    values = pd.Series([900, 400, 400, 400, 100, 0, 0, -100, 300, 300, 300, 700, 800]).head(few)
    orders = tied_orders().head(few).assign(amount=values / 100)
    stored = engines.read(duckdb, "orders", write(orders, tmp_path / "orders"))
    same(engines.decile_table(stored.amount_cents), value_matrix.decile_table(values))


def test_one_row_per_customer(tied, engine, write, tmp_path):
    orders, stored = tied
    someone = orders["customer_id"].drop_duplicates()
    complaints = pd.DataFrame({
        "problem_id": range(60), "customer_id": someone.head(20).repeat(3).to_numpy(),
        "received_at": orders["ordered_at"].head(60), "outcome": "quick",
    })  # fmt: skip
    # Every second customer, and one who never bought; complaints of others are left out.
    known = [*someone.iloc[::2], type(someone.iloc[0])("999")]
    joined = orders["ordered_at"].iloc[0].normalize()
    customers = pd.DataFrame({"customer_id": known, "joined_on": joined})
    expected = customer_view.customer_360(customers, orders=orders, complaints=complaints)
    assert expected["last_order"].isna().sum() == 1
    found = engines.customer_360(
        engines.read(engine, "customers", write(customers, tmp_path / "customers")),
        orders=stored,
        complaints=engines.read(engine, "complaints", write(complaints, tmp_path / "complaints")),
    )
    same(found, expected)


def test_customers_of_whom_nothing_is_known_are_there(engine, write, tmp_path):
    joined = pd.to_datetime("2025-01-01").as_unit("us")
    customers = pd.DataFrame({"customer_id": [2, 1], "joined_on": joined})
    complaints = pd.DataFrame({"problem_id": [1], "customer_id": [3], "received_at": joined,
                               "outcome": "quick"})  # fmt: skip
    facts = {"orders": tied_orders().head(0), "complaints": complaints.head(0)}
    expected = customer_view.customer_360(customers, **facts)
    assert expected["last_order"].isna().all() and expected["purchases"].tolist() == [0, 0]
    stored = {name: engines.read(engine, name, write(table, tmp_path / name))
              for name, table in {"customers": customers, **facts}.items()}  # fmt: skip
    same(engines.customer_360(stored.pop("customers"), **stored), expected)


@pytest.mark.parametrize("quota", [(1, 4, 10, 4, 1), (1, 1), (0, 3, 7, 0, 2)])
@pytest.mark.parametrize("shops", [2, 7, 400])
def test_grades_of_shops_that_tie(engine, write, tmp_path, shops, quota):
    rng = np.random.default_rng(shops)
    scores = pd.DataFrame({
        "retailer": np.tile(rng.permutation(shops) + 1, 3), "quarter": np.repeat([1, 2, 3], shops),
        "score": rng.choice([0.0, 59.99, 60.0, 60.01, 100.0], 3 * shops),
    }).drop(index=0)  # fmt: skip
    folder = write(scores, tmp_path / "retailers_4v", cuts=(1, 1))
    stored = engines.read(engine, "retailers_4v", folder)
    expected = retail_grading.grade_by_quota(scores, quota=quota)
    same(engines.grade_by_quota(stored, quota=quota), expected)


def test_a_strange_quota_is_refused_as_in_pandas(duckdb, write, tmp_path):
    scores = pd.DataFrame({"retailer": [1], "quarter": [1], "score": [60.0]})
    stored = engines.read(duckdb, "retailers_4v", write(scores, tmp_path / "retailers_4v"))
    with pytest.raises(ValueError, match="quota must be two or more whole numbers"):
        engines.grade_by_quota(stored, quota=(1, 0.5))


@pytest.mark.parametrize(("scores", "said"), [
    ([60.0, np.nan], "must be complete, got 1 missing"),
    ([60.0, -5.5], "must not be negative, got -5.5"),
])  # fmt: skip
def test_a_score_that_is_none_is_refused_as_in_pandas(engine, write, tmp_path, scores, said):
    scores = pd.DataFrame({"retailer": [1, 2], "quarter": 1, "score": scores})
    file = write(scores, tmp_path / "retailers_4v") / "part-00000.parquet"
    table = pa.table({name: scores[name].to_numpy() for name in scores})  # pandas would write null
    pq.write_table(table, file)
    stored = engines.read(engine, "retailers_4v", file.parent)
    for grade, given in ((engines.grade_by_quota, stored), (retail_grading.grade_by_quota, scores)):
        with pytest.raises(ValueError, match=f"scores.'score'. {said}"):
            grade(given)


# --- a large Lanting group


def test_purchases_of_lanting(lanting):
    orders, stored = lanting["orders"]
    end = {"observation_end": schema.OBSERVATION_END}
    same(engines.rfm_summary(stored, **end), retention.rfm_summary(orders, **end))


def test_marks_of_lanting(lanting):
    orders, stored = lanting["orders"]
    end = {"as_of": schema.OBSERVATION_END}
    same(engines.rfm_scores(stored, **end), segmentation.rfm_scores(orders, **end))


@pytest.mark.parametrize("period", ["M", "W"])
def test_cohorts_of_lanting(lanting, period):
    orders, stored = lanting["orders"]
    terms = {"observation_end": schema.OBSERVATION_END, "period": period}
    same(engines.cohort_table(stored, **terms), retention.cohort_table(orders, **terms))


def test_deciles_of_lanting(lanting):
    orders, stored = lanting["orders"]
    cents = (orders["amount"] * 100).round().astype("int64")
    same(engines.decile_table(stored.amount_cents), value_matrix.decile_table(cents))


def test_every_customer_of_lanting(lanting):
    (customers, known), (orders, bought), (complaints, voiced) = map(lanting.get, TABLES)
    expected = customer_view.customer_360(customers, orders=orders, complaints=complaints)
    assert len(expected) == len(customers)
    same(engines.customer_360(known, orders=bought, complaints=voiced), expected)


def test_grades_of_lanting(engine, tmp_path):
    make_world(tmp_path, Recipe(8_000), tables=("retailers_4v",))
    folder = tmp_path / "retailers_4v.parquet"
    scores = files.in_memory(parts.read(folder), schema.TABLES["retailers_4v"])
    expected = retail_grading.grade_by_quota(scores)
    assert expected["grade"].tolist() == scores["grade"].tolist()
    same(engines.grade_by_quota(engines.read(engine, "retailers_4v", folder)), expected)
