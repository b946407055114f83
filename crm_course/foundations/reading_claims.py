"""Reading claims: who measured, what copies add, what silence hides, points against per cent.

    reading_claims.sources(citations)                      follow the citations that are shown
    reading_claims.update_odds(0.3, [2, 2, 2, 2, 2])       what independent findings do to a belief
    reading_claims.manski_bounds(0.68, response_rate=0.2)  what a survey says with nothing assumed
    reading_claims.change(0.80, 0.84)                      points and per cent told apart
"""

import numpy as np
import pandas as pd
from matplotlib import pyplot as plt

from crm_course import figures, schema
from crm_course.locale import _

PRIOR = 0.30  # of claims that Lanting tried itself, the share that held (invented)
RATIO = 2.0  # a firm where the claim holds finds it twice as often as one where it does not
STAKES = {"gain": 240_000, "loss": 360_000, "trial": 40_000}  # ¥, invented
SEED = 7  # of the explorer's chain of copies


def update_odds(prior, ratios):
    """Return the probability of a claim after findings that are independent of each other.

    prior: probability before, 0 to 1; ratios: for each finding, how many times likelier it is if
    the claim holds than if it does not. Odds after = odds before times all ratios (Bayes).
    ValueError for a prior outside of 0 to 1 or a ratio that is not above 0.

    >>> round(update_odds(0.30, [2] * 5), 3), round(update_odds(0.30, [2]), 3)
    (0.932, 0.462)
    """
    from scipy.special import expit

    ratios = np.asarray(ratios, dtype=float)
    if not 0 < prior < 1:
        raise ValueError(f"prior must lie between 0 and 1, got {prior}. Give a probability.")
    if not (ratios > 0).all():
        raise ValueError(f"ratios must be above 0, got {ratios.min()}. 1 says nothing either way.")
    # The product of odds and ratios, as a sum of logarithms: thousands of documents overflow it.
    return float(expit(np.log(prior / (1 - prior)) + np.log(ratios).sum()))


def sources(citations):
    """Follow the citations that are shown, back to a document that shows none.

    citations (document_id, cites_document_id) -> document_id, source_id. Documents cite only
    earlier ones. A copy that hides where it copied looks like a source: the count is too high.
    """
    schema.require(citations, ["document_id", "cites_document_id"], name="citations")
    source = {}
    for document, cited in zip(
        citations["document_id"], citations["cites_document_id"], strict=True
    ):
        if not pd.isna(cited) and cited not in source:
            raise ValueError(
                f"citations must show a document before those that cite it, got {document} before "
                f"{cited:g}. Sort by document_id, and load all documents."
            )
        source[document] = document if pd.isna(cited) else source[int(cited)]
    return pd.DataFrame({"document_id": source.keys(), "source_id": source.values()})


def manski_bounds(share, *, response_rate):
    """Return the lowest and highest share in the population that a survey allows.

    share: of those who answered; response_rate: of those asked, who answered; both 0 to 1.
    Nothing is assumed of the silent: none of them, or all. Source: Manski (2003).

    >>> low, high = manski_bounds(0.68, response_rate=0.20)
    >>> round(low, 3), round(high, 3)
    (0.136, 0.936)
    """
    for name, value in {"share": share, "response_rate": response_rate}.items():
        if not 0 <= value <= 1:
            raise ValueError(f"{name} must lie between 0 and 1, got {value}. Write 0.2 for 20 %.")
    low = response_rate * share
    return low, low + 1 - response_rate


def change(before, after):
    """Return a change of a rate in three ways: points, per cent of it, per cent of the rest.

    before, after: rates from 0 to 1 (before neither 0 nor 1) -> Series: points,
    per_cent, per_cent_of_rest. For a retention rate the rest is churn.

    >>> change(0.80, 0.84).round(1).tolist()
    [4.0, 5.0, -20.0]
    """
    if not (0 < before < 1 and 0 <= after <= 1):
        raise ValueError(f"rates must lie between 0 and 1, got {before}, {after}. Write 0.80.")
    step = 100 * (after - before)
    return pd.Series({
        "points": step, "per_cent": step / before, "per_cent_of_rest": -step / (1 - before)
    })  # fmt: skip


