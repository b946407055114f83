"""The pictures of roles: each function draws one and returns its axes."""

from crm_course import figures
from crm_course.locale import _

from .chart import raci_faults
from .forwards import DESK, EMPTY, KNOWS, UNDECIDED, plan_costs

COLOURS = {"A": "vermilion", "R": "blue", "C": "grey", "I": "grey"}
MOST = 400  # ¥1,000 a month, where the bars of the explorer end


def plot_chart(tasks, *, ax=None):
    """Draw a responsibility chart, its faulty tasks shaded: tasks as in `raci_faults` -> Axes."""
    from matplotlib import pyplot as plt

    ax = ax if ax is not None else plt.subplots(figsize=(8, 6.6))[1]
    names = tasks.drop_duplicates("task_id").set_index("task_id")["task"]
    roles = _posts(tasks)
    line = {task: number for number, task in enumerate(names.index)}
    faults = raci_faults(tasks).drop_duplicates("task_id").set_index("task_id")["fault"]
    for task in faults.index:
        ax.axhspan(line[task] - 0.5, line[task] + 0.5, color=figures.PALETTE["vermilion"],
                   alpha=0.12, linewidth=0)  # fmt: skip
        ax.text(len(roles) - 0.4, line[task], _(faults[task]), va="center", fontsize=9,
                color=figures.PALETTE["vermilion"])  # fmt: skip
    for letter, colour in COLOURS.items():
        rows = tasks[tasks["letter"] == letter]
        ax.scatter(rows["role"].map(roles.index), rows["task_id"].map(line), marker=f"${letter}$",
                   s=55, color=figures.PALETTE[colour], label=letter)  # fmt: skip
    ax.set(title=_("Who answers for what"), xlim=(-0.6, len(roles) + 3.4),
           ylim=(len(names) - 0.4, -0.6))  # fmt: skip
    ax.set_xticks(range(len(roles)), [_(role) for role in roles], rotation=60, ha="right")
    ax.set_yticks(range(len(names)), [_(name) for name in names], fontsize=9)
    words = _("{tasks} tasks, {roles} posts; {faulty} tasks are faulty, {empty} of them have "
              "nobody who answers.")  # fmt: skip
    return figures.say(ax, words.format(tasks=len(names), roles=len(roles), faulty=len(faults),
                                        empty=(faults == "nobody accountable").sum()))  # fmt: skip


def plot_plans(knows=KNOWS, *, empty=EMPTY, undecided=UNDECIDED, desk=DESK, ax=None):
    """Draw what three plans cost a month, the fee and the rest: as in `plan_costs` -> Axes."""
    costs = plan_costs(knows, empty=empty, undecided=undecided, desk=desk)
    ax = figures.new_axes(ax)
    names, rest = [_(plan) for plan in costs.index], (costs["cost"] - costs["fee"]) / 1000
    ax.barh(names, rest, color=figures.PALETTE["blue"], label=_("forwards, undecided cases"))
    ax.barh(names, costs["fee"] / 1000, left=rest, color=figures.PALETTE["vermilion"],
            label=_("cards, desk"))  # fmt: skip
    for row, (cost, share) in enumerate(zip(costs["cost"], costs["decided"], strict=True)):
        text = _("¥{cost:,.0f}, {share:.0f} of 100 decided").format(cost=cost, share=100 * share)
        wide = cost / 1000 > 0.55 * MOST
        place, side, colour = (-4, "right", "white") if wide else (4, "left", "black")
        ax.text(min(cost / 1000, MOST) + place, row, text, va="center", ha=side, color=colour,
                fontsize=10)  # fmt: skip
    ax.set(title=_("What a month costs"), xlabel=_("¥1,000 a month"), xlim=(0, MOST))
    ax.invert_yaxis()
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -0.18), ncols=2)
    cheap = costs["cost"].idxmin()
    words = _("{known:.0f} of 100 owners known, {empty} tasks without one: cards ¥{cards:,.0f}, "
              "desk ¥{desk:,.0f}; cheapest is: {cheap}.")  # fmt: skip
    return figures.say(ax, words.format(
        known=100 * knows, empty=empty, cards=costs.loc["cards", "cost"],
        desk=costs.loc["desk", "cost"], cheap=_(cheap)))  # fmt: skip


def explore_plans():
    """Let colleagues know more owners, fill boxes, and see which plan is cheapest."""
    from crm_course import widgets

    def draw(knows=0.2, empty=0, undecided=500):
        return plot_plans(knows, empty=empty, undecided=undecided)

    return widgets.explore(draw, knows=(0.0, 0.9, 0.05), empty=(0, 6, 1),
                           undecided=(100, 800, 50))  # fmt: skip


def plot_pay(trial, *, ax=None):
    """Draw sales and service by the weight of sales in the bonus: trial of `pay_trial` -> Axes."""
    ax = figures.new_axes(ax)
    base = trial.iloc[0]
    for name, error, colour, label in (
        ("sales_head", "sales_error", "blue", _("sales")),
        ("service_score", "service_error", "vermilion", _("service")),
    ):
        ax.errorbar(trial.index, 100 * trial[name] / base[name],
                    yerr=200 * trial[error] / base[name], marker="o", capsize=3,
                    color=figures.PALETTE[colour], label=label)  # fmt: skip
        ax.annotate(label, (trial.index[-1], 100 * trial[name].iloc[-1] / base[name]), (10, 0),
                    textcoords="offset points", va="center",
                    color=figures.PALETTE[colour])  # fmt: skip
    ax.set(title=_("What the bonus moves"), xlabel=_("Weight of sales in the bonus"),
           ylabel=_("Per cent of the first weight"))  # fmt: skip
    ax.set_xticks(list(trial.index))
    ax.margins(x=0.15)
    last = trial.iloc[-1]
    words = _("From weight {low:g} to {high:g} sales go to {sales:.0f} % and service to "
              "{service:.0f} %.")  # fmt: skip
    return figures.say(ax, words.format(
        low=trial.index[0], high=trial.index[-1],
        sales=100 * last["sales_head"] / base["sales_head"],
        service=100 * last["service_score"] / base["service_score"]))  # fmt: skip


def _posts(tasks):
    """The posts of the chart: by department where the course knows it, others at the end."""
    from crm_course.schema.organization import ROLES

    found = set(tasks["role"])
    return [role for role in ROLES if role in found] + sorted(found - set(ROLES))
