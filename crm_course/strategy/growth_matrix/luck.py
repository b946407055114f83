"""How far a mix or a policy is off by the luck of the trial from whose groups it is added up."""

import numpy as np

from .mixing import NOTHING, SET_UP, club_rates, growing_error, mix_table, policy_money


def mix_errors(trial):
    """Return mix -> standard error of its net, ¥ a member.

    The luck of all the groups from which a mix is added up is in it; that of the margin, small
    beside it, is left out.
    """
    return _errors(trial, lambda rates: mix_table(rates)["net"])


def policy_errors(trial, *, chance=1.0):
    """Return four policies -> standard error of what `policy_money` says of them, ¥ a member."""
    return _errors(trial, lambda rates: policy_money(rates, chance=chance))


def _errors(trial, money, *, step=1e-5):
    """Standard errors of money(rates): by how much a group moves it, times the group's luck.

    stay and friends enter by their sum alone, so that one step serves for both.
    """
    rates, luck = club_rates(trial), growing_error(trial)
    middle, squares = money(rates), 0.0
    for group in (NOTHING, *SET_UP):
        moved = rates.copy()
        moved.loc[group, "friends"] += step
        squares += ((money(moved) - middle) / step * luck[group]) ** 2
    return np.sqrt(squares)
