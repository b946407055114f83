"""A 4S dealer with nine stations: who is lost, who is only late, and what service pays.

    automotive.owner_files(visits)                        which numbers of stations are one owner
    automotive.station_lists(visits, owners, since=day)   who came back, here or anywhere
    automotive.service_retention(visits, by, since=day)   the share that came back
    automotive.next_visits(visits, vehicles, observation_end=day)   how long until the next visit
    automotive.chance_gone(curve, months)                 what silence says
    automotive.silent_cars(gaps, profit=...)              whom to invite first
    automotive.absorption(visits, stations, year=2025)    how much of the overhead service pays
"""

import numpy as np
import pandas as pd

from crm_course import figures, schema
from crm_course.customers.retention import kaplan_meier
from crm_course.foundations.customer_view import customer_files
from crm_course.locale import _

FILE = ["station", "owner_no"]  # what a station calls an owner
DAYS = 365.25 / 12  # of a month
WARRANTY = 36  # months
INVITATION = 60.0  # ¥; assumed, like the next
COMES_BACK = 0.2  # of the gone who are invited, the share that returns
MONTHS = np.arange(0, 14.5, 0.5)  # of silence, from which on one may invite
RULE = 12  # months of silence after which the stations call an owner lost


def owner_files(visits: pd.DataFrame) -> pd.DataFrame:
    """Join the files of all stations: numbers under which one car was brought are one owner.

    visits (vin, station, owner_no) -> station, owner_no, owner (a number for each joined file), in
    the order of the visits. Right while a car has one owner; an owner whose cars never met in one
    file stays in two.

    >>> visits = pd.DataFrame({"vin": ["A", "A", "B"], "station": ["X", "Y", "Y"],
    ...     "owner_no": [7, 5, 7]})
    >>> owner_files(visits)["owner"].tolist()
    [0, 0, 2]
    """
    schema.require(visits, ["vin", *FILE], name="visits")
    files = visits[FILE].drop_duplicates(ignore_index=True).rename_axis("record_id").reset_index()
    brought = visits[["vin", *FILE]].drop_duplicates().merge(files)
    first = brought.groupby("vin")["record_id"].transform("min")
    links = pd.DataFrame({"record_id_l": first, "record_id_r": brought["record_id"]})
    joined = customer_files(files, links[first != brought["record_id"]])
    return files[FILE].assign(owner=joined["file_id"])


def station_lists(visits: pd.DataFrame, owners: pd.DataFrame, *, since) -> pd.DataFrame:
    """List each station's owners from before a day, and who has come back from that day on.

    visits (station, owner_no, visited_on); owners of `owner_files` -> station, owner_no, owner,
    returned (to this station), seen (at any station)
    """
    known, later = _before_and_after(_with_owners(visits, owners), since)
    lists = known[[*FILE, "owner"]].drop_duplicates(ignore_index=True)
    here = pd.MultiIndex.from_frame(lists[FILE]).isin(pd.MultiIndex.from_frame(later[FILE]))
    return lists.assign(returned=here, seen=lists["owner"].isin(later["owner"]))


def service_retention(visits: pd.DataFrame, by, *, since) -> pd.Series:
    """Return known, returned and rate: of those seen before a day, who was seen from it on.

    visits (visited_on and the columns of by); by: what is counted, a column or several: "vin",
    "owner", ["station", "owner_no"]

    >>> visits = pd.DataFrame({"vin": ["A", "B", "A", "C"], "visited_on":
    ...     pd.to_datetime(["2024-05-01", "2024-06-01", "2025-01-01", "2025-02-01"])})
    >>> service_retention(visits, "vin", since="2025-01-01").tolist()
    [1.0, 2.0, 0.5]
    """
    columns = [by] if isinstance(by, str) else list(by)
    schema.require(visits, columns, name="visits")
    known, later = (part[columns].drop_duplicates() for part in _before_and_after(visits, since))
    returned = len(known.merge(later))
    return pd.Series({"returned": returned, "known": len(known), "rate": returned / len(known)})


