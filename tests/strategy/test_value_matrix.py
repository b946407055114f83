import numpy as np
import pandas as pd
import pytest

from crm_course import datasets, figures
from crm_course.strategy import value_matrix as vm

# The brief's five customers: margin, retention, better margin, better retention, CV, potential.
FIVE = [
    (40, 0.60, 45, 0.65, 45.68, 14.63),
    (60, 0.60, 180, 0.85, 68.52, 374.87),
    (400, 0.85, 410, 0.86, 985.31, 54.71),
    (380, 0.85, 520, 0.92, 936.05, 634.07),
    (150, 0.75, 155, 0.75, 274.07, 9.14),
]
TEN = [50, 30, 20, 15, 10, 8, 7, 5, 3, 2]
DECILES = [9.6, 4.8, 2.7, 1.5, 0.7, 0.2, -0.3, -1.1, -2.4, -5.7]


@pytest.fixture(scope="module")
def portfolio():
    return datasets.load("portfolio")


@pytest.fixture(scope="module")
def truth():
    return datasets.load("truth_portfolio", truth=True)


@pytest.fixture(scope="module")
def board(portfolio):
    return vm.portfolio_board(portfolio)


@pytest.mark.parametrize(("m", "r", "better_m", "better_r", "value", "potential"), FIVE)
def test_value_and_potential_of_five_customers(m, r, better_m, better_r, value, potential):
    assert vm.current_value(m, r) == pytest.approx(value, abs=0.005)
    assert vm.growth_potential(m, r, better_m, better_r) == pytest.approx(potential, abs=0.005)


def test_current_value_is_a_geometric_series():
    q = 0.8 / 1.1
    assert vm.current_value(1, 0.8) == pytest.approx(q * (1 - q**5) / (1 - q))


def test_a_treatment_that_changes_nothing_has_no_potential():
    assert vm.growth_potential(100, 0.8, 100, 0.8) == 0


def test_the_truth_of_the_generator_is_the_same_sum(truth):
    ours = vm.current_value(truth["extra_profit"], truth["retention_probability"])
    np.testing.assert_allclose(ours, truth["potential"], atol=0.03)


def test_retention_in_per_cent_is_refused():
    with pytest.raises(ValueError, match="retention_rate must lie between 0 and 1, got 75"):
        vm.current_value(100, 75)


def test_no_years_are_refused():
    with pytest.raises(ValueError, match="years at least 1"):
        vm.current_value(100, 0.75, years=0)


def test_the_trial_finds_what_a_manager_adds(portfolio, truth):
    table = vm.extra_by_wallet(portfolio)
    true = truth["extra_profit"].groupby(vm.wallet_band(portfolio["wallet_share"])).mean()
    off = (table.set_index("wallet")["extra"] - true) / table.set_index("wallet")["standard_error"]
    assert off.abs().max() < 4


def test_a_table_without_the_coin_is_named(portfolio):
    with pytest.raises(ValueError, match=r"portfolio lacks the column\(s\) managed"):
        vm.extra_by_wallet(portfolio.drop(columns="managed"))


def test_the_portfolio_is_left_as_it_was(portfolio):
    before = portfolio.copy()
    vm.portfolio_board(portfolio)
    pd.testing.assert_frame_equal(portfolio, before)


def test_five_customers_fall_into_their_types():
    board = pd.DataFrame(
        [(n, value, potential) for n, (*_, value, potential) in enumerate(FIVE)],
        columns=["customer_id", "current_value", "growth_potential"],
    )
    typed = vm.value_matrix(board, value_threshold=300, potential_threshold=200)
    assert typed["type"].tolist() == ["I", "II", "III", "IV", "I"]


def test_a_value_on_the_threshold_is_high():
    board = pd.DataFrame({"customer_id": [1], "current_value": [300.0], "growth_potential": [100]})
    assert vm.value_matrix(board)["type"].item() == "IV"


def test_the_most_valuable_are_not_those_with_most_to_gain(board, truth):
    money = vm.places_money(board, truth["potential"])["result"]
    assert money["current_value"] < 0 < money["growth_potential"]


def test_with_a_place_for_everybody_the_lists_are_one(board, truth):
    added = vm.places_money(board, truth["potential"], places=8000)["added"]
    assert added["current_value"] == pytest.approx(truth["potential"].mean())
    assert added["growth_potential"] == pytest.approx(added["current_value"])


def test_the_best_are_as_many_as_places_also_with_ties():
    assert vm.best(pd.Series([5, 5, 5, 1]), 2).tolist() == [True, True, False, False]


def test_ten_firms_of_the_textbook():
    assert vm.top_share(TEN) == pytest.approx(0.533, abs=5e-4)
    assert vm.gini(TEN) == pytest.approx(0.4813, abs=5e-5)


def test_gini_is_half_the_mean_difference():
    values = np.random.default_rng(1).gamma(1, 1, 200)
    difference = np.abs(values[:, None] - values).mean() / (2 * values.mean())
    assert vm.gini(values) == pytest.approx(difference)


def test_equal_values_have_no_inequality():
    assert vm.gini([3, 3, 3]) == pytest.approx(0)


def test_gini_of_losses_is_refused():
    with pytest.raises(ValueError, match="values must not be negative, got -5.7. Use whale_curve"):
        vm.gini(DECILES)


@pytest.mark.parametrize("values", [[], [1, np.nan], [-1, 1]])
def test_shares_of_nothing_are_refused(values):
    with pytest.raises(ValueError, match="values must be numbers with a total above 0"):
        vm.top_share(values)


def test_a_share_in_per_cent_is_refused():
    with pytest.raises(ValueError, match="share must be above 0 and at most 1, got 20"):
        vm.top_share(TEN, 20)