def worth(belief, *, gain=STAKES["gain"], loss=STAKES["loss"], trial=STAKES["trial"]):
    """Return what each choice earns on average: nothing, act now, try first.

    belief: probability that the claim holds; gain, loss: ¥ of acting if it does, or does not;
    trial: ¥ for a trial that settles it (perfect information) -> Series in ¥.

    >>> worth(0.5).round().tolist()
    [0.0, -60000.0, 80000.0]
    """
    return pd.Series({
        "leave it": 0.0,
        "act now": belief * gain - (1 - belief) * loss,
        "try first": belief * gain - trial,
    })  # fmt: skip


def make_telephone(documents, *, measured, mutation=0.06, seed=SEED):
    """Make a chain of copies: `measured` documents measure, every other copies an earlier one.

    documents, measured: counts, measured at most documents; mutation: chance that a copy changes
    the number -> document_id, copied_from (missing if measured), root_id, quoted (times).
    The first document measures; the others that do stand at even distances behind it.
    """
    if not 1 <= measured <= documents:
        raise ValueError(f"measured must be 1 to {documents}, got {measured}. Somebody measured.")
    drawn = np.random.default_rng(seed).random((documents, 3))
    roots = {round(number * documents / measured) for number in range(measured)}
    rows = []
    for number in range(documents):
        pick, changes, value = drawn[number]
        fresh = number in roots
        parent = None if fresh else rows[int(pick * number)]
        own = float(round(5.1 + 3.9 * value, 1))
        quoted = own if fresh or changes < mutation else parent["quoted"]
        rows.append({
            "document_id": number + 1,
            "copied_from": np.nan if fresh else parent["document_id"],
            "root_id": number + 1 if fresh else parent["root_id"],
            "quoted": quoted,
        })  # fmt: skip
    return pd.DataFrame(rows)


def count_sources(citations, truth):
    """Count what stands behind a claim, by four ways of counting.

    citations, truth: the tables `citations` and `truth_citations` -> Series: documents, seeming
    sources (the end of the citations shown), first of their chain, measured.
    """
    return pd.Series({
        "documents": len(citations),
        "sources, by the citations shown": sources(citations)["source_id"].nunique(),
        "chains": truth["root_document_id"].nunique(),
        "measured": int(truth["empirical"].sum()),
    })  # fmt: skip


# --- pictures


def plot_sources(citations, truth, *, ax=None):
    """Draw every document by year on the line of its chain: citations, truth -> Axes."""
    both = citations.merge(truth, on="document_id")
    sizes = both["root_document_id"].value_counts()
    lane = both["root_document_id"].map({root: row for row, root in enumerate(sizes.index)})
    ax = figures.new_axes(ax)
    for found, colour, marker, label in (
        (False, "grey", "o", _("copied or guessed")), (True, "vermilion", "D", _("measured")),
    ):  # fmt: skip
        part = both["empirical"] == found
        look = {"s": 60, "alpha": 1} if found else {"s": 18, "alpha": 0.45}
        ax.scatter(both["year"][part], lane[part], marker=marker, label=label,
                   color=figures.PALETTE[colour], **look)  # fmt: skip
    ax.set(title=_("Documents that quote a number, by the chain they belong to"),
           xlabel=_("Year"), ylabel=_("Chain (0 is the longest)"))  # fmt: skip
    ax.legend(loc="upper left")
    words = _("{documents} documents form {chains} chains; the longest holds {longest}. "
              "{measured} documents measured.")  # fmt: skip
    return figures.say(ax, words.format(
        documents=len(both), chains=len(sizes), longest=sizes.iloc[0],
        measured=both["empirical"].sum()))  # fmt: skip