def cars_gone(visits: pd.DataFrame, vehicles: pd.DataFrame, *, since) -> pd.DataFrame:
    """Count by segment the cars that were not seen from a day on, and what they no longer bring.

    visits (vin, visited_on, gross_profit); vehicles (vin, segment) -> index segment; cars (seen
    before), gone, profit (¥ since that day from a car that came back, the mean), missing (¥)
    """
    columns = ["vin", "visited_on", "gross_profit"]
    visits = schema.require(visits, columns, name="visits")[columns]
    segments = schema.require(vehicles, ["vin", "segment"], name="vehicles")[["vin", "segment"]]
    known, later = _before_and_after(visits.merge(segments), since)
    cars = known[["vin", "segment"]].drop_duplicates()
    cars["profit"] = cars["vin"].map(later.groupby("vin")["gross_profit"].sum())
    table = cars.groupby("segment")["profit"].agg(["size", "count", "mean"])
    gone, profit = table["size"] - table["count"], table["mean"].round(2)
    return pd.DataFrame(
        {"cars": table["size"], "gone": gone, "profit": profit, "missing": gone * profit}
    )


def absorption_rate(gross_profit, overhead):
    """Return how much of the fixed overhead service and parts pay: gross profit / overhead.

    >>> absorption_rate(3_200_000, 4_000_000)
    0.8
    """
    if np.any(np.asarray(overhead) <= 0):
        raise ValueError(f"overhead must be above 0, got {overhead}. Give ¥ of the same period.")
    return gross_profit / overhead


def absorption(visits: pd.DataFrame, stations: pd.DataFrame, *, year: int) -> pd.DataFrame:
    """Return what service and parts of a year pay of the overhead, by station and for all.

    visits (station, visited_on, gross_profit); stations (station, overhead: ¥ a month) -> index
    station and "all"; gross_profit, overhead (¥ a month), absorption
    """
    schema.require(visits, ["station", "visited_on", "gross_profit"], name="visits")
    schema.require(stations, ["station", "overhead"], name="stations")
    of_year = visits[visits["visited_on"].dt.year == year].groupby("station")
    if not len(of_year):
        raise ValueError(f"year must be one of the visits', got {year}. Give a year with visits.")
    table = stations.set_index("station")[["overhead"]]
    profit = (of_year["gross_profit"].sum() / 12).reindex(table.index, fill_value=0)
    table.insert(0, "gross_profit", profit)
    table.loc["all"] = table.sum()
    return table.assign(absorption=absorption_rate(table["gross_profit"], table["overhead"]))


def next_visits(visits: pd.DataFrame, vehicles: pd.DataFrame, *, observation_end) -> pd.DataFrame:
    """Follow each visit to the car's next one, at any station, or to the last day observed.

    visits (vin, visited_on), later ones are left out; vehicles (vin, segment, sold_on) -> vin,
    segment, age (months, at the visit), months (until the next visit, or watched in vain, to a
    tenth), returned
    """
    schema.require(visits, ["vin", "visited_on"], name="visits")
    schema.require(vehicles, ["vin", "segment", "sold_on"], name="vehicles")
    end = pd.Timestamp(observation_end)
    seen = visits.loc[visits["visited_on"] <= end, ["vin", "visited_on"]]
    found = seen.sort_values(["vin", "visited_on"])
    found["next"] = found.groupby("vin")["visited_on"].shift(-1)
    found = found.merge(vehicles[["vin", "segment", "sold_on"]])
    until = found["next"].fillna(end)
    return pd.DataFrame({
        "vin": found["vin"],
        "segment": found["segment"],
        "age": ((found["visited_on"] - found["sold_on"]).dt.days / DAYS).round(1),
        "months": ((until - found["visited_on"]).dt.days / DAYS).round(1),
        "returned": found["next"].notna(),
    })  # fmt: skip


def never_back(gaps: pd.DataFrame, by) -> pd.Series:
    """Return the share of visits that no other will follow, by segment or whatever is given.

    gaps of `next_visits`; by: a column or several. It is where the curve of `kaplan_meier` ends;
    visits of the last months count only for as long as they were watched.
    """
    curves = gaps.groupby(by)[["months", "returned"]]
    return curves.apply(lambda part: _curve(part)["survival"].iloc[-1]).rename("never_back")