def test_the_deciles_of_a_bank_rise_to_195_per_cent():
    curve = vm.whale_curve(DECILES)
    assert curve["profit"].max() == pytest.approx(1.95)
    assert curve["profit"].iloc[-1] == pytest.approx(1)
    assert vm.top_share(DECILES) == pytest.approx(1.44)


def test_the_best_fifth_of_two_is_one():
    assert vm.top_share([5, 3]) == 5 / 8


def test_without_a_loss_nobody_takes_anything_back():
    said = figures.sentence(vm.plot_whale([1, 2, 3]).figure)
    assert said == "The best fifth make 50% of the profit; nobody makes a loss."


@pytest.mark.parametrize("share", [0, 101, np.nan])
def test_a_share_of_wallet_outside_its_bands_is_refused(share):
    with pytest.raises(ValueError, match="wallet_share must be above 0 and at most 100, got"):
        vm.wallet_band(pd.Series([50, share]))


def test_a_band_in_which_all_are_managed_is_named(portfolio):
    everybody = portfolio.assign(managed=portfolio["managed"] | (portfolio["wallet_share"] > 80))
    for trial in (everybody, portfolio.assign(managed=True)):
        with pytest.raises(ValueError, match=r"with and without a manager, got \[.*'80-100'\]"):
            vm.portfolio_board(trial)


@pytest.mark.parametrize("places", [0, 11])
def test_more_places_than_customers_are_refused(board, truth, places):
    with pytest.raises(ValueError, match="places must be 1 to 10, the customers of the board"):
        vm.places_money(board.head(10), truth["potential"].head(10), places=places)


def test_deciles_hold_everybody_once(portfolio):
    table = vm.decile_table(portfolio["profit"])
    assert table["customers"].tolist() == [800] * 10
    assert table["total"].sum() == pytest.approx(portfolio["profit"].sum())
    assert table["cumulative"].iloc[-1] == pytest.approx(1)


def test_the_most_valuable_stop_paying_before_the_others(board, truth):
    explorer = vm.explore_places(board, truth["potential"])
    assert "most valuable they earn" in explorer.move(price=90)
    assert "most valuable they lose" in explorer.move(price=100)
    assert "most to gain they earn" in explorer.move(price=150)


def test_a_lorenz_curve_of_equals_is_the_diagonal():
    curve, _diagonal = vm.plot_lorenz({"alike": np.full(50, 3.0)}).get_lines()
    np.testing.assert_allclose(curve.get_xdata(), curve.get_ydata())


def test_twice_the_area_under_the_diagonal_is_the_gini(portfolio):
    curve = vm.plot_lorenz({"revenue": portfolio["revenue"]}).get_lines()[0]
    below = 1 - 2 * np.trapezoid(curve.get_ydata(), curve.get_xdata()) / 1e4
    assert below == pytest.approx(vm.gini(portfolio["revenue"]), abs=1e-3)


ORDERS = pd.DataFrame({"order_id": [1, 2, 3], "customer_id": [7, 7, 8]})
PRICES = pd.DataFrame({
    "order_id": [3, 1, 2], "list_price": [500.0, 100.0, 200.0], "discount": [100.0, 0.0, 20.0],
    "freight": [15.0, 6.0, 18.0], "refund": [0.0, 0.0, 180.0],
})  # fmt: skip


def test_what_is_left_of_three_orders():
    left = vm.order_profit(ORDERS, PRICES).set_index("customer_id")
    assert left.loc[7].tolist() == pytest.approx([2, 280, 180, 100 - 6 - 55 - 18 - 20])
    assert left.loc[8].tolist() == pytest.approx([1, 400, 0, 400 - 15 - 275])


def test_without_discount_freight_and_returns_a_fixed_share_is_left():
    plain = PRICES.assign(discount=0.0, freight=0.0, refund=0.0)
    left = vm.order_profit(ORDERS, plain, goods=0.7)
    assert (left["profit"] / left["paid"]).tolist() == pytest.approx([0.3, 0.3])


def test_what_was_paid_at_home_is_what_the_orders_say():
    orders = datasets.load("orders")
    home = vm.order_profit(orders, datasets.load("order_prices"))
    assert home["paid"].tolist() == pytest.approx(orders.groupby("customer_id")["amount"].sum())


def test_of_what_came_back_in_part_a_part_is_lost():
    part = PRICES.assign(refund=[100.0, 0.0, 0.0])  # a quarter of order 3
    left = vm.order_profit(ORDERS, part).set_index("customer_id")["profit"]
    assert left[8] == pytest.approx(400 - 100 - 15 - 500 * (0.75 * 0.55 + 0.25 * 0.10))


@pytest.mark.parametrize(
    "orders, prices, words",
    [
        (ORDERS, pd.concat([PRICES, PRICES]), "order_prices must have one row .* of order 3"),
        (pd.concat([ORDERS, ORDERS]), PRICES, "orders must have one row .* of order 1"),
        (ORDERS, PRICES[:1], "got none for 2 of them, such as order 1. Leave"),
        (ORDERS, PRICES.drop(columns="freight"), r"order_prices lacks the column\(s\) freight"),
    ],
)
def test_orders_without_one_price_each_are_named(orders, prices, words):
    with pytest.raises(ValueError, match=words):
        vm.order_profit(orders, prices)


@pytest.mark.parametrize("share", ["goods", "wear"])
def test_a_cost_in_per_cent_is_refused(share):
    with pytest.raises(ValueError, match=f"{share} must lie between 0 and 1, got 55. Write 0.55"):
        vm.order_profit(ORDERS, PRICES, **{share: 55})
