"""The cockpit: six controls, a button that plays the quarter, a report that can be read aloud.

It has the three faces of an explorer: live beside a kernel, HTML without one, words in a test.
Everything that a hand does on the page can be done in code: `decide`, `next_quarter`, `back`.
"""

import html
from dataclasses import replace

import pandas as pd
from matplotlib import pyplot as plt

from crm_course import figures, widgets
from crm_course.locale import _

from .firm import QUARTERS
from .pictures import plot_profits
from .policies import regret, simulate_firm
from .runs import Run, grade_run, load_run
from .scenarios import scenario
from .state import HOUSE, NAMES

RANGES = {  # of the controls; they are widened where the opening lies beyond
    "calls": (0, 1000, 20), "agents": (1, 40, 1), "acquisition": (0.0, 1.0, 0.01),
    "price": (-20.0, 20.0, 0.5), "training": (0, 200, 1), "credit_limit": (0, 100_000, 1_000),
}  # fmt: skip
UNITS = {
    "calls": "of 1,000 contracts that end, called before",
    "agents": "who answer at the same time",
    "acquisition": "of the budget for winning, the rest for keeping",
    "price": "per cent over the usual",
    "training": "hours for each employee in a year",
    "credit_limit": "¥ that a retailer may owe",
}
WEAK = (  # a decision that only somebody makes who believes a weak claim
    ("acquisition", lambda share: share <= 0.15, "CL-01"),
    ("price", lambda price: price <= -5, "CL-11"),
    ("training", lambda hours: hours >= 80, "CL-20"),
    ("calls", lambda calls: calls >= 800, "CL-24"),
    ("credit_limit", lambda limit: limit >= 100_000, "CL-15"),
)


def weak_claims(decisions):
    """Return the claims, such as "CL-01", on which decisions like these are often founded.

    >>> weak_claims(replace(HOUSE, acquisition=0.1))
    ['CL-01']
    """
    return [id for name, relies, id in WEAK if relies(getattr(decisions, name))]


def play_firm(world="honest growth", *, seed=72, player="", opening=HOUSE, card=None, save_to=None):
    """Open the cockpit on a new game -> Cockpit, which the notebook displays.

    world: name of a scenario; seed: of the luck, None for none; opening: Decisions that the
    controls start with; card: claims.card, to see the claim behind a decision; save_to: file that
    the button Save writes, "my_run.json".
    """
    return Cockpit(Run(player, world, seed), opening=opening, card=card, save_to=save_to)


def play_on(run, *, card=None, save_to=None):
    """Open the cockpit on a run that was saved; its next quarter begins where it stopped."""
    return Cockpit(run, card=card, save_to=save_to)


def play_blind(path):
    """Open the cockpit for one quarter, of which nothing is explained; it is kept at path."""
    run = Run("", "honest growth", None)
    return Cockpit(run, quarters=1, save_to=path, keep=True)


def blind_run(path):
    """Return the blind quarter that was kept at path; Run of the firm as it was if there is none.

    A file that cannot be read counts as none.
    """
    try:
        run = load_run(path)
        if len(run.decisions) == 1 and run.seed is None and run.world == "honest growth":
            return run
    except (OSError, ValueError):
        pass
    return Run("", "honest growth", None, (HOUSE,))


def blind_table(run, others):
    """Return what a blind quarter brought beside other policies: the decisions, and profit (yuan).

    run: of one quarter; others: {name: Decisions}. Without luck; profit in yuan.
    """
    rows = {_("your blind quarter"): run.decisions[0], **others}
    table = pd.DataFrame({name: each.as_dict() for name, each in rows.items()}).T
    profits = [simulate_firm((each,)).profits[0] for each in rows.values()]
    return table.assign(profit=profits).rename_axis("policy")


