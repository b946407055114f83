import numpy as np
import pandas as pd
import pytest

from crm_course import order_book


def book(*days):
    ordered_at = pd.to_datetime(list(days), format="ISO8601").as_unit("us")
    return pd.DataFrame({"customer_id": 1, "ordered_at": ordered_at, "amount": 1.0})


def test_the_last_day_is_observed_to_its_end():
    orders, end = order_book.observed(book("2025-01-01", "2025-01-31 23:59"), [], "2025-01-31")
    assert len(orders) == 2
    assert end == pd.Timestamp("2025-01-31")


def test_orders_after_the_last_day_are_left_out_and_the_table_is_left_alone():
    orders = book("2025-01-01", "2025-02-01")
    assert len(order_book.observed(orders, [], "2025-01-31")[0]) == 1
    assert len(orders) == 2


def test_without_a_last_day_it_is_that_of_the_last_order():
    assert order_book.observed(book("2025-01-01", "2025-03-05 08:00"), [])[1].day == 5


@pytest.mark.parametrize(
    "until",
    [
        "2025-01-31",
        np.datetime64("2025-01-31"),
        pd.Timestamp("2025-01-31 14:00"),
        pd.Period("2025-01-31", "D"),
    ],
)
def test_a_day_may_be_given_in_any_form(until):
    until = until.to_timestamp() if isinstance(until, pd.Period) else until
    assert order_book.observed(book("2025-01-01"), [], until)[1] == pd.Timestamp("2025-01-31")


@pytest.mark.parametrize("until", ["end of May", "2025-13-01", pd.NaT, object()])
def test_what_is_no_day_is_refused(until):
    with pytest.raises(ValueError, match="observation_end must be a day, got .*'2025-12-31'"):
        order_book.observed(book("2025-01-01"), [], until)


def test_a_day_that_has_to_be_given_is_asked_for_by_its_own_name():
    with pytest.raises(ValueError, match="as_of must be a day, got None"):
        order_book.observed(book("2025-01-01"), [], None, name="as_of", needed=True)


def test_a_day_before_the_first_order_is_refused_with_both_days():
    with pytest.raises(ValueError, match=r"first order \(2025-01-01\), got 2024-12-31"):
        order_book.observed(book("2025-01-01"), [], "2024-12-31")


def test_an_empty_table_is_refused():
    with pytest.raises(ValueError, match="orders must have at least one row"):
        order_book.observed(book("2025-01-01").head(0), [])


def test_a_time_zone_is_refused_with_its_name():
    orders = book("2025-01-01").assign(ordered_at=pd.to_datetime(["2025-01-01"], utc=True))
    with pytest.raises(ValueError, match="without a zone, got UTC"):
        order_book.observed(orders, [])


def test_amounts_become_whole_cents_without_a_rounding_error():
    assert order_book.cents(pd.Series([0.29, 19.99, 1.1, 0.0])).tolist() == [29, 1999, 110, 0]


def test_an_infinite_amount_is_refused():
    with pytest.raises(ValueError, match=r"orders\['amount'\] must be finite"):
        order_book.cents(pd.Series([1.0, np.inf]))


def test_each_customer_has_each_period_once_like_drop_duplicates():
    rng = np.random.default_rng(3)
    customer, period = rng.integers(0, 40, 900), rng.integers(-30, 30, 900)
    expected = pd.DataFrame({"customer": customer, "period": period}).drop_duplicates()
    expected = expected.sort_values(["customer", "period"], ignore_index=True)
    pd.testing.assert_frame_equal(order_book.distinct(customer, period), expected)