def plot_worth(*, gain=STAKES["gain"], loss=STAKES["loss"], trial=STAKES["trial"], ax=None):
    """Draw what the three choices earn for every belief; stakes in ¥ as in `worth` -> Axes."""
    beliefs = np.linspace(0, 1, 101)
    earned = [worth(belief, gain=gain, loss=loss, trial=trial) for belief in beliefs]
    table = pd.DataFrame(earned, index=beliefs)
    ax = figures.new_axes(ax)
    for (name, column), style in zip(table.items(), (":", "-", "--"), strict=True):
        ax.plot(column / 1000, style, label=_(name))
    ax.set(title=_("What three choices earn on average"),
           xlabel=_("Probability that the claim holds"), ylabel=_("¥ thousand"))  # fmt: skip
    ax.legend()
    low, high = trial / gain, 1 - trial / loss
    words = _("A trial is the best choice from {low:.2f} to {high:.2f}; below one leaves it, "
              "above one acts.") if low < high else _(
              "A trial costs too much: it is never the best choice.")  # fmt: skip
    return figures.say(ax, words.format(low=low, high=high))


def plot_telephone(documents=40, measured=1, mutation=0.06):
    """Draw a chain of copies, and the belief it earns by two ways of counting -> Axes.

    documents, measured: counts, mutation: chance that a copy changes the number. Every document
    that measured found the claim confirmed.
    """
    chain = make_telephone(documents, measured=measured, mutation=mutation)
    each, real = (update_odds(PRIOR, [RATIO] * count) for count in (documents, measured))
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.4), width_ratios=(3, 1.4))
    _draw_chain(left, chain)
    bars = right.bar([_("each\ndocument"), _("each\nmeasurement")], [each, real],
                     color=[figures.PALETTE["grey"], figures.PALETTE["blue"]])  # fmt: skip
    right.bar_label(bars, fmt="{:.2f}")
    right.axhline(PRIOR, color="black", linestyle=":", linewidth=1)
    right.set(title=_("Belief, counting"), ylim=(0, 1.1))
    best = worth(real).idxmax()
    words = _("{documents} documents, {measured} measured, {numbers} different numbers: belief "
              "{each:.2f} if each document counts, {real:.2f} if each measurement does. "
              "Best: {best}.")  # fmt: skip
    return figures.say(left, words.format(
        documents=documents, measured=measured, numbers=chain["quoted"].nunique(),
        each=each, real=real, best=_(best)))  # fmt: skip


def _draw_chain(ax, chain):
    copies = chain.dropna(subset="copied_from")
    heard = copies["copied_from"].map(chain.set_index("document_id")["quoted"])
    gap = np.full(len(copies), np.nan)  # lifts the pen between two copies
    ax.plot(np.column_stack([copies["copied_from"], copies["document_id"], gap]).ravel(),
            np.column_stack([heard, copies["quoted"], gap]).ravel(),
            color="#c8c8c8", linewidth=0.6)  # fmt: skip
    fresh = chain["copied_from"].isna()
    ax.scatter(chain["document_id"][~fresh], chain["quoted"][~fresh], s=16,
               color=figures.PALETTE["grey"], label=_("copied"))  # fmt: skip
    ax.scatter(chain["document_id"][fresh], chain["quoted"][fresh], s=60, marker="D", zorder=3,
               color=figures.PALETTE["vermilion"], label=_("measured"))  # fmt: skip
    ax.set(title=_("The telephone game"), xlabel=_("Document, in the order of writing"),
           ylabel=_("Number quoted (times)"), ylim=(4.8, 9.6))  # fmt: skip
    ax.legend(loc="upper left", ncols=2)


def explore_telephone():
    """Choose how many documents there are and how many measured, and see what to believe."""
    from crm_course import widgets

    return widgets.explore(
        plot_telephone, measured=(1, 10, 1), documents=(10, 200, 10), mutation=(0.0, 0.5, 0.02)
    )