class Cockpit:
    """A game at the controls. run: what was played; dials: the Decisions that come next."""

    def __init__(
        self, run, *, opening=HOUSE, quarters=QUARTERS, card=None, save_to=None, keep=False
    ):
        self.run, self.quarters, self.card = run, quarters, card
        self.dials = run.decisions[-1] if run.decisions else opening
        self.save_to, self.keep, self.hidden = save_to, keep, False
        self._live = None

    @property
    def over(self):
        """Whether all quarters of this game were played."""
        return len(self.run.decisions) >= self.quarters

    def decide(self, **numbers):
        """Set controls, by the names of the decisions; ValueError outside of their limits."""
        for name in numbers:
            if name not in NAMES:
                raise ValueError(
                    f"decision must be one of {', '.join(NAMES)}, got {name!r}. Choose one of them."
                )
        self.dials = replace(self.dials, **numbers)
        return self

    def next_quarter(self):
        """Play the next quarter with the controls as they stand -> what it says."""
        if self.over:
            return self.sentence
        self.run = self.run.next(self.dials)
        if self.keep:
            self.save()
        return self.sentence

    def back(self):
        """Take the last quarter back -> what it says."""
        if self.run.decisions:
            self.run = self.run.back()
        return self.sentence

    def save(self, path=None):
        """Save the run -> name of the file."""
        return self.run.save(path or self.save_to or "my_run.json").name

    @property
    def sentence(self):
        """What the last quarter was, in a sentence or two."""
        played = self.run.played
        if played is None:
            words = _("Nothing has been played yet: set the six numbers, then play quarter 1.")
            return words if self.quarters > 1 else _("Set the six numbers, then play the quarter.")
        report = played.quarters[-1].report
        if self.quarters == 1:
            return _("Profit of the quarter: ¥{profit:,.0f}.").format(profit=report["profit"])
        words = _("Quarter {number}: profit ¥{profit:,.0f}; {customers:,.0f} customers, "
                  "{renewed:.0f} of 100 contracts renewed; a caller waits {wait:.0f} s.")
        said = words.format(
            number=report["quarter"], profit=report["profit"], customers=report["customers"],
            renewed=100 * report["renewed"], wait=report["wait_seconds"])  # fmt: skip
        return f"{said} {self._verdict()}" if self.over else said

    def _verdict(self):
        played = self.run.played
        words = _("All twelve quarters are worth ¥{value:.1f} million today, the benchmark ¥"
                  "{best:.1f} million: regret ¥{regret:.1f} million, {points:.0f} of 100 points.")
        lost = regret(played)
        return words.format(value=played.value / 1e6, best=(played.value + lost) / 1e6,
                            regret=lost / 1e6, points=grade_run(self.run))  # fmt: skip

    def table(self):
        """What was decided and seen, one row a quarter; with what is hidden if that is shown."""
        return self.run.table(hidden=self.hidden)

    def _claims(self):
        if self.card is None or not self.run.decisions:
            return ""
        cards = [self.card(id) for id in weak_claims(self.run.decisions[-1])]
        return "".join(f"<p>{_('Was this behind it?')}</p>{each.html()}" for each in cards)

    def _picture(self):
        if self.run.played is None or self.quarters == 1:
            return ""
        so_far = (HOUSE,) * len(self.run.decisions)  # and nothing of the luck that is to come
        before = simulate_firm(so_far, world=self.run.world, seed=self.run.seed)
        games = {_("the firm as it was"): before, _("your quarters"): self.run.played}
        # Margins by hand: to have them computed takes as long as all the rest of a turn.
        figure = plt.figure(figsize=(7.2, 2.9), layout="none")
        try:
            plot_profits(games, ax=figure.add_axes((0.08, 0.18, 0.9, 0.7)))
            return figures.as_html(figure)
        finally:
            plt.close(figure)

    def _html(self):
        """Picture and table; the table alone holds all that the picture shows."""
        if self.quarters == 1:
            return ""
        return self._picture() + self._table_html() + self._claims()

    def _table_html(self):
        if not self.run.decisions:
            return ""
        table = _rounded(self.table()).rename(columns=widgets.label)
        table = table.to_html(index=False, border=0, justify="right")
        caption = _("Quarter by quarter: what you decided, and what was seen")
        caption = f'><caption style="text-align:left">{html.escape(caption)}</caption>'
        wide = "overflow-x:auto;font-size:0.85em;line-height:1.3;text-align:right"
        return f'<div style="{wide}">{table.replace(">", caption, 1)}</div>'

    @property
    def live(self):
        """The ipywidgets box, made when it is first shown."""
        if self._live is None:
            self._live = _box(self)
        return self._live

    def _repr_mimebundle_(self, include=None, exclude=None):
        at = ", ".join(f"{name} {value:g}" for name, value in self.dials.as_dict().items())
        note = _("Run this cell to play. The controls stand at: {at}.").format(at=at)
        story = _(scenario(self.run.world).story) if self.quarters > 1 else ""
        said = filter(None, (story, note, self.sentence))
        page = "".join(f"<p>{html.escape(text)}</p>" for text in said)
        words = [f"Cockpit ({at})", *filter(None, [story]), self.sentence]
        if self.run.decisions and self.quarters > 1:
            words.append(_rounded(self.table()).to_string(index=False))
        return {
            **self.live._repr_mimebundle_(),
            "text/html": page + self._html(),
            "text/plain": "\n".join(words),
        }


