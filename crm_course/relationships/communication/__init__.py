"""Communication: what a call says about its caller, and whether it pays to speak in a style.

listening   from signs to the probability of a style; how far two listeners agree
pitches     what a right and a wrong style sell, policies side by side, the sizes of trials
words       levels, relationships, facts and opinions, benefits, the four styles
pictures    what they look like
"""

from .listening import (
    CALLERS,
    NONE,
    cohen_kappa,
    listen,
    posterior,
    sign_chances,
    style_probabilities,
    two_signs,
)
from .pictures import explore_listening, plot_asking, plot_certainty, plot_listening
from .pitches import (
    CALLS,
    MARGIN,
    QUESTION,
    SEMINAR,
    asking_needs,
    asking_value,
    break_even_accuracy,
    calls_per_arm,
    listening_value,
    matching_value,
    policy_table,
    yearly_money,
)
from .words import (
    benefit_sentence,
    benefits,
    home_buyers,
    levels,
    relationships,
    selling_points,
    statements,
    styles,
    traits,
)

__all__ = [
    "CALLERS", "CALLS", "MARGIN", "NONE", "QUESTION", "SEMINAR", "asking_needs", "asking_value",
    "benefit_sentence", "benefits", "break_even_accuracy", "calls_per_arm", "cohen_kappa",
    "explore_listening", "home_buyers", "levels", "listen", "listening_value", "matching_value",
    "plot_asking", "plot_certainty", "plot_listening", "policy_table", "posterior",
    "relationships", "selling_points", "sign_chances", "statements", "style_probabilities",
    "styles", "traits", "two_signs", "yearly_money",
]  # fmt: skip
