"""The four ends of a problem, and the desk that decides between three of them.

The tree of outcomes follows the tables of TARP (Goodman): silent, or told and then unresolved,
resolved or resolved quickly. That a busy desk answers fewer complaints quickly is a model.
"""

import numpy as np
import pandas as pd

from crm_course import schema

OUTCOMES = ("silent", "unresolved", "resolved", "quick")
PEOPLE = 10  # at the desk today
CASES = 62  # complaints that one of them closes while customers have 1,000 problems


def with_outcome(problems: pd.DataFrame, complaints: pd.DataFrame) -> pd.DataFrame:
    """Return the problems with how each one ended.

    problems (problem_id, ...), complaints (problem_id, outcome) -> the problems with a column
    outcome: silent where there is no complaint

    >>> problems = pd.DataFrame({"problem_id": [1, 2]})
    >>> told = pd.DataFrame({"problem_id": [2], "outcome": ["quick"]})
    >>> with_outcome(problems, told)["outcome"].to_list()
    ['silent', 'quick']
    """
    schema.require(problems, ["problem_id"], name="problems")
    schema.require(complaints, ["problem_id", "outcome"], name="complaints")
    schema.require_unique(complaints, "problem_id", name="complaints")
    unknown = complaints.loc[~complaints["outcome"].isin(OUTCOMES), "outcome"]
    if len(unknown):
        raise ValueError(
            f"complaints['outcome'] must be one of {', '.join(OUTCOMES)}, got {unknown.iloc[0]!r}. "
            "Rename yours."
        )
    told = complaints.set_index("problem_id")["outcome"].astype(object)
    ended = problems["problem_id"].map(told).fillna("silent")
    return problems.assign(outcome=pd.Categorical(ended, categories=OUTCOMES))


def complaint_outcomes(problems: pd.DataFrame, complaints: pd.DataFrame) -> pd.DataFrame:
    """Count how problems end, and how often the customer buys again after each end.

    problems (problem_id, rebuy_90d), complaints (problem_id, outcome)
    -> outcome, problems (a count), share (of all problems), rebuy_rate (NaN where nobody)
    Source: the table of Goodman (TARP). Those who complain choose to: no causal effects.

    >>> problems = pd.DataFrame({"problem_id": [1, 2], "rebuy_90d": [False, True]})
    >>> told = pd.DataFrame({"problem_id": [2], "outcome": ["quick"]})
    >>> complaint_outcomes(problems, told).iloc[[0, 3]]
      outcome  problems  share  rebuy_rate
    0  silent         1    0.5         0.0
    3   quick         1    0.5         1.0
    """
    schema.require(problems, ["rebuy_90d"], name="problems")
    ends = with_outcome(problems, complaints).groupby("outcome", observed=False)["rebuy_90d"]
    table = ends.agg(problems="size", rebuy_rate="mean").reset_index()
    table.insert(2, "share", table["problems"] / len(problems))
    return table.astype({"outcome": str})


def outcomes_for_everybody(truth: pd.DataFrame) -> pd.DataFrame:
    """Return how often all customers would buy again after each end, also the ones they never met.

    truth (rebuy_unresolved, rebuy_resolved, rebuy_quick) of the invented world, a row for each
    problem -> outcome, rebuy_rate. Silence counts as unresolved: there nothing is done in either.

    >>> would = {"rebuy_unresolved": [False], "rebuy_resolved": [True], "rebuy_quick": [True]}
    >>> outcomes_for_everybody(pd.DataFrame(would))["rebuy_rate"].to_list()
    [0.0, 0.0, 1.0, 1.0]
    """
    met = [f"rebuy_{outcome}" for outcome in OUTCOMES[1:]]
    schema.require(truth, met, name="truth")
    rates = truth[[met[0], *met]].mean().to_numpy()
    return pd.DataFrame({"outcome": OUTCOMES, "rebuy_rate": rates})


def answer_shares(voiced: float, *, people: float = PEOPLE) -> pd.Series:
    """Return what a desk makes of its complaints: the shares unresolved, resolved and quick.

    voiced: share of the problems that are complained about, 0 to 1; people at the desk, each of
    whom closes CASES complaints while customers have 1,000 problems. A rule of thumb, as if the
    desk were one clerk, fitted to two desks and not tested: a complaint that finds the desk free
    is answered quickly; of the others half are resolved, late, and half never. A desk with more
    work than it can do answers none quickly, and what exceeds it stays unresolved.

    >>> answer_shares(0.31).to_dict()
    {'unresolved': 0.25, 'resolved': 0.25, 'quick': 0.5}
    """
    if not 0 <= voiced <= 1:
        raise ValueError(f"voiced must be a share from 0 to 1, got {voiced}. Divide by 100?")
    if not people > 0:
        raise ValueError(f"people must be more than 0, got {people}. Put somebody at the desk.")
    load = 1000 * voiced / (CASES * people)
    quick = max(0.0, 1 - load)
    resolved = (1 - quick) / 2 / max(1.0, load)
    return pd.Series({"unresolved": 1 - quick - resolved, "resolved": resolved, "quick": quick})


def rebuy_rate(outcomes: pd.DataFrame, voiced: float, *, people: float = PEOPLE) -> float:
    """Return the share of problems after which the customer buys again: the tree, with its desk.

    outcomes (outcome, rebuy_rate) of `complaint_outcomes`; voiced: share of problems that are
    complained about; people at the desk. The rates of the four ends are taken as they are.

    >>> rates = {"outcome": OUTCOMES, "rebuy_rate": [0.2, 0.2, 0.4, 0.8]}
    >>> rebuy_rate(pd.DataFrame(rates), 0.31).round(4)
    np.float64(0.3085)
    """
    schema.require(outcomes, ["outcome", "rebuy_rate"], name="outcomes")
    rates = outcomes.set_index("outcome")["rebuy_rate"]
    told = (answer_shares(voiced, people=people) * rates[list(OUTCOMES[1:])]).sum()
    return (1 - voiced) * rates["silent"] + voiced * told


def policy_money(
    outcomes: pd.DataFrame,
    *,
    not_asked: float,
    asked: float,
    people=range(PEOPLE, 25, 2),
    worth: float = 500.0,
    wage: float = 1500.0,
    text: float = 1.0,
) -> pd.DataFrame:
    """Return what a policy earns on 1,000 problems, compared with today's desk and no question.

    outcomes (outcome, rebuy_rate); not_asked, asked: share of problems complained about without and
    with a question to everybody; worth: ¥ of a customer who buys again; wage: ¥ for one person at
    the desk; text: ¥ for one question -> index people; not asked, asked in ¥
    """
    now = rebuy_rate(outcomes, not_asked)

    def earned(voiced, count, texts):
        more = rebuy_rate(outcomes, voiced, people=count) - now
        return 1000 * (worth * more - texts * text) - wage * (count - PEOPLE)

    rows = {count: (earned(not_asked, count, 0), earned(asked, count, 1)) for count in people}
    index = pd.Index(list(rows), name="people")
    return pd.DataFrame(np.array(list(rows.values())), index=index, columns=["not asked", "asked"])
