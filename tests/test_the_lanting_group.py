import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot as plt

from crm_course import datasets, the_lanting_group

HOME = 25_000


@pytest.fixture(scope="module")
def sales():
    return the_lanting_group.yearly_sales(datasets.load("orders"))


def till(*rows):
    table = pd.DataFrame(rows, columns=["customer_id", "ordered_at", "amount"])
    return table.assign(ordered_at=pd.to_datetime(table["ordered_at"], format="ISO8601"))


def test_the_year_begins_on_its_first_day_and_ends_on_its_last():
    orders = till(
        (1, "2024-12-31 23:59", 4.0), (1, "2025-01-01", 2.0), (1, "2025-12-31 22:00", 1.0)
    )
    assert the_lanting_group.yearly_sales(orders).tolist() == [3.0]


def test_a_customer_who_bought_nothing_this_year_counts_with_zero(sales):
    assert len(sales) == 2000
    assert (sales == 0).any()


def test_the_orders_of_the_reader_stay_as_they_are():
    orders = datasets.load("orders")
    before = orders.copy()
    the_lanting_group.yearly_sales(orders)
    the_lanting_group.repeats_within(orders, end="2025-12-31")
    pd.testing.assert_frame_equal(orders, before)


@pytest.mark.parametrize("lacking", ["customer_id", "ordered_at", "amount"])
def test_a_missing_column_is_named(lacking):
    with pytest.raises(ValueError, match=lacking):
        the_lanting_group.yearly_sales(till((1, "2025-01-01", 2.0)).drop(columns=lacking))


def test_sales_of_two_thousand_agree_with_those_of_all_within_four_standard_errors(sales):
    everybody = the_lanting_group.yearly_sales(datasets.load("orders", tier="course"))
    assert len(everybody) == HOME
    assert abs(sales.mean() - everybody.mean()) < 4 * sales.sem()


@pytest.mark.parametrize("records", [250, 1250])
def test_the_chance_is_that_of_drawing_records_of_skewed_customers(records):
    everybody = the_lanting_group.yearly_sales(datasets.load("orders", tier="course")).to_numpy()
    rng = np.random.default_rng(5)
    better, worse = (everybody[rng.integers(HOME, size=(2000, records))].mean(axis=1)
                     for _shop in range(2))  # fmt: skip
    spread = everybody.std() / everybody.mean()
    chance = the_lanting_group.chance_right(records, advantage=0.10, spread=spread)
    assert (1.1 * better > worse).mean() == pytest.approx(chance, abs=0.04)


def test_without_an_advantage_records_are_a_coin():
    assert the_lanting_group.chance_right(2000, advantage=0.0) == 0.5


def test_four_times_the_records_halve_the_luck():
    one, four = the_lanting_group.luck_of_lead([500, 2000])
    assert one == pytest.approx(2 * four)


def test_no_records_are_refused():
    with pytest.raises(ValueError, match="records must be positive, got 0"):
        the_lanting_group.chance_right(0)


def test_money_is_the_stake_times_what_beats_the_coin_less_the_records(sales):
    spread = sales.std() / sales.mean()
    chance = the_lanting_group.chance_right(500, advantage=0.2, spread=spread)
    expected = 25_000 * 0.2 * 0.2 * sales.mean() * (chance - 0.5) - 1000 * 7
    table = the_lanting_group.records_money(sales, records=(500,), advantages=(0.2,), cost=7)
    assert table.loc[0.2, 500] == pytest.approx(expected)


def test_a_lead_that_lasts_is_won_each_year_and_paid_for_once(sales):
    once, thrice = (
        the_lanting_group.records_money(sales, records=(500,), years=years).squeeze()
        for years in (1, 3)
    )
    assert (thrice - 3 * once).tolist() == pytest.approx([2 * 2 * 500 * 12] * 3)


def test_luck_alone_makes_equal_shops_differ_as_the_formula_says(sales):
    made = [the_lanting_group.yearly_sales(datasets.company(student=f"t{i}").orders)
            for i in range(60)]  # fmt: skip
    means = np.array([each.mean() for each in made])
    each_luck = np.mean([each.sem() for each in made])
    assert means.std(ddof=1) == pytest.approx(each_luck, rel=4 / np.sqrt(2 * 59))


def test_an_invented_shop_has_the_mean_order_that_was_asked_for():
    shop = the_lanting_group.make_shop(20_000, p=6, q=4, gamma=150)
    first = shop.drop_duplicates("who")["paid"]
    assert abs(first.mean() - 6 * 150 / (4 - 1)) < 4 * first.sem()


def test_an_invented_shop_has_the_bg_nbd_share_of_customers_who_never_return():
    shop = the_lanting_group.make_shop(20_000, r=0.8, alpha=10, weeks=104)
    never = (shop["who"].value_counts() == 1).mean()
    expected = (10 / (10 + 104)) ** 0.8  # nobody falls silent before the first repeat order
    assert abs(never - expected) < 4 * np.sqrt(expected * (1 - expected) / 20_000)


def test_an_invented_shop_goes_through_the_border_for_own_tables():
    shop = the_lanting_group.make_shop(50, seed=3)
    names = {"customer_id": "who", "ordered_at": "day", "amount": "paid"}
    orders = datasets.own("orders", shop, columns=names)
    assert orders["amount"].sum() == pytest.approx(shop["paid"].sum())
    assert orders["customer_id"].nunique() == 50


def test_the_seed_decides_the_shop():
    one, same, other = (the_lanting_group.make_shop(20, seed=seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(one, same)
    assert not one.equals(other)


@pytest.mark.parametrize("name", ["customers", "r", "alpha", "a", "b", "p", "q", "gamma", "weeks"])
def test_a_parameter_that_is_not_positive_is_named(name):
    with pytest.raises(ValueError, match=f"{name} must be positive, got 0. Choose"):
        the_lanting_group.make_shop(**{name: 0})


def test_only_customers_watched_long_enough_are_compared():
    orders = till(
        (1, "2024-01-01 09:00", 1.0), (1, "2024-01-01 18:00", 1.0), (1, "2024-04-10", 1.0),
        (1, "2024-04-11", 1.0), (2, "2024-12-01", 1.0),
    )  # fmt: skip
    repeats = the_lanting_group.repeats_within(orders, end="2024-12-31", days=100)
    assert repeats.to_dict() == {1: 1}


def test_the_picture_says_what_its_numbers_are(sales):
    figure = the_lanting_group.plot_records(sales, records=500, advantage=20).figure
    left = the_lanting_group.records_money(sales, records=(500,), advantages=(0.2,)).squeeze()
    assert f"left ¥{left:,.0f}." in figure.get_label()
    plt.close(figure)
