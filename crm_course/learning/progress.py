"""What a reader has done and what to come back to, in a file of the reader's own.

check() and quiz() add a line to progress.jsonl in the reader's own folder (crm_course.state), and
nothing else ever reads or sends it. A folder that cannot be written is no reason to stop anybody.
A line holds the exercise, the outcome, the misconception, and a digest by which a repeated answer
is told from a new try; not the answer, not the time.
"""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass

from crm_course import content, state
from crm_course.learning import handed_in
from crm_course.locale import _

FILE = "progress.jsonl"
COUNTED = ("right", "mistake", "wrong", "opened")  # the rest says nothing about the reader

# state: its words and its marker in the picture
STATES = {
    "solved": "solved",
    "read": "solved after the solution was opened",
    "tried": "tried, not yet right",
    "open": "not tried",
}
MARKERS = {"solved": "s", "read": "D", "tried": "^", "open": "s"}
COLOURS = {"solved": "green", "read": "blue", "tried": "vermilion", "open": "grey"}


@dataclass(frozen=True)
class Record:
    """What a reader has done with one exercise or question.

    tries: different answers that were wrong. right: answered. read: the solution was opened
    before. mistakes: the misconceptions met, with repetitions.
    """

    tries: int = 0
    right: bool = False
    read: bool = False
    mistakes: tuple[str, ...] = ()

    @property
    def state(self):
        """One of STATES."""
        if self.right:
            return "read" if self.read else "solved"
        return "tried" if self.tries or self.read else "open"


def note(feedback, answer=None):
    """Add what feedback says about an answer; silently not, where nothing can be written."""
    if feedback.outcome in COUNTED:
        _add(feedback.exercise, feedback.outcome, feedback.mistake, _digest(answer))


def note_opened(id):
    """Add that the solution of an exercise was looked at."""
    _add(id, "opened")


def record(id):
    """Return the Record of an exercise or a question."""
    return records().get(id, Record())


def records():
    """Return the Record of every exercise that the reader has touched, by id."""
    events = {}
    for event in _events():
        events.setdefault(event["exercise"], []).append(event)
    return {id: _folded(each) for id, each in events.items()}


def table():
    """Return every exercise and question of the course: exercise, state, tries, mistake.

    mistake is the misconception met most often, or empty.
    """
    import pandas as pd

    known = records()
    rows = [(id, known.get(id, Record())) for id in _ids()]
    columns = ["exercise", "state", "tries", "mistake"]
    return pd.DataFrame([_row(id, each) for id, each in rows], columns=columns)


def revisit():
    """Return the rows of table() to come back to: not yet right, or read before they were."""
    return table().query("state in ['tried', 'read']").reset_index(drop=True)


def told():
    """Return in words how far the reader is, and what to come back to."""
    rows = revisit().itertuples()
    lines = [f"  {row.exercise} · {_(STATES[row.state])}" for row in rows]
    return "\n".join([_sentence(records()), *lines])


def forget():
    """Delete the file: the reader begins anew."""
    _path().unlink(missing_ok=True)


def plot_progress(ax=None):
    """Draw one row for each chapter and one mark for each exercise and question; return the Axes.

    The marks differ by form and colour: filled when solved, hollow when not tried.
    """
    from crm_course import figures

    known, rows = records(), _rows()
    ax = figures.new_axes(ax)
    ax.figure.set_size_inches(7.2, 1.6 + 0.3 * len(rows))
    for kind in STATES:
        _draw(ax, kind, [(x, y) for x, y, id in _places(rows) if _state(known, id) == kind])
    ax.set_yticks(range(len(rows)), [f"{chapter} {name}" for chapter, name, _ids in rows])
    ax.set(xlabel=_("Exercises, then questions"), xticks=[], ylim=(len(rows) - 0.5, -0.5))
    ax.grid(False)
    ax.legend(loc="upper center", bbox_to_anchor=(0.5, -1.6 / len(rows)), ncols=2)
    return figures.say(ax, _sentence(known))


def _draw(ax, kind, places):
    from crm_course import figures

    colour = figures.PALETTE[COLOURS[kind]]
    x, y = zip(*places, strict=True) if places else ((), ())
    face = "none" if kind == "open" else colour
    label = f"{_(STATES[kind])} ({len(places)})"
    ax.scatter(x, y, marker=MARKERS[kind], facecolors=face, edgecolors=colour, label=label)


def _places(rows):
    return [(x, y, id) for y, (_chapter, _name, ids) in enumerate(rows) for x, id in enumerate(ids)]


def _rows():
    """Return (number, topic, ids) of every chapter."""
    names = content.chapters()
    return [(chapter, names[chapter].replace("_", " "), _ids_of(chapter)) for chapter in names]


def _sentence(known):
    states = Counter(_state(known, id) for id in _ids())
    text = _("{solved} of {all} exercises and questions solved, {revisit} to come back to.")
    return text.format(
        solved=states["solved"] + states["read"],
        all=states.total(),
        revisit=states["tried"] + states["read"],
    )


def _state(known, id):
    return known.get(id, Record()).state


def _row(id, each):
    most = Counter(each.mistakes).most_common(1)
    return id, each.state, each.tries, most[0][0] if most else ""


def _ids():
    return [id for chapter in content.chapters() for id in _ids_of(chapter)]


def _ids_of(chapter):
    from crm_course.learning import quiz_bank

    path = content.topic_folder(chapter) / "quiz.yaml"
    questions = quiz_bank.load(path, chapter) if path.exists() else ()
    return [each.id for each in (*content.exercises(chapter), *questions)]


def _folded(events):
    """Make one Record of the events of one exercise, in their order."""
    outcomes = [event["outcome"] for event in events]
    first = outcomes.index("right") if "right" in outcomes else len(outcomes)
    wrong = [event for event in events if event["outcome"] in ("mistake", "wrong")]
    return Record(
        tries=len({event.get("answer") for event in wrong}),
        right="right" in outcomes,
        read="opened" in outcomes[:first],
        mistakes=tuple(event["mistake"] for event in wrong if event.get("mistake")),
    )


def _path():
    return state.folder() / FILE


def _add(id, outcome, mistake=None, answer=None):
    event = {"exercise": id, "outcome": outcome, "mistake": mistake, "answer": answer}
    # begins a line of its own also after one that was cut off
    line = "\n" + json.dumps({name: value for name, value in event.items() if value})
    try:
        _path().parent.mkdir(parents=True, exist_ok=True)
        with _path().open("a", encoding="utf-8") as file:  # one write: two notebooks do not mix
            file.write(line)
    except OSError:  # a full disk, a folder that is read-only: the answer is marked all the same
        return


def _events():
    """Yield every line that can be read; one that was cut off is left out."""
    try:
        text = _path().read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    for line in text.splitlines():
        try:
            event = json.loads(line)
        except ValueError:
            continue
        if isinstance(event, dict) and {"exercise", "outcome"} <= set(event):
            yield event


def _digest(answer):
    try:
        code = getattr(answer, "__code__", None)  # the address is new each time
        shown = json.dumps(_code(code) if code else handed_in.encoded(answer))
    except Exception:  # an object that breaks when it is looked at
        shown = type(answer).__name__
    return hashlib.sha256(shown.encode("utf-8", "replace")).hexdigest()[:8]


def _code(code):
    """Return what a function does, as data; its constants hold the functions inside it."""
    constants = [_code(each) if hasattr(each, "co_code") else repr(each) for each in code.co_consts]
    return [code.co_code.hex(), code.co_names, constants]