def still_out(curve: pd.DataFrame, months):
    """Return the share that is not back after so many months: a number or an array.

    curve (time, survival) of `kaplan_meier`, whose event is the next visit
    """
    place = np.searchsorted(curve["time"], months, side="right")
    return np.concatenate([[1.0], curve["survival"]])[place]


def chance_gone(curve: pd.DataFrame, months):
    """Return how likely a car that is silent for so many months never comes back.

    P(never | silent for t) = S(end) / S(t), with the curve S of `kaplan_meier`.

    >>> curve = pd.DataFrame({"time": [3.0, 6.0], "survival": [0.5, 0.1]})
    >>> chance_gone(curve, [0, 3, 6]).tolist()
    [0.1, 0.2, 1.0]
    """
    return curve["survival"].iloc[-1] / still_out(curve, months)


def silent_cars(gaps: pd.DataFrame, *, profit) -> pd.DataFrame:
    """List each car since its last visit, the one first that is worth most when it is gone.

    gaps of `next_visits`; profit: {segment: ¥ a year from a car that comes} -> vin, segment, months
    (of silence), gone (the chance of it), worth (¥: gone x profit); of equals the longest silent

    >>> gaps = pd.DataFrame({"vin": ["A", "B", "B"], "segment": "fleet", "months": [9.0, 1, 2],
    ...     "returned": [False, True, False]})
    >>> silent_cars(gaps, profit={"fleet": 100})["gone"].round(2).tolist()
    [1.0, 1.0]
    """
    if lacking := [each for each in sorted(set(gaps["segment"])) if each not in profit]:
        raise ValueError(f"profit must have every segment, got none for {lacking}. Give ¥ a year.")
    parts = []
    for segment, part in gaps.groupby("segment"):
        silent = part.loc[~part["returned"], ["vin", "segment", "months"]]
        gone = chance_gone(_curve(part), silent["months"])
        parts.append(silent.assign(gone=gone, worth=gone * profit[segment]))
    order = ["worth", "months"]
    return pd.concat(parts).sort_values(order, ascending=False, kind="stable", ignore_index=True)


def invitation_list(
    gaps, *, profit, invitation=INVITATION, comes_back=COMES_BACK, months=MONTHS
) -> pd.DataFrame:
    """Return what it leaves to invite every car that has been silent for so long, or longer.

    gaps of `next_visits`, of one segment; profit: ¥ of the first year from a car that comes back;
    invitation: ¥ for each car on the list, gone or only late; comes_back: of the gone, the share
    that returns when invited -> months (of silence), invited, gone (expected), left (¥)
    """
    if not (profit >= 0 and invitation >= 0 and 0 <= comes_back <= 1):
        raise ValueError(
            f"profit and invitation must not be negative and comes_back be a share, got {profit}, "
            f"{invitation}, {comes_back}. Give ¥ a year, ¥, and 0.2 for one in five."
        )
    silence = gaps.loc[~gaps["returned"], "months"].to_numpy()  # of each car, since its last visit
    gone = chance_gone(_curve(gaps), silence)
    listed = silence >= np.asarray(months)[:, None]
    table = pd.DataFrame({"months": months, "invited": listed.sum(axis=1), "gone": listed @ gone})
    return table.assign(left=comes_back * profit * table["gone"] - invitation * table["invited"])


def _before_and_after(visits, since):
    """Cut visits into those before a day and those from it on; there must be some of both."""
    schema.require(visits, ["visited_on"], name="visits")
    is_later = visits["visited_on"] >= pd.Timestamp(since)
    if is_later.all() or not is_later.any():
        raise ValueError(f"since must lie within the visits, got {since}. Give a day of them.")
    return visits[~is_later], visits[is_later]


def _with_owners(visits, owners):
    schema.require(visits, FILE, name="visits")
    schema.require(owners, [*FILE, "owner"], name="owners")
    return visits.merge(owners[[*FILE, "owner"]], on=FILE)


def _curve(gaps):
    return kaplan_meier(gaps["months"], gaps["returned"])


# --- pictures


