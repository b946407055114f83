"""Culture: whether it moves customers, how far a survey sees it, and what a poster may promise.

slopes     branch against branch, a branch against itself, the way through the climate, the arrow
survey     what twelve questions to twenty colleagues know about a branch
promises   a poster and what is done about it; a lead and how long it lasts; core competence
pictures   what they look like
"""

from .pictures import explore_worlds, plot_designs, plot_lead, plot_slopes, plot_world
from .promises import competences, lead_over_time, poster_effect, promise_kept, vrio
from .slopes import (
    Mediation,
    Slopes,
    bootstrap_indirect,
    branch_panel,
    cross_lagged,
    fit_mediation,
    fit_slopes,
    sobel,
    world,
)
from .survey import (
    ITEMS,
    QUESTIONS,
    cronbach_alpha,
    designs,
    disattenuated,
    icc,
    intraclass,
    spearman_brown,
)

__all__ = [
    "ITEMS", "QUESTIONS", "Mediation", "Slopes", "bootstrap_indirect", "branch_panel",
    "competences", "cronbach_alpha", "cross_lagged", "designs", "disattenuated",
    "explore_worlds", "fit_mediation", "fit_slopes", "icc", "intraclass", "lead_over_time",
    "plot_designs", "plot_lead", "plot_slopes", "plot_world", "poster_effect", "promise_kept",
    "sobel", "spearman_brown", "vrio", "world",
]  # fmt: skip
