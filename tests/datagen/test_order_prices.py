"""List price less discount is the amount; discounts and returns come as often as declared."""

import numpy as np
import pytest
from scipy import stats


@pytest.fixture
def prices(world):
    return world("order_prices").merge(world("orders"))


def test_list_price_less_discount_is_the_amount_of_the_order(world, prices):
    assert len(prices) == len(world("order_prices")) == len(world("orders"))
    paid = prices["list_price"] - prices["discount"]
    assert (100 * (paid - prices["amount"])).round().eq(0).all()


def test_discounts_are_given_as_often_and_as_high_as_declared(prices, within):
    dear = prices[prices["list_price"] > 20]  # of less, whole cents are no exact share
    november = dear["ordered_at"].dt.month == 11
    within(dear.loc[november, "discount"] > 0, 0.85)
    within(dear.loc[~november, "discount"] > 0, 0.35)
    given = dear.query("discount > 0")
    percent = (100 * given["discount"] / given["list_price"]).round()
    assert set(percent) == {5, 10, 15, 20}
    within(percent, 12.5)


def test_whoever_orders_often_sends_more_back(world):
    truth = world("truth_orders")
    chance = truth["return_probability"]
    beta, low = stats.beta(0.4, 3.6), 1e-5  # nearer to nought six decimals are too few
    above = chance[chance > low]
    assert stats.kstest(above, lambda x: 1 - beta.sf(x) / beta.sf(low)).pvalue > 0.001
    rank = stats.spearmanr(truth["purchase_rate"], chance).statistic
    assert rank == pytest.approx(6 / np.pi * np.arcsin(0.6 / 2), abs=0.03)


def test_the_null_world_does_not_link_the_two(null_world):
    truth = null_world("truth_orders")
    rank = stats.spearmanr(truth["purchase_rate"], truth["return_probability"]).statistic
    assert abs(rank) < 4 / len(truth) ** 0.5


def test_an_order_is_sent_back_by_the_chance_of_its_customer(world, prices, within):
    back = prices["refund"] > 0
    assert (prices["refund"] == prices["amount"].where(back, 0)).all()
    of = world("truth_orders").set_index("customer_id")["return_probability"]
    chance = prices["customer_id"].map(of)
    for fifth in range(5):
        within((back - chance)[chance.rank(pct=True).between(fifth / 5, (fifth + 1) / 5)], 0)
    within((back - chance)[prices["discount"] > 0], 0)  # a discount does not come back oftener


def test_freight_is_paid_once_or_there_and_back(prices):
    back = prices["refund"] > 0
    assert set(prices.loc[~back, "freight"]) == {6, 9, 15, 60}
    assert (prices["freight"] == prices["amount"].map(by_price) * (1 + back)).all()


def by_price(amount):
    return next(freight for low, freight in ((800, 60), (350, 15), (150, 9), (0, 6))
                if amount >= low)  # fmt: skip


def test_two_pieces_are_ordered_of_what_is_cheap(prices, within):
    assert set(prices["quantity"]) == {1, 2}
    for low, high, two in ((0, 150, 0.15), (150, 350, 0.10), (350, 800, 0.02)):
        band = prices["amount"].between(low, high, inclusive="left")
        within(prices.loc[band, "quantity"] - 1, two)
    assert (prices.query("amount >= 800")["quantity"] == 1).all()