def _rounded(table):
    """Return a report as it is shown: people and yuan whole, shares in three digits."""
    digits = {"acquisition": 2, "price": 1, "renewed": 3, "hung_up": 3, "busy": 3,
              "wait_seconds": 1, "satisfaction": 2, "culture": 2, "skill": 2}  # fmt: skip
    return pd.DataFrame({
        name: [f"{value:,.{digits.get(name, 0)}f}" for value in table[name]] for name in table
    })  # fmt: skip


def _box(game):
    """The page: story, six rows, buttons, what happened."""
    import ipywidgets as w

    said, shown = w.HTML(), w.HTML()
    rows, dials = _rows(game)
    play = w.Button(description=_("Play the quarter"), button_style="primary")
    back, save = w.Button(description=_("Take it back")), w.Button(description=_("Save"))
    hidden = w.Checkbox(value=False, description=_("Show what was hidden"), indent=False)

    def show(text=None):
        words = html.escape(text or game.sentence)
        said.value = f'<p role="status" style="font-weight:600">{words}</p>'
        shown.value = game._html()
        play.disabled, back.disabled = game.over, not game.run.decisions

    def tried(action):
        def clicked(_button):
            try:
                game.decide(**{name: dial.value for name, dial in dials.items()})
                show(action())
            except (OSError, ValueError) as error:
                said.value = f'<p role="alert">{html.escape(str(error))}</p>'

        return clicked

    def saved():
        return _("Saved as {name}.").format(name=game.save())

    def turned(change):
        game.hidden = change["new"]
        show()

    play.on_click(tried(game.next_quarter))
    back.on_click(tried(game.back))
    save.on_click(tried(saved))
    hidden.observe(turned, "value")
    show()
    story = html.escape(_(scenario(game.run.world).story)) if game.quarters > 1 else ""
    buttons = w.HBox([play, back] if game.quarters == 1 else [play, back, save, hidden])
    return w.VBox([w.HTML(f"<p>{story}</p>"), *rows, buttons, said, shown])


def _rows(game):
    """The six rows of the page, and the widget of each decision."""
    import ipywidgets as w

    rows, dials = [], {}
    for name, value in game.dials.as_dict().items():
        low, high, step = RANGES[name]
        whole = isinstance(step, int)
        value = int(value) if whole and value == int(value) else value
        spec = (min(low, value), max(high, value), step)
        row, dials[name] = widgets.control(name, spec, value)
        rows.append(w.HBox([row, w.HTML(f"<small>{html.escape(_(UNITS[name]))}</small>")]))
    return rows, dials
