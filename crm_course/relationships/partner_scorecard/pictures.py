"""The pictures of a scorecard: who leads as the weights move, and what raters' sheets look like."""

import numpy as np
from matplotlib import pyplot as plt

from crm_course import figures
from crm_course.locale import _

from .raters import alike
from .scoring import TAKE, WEIGHTS, knock_out, move_weight, weighted_score

LEFT, RIGHT = -12.0, 14.0  # points of the slider: no weight falls below 0


def plot_weights(sheet, *, moved=0.0, lowest=1):
    """Draw the scores of a few partners after weight has moved from what they have to what they do.

    sheet (partner, criteria); moved: points of weight that go from credit and from financial
    position, each, to market coverage and to sales, each; lowest: the mark below which a partner
    is out -> Axes.
    """
    weights = move_weight(moved)
    scores = weighted_score(sheet, weights=weights).set_index("partner")["score"]
    allowed = scores[scores.index.isin(knock_out(sheet, dict.fromkeys(WEIGHTS, lowest))["partner"])]
    best = allowed.index[0] if len(allowed) else ""
    names, ax = sorted(scores.index, reverse=True), figures.new_axes()
    for place, name in enumerate(names):
        colour = "vermilion" if name == best else "blue" if name in allowed.index else "grey"
        mark = "o" if name in allowed.index else "x"
        ax.plot([scores[name]], [place], mark, color=figures.PALETTE[colour], markersize=11)
        ax.annotate(f"{scores[name]:.3f}", (scores[name], place), xytext=(0, 11),
                    textcoords="offset points", ha="center")  # fmt: skip
    ax.set(title=_("Weighted score (orange: who is first; a cross: who is out)"), xlim=(2.7, 4.6),
           ylim=(-0.5, len(names) - 0.3), xlabel=_("Points"))  # fmt: skip
    ax.set_yticks(range(len(names)), names)
    said = [f"{name} {scores[name]:.3f}" if name in allowed.index else _("{name} out").format(
        name=name) for name in reversed(names)]  # fmt: skip
    words = _("{moved:g} points moved: {said}. First: {best}.").format(
        moved=moved, said=", ".join(said), best=best or _("nobody"))  # fmt: skip
    return figures.say(ax, words)


def explore_weights(sheet):
    """Move weight from what the partners have to what they do: who is first, and from where on?"""
    from crm_course import widgets

    def draw(moved=0.0, lowest=1):
        return plot_weights(sheet, moved=moved, lowest=lowest)

    return widgets.explore(draw, moved=(LEFT, RIGHT, 0.5), lowest=(1, 3, 1))


def plot_sheets(scorecards, *, weights=WEIGHTS, take=TAKE):
    """Draw every rater's sheet, a row for each partner, the best on top -> Axes of the first.

    scorecards (partner, rater, criteria from 1 to 5); a white line lies below the `take` best.
    """
    criteria = list(weights)
    sheets = {rater: rows.set_index("partner") for rater, rows in scorecards.groupby("rater")}
    figure, panels = plt.subplots(1, len(sheets), figsize=(8.4, 5), sharey=True, squeeze=False)
    for ax, (rater, sheet) in zip(panels[0], sheets.items(), strict=True):
        order = weighted_score(sheet.reset_index(), weights=weights)["partner"]
        drawn = ax.imshow(sheet.loc[order, criteria], aspect="auto", cmap="cividis", vmin=1, vmax=5)
        ax.axhline(take - 0.5, color="white", linewidth=2)
        ax.set_title(rater)
        ax.set_xticks(range(len(criteria)), [_(name.replace("_", " ")) for name in criteria],
                      rotation=90)  # fmt: skip
        ax.grid(False)
    panels[0, 0].set_ylabel(_("Partners, each rater's best on top"))
    panels[0, 0].set_yticks([take - 1, len(order) - 1], [take, len(order)])
    figure.colorbar(drawn, ax=panels[0], label=_("Mark"), ticks=np.arange(1, 6))
    pairs = [f"{rater} {alike(sheet, criteria=criteria):.2f}" for rater, sheet in sheets.items()]
    words = _("The marks of each rater. How alike the criteria are, from 0 to 1: {pairs}.")
    return figures.say(panels[0, 0], words.format(pairs=", ".join(pairs)))
