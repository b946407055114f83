"""A page shown by lot to the customers who agreed to be contacted; the truth has both outcomes."""

from functools import lru_cache

import numpy as np
import pandas as pd

from .customers import CONSENT
from .identities import is_chinese
from .processes import quantise, sigmoid
from .streams import Draws
from .texts import named
from .truth import satisfaction


def make_page_test(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make arm and outcome of every customer in the test, money in whole cents."""
    draws, spend, _, bought = _test(scenario, seed, block, kept)
    new = draws.uniform("arm") < scenario.page_test.share
    return _agreed(seed, block, kept, {
        "customer_id": draws.customer_id,
        "arm": named(("old", "new"), new.astype(int)),
        "earlier_spend_cents": spend,
        "bought": np.where(new, bought[1], bought[0]),
    })  # fmt: skip


def make_truth_page_test(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the chance of buying and both outcomes (one luck for both pages)."""
    draws, _, chance, bought = _test(scenario, seed, block, kept)
    return _agreed(seed, block, kept, {
        "customer_id": draws.customer_id,
        "buy_probability": chance,
        "bought_if_old": bought[0],
        "bought_if_new": bought[1],
    })  # fmt: skip


def _agreed(seed, block, kept, columns):
    consent = Draws(seed, "customers", block, kept).uniform("consent") < CONSENT
    return pd.DataFrame(columns)[consent].reset_index(drop=True)


@lru_cache(maxsize=1)
def _test(scenario, seed, block, kept):
    """Streams, spending in cents, chance of buying, and the outcomes on the old and new page.

    Kept, because two tables tell of them: do not write into them.
    """
    test, draws = scenario.page_test, Draws(seed, "page_test", block, kept)
    spend = np.rint(quantise(10_000 * np.exp(0.8 * draws.normal("earlier_spend")), 2))
    odds = test.intercept + test.spend * np.log(np.maximum(spend, 1) / 10_000)
    odds = odds + test.satisfaction * satisfaction(seed, block, kept)
    chance = quantise(sigmoid(odds), 6)
    chinese = is_chinese(Draws(seed, "customers", block, kept), scenario.locale)
    adds = np.where(chinese, test.adds_zh_cn, test.adds_en_us)
    luck = draws.uniform("bought")
    bought = luck < chance, luck < quantise(chance + adds, 6)
    return draws, spend.astype("int64"), chance, bought


MAKERS = {"page_test": make_page_test, "truth_page_test": make_truth_page_test}
