"""A lesson in 60, 90 or 180 minutes: what to teach, for how long, and what to leave out if late.

The minutes of a section lie between the low and the high of its metadata, and add up to the time
there is. What the core leaves free goes to exercises and to the sections below the line.
"""

from dataclasses import dataclass

from crm_course.learning.lesson_plan import Section

FULL = 0.75  # share of the time that the low minutes may fill: rooms are slower than authors
BREAK = Section("Break", "break", (10, 10))
BREAK_FROM = 120  # minutes that nobody sits through
OPENING = Section("Arrive, open JupyterLab, run the first cell", "arrive", (2, 5))
SPINE = ("question", "predict", "one customer", "decision", "summary")
SPINE_OF_A_CASE = ("hand-out", "predict", "one customer", "role", "memo", "summary")

# what goes first when time runs out, and what to do instead of it
INSTEAD = {
    "exercise": "Give it as homework.",
    "further": "Name it and leave it to read.",
    "reality": "Name the data set and leave it to read.",
    "claim": "Read the card's last line aloud.",
    "truth": "Tell the one number.",
    "limits": "Ask for one limit and go on.",
    "quiz": "Give it as homework.",
    "rubric": "Give it out with the memos that you have marked.",
    "explorer": "Move the slider yourself, once, and ask the room for the answer.",
    "everybody": "Show the outputs that are there and read the bold numbers.",
    "picture": "Show the picture, say its one sentence, go on.",
    "model": "Show the formula and one row of it; run nothing.",
    "surprise": "Show the one number against the guesses.",
    "exhibit": "Give out its page and read its last sentence aloud.",
    "question for discussion": "Take one of the three.",
}

# where a lesson is whole enough to stop, and what to say then
STOPS = {
    "one customer": "One person's story stands. Ask what they would do for this one; the rest is "
    "the chapter to read.",
    "picture": "The room has seen what happens and when. Give the decision as the question to "
    "read the rest with.",
    "surprise": "The surprise is out, and that is what they will remember. Vote on the decision "
    "now, without the sum.",
    "question for discussion": "Both sides have been heard. The memo is homework: say for when.",
    "memo": "The case is complete. At home, neighbours mark each other's memo by the rubric.",
    "decision": "The lesson is complete. Summary and quiz are homework.",
    "summary": "All of it. The exercises are homework.",
}


@dataclass(frozen=True)
class Step:
    """A section and the minutes it gets: from the minute start, for so many."""

    section: Section
    start: int
    minutes: int

    @property
    def end(self):
        return self.start + self.minutes


@dataclass(frozen=True)
class RunSheet:
    """The steps of a lesson, in their order, that add up to its minutes."""

    minutes: int
    steps: tuple[Step, ...]

    @property
    def reserve(self):
        """Minutes that no section needs."""
        return self.minutes - (self.steps[-1].end if self.steps else 0)

    @property
    def cuts(self):
        """What to leave out, first things first: (step, minutes won, what to do instead)."""
        steps = [step for step in self.steps if step.section.beat in INSTEAD]
        order = list(INSTEAD)
        steps.sort(key=lambda step: (order.index(step.section.beat), -step.start))
        return [(step, max(1, step.minutes - 1), INSTEAD[step.section.beat]) for step in steps]

    @property
    def stops(self):
        """Where the lesson still stands: (minute, step, what to say)."""
        return [(step.end, step, STOPS[step.section.beat]) for step in self.steps
                if step.section.beat in STOPS]  # fmt: skip


def spine(chapter):
    """Return the beats that no lesson of a Chapter does without."""
    return SPINE_OF_A_CASE if chapter.is_case else SPINE


def plan(chapter, minutes):
    """Plan a lesson of a chapter -> RunSheet.

    minutes: what there is. ValueError where not even the lows of the beats that no lesson does
    without (`spine`) fit in.
    """
    core = _core(chapter, minutes)
    extras = _extras(chapter, core, minutes)
    rest = [BREAK] if minutes >= BREAK_FROM and extras else []
    sections = [OPENING, *core, *rest, *extras]
    steps, start = [], 0
    for section, share in zip(sections, shares(sections, minutes), strict=True):
        steps.append(Step(section, start, share))
        start += share
    return RunSheet(minutes, tuple(steps))


def shares(sections, minutes):
    """Share minutes out, each section between its low and high, in whole minutes that add up.

    >>> shares([Section("a", "question", (5, 7)), Section("b", "model", (10, 20))], 21)
    [6, 15]
    """
    lows = [each.minutes[0] for each in sections]
    spans = [each.minutes[1] - each.minutes[0] for each in sections]
    free = min(max(0, minutes - sum(lows)), sum(spans))
    exact = [span * free / sum(spans) if spans and sum(spans) else 0 for span in spans]
    given = [int(each) for each in exact]
    order = sorted(range(len(exact)), key=lambda at: given[at] - exact[at])
    for at in order[: free - sum(given)]:
        given[at] += 1
    return [low + more for low, more in zip(lows, given, strict=True)]


def _core(chapter, minutes):
    """Return the core, without what has to go when its lows do not fit."""
    core, order = list(chapter.core), list(INSTEAD)
    while _low([OPENING, *core]) > minutes:
        spare = [each for each in core if each.beat not in spine(chapter) and each.beat in order]
        if not spare:
            raise ValueError(
                f"minutes must be {_low([OPENING, *core])} or more for chapter {chapter.number}, "
                f"got {minutes}. Give more, or teach it in two lessons."
            )
        core.remove(min(spare, key=lambda each: order.index(each.beat)))
    return core


def _extras(chapter, core, minutes):
    """Return the exercises and further sections that fill the time, exercises first."""
    left = FULL * minutes - _low([OPENING, *core, *([BREAK] if minutes >= BREAK_FROM else [])])
    taken = []
    for each in _wanted(chapter):
        if each.minutes[0] <= left:
            taken.append(each)
            left -= each.minutes[0]
    return sorted(taken, key=[*chapter.exercises, *chapter.further].index)


def _wanted(chapter):
    """Return what to add, in order: one exercise by hand, one on data, the real data, the rest."""
    core = [each for each in chapter.exercises if not each.below and each.minutes[1]]
    on_data = [each for each in core if "company." in each.code + each.text][:1]
    first = [*core[:1], *(each for each in on_data if each not in core[:1]), *chapter.further[-1:]]
    more = [*chapter.further, *core]
    return [*first, *(each for each in more if each not in first)]


def _low(sections):
    return sum(each.minutes[0] for each in sections)
