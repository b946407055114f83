"""Directions as bets: what they bring on average, how far that spreads, and what a bet calms."""

import numpy as np
import pandas as pd

from crm_course import schema


def bid_table(bids):
    """Return the bids with expected (¥, net) and spread (standard deviation, ¥).

    bids (chance, brings, costs): a chance of bringing a sum, else nothing; the cost is paid in
    both cases. expected = chance x brings - costs; spread = brings x sqrt(chance (1 - chance)).
    """
    schema.require(bids, ["chance", "brings", "costs"], name="bids")
    chance = bids["chance"]
    outside = chance[~chance.between(0, 1)]
    if len(outside):
        raise ValueError(f"chance must be from 0 to 1, got {outside.iloc[0]}. Write 0.15 for 15 %.")
    return bids.assign(
        expected=chance * bids["brings"] - bids["costs"],
        spread=bids["brings"] * np.sqrt(chance * (1 - chance)),
    )


def spread_with(spread, bet_spread, *, share, correlation):
    """Return the spread of a business together with a share of a bet, in their unit.

    share: of the bet, a number or an array; correlation: of what both bring, -1 to 1.

    >>> round(float(spread_with(3, 4, share=1, correlation=0)), 2)
    5.0
    """
    if not -1 <= correlation <= 1:
        raise ValueError(f"correlation must be from -1 to 1, got {correlation}. Write -0.5.")
    bet = np.asarray(share) * bet_spread
    return np.sqrt(spread**2 + bet**2 + 2 * correlation * spread * bet)


def calmest_share(spread, bet_spread, *, correlation):
    """Return the share of a bet with the smallest spread; 0 where every share adds to it.

    >>> calmest_share(100, 70, correlation=-0.35)
    0.5
    """
    return float(max(0.0, -correlation * spread / bet_spread))


def shares_table(spread, bet_spread, *, correlations=(-0.5, 0.0, 0.5), shares=None):
    """Return share -> spread of both together, one column for each correlation."""
    share = np.linspace(0, 1.5, 31) if shares is None else np.asarray(shares, dtype=float)
    columns = {each: spread_with(spread, bet_spread, share=share, correlation=each)
               for each in correlations}  # fmt: skip
    return pd.DataFrame(columns, index=pd.Index(share, name="share"))