def plot_stations(lists, *, ax=None):
    """Draw for each station who came back to it, and who came back to any: `station_lists` -> Axes.

    Stations in the order of their own count, the lowest at the bottom; in brackets the names on
    the list.
    """
    rates = lists.groupby("station")[["returned", "seen"]].mean().sort_values("returned")
    names = lists.groupby("station").size()
    ax, place = figures.new_axes(ax), range(len(rates))
    ax.hlines(place, rates["returned"], rates["seen"], color="#b0b0b0", linewidth=3)
    ax.plot(rates["returned"], place, "o", label=_("came back to this station"))
    ax.plot(rates["seen"], place, "D", label=_("came back to any of them"))
    ax.set_yticks(place, [f"{station} ({names[station]})" for station in rates.index])
    ax.set(title=_("Of the owners in a station's file"), xlabel=_("Share"), xlim=(0.5, 1))
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.06), ncols=2)
    words = _("By its own file {low} keeps {own:.0%}; of the same owners {seen:.0%} came back to "
              "some station. {best} is first by that count, with {most:.0%}.")  # fmt: skip
    return figures.say(ax, words.format(
        low=rates.index[0], own=rates["returned"].iloc[0], seen=rates["seen"].iloc[0],
        best=rates["seen"].idxmax(), most=rates["seen"].max()))  # fmt: skip


def plot_silence(gaps, *, ax=None):
    """Draw for each segment which share of visits the next has not followed yet -> Axes.

    gaps of `next_visits`
    """
    ax, ends = figures.new_axes(ax), {}
    names = {"private": _("private cars"), "key": _("company cars"), "fleet": _("taxis and rental")}
    for (segment, name), style in zip(names.items(), ("-", "--", ":"), strict=True):
        curve = _curve(gaps[gaps["segment"] == segment])
        ax.step([0, *curve["time"]], [1.0, *curve["survival"]], style, where="post", label=name)
        ends[name] = curve["survival"].iloc[-1]
    ax.set(title=_("Not back yet"), xlabel=_("Months since the visit"), xlim=(0, 18),
           ylabel=_("Share of visits"), ylim=(0, 1.02))  # fmt: skip
    ax.legend()
    words = _("Share of visits that no other will follow: {told}.")
    told = "; ".join(f"{name} {end:.3f}" for name, end in ends.items())
    return figures.say(ax, words.format(told=told))


def plot_invitation(gaps, profit, *, segment="private", comes_back=COMES_BACK, ax=None):
    """Draw what a list leaves, by the months of silence from which on it invites -> Axes.

    gaps of `next_visits`; profit: {segment: ¥ a year of a car}; comes_back: share of the gone
    """
    part = gaps[gaps["segment"] == segment]
    table = invitation_list(part, profit=profit[segment], comes_back=comes_back)
    best, by_rule = table.loc[table["left"].idxmax()], table.set_index("months").loc[RULE]
    ax = figures.new_axes(ax)
    ax.plot(table["months"], table["left"] / 1000)
    ax.axhline(0, color="black", linewidth=1)
    ax.plot([RULE], [by_rule["left"] / 1000], "D", color=figures.PALETTE["vermilion"],
            label=_("twelve months"))  # fmt: skip
    if best["left"] > 0:
        ax.plot([best["months"]], [best["left"] / 1000], "o", color=figures.PALETTE["green"],
                label=_("best"))  # fmt: skip
    ax.legend(loc="lower right")
    ax.set(title=_("What the invitations leave in the first year"), ylabel=_("¥1,000"),
           xlabel=_("Invited from so many months of silence on"))  # fmt: skip
    words = _("{segment}, {share:.0%} come back: best from {best:g} months of silence on, "
              "{invited:,.0f} cars, ¥{left:,.0f}; from {rule} months on ¥{cost:,.0f}.")  # fmt: skip
    if best["left"] <= 0:
        words = _("{segment}, {share:.0%} come back: no list pays, however long the silence.")
    return figures.say(ax, words.format(
        segment=segment, share=comes_back, best=best["months"], invited=best["invited"],
        left=best["left"], rule=RULE, cost=by_rule["left"]))  # fmt: skip


def explore_invitation(gaps, profit):
    """Change how many of the gone come back, and the segment: from which silence on to invite?"""
    from crm_course import widgets

    def draw(comes_back=0.20, segment="private"):
        return plot_invitation(gaps, profit, segment=segment, comes_back=comes_back)

    return widgets.explore(draw, comes_back=(0.02, 0.40, 0.01), segment=["private", "key", "fleet"])
