"""A name has one kind in all tables, and measures are stopped by what they cannot use."""

import pandas as pd
import pytest

from crm_course import schema

COLUMNS = [column for table in schema.TABLES.values() for column in table.columns]


def orders(**changed):
    good = {
        "customer_id": [1, 2],
        "amount": [1.5, 0.0],
        "ordered_at": pd.to_datetime(["2024-01-01"] * 2),
    }
    return pd.DataFrame(good | changed)


@pytest.mark.parametrize("name", sorted({column.name for column in COLUMNS}))
def test_a_name_is_of_the_same_kind_in_every_table(name):
    assert len({column.kind for column in COLUMNS if column.name == name}) == 1


@pytest.mark.parametrize("table", schema.TABLES.values(), ids=lambda table: table.name)
def test_every_column_has_a_meaning_and_keys_exist(table):
    assert all(column.meaning for column in table.columns)
    assert {*table.key, *table.required} <= set(table.names)


def test_an_unknown_table_is_answered_with_the_known_ones():
    with pytest.raises(ValueError, match="one of customers, .*orders, .*panel.* got 'ordres'"):
        schema.table("ordres")


def test_a_table_given_as_its_name_is_recognised():
    with pytest.raises(TypeError, match="It is loaded already"):
        schema.table(orders())


def test_a_good_table_passes_unchanged():
    table = orders()
    before = table.copy()
    assert schema.require(table, ["customer_id", "amount", "ordered_at"]) is table
    pd.testing.assert_frame_equal(table, before)


def test_a_missing_column_is_named_beside_those_that_are_there():
    with pytest.raises(
        ValueError, match="orders lacks the column.s. margin, got customer_id, amount"
    ):
        schema.require(orders(), ["margin"], name="orders")


@pytest.mark.parametrize(
    "column, values, kind",
    [
        ("amount", ["1", "2"], "numbers, got str"),
        ("amount", [True, False], "numbers, got bool"),
        ("ordered_at", ["2024-01-01", "2024-01-02"], "dates, got str"),
        ("customer_id", [1.5, 2.0], "whole numbers or text, got float64"),
    ],
)
def test_a_wrong_type_is_named_with_the_way_to_convert_it(column, values, kind):
    with pytest.raises(TypeError, match=f"{column}.* must be {kind}. Convert it with"):
        schema.require(orders(**{column: values}), [column])


def test_a_missing_value_is_named_with_its_row():
    with pytest.raises(ValueError, match="amount.* must be complete, got 1 missing .* row 1"):
        schema.require(orders(amount=[1.0, None]), ["amount"])


def test_a_negative_amount_is_named_with_its_row():
    with pytest.raises(ValueError, match="amount.* must not be negative, got -2.0 in row 1"):
        schema.require(orders(amount=[1.0, -2.0]), ["amount"])


def test_a_margin_may_be_negative_and_a_reason_may_be_missing():
    panel = pd.DataFrame({"margin": [-3.0, 2.0], "reason_stated": ["forced", None]})
    assert len(schema.require(panel, ["margin", "reason_stated"])) == 2


@pytest.mark.parametrize(
    "strict, other, column",
    [
        ("order_prices", "orders", "order_id"),
        ("repair_cases", "survey_pulse", "csat"),
    ],
)
def test_gaps_are_refused_unless_every_table_allows_them(strict, other, column):
    assert [schema.table(name)[column].optional for name in (strict, other)] == [False, True]
    gaps = pd.DataFrame({column: [1.0, None]}).astype("Int64" if column == "order_id" else float)
    with pytest.raises(ValueError, match=f"{column}.* must be complete, got 1 missing"):
        schema.require(gaps, [column])
    schema.require(gaps.head(0), [column])  # what a measure asks that bears gaps


def test_an_id_may_be_text():
    assert len(schema.require(orders(customer_id=["A-1", "A-2"]), ["customer_id"])) == 2


def test_two_columns_of_one_name_are_refused():
    twice = pd.concat([orders(), orders()[["amount"]]], axis=1)
    with pytest.raises(ValueError, match="must have one column amount, got 2"):
        schema.require(twice, ["amount"])


def test_what_is_no_table_is_refused():
    with pytest.raises(TypeError, match="orders must be a DataFrame, got list"):
        schema.require([1, 2], ["amount"], name="orders")


def test_a_name_with_two_ranges_has_none_in_the_vocabulary():
    assert schema.vocabulary()["amount"].low == 0
    assert schema.vocabulary()["value"].low is None


def test_ranges_are_said_in_words():
    assert schema.PANEL["sat"].range == "0 to 10"
    assert schema.ORDERS["amount"].range == "from 0"
    assert schema.CUSTOMERS["gender"].range == "f, m"
    assert schema.CUSTOMERS["name"].range == ""
