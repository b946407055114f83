"""Which customers are alike, and which of these groups deserves an offer.

    segmentation.rfm_scores(orders, as_of="2025-06-30")        marks for days, purchases, spending
    segmentation.bases(customers, orders, survey, as_of=...)   eight ways of sorting customers
    segmentation.group_table(margin, groups)                   fit, value, and what an offer leaves
    segmentation.promise_and_pay(margin, groups)               chosen on some, paid on the others
    segmentation.pairs_kept(first, second)                     two sortings of the same people
"""

import numpy as np
import pandas as pd

from crm_course import figures, order_book, schema
from crm_course.locale import _

COST, SHARE = 40.0, 0.30  # ¥ of a check-up at home; margin as a share of an order; both invented
LOTS, STARTS, SEED = 100, 40, 31
NEED = "a call one week after the repair"  # a feature of the Kano survey


def rfm_scores(orders, *, as_of, bins=5):
    """Give each customer marks from 1 (lowest) to bins for recency, frequency and spending.

    orders (customer_id, ordered_at, amount); as_of: the last day that counts -> customer_id,
    days_since_last (as_of less the last purchase: not the `recency` of rfm_summary, which is the
    age at it), purchases (days with an order, the first one too), total_spend (¥), r, f, m.
    score = ((rank - 1) * bins // n) + 1, so that all marks are given equally often; the customer
    of longest ago ranks first in r. Equal customers are ranked by id, the smaller one first.

    >>> orders = pd.DataFrame({"customer_id": [7, 8, 8], "amount": [5.0, 1.5, 3.0],
    ...     "ordered_at": pd.to_datetime(["2025-01-01", "2025-01-08", "2025-01-22"])})
    >>> rfm_scores(orders, as_of="2025-01-31", bins=2)[["days_since_last", "r", "f", "m"]].values
    array([[30,  1,  1,  2],
           [ 9,  2,  2,  1]])
    """
    if not isinstance(bins, int | np.integer) or bins < 1:
        raise ValueError(f"bins must be a whole number from 1 up, got {bins!r}. Write bins=5.")
    orders, end = order_book.observed(orders, ["amount"], as_of, name="as_of", needed=True)
    customer, ids = orders["customer_id"].factorize(sort=True)
    day = orders["ordered_at"].to_numpy().astype("datetime64[D]").astype("int64")
    days = order_book.distinct(customer, day).groupby("customer")["period"]
    days = days.agg(["max", "size"]).reset_index(drop=True)
    table = pd.DataFrame({
        "customer_id": ids,
        "days_since_last": end.to_period("D").ordinal - days["max"],
        "purchases": days["size"],
        "total_spend": np.bincount(customer, order_book.cents(orders["amount"])) / 100,
    })  # fmt: skip
    marked = {"r": -table["days_since_last"], "f": table["purchases"], "m": table["total_spend"]}
    return table.assign(**{name: marks(values, bins) for name, values in marked.items()})


def marks(values, bins=5):
    """Return 1 to bins by rank, equally often: ((rank - 1) * bins // n) + 1; ties by row.

    >>> marks(pd.Series([30, 10, 20, 10]), bins=2).tolist()
    [2, 1, 2, 1]
    """
    rank = values.rank(method="first").astype("int64")
    return (rank - 1) * bins // len(values) + 1


def margin_after(orders, *, as_of, share=SHARE):
    """Return the margin (¥) of what each customer ordered after a day, 0 for those who did not.

    orders (customer_id, ordered_at, amount); as_of: customers are those who ordered until then;
    share: of an order, what is left of it -> Series by customer_id.
    """
    known, end = order_book.observed(orders, ["amount"], as_of, name="as_of", needed=True)
    later = orders[orders["ordered_at"] >= end + pd.Timedelta(days=1)]
    cents = pd.Series(order_book.cents(later["amount"]), later["customer_id"])
    people = pd.Index(np.sort(known["customer_id"].unique()), name="customer_id")
    spent = cents.groupby(level=0).sum().reindex(people, fill_value=0)
    return (share * spent / 100).rename("margin")


