"""What one question cost as the orders grew, measured once, and what a way to answer it costs."""

from pathlib import Path

import numpy as np
import pandas as pd

from crm_course import figures
from crm_course.locale import _

STORED = Path(__file__).parents[1] / "content" / "past_one_machine" / "measured.csv"
GB, CORES = 8, 2  # of the machine that was measured
ONE_CORE = ("pandas", "two columns")  # the others share the work among all cores
SIZES = np.geomspace(1, 10_000, 41)  # millions of orders that are drawn
HOURS = {  # of people: once, and then in every year
    "more memory": (2, 0),
    "two columns": (1, 0),
    "DuckDB": (8, 4),
    "cluster": (80, 48),
}
WAYS = {"more memory": "pandas", "cluster": "Spark"}  # how a plan answers, where the name differs
HOUR, GB_YEAR, CORE_HOUR = 300, 300, 1  # ¥
SPARE = 1.25  # of the memory that a line says pandas needs
COLOURS = {"pandas": "blue", "two columns": "green", "DuckDB": "purple", "Spark": "vermilion"}


def measured() -> pd.DataFrame:
    """Return what the cohort table of Lanting's orders cost: one row for each way and size.

    -> way, orders (millions), file_mb, start_seconds and cpu_seconds (of the processor, all cores
    added up, until the tool can be asked, and until it has answered), clock_seconds, peak_mb (all
    that the processes held); missing where the job died. `.attrs["measured"]`: day and machine.

    >>> measured()["way"].unique().tolist()
    ['pandas', 'two columns', 'DuckDB', 'Spark']
    """
    table = pd.read_csv(STORED, comment="#")
    table["orders"] /= 1e6
    with STORED.open(encoding="utf-8") as file:
        table.attrs["measured"] = file.readline().strip("# \n")
    return table


def fit_costs(table: pd.DataFrame) -> pd.DataFrame:
    """Draw a straight line through the smallest and the largest size of each way.

    table: as of `measured` -> index way; start_seconds (the quickest start), fixed_seconds and
    seconds (for a million orders more), fixed_mb and mb
    """
    rows = {}
    for way, sizes in table.dropna().sort_values("orders").groupby("way", sort=False):
        first, last = sizes.iloc[0], sizes.iloc[-1]
        more = last["orders"] - first["orders"]
        seconds = (last["cpu_seconds"] - first["cpu_seconds"]) / more
        mb = (last["peak_mb"] - first["peak_mb"]) / more
        rows[way] = {
            "start_seconds": sizes["start_seconds"].min(),
            "fixed_seconds": first["cpu_seconds"] - seconds * first["orders"],
            "seconds": seconds,
            "fixed_mb": first["peak_mb"] - mb * first["orders"],
            "mb": mb,
        }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("way")


def clock_seconds(costs: pd.DataFrame, way: str, orders, *, machines: int = 1):
    """Return seconds from the call to the answer, if all cores share the work without loss.

    costs: as of `fit_costs`; orders: millions; machines: of two cores. Starting and warming up
    take the two cores of one machine, however many there are; pandas uses one core.
    """
    if machines < 1:
        raise ValueError(f"machines must be 1 or more, got {machines}. Count them.")
    cost, own = costs.loc[way], 1 if way in ONE_CORE else CORES
    cores = 1 if way in ONE_CORE else CORES * machines
    start = (cost["start_seconds"] + cost["fixed_seconds"]) / own
    return start + cost["seconds"] * orders / cores


def room_gb(costs: pd.DataFrame, way: str, orders: float) -> float:
    """Return the GB that a way holds at its peak; for an engine no more than the machine has."""
    held = (costs.loc[way, "fixed_mb"] + costs.loc[way, "mb"] * orders) / 1000
    return held if way in ONE_CORE else min(held, GB)


