"""A league table that knows the territory and the rival."""

import pandas as pd

from crm_course import schema


def fair_rates(deals):
    """Return each seller's win rate, as it is and as it would be on equal ground.

    deals (rep_id, territory, competitor, closed_on, won) -> rep_id, decided, rate, fair,
    standard_error. fair: a least-squares fit of won on seller, territory and rival, read at the
    average of all territories and rivals. It can tell a seller from a territory only because some
    deals are worked by sellers from elsewhere; where nobody leaves home it cannot.
    """
    import statsmodels.api as sm

    columns = ["rep_id", "territory", "competitor", "closed_on", "won"]
    schema.require(deals, columns, name="deals")
    decided = deals.dropna(subset="closed_on")
    sellers = pd.get_dummies(decided["rep_id"], dtype=float)
    ground = pd.concat(
        [pd.get_dummies(decided["territory"], dtype=float).iloc[:, 1:],
         pd.get_dummies(decided["competitor"].fillna("nobody"), dtype=float).iloc[:, 1:]],
        axis=1,
    )  # fmt: skip
    design = pd.concat([sellers, ground - ground.mean()], axis=1)
    fit = sm.OLS(decided["won"].astype(float), design).fit(cov_type="HC1")
    counted = decided.groupby("rep_id")["won"].agg(decided="size", rate="mean")
    return counted.assign(
        fair=fit.params[sellers.columns], standard_error=fit.bse[sellers.columns]
    ).reset_index()
