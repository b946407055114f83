"""The sales pipeline: forecasts, champions, funnels, prices, lost deals.

forecasting   what a record says about the next quarter, and what a seller is worth
funnel        stages, velocity, the weighted pipeline
pricing       from list to pocket price, double coverage, what a change of price needs
losses        to whom and why deals are lost; the seven problems in numbers
fairness      a league table that knows the territory
pictures      what they look like
"""

from .fairness import fair_rates
from .forecasting import (
    ALIKE,
    LEFT,
    OWN,
    SEARCH,
    WEIGHT,
    champions,
    forecast_misses,
    quarterly,
    records,
    shrunken_rate,
    worth_of_staying,
)
from .funnel import (
    funnel_wins,
    open_on,
    sales_velocity,
    stage_chances,
    stage_conversion,
    weighted_pipeline,
)
from .losses import rivals, seven_measures, unmask
from .pictures import explore_forecast, plot_champions, plot_misses, plot_waterfall
from .pricing import (
    break_even_loss,
    discount_effect,
    double_coverage,
    double_quotes,
    price_waterfall,
)

__all__ = [
    "ALIKE", "LEFT", "OWN", "SEARCH", "WEIGHT",
    "break_even_loss", "champions", "discount_effect", "double_coverage", "double_quotes",
    "explore_forecast", "fair_rates", "forecast_misses", "funnel_wins", "open_on",
    "plot_champions", "plot_misses", "plot_waterfall", "price_waterfall", "quarterly",
    "records", "rivals", "sales_velocity", "seven_measures", "shrunken_rate", "stage_chances",
    "stage_conversion", "unmask", "weighted_pipeline", "worth_of_staying",
]  # fmt: skip