def bases(customers, orders, survey, *, as_of):
    """Sort customers in eight ways by what was known on a day; one column each, by customer_id.

    customers (customer_id, birth_year, gender, locale, province), orders, survey (customer_id,
    feature, functional) -> alike (one group); age_sex (demographic: tens of years, f or m);
    province (geographic); need (how they would like NEED, 1 to 5, or not asked); family
    (`families` of the `agency_file`); days (the mark r), rfm (three marks of five) and fine (three
    marks of ten): behavioural.
    """
    schema.require(survey, ["customer_id", "feature", "functional"], name="survey")
    file = agency_file(customers, orders, as_of=as_of)
    people = customers.set_index("customer_id").loc[file.index]
    answers = survey[survey["feature"] == NEED].set_index("customer_id")["functional"]
    five, ten = (rfm_scores(orders, as_of=as_of, bins=n).set_index("customer_id") for n in (5, 10))
    return pd.DataFrame({
        "alike": "everybody",
        "age_sex": (file["age"] // 10 * 10).astype("str") + people["gender"],
        "province": people["province"],
        "need": answers.astype("str").reindex(file.index).fillna("not asked"),
        "family": families(file),
        "days": five["r"],
        "rfm": cells(five),
        "fine": cells(ten),
    })  # fmt: skip


def cells(scores):
    """Return the three marks r, f, m of each customer as one group, "5-3-1"."""
    schema.require(scores, ["r", "f", "m"], name="scores")
    return scores["r"].astype("str").str.cat(scores[["f", "m"]].astype("str"), "-")


def agency_file(customers, orders, *, as_of):
    """Return who customers are and what they did, in numbers, as an agency would sort them by.

    customers (customer_id, birth_year, gender, locale), orders -> age (years), woman, chinese
    (1 or 0), days (since the last purchase), purchases, spend (both as logarithms), by customer_id.
    """
    wanted = ["customer_id", "birth_year", "gender", "locale"]
    schema.require(customers, wanted, name="customers")
    scores = rfm_scores(orders, as_of=as_of).set_index("customer_id")
    unknown = scores.index.difference(customers["customer_id"])
    if len(unknown):
        raise ValueError(
            f"customers must hold everybody who ordered, got no row for {len(unknown)} of them, "
            f"such as {unknown[0]}. Load all customers, or leave these orders out."
        )
    people = customers.set_index("customer_id").loc[scores.index]
    return pd.DataFrame({
        "age": pd.Timestamp(as_of).year - people["birth_year"],
        "woman": (people["gender"] == "f").astype(float),
        "chinese": (people["locale"] == "zh_CN").astype(float),
        "days": scores["days_since_last"],
        "purchases": np.log(scores["purchases"]),
        "spend": np.log1p(scores["total_spend"]),
    })  # fmt: skip


def families(features, *, k=5, seen=None, starts=STARTS):
    """Sort people into k families of similar ones by k-means -> 1 (the largest) to k.

    features: numbers, one row a person; each column counts in its own standard deviations, and one
    in which all are alike not at all; seen: True where a row forms the families (the others are
    only sorted into them), None: all of them; starts: beginnings that are tried, of which the best
    is taken.
    """
    gaps = features.columns[features.isna().any()].tolist()
    if gaps:
        raise ValueError(f"features must be complete, got gaps in {gaps}. Fill or drop them.")
    points = ((features - features.mean()) / features.std().replace(0, 1)).to_numpy()
    formed_by = points if seen is None else points[seen]
    if not 1 <= k <= len(formed_by):
        raise ValueError(
            f"k must be 1 to {len(formed_by)}, the people who form them, got {k}. Form fewer."
        )
    rng = np.random.default_rng(SEED)
    tried = [_settled(formed_by, _beginning(formed_by, k, rng)) for _start in range(starts)]
    best = min(tried, key=lambda centres: _nearest(formed_by, centres)[1].sum())
    found = pd.Series(_nearest(points, best)[0], features.index)
    return found.map(found.value_counts().rank(method="first", ascending=False).astype("int64"))


def _beginning(points, k, rng):
    """Draw k people as centres, rather far from those already drawn (k-means++)."""
    centres = points[[rng.integers(len(points))]]
    while len(centres) < k:
        reach = np.cumsum(_nearest(points, centres)[1] + (points**2).sum(axis=1) + 1e-12)
        place = np.searchsorted(reach, rng.random() * reach[-1])
        centres = np.vstack([centres, points[min(place, len(points) - 1)]])
    return centres


def _settled(points, centres):
    """Move each centre to the mean of the points nearest to it until nobody changes (Lloyd)."""
    before, nearest = None, _nearest(points, centres)[0]
    while before is None or (before != nearest).any():
        member = nearest[:, None] == np.arange(len(centres))
        count = member.sum(axis=0)[:, None]
        centres = np.where(count > 0, member.T @ points / np.maximum(count, 1), centres)
        before, nearest = nearest, _nearest(points, centres)[0]
    return centres


def _nearest(points, centres):
    """The nearest centre of each point, and the squared distance less the point's own square."""
    distances = (centres**2).sum(axis=1) - 2 * points @ centres.T
    return distances.argmin(axis=1), distances.min(axis=1)


def stability(features, *, k=5, lots=10, starts=10):
    """Form families twice, on two halves of the people -> pairs kept: mean, lowest, highest.

    Lots draw the halves; everybody is then sorted by both; see `families` and `pairs_kept`.
    """
    rng, kept = np.random.default_rng(SEED), []
    for _lot in range(lots):
        half = rng.permutation(len(features)) < len(features) // 2
        first, second = (families(features, k=k, seen=seen, starts=starts)
                         for seen in (half, ~half))  # fmt: skip
        kept.append(pairs_kept(first, second))
    return pd.Series({"mean": np.mean(kept), "lowest": min(kept), "highest": max(kept)})


def pairs_kept(first, second):
    """Of the pairs of people that are together in first, return the share together in second.

    first, second: one group for each person, in the same order. Names of groups do not matter.

    >>> round(pairs_kept(["a", "a", "a", "b"], [1, 1, 2, 2]), 3)
    0.333
    """
    table = pd.crosstab(np.asarray(first), np.asarray(second)).to_numpy()
    together = _pairs(table.sum(axis=1)).sum()
    if together == 0:
        raise ValueError(
            "first must have a group of two or more, got only single people. Sort more coarsely."
        )
    return float(_pairs(table).sum() / together)


def _pairs(n):
    return n * (n - 1) / 2


def group_table(margin, groups, *, cost=COST):
    """Weigh each group as value x fit: how many use an offer, and what they leave if they do.

    margin: ¥ of each customer; groups: one for each; cost: ¥ of the offer, used or not ->
    customers, fit (share with a margin), value (¥ of those), head (fit x value, ¥ a customer),
    least_share (of that margin, what the offer must have caused to pay: cost / head; above 1
    it cannot), by group.
    """
    _check(margin, groups)
    bought = margin.where(margin > 0)
    table = bought.groupby(groups).agg(customers="size", fit="count", value="mean")
    table["fit"] /= table["customers"]
    table["head"] = table["fit"] * table["value"].fillna(0)
    return table.assign(least_share=cost / table["head"])


def promise_and_pay(margin, groups, *, cost=COST, tried=None, lots=LOTS):
    """Choose groups on some customers, be paid on others: promised and paid, ¥ a customer.

    margin, groups: one of each for a customer; cost: ¥ of the offer for whoever gets it. A lot
    draws `tried` customers (None: half of all); a group whose margin there is below its cost
    loses the offer, and counts 0; a group without a tried customer keeps it. promised: what is
    left among the tried; paid: among half of all, none of whom was tried. The mean of `lots` lots,
    each used twice, the second time with its halves exchanged.
    """
    found = _played(margin, groups, cost=cost, tried=tried, lots=lots)[["promised", "paid"]]
    return found.mean()


def _played(margin, groups, *, cost, tried, lots):
    """Play each lot: promised, paid and unseen (per cent of the paid in groups without a tried)."""
    _check(margin, groups)
    n, half = len(margin), len(margin) // 2
    tried = half if tried is None else tried
    if not 1 <= tried <= half:
        raise ValueError(
            f"tried must be 1 to {half}, half of the customers, got {tried}. Try fewer."
        )
    left, group = margin.to_numpy() - cost, pd.factorize(groups)[0]
    rng, found = np.random.default_rng(SEED), []
    for _lot in range(lots):
        drawn = rng.permutation(n)
        for order in (drawn, drawn[::-1]):
            known, others = order[:tried], order[n - half :]
            seen, rest = (np.bincount(group[part], left[part], group.max() + 1)
                          for part in (known, others))  # fmt: skip
            keeps = seen >= 0
            unseen = np.bincount(group[known], minlength=len(seen))[group[others]] == 0
            found.append((seen[keeps].sum() / tried, rest[keeps].sum() / half, 100 * unseen.mean()))
    both = np.reshape(found, (lots, 2, 3)).mean(axis=1)
    return pd.DataFrame(both, columns=["promised", "paid", "unseen"])


def bet(margin, sorted_by, *, cost=COST, tried=None, lots=LOTS):
    """Let every way of sorting play; see `promise_and_pay` for the rules.

    sorted_by: one column of groups for each way, as from `bases` -> groups, promised, paid (¥ a
    customer), ahead (of 100 lots, in how many it was paid more than one group of everybody),
    unseen (of 100 people who are paid for, how many are in groups of which nobody was tried).
    """
    one_group = pd.Series(1, margin.index)
    alike = _played(margin, one_group, cost=cost, tried=tried, lots=lots)["paid"]
    rows = {}
    for name, groups in sorted_by.items():
        lot = _played(margin, groups, cost=cost, tried=tried, lots=lots)
        ahead = 100 * (lot["paid"] > alike + 1e-9).mean()
        rows[name] = [groups.nunique(), lot["promised"].mean(), lot["paid"].mean(), ahead,
                      lot["unseen"].mean()]  # fmt: skip
    names = ["groups", "promised", "paid", "ahead", "unseen"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=names)


def _check(margin, groups):
    if not margin.index.equals(groups.index):
        raise ValueError(
            f"groups must have one row for each margin, got {len(groups)} for {len(margin)}. "
            "Use reindex(margin.index)."
        )
    if groups.isna().any():
        raise ValueError(
            f"groups must be complete, got {groups.isna().sum()} missing. Name them with fillna."
        )


# --- pictures


def _players():
    """How the picture calls the ways of `bases`."""
    return {
        "alike": _("nobody sorted"),
        "age_sex": _("age and sex"),
        "province": _("the map"),
        "need": _("the survey"),
        "family": _("the agency"),
        "days": _("days since the last purchase"),
        "rfm": _("R, F and M, five marks"),
        "fine": _("R, F and M, ten marks"),
    }


def plot_bet(margin, sorted_by, *, cost=COST, tried=None):
    """Draw what each way of sorting promised and paid, in ¥ a customer; see `bet` -> Axes."""
    table = bet(margin, sorted_by, cost=cost, tried=tried).iloc[::-1]
    names = [f"{_players().get(way, way)} ({groups:.0f})"
             for way, groups in table["groups"].items()]  # fmt: skip
    ax = figures.new_axes()
    ax.hlines(names, table["paid"], table["promised"], color=figures.PALETTE["grey"], linewidth=1)
    ax.plot(table["promised"], names, "o", mfc="white", color=figures.PALETTE["vermilion"],
            label=_("promised"))  # fmt: skip
    ax.plot(table["paid"], names, "o", color=figures.PALETTE["blue"], label=_("paid"))
    ax.axvline(table["paid"]["alike"], color="black", linewidth=1, linestyle=":")
    ax.set(title=_("What each way of sorting leaves (groups in brackets)"),
           xlabel=_("¥ a customer"), xlim=(-10, 70))  # fmt: skip
    ax.legend(loc="upper right")
    words = _("{tried:,} tried, ¥{cost:.0f} a visit: nobody sorted leaves ¥{alike:.1f} a customer, "
              "the map ¥{province:.1f}, the agency ¥{family:.1f}, days ¥{days:.1f}, ten marks "
              "¥{fine:.1f} ({unseen:.0f} of 100 in groups of which nobody was tried).")  # fmt: skip
    tried = len(margin) // 2 if tried is None else tried
    unseen = table["unseen"]["fine"]
    return figures.say(ax, words.format(tried=tried, cost=cost, unseen=unseen, **table["paid"]))


def explore_bet(margin, sorted_by):
    """Change how many customers are tried and what a visit costs, and see what each way pays."""
    from crm_course import widgets

    def draw(tried=100, cost=40):
        return plot_bet(margin, sorted_by, cost=cost, tried=tried)

    return widgets.explore(draw, tried=(100, len(margin) // 2, 100), cost=(20, 80, 5))
