"""What the mixes, the friends, a bet and a chain of orders look like."""

from crm_course import figures
from crm_course.locale import _

from .alliance import STAGES
from .bets import calmest_share, shares_table, spread_with
from .mixing import EVERYTHING, NOTHING, best_mix, mix_table, net_by_year, value_by_year

STYLES = {"loyalty": "-", "expansion": "--", "acquisition": ":", EVERYTHING: "-"}


def plot_by_year(rates, *, years=12, ax=None):
    """Draw what single directions and all three have earned by each year -> Axes."""
    table = net_by_year(rates, years=years)
    ax = figures.new_axes(ax)
    colours = [figures.PALETTE[name] for name in ("grey", "blue", "purple", "vermilion")]
    for (mix, style), colour in zip(STYLES.items(), colours, strict=True):
        ax.plot(table.index, table[mix], style, color=colour, label=_(mix))
    ax.axhline(0, color="black", linewidth=1)
    first = table.index[table[EVERYTHING] > 0].min()
    ax.set(title=_("Earned so far, the cost of setting up taken off"), xlabel=_("Year"),
           ylabel=_("¥ a member"))  # fmt: skip
    ax.legend(loc="lower right")
    single = table[[mix for mix in STYLES if mix != EVERYTHING]]
    words = _("All three begin at ¥{low:.0f} and are above nothing from year {first} on; of the "
              "single directions none is in {years} years."
              ) if table[EVERYTHING].max() > 0 >= single.max(axis=None) else _(
              "Earned by year {years}, in ¥ a member: {ends}.")  # fmt: skip
    ends = ", ".join(f"{_(mix)} {table[mix].iloc[-1]:.0f}" for mix in STYLES)
    return figures.say(ax, words.format(
        low=table[EVERYTHING].iloc[0], first=first, years=years, ends=ends))  # fmt: skip


def plot_mixes(rates, *, friends=100, price=100, ax=None):
    """Draw what each mix earns: friends, price in per cent of trial and offer -> Axes."""
    table = mix_table(rates, price=price / 100, friends=friends / 100)
    best, net = best_mix(table), table["net"].drop(NOTHING)
    ax = figures.new_axes(ax)
    colours = [figures.PALETTE["green" if mix == best else "blue"] for mix in net.index]
    ax.barh([_(mix) for mix in net.index], net, color=colours)
    ax.axvline(0, color="black", linewidth=1)
    ax.invert_yaxis()
    ax.set(title=_("What each mix earns (green: the best)"), xlabel=_("¥ a member, all costs off"),
           xlim=(-250, 420))  # fmt: skip
    earned = _("earn") if net[EVERYTHING] > 0 else _("lose")
    words = _("Friends {friends:.0f} %, price {price:.0f} %: all three {earned} ¥{all:.0f} a "
              "member; the best is {best}.")  # fmt: skip
    return figures.say(ax, words.format(
        friends=friends, price=price, earned=earned, all=abs(net[EVERYTHING]),
        best=_(best)))  # fmt: skip


def explore_mixes(rates):
    """Let the invitations bring fewer friends, or setting up cost more: which mix is the best?"""
    from crm_course import widgets

    def draw(friends=100, price=100):
        return plot_mixes(rates, friends=friends, price=price)

    return widgets.explore(draw, friends=(0, 150, 5), price=(50, 150, 5))


def plot_own_and_friends(rates, *, years=8):
    """Draw a member's own margin and that of all who came by her, by year, in two groups -> Axes.

    rates: as from `club_rates`, with the groups nothing and all three.
    """
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, 2, figsize=(8, 3.3), sharey=True)
    ends = []
    for ax, group in zip(axes, (NOTHING, EVERYTHING), strict=True):
        table = value_by_year(*rates.loc[group], years=years)
        ax.bar(table.index, table["own"], label=_("her own"))
        ax.bar(table.index, table["friends"], bottom=table["own"], hatch="//",
               color=figures.PALETTE["vermilion"], label=_("her friends'"))  # fmt: skip
        ax.set(title=_(group), xlabel=_("Year"))
        share = (table["friends"] / table.sum(axis=1)).iloc[4]
        ends.append(f"{_(group)} {share:.0%}")
    axes[0].set_ylabel(_("¥, discounted"))
    axes[0].legend()
    words = _("Of what comes in year 4, friends bring: {ends}.")
    return figures.say(axes[0], words.format(ends="; ".join(ends)))


def plot_bet(spread, bet_spread, *, correlations=(-0.5, 0.0, 0.5), ax=None):
    """Draw the spread of a business with more and more of a bet -> Axes."""
    table = shares_table(spread, bet_spread, correlations=correlations)
    ax = figures.new_axes(ax)
    for correlation, style in zip(correlations, ("-", "--", ":"), strict=False):
        ax.plot(table.index, table[correlation], style,
                label=_("correlation {value:g}").format(value=correlation))  # fmt: skip
    lowest = min(correlations)
    share = calmest_share(spread, bet_spread, correlation=lowest)
    least = float(spread_with(spread, bet_spread, share=share, correlation=lowest))
    ax.plot([share], [least], "o", color=figures.PALETTE["blue"])
    ax.set(title=_("The three directions and a share of the fourth"), ylim=(0, None),
           xlabel=_("Share of the bet that the firm takes"),
           ylabel=_("Spread, ¥ a member"))  # fmt: skip
    ax.legend(loc="lower right")
    words = _("With a correlation of {lowest:g} the spread falls from {spread:.0f} to {least:.0f} "
              "at a share of {share:.2f}; with 0 or more it only rises.") if share > 0 else _(
              "With a correlation of 0 or more the spread only rises.")  # fmt: skip
    return figures.say(ax, words.format(lowest=lowest, spread=spread, least=least, share=share))


def plot_replenishment(chain, *, ax=None):
    """Draw what is sold and what shop, wholesaler and maker order, week by week -> Axes."""
    ax = figures.new_axes(ax)
    for name, style in zip(("sold", *STAGES), ("-", "--", "-.", "-"), strict=True):
        ax.plot(chain.index, chain[name], style, label=_(name))
    ax.set(title=_("From the till to the maker"), xlabel=_("Week"), ylabel=_("Pieces"),
           ylim=(0, 1.2 * chain["maker"].max()))  # fmt: skip
    ax.legend(loc="upper left", ncols=4)
    words = _("Sold are at most {sold:.0f} pieces a week; the shop orders up to {shop:.0f}, the "
              "wholesaler up to {wholesaler:.0f}, the maker makes up to {maker:.0f}.")  # fmt: skip
    return figures.say(ax, words.format(**chain[["sold", *STAGES]].max()))