def plan_money(
    costs: pd.DataFrame,
    *,
    orders: float,
    years: float = 1,
    runs: float = 52,
    machines: int = 8,
    hours=HOURS,
) -> pd.DataFrame:
    """Return what each plan costs in so many years, in ¥.

    costs: as of `fit_costs`; orders: millions; runs: answers in a year; machines: of the cluster;
    hours: plan -> hours of people once, and in a year -> index plan; held (GB by the line, on one
    machine), gb (whole, with a quarter to spare; an engine keeps to what is there), minutes (of
    one answer), people, machines, total. Memory above 8 GB is rented all year, a cluster while it
    works. Later years are not discounted.
    """
    rows = {}
    for plan, (once, yearly) in hours.items():
        way, size = WAYS.get(plan, plan), machines if plan == "cluster" else 1
        spent, held = (once, years * yearly), room_gb(costs, way, orders)
        gb = max(GB, int(np.ceil(SPARE * held))) if way in ONE_CORE else GB
        took = clock_seconds(costs, way, orders, machines=size) / 3600
        rented = CORE_HOUR * CORES * machines * took * runs if plan == "cluster" else 0
        rows[plan] = {"held": held, "gb": gb, "minutes": 60 * took, "people": HOUR * sum(spent),
                      "machines": years * (GB_YEAR * max(0, gb - GB) + rented)}  # fmt: skip
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("plan")
    return table.assign(total=table["people"] + table["machines"])


# --- pictures


def plot_wall(table: pd.DataFrame):
    """Draw the memory of each way as the orders grow, and the machine's -> Axes.

    table: as of `measured`. A cross: where the line of a way that died would have been, dashed
    from the last size that lived.
    """
    costs, ax = fit_costs(table), figures.new_axes()
    for way, sizes in table.groupby("way", sort=False):
        colour = figures.PALETTE[COLOURS[way]]
        done, died = sizes.dropna(), sizes[sizes["peak_mb"].isna()]
        ax.plot(done["orders"], done["peak_mb"] / 1000, "o-", color=colour, label=_(way))
        for orders in died["orders"]:
            height = room_gb(costs, way, orders)
            last = done.iloc[-1]
            ax.plot([last["orders"], orders], [last["peak_mb"] / 1000, height], "--", color=colour)
            ax.plot([orders], [height], "x", color=colour, markersize=11)
    ax.axhline(GB, color=figures.PALETTE["grey"], linestyle=":")
    ax.set(title=_("Memory at the peak (cross: died, by the line; dotted: what there is)"),
           xlabel=_("Orders (million)"), ylabel=_("GB"), ylim=(0, None))  # fmt: skip
    ax.legend()
    wall = (1000 * GB - costs.loc["pandas", "fixed_mb"]) / costs.loc["pandas", "mb"]
    words = _("Whole orders in pandas fill {gb} GB at {wall:.0f} million; two columns need less.")
    return figures.say(ax, words.format(gb=GB, wall=wall))


def plot_machines(costs: pd.DataFrame, *, machines: int = 1, orders: int = 100):
    """Draw how long an answer takes as the orders grow, by Spark on so many machines -> Axes.

    costs: as of `fit_costs`; orders: millions, for the sentence and the dotted line.
    """
    ax = figures.new_axes()
    drawn = {"two columns": 1, "DuckDB": 1, "Spark": machines}
    for way, size in drawn.items():
        sizes = SIZES if way == "Spark" else SIZES[[room_gb(costs, way, n) <= GB for n in SIZES]]
        seconds = clock_seconds(costs, way, sizes, machines=size)
        ax.plot(sizes, seconds, color=figures.PALETTE[COLOURS[way]], label=_(way))
    ax.axvline(orders, color=figures.PALETTE["grey"], linestyle=":")
    ax.set(title=_("From the call to the answer"), xlabel=_("Orders (million)"), xscale="log",
           ylabel=_("Seconds"), yscale="log")  # fmt: skip
    ax.minorticks_off()  # on two log axes they take half of the time of drawing
    ax.legend()
    one = clock_seconds(costs, "DuckDB", orders)
    many = clock_seconds(costs, "Spark", orders, machines=machines)
    words = _("{orders:,} million orders: DuckDB on one machine {one:.1f} s, Spark on {machines} "
              "of them {many:.1f} s. First: {first}.")  # fmt: skip
    return figures.say(ax, words.format(orders=orders, one=one, machines=machines, many=many,
                                        first="DuckDB" if one <= many else "Spark"))  # fmt: skip


def explore_machines(costs: pd.DataFrame):
    """Give Spark more machines: from how many on is it first, and at which sizes never?"""
    from crm_course import widgets

    def draw(machines=1, orders=100):
        return plot_machines(costs, machines=machines, orders=orders)

    return widgets.explore(draw, machines=(1, 40, 1), orders=[10, 100, 1_000, 10_000])
