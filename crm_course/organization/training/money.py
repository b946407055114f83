"""What a course is worth: how long it lasts, what a point brings, whom to send."""

import numpy as np
import pandas as pd

from crm_course import schema

from .trial import fit_effect, four_levels

HOURS, HOUR = 16, 80.0  # of the course; ¥ an hour: 30 for room and trainer, 50 for work not done
MONTHS = 12  # in which a course has to earn its price
EVERYBODY = 1.0  # the least support there is


def return_on_investment(benefit, cost):
    """Return (benefit - cost) / cost, as a share (Phillips).

    >>> return_on_investment(360, 150)
    1.4
    """
    if not np.all(np.asarray(cost) > 0):
        raise ValueError(f"cost must be above 0, got {cost}. What costs nothing has no return.")
    return (benefit - cost) / cost


def lasting_months(kept, *, months=MONTHS):
    """Return what a course is worth in a year, in months of its first month.

    kept: share of the effect that is left after three months, 0 to 1, and again after each
    further three; months: that are counted -> 1 + kept^(1/3) + kept^(2/3) + ...

    >>> lasting_months(1.0), round(lasting_months(0.6), 2)
    (12.0, 5.56)
    """
    if not 0 <= kept <= 1:
        raise ValueError(f"kept must be a share from 0 to 1, got {kept}. Write 0.7 for 70 %.")
    return float(np.sum(float(kept) ** (np.arange(months) / 3)))


def worth_of_a_point(trial):
    """Return the ¥ a month that go with a point of behaviour among the untrained.

    trial (arm, behaviour, result): the slope of a straight line through those without the course.
    """
    schema.require(trial, ["arm", "behaviour", "result"], name="trial")
    seen = trial[trial["arm"] == "control"].dropna(subset=["behaviour", "result"])
    return float(np.polyfit(seen["behaviour"], seen["result"].astype(float), 1)[0])


def support_plans(trial, *, kept=None, hour=HOUR, hours=HOURS, step=0.2):
    """Send everybody who has at least so much support: what does each plan earn in a year?

    trial: as of `four_levels`, with supervisor_support. kept: share left after three months (None:
    that of the test); hour: ¥ an hour; hours: of the course; step: of support
    -> least_support, sent (people), liked (mean mark of those among them who were in the course),
    effect (mean points), brings, costs, earns (¥ in twelve months). What a course adds goes by
    `fit_effect`, a point by `worth_of_a_point`. All who are sent are paid for; who leaves before
    the end brings nothing.
    """
    line, of_a_point = fit_effect(trial), _year_of_a_point(trial, kept)
    support = trial["supervisor_support"]
    rows = []
    for least in np.arange(EVERYBODY, support.max() + 1e-9, step).round(2):
        sent = support >= least - 1e-9
        effect = float(line.effect(support[sent]).mean())
        brings = sent.sum() * effect * of_a_point
        liked = trial.loc[sent, "reaction_affective"].mean()
        rows.append((least, int(sent.sum()), liked, effect, brings, sent.sum() * hour * hours))
    columns = ["least_support", "sent", "liked", "effect", "brings", "costs"]
    table = pd.DataFrame(rows, columns=columns)
    return table.assign(earns=table["brings"] - table["costs"])


def whom_to_send(trial, *, least=3.0, **terms):
    """Return three policies in money: nobody, everybody, those with at least so much support.

    trial, terms: as of `support_plans`; least: one of its steps -> policy; sent, effect, brings,
    costs, earns, roi.
    """
    plans = support_plans(trial, **terms).set_index("least_support")
    if least not in plans.index:
        raise ValueError(f"least must be one of {plans.index.tolist()}, got {least}. Choose one.")
    chosen = plans.loc[[EVERYBODY, least]].drop(columns="liked")
    chosen.index = _policies(least)
    nobody = pd.DataFrame(0.0, index=["nobody"], columns=chosen.columns)
    table = pd.concat([nobody, chosen]).rename_axis("policy").astype({"sent": int})
    table["roi"] = np.nan
    table.loc[chosen.index, "roi"] = return_on_investment(chosen["brings"], chosen["costs"])
    return table


def bootstrap_plans(trial, *, least=3.0, hour=HOUR, hours=HOURS, draws=100, seed=54):
    """How much of what two policies earn is luck? Draw the teams of either arm again and again.

    trial, hour, hours: as of `support_plans`; least: support from which on the second policy
    sends. In each of so many draws as many teams as there were are drawn with return, every
    estimate is made anew, and the same people are sent -> policy; standard_error (¥ in twelve
    months), loses (share of the draws). Source: Efron's bootstrap, by teams.
    """
    luck = np.random.default_rng(seed)
    trial = trial.reset_index(drop=True)  # rows are drawn by their place
    support = trial["supervisor_support"]
    sent = [support[support >= border - 1e-9] for border in (EVERYBODY, least)]
    arms = [[rows.to_numpy() for rows in arm.groupby("team").groups.values()]
            for _name, arm in trial.groupby("arm")]  # fmt: skip
    earned = np.empty((draws, len(sent)))
    for draw in earned:
        picked = [arm[i] for arm in arms for i in luck.integers(len(arm), size=len(arm))]
        again = trial.loc[np.concatenate(picked)]
        line, of_a_point = fit_effect(again), _year_of_a_point(again)
        draw[:] = [(line.effect(who) * of_a_point - hour * hours).sum() for who in sent]
    return pd.DataFrame(
        {"standard_error": earned.std(axis=0, ddof=1), "loses": (earned < 0).mean(axis=0)},
        index=_policies(least),
    )


def _policies(least):
    names = ["everybody", f"support {least:.1f} and more"]
    return pd.Index(names, name="policy")


def _year_of_a_point(trial, kept=None):
    """The ¥ that a point brings in a year from each who is sent; who leaves brings nothing."""
    months = lasting_months(_kept(trial) if kept is None else kept)
    stay = trial["behaviour"].notna().mean()
    return stay * worth_of_a_point(trial) * months


def _kept(trial):
    """Share of what the course added to the test that is left after three months."""
    effect = four_levels(trial)["effect"]
    return float(np.clip(effect["kept"] / effect["learned"], 0, 1))
