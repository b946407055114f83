"""Who struggles with what: grades.csv as a table and a picture, by exercise and misconception."""

from pathlib import Path

from crm_course.learning.wording import listing, short
from crm_course.locale import _

FIXED = ("student", "points", "of", "stretch", "notes")
OUTCOMES = {"right": "green", "wrong": "vermilion", "empty": "grey", "by hand": "blue"}
MARKS = {"right": "✓", "wrong": "✗", "empty": "", "by hand": "…"}
# where a picture of this kind carries its description
DESCRIBED = {".png": "Description", ".svg": "Description", ".pdf": "Subject"}


def read(path):
    """Read grades.csv -> a table, one row per student; ValueError if it is another file."""
    import pandas as pd

    try:
        grades = pd.read_csv(Path(path), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except FileNotFoundError:
        raise FileNotFoundError(_refused(path, "no such file")) from None
    except (ValueError, OSError) as error:  # no text, no table, nothing in it, a folder
        raise ValueError(_refused(path, str(error).strip().splitlines()[0])) from None
    missing = [name for name in FIXED if name not in grades]
    if missing or grades.columns.size == len(FIXED):
        raise ValueError(_refused(path, f"columns {listing(list(grades))}"))
    for id in _exercises(grades):
        strange = grades.loc[~_part(grades[id], 0).isin(OUTCOMES), id]
        if len(strange):
            raise ValueError(_refused(path, f"{short(strange.iloc[0])!r} in column {id}"))
    return grades


def _refused(path, got):
    return (
        f"{path} must be written by `crm-course grade`, got {got}. Give the file that --out named."
    )


def by_exercise(grades):
    """Count the outcomes of each exercise -> exercise, right, wrong, empty, by hand.

    >>> import pandas as pd
    >>> grades = pd.DataFrame({"student": ["a", "b"], "21.2": ["right", "wrong: SLIP"]})
    >>> by_exercise(grades)
      exercise  right  wrong  empty  by hand
    0     21.2      1      1      0        0
    """
    import pandas as pd

    rows = []
    for id in _exercises(grades):
        outcomes = _part(grades[id], 0)
        rows.append([id, *((outcomes == name).sum() for name in OUTCOMES)])
    return pd.DataFrame(rows, columns=["exercise", *OUTCOMES])


def by_mistake(grades):
    """Count the students of each misconception -> mistake, students, exercises; most first."""
    import pandas as pd

    long = grades.melt("student", _exercises(grades), "exercise", "outcome")
    long["mistake"] = _part(long["outcome"], 2)
    met = long[~long["mistake"].isin(["", "SLIP", "ERROR"])]  # slips are nobody's conviction
    rows = [
        (tag, each["student"].nunique(), ", ".join(sorted(each["exercise"].unique())))
        for tag, each in met.groupby("mistake")
    ]
    rows.sort(key=lambda row: (-row[1], row[0]))
    return pd.DataFrame(rows, columns=["mistake", "students", "exercises"])


def plot_class(grades, ax=None):
    """Draw one row for each student and one column for each exercise; return the Axes.

    Outcomes differ by sign and by colour. The weakest students stand on top.
    """
    from crm_course import figures

    ids = _exercises(grades)
    ordered = _weakest_first(grades, ids)
    ax = figures.new_axes(ax)
    for y, row in enumerate(ordered[ids].to_numpy()):
        for x, cell in enumerate(row):
            outcome = cell.partition(":")[0]
            colour = figures.PALETTE[OUTCOMES[outcome]]
            ax.text(x, y, MARKS[outcome], color=colour, ha="center", va="center", fontsize=14)
    ax.set_xticks(range(len(ids)), ids)
    ax.set_yticks(range(len(ordered)), [name[:24] for name in ordered["student"]], parse_math=False)
    ax.set(xlim=(-0.5, len(ids) - 0.5), ylim=(max(1, len(ordered)) - 0.5, -0.5))
    ax.xaxis.tick_top()
    ax.grid(False)
    return figures.say(ax, _by_exercise_said(grades))


def plot_mistakes(grades, ax=None):
    """Draw for each misconception how many students met it, most on top; return the Axes."""
    from crm_course import figures

    met = by_mistake(grades)
    ax = figures.new_axes(ax)
    bars = ax.barh(range(len(met)), met["students"], color=figures.PALETTE["vermilion"])
    ax.bar_label(bars, [listing(ids.split(", "), 2) for ids in met["exercises"]], padding=4)
    ax.set_yticks(range(len(met)), met["mistake"])
    ax.set(xlabel=_("Students"), xlim=(0, max(1, len(grades)) * 1.3))
    ax.set_ylim(max(1, len(met)) - 0.5, -0.5)
    return figures.say(ax, _by_mistake_said(grades))


def sentence(grades):
    """Say which exercise most students miss, and which misconception most have."""
    return f"{_by_exercise_said(grades)} {_by_mistake_said(grades)}"


def _by_exercise_said(grades):
    if not len(grades):
        return _("No students: the table is empty.")
    least = by_exercise(grades).sort_values("right", kind="stable").iloc[0]
    text = _("{n} students; fewest were right on {exercise}: {right}.")
    return text.format(n=len(grades), exercise=least["exercise"], right=least["right"])


def _by_mistake_said(grades):
    mistakes = by_mistake(grades)
    if not len(mistakes):
        return _("Nobody met a misconception of the course.")
    most = mistakes.iloc[0]
    text = _("Most met misconception: {tag}, {students} students.")
    return text.format(tag=most["mistake"], students=most["students"])


def told(grades):
    """Return both tables and the notes as text."""
    parts = [sentence(grades), by_exercise(grades).to_string(index=False)]
    mistakes = by_mistake(grades)
    parts += [mistakes.to_string(index=False)] if len(mistakes) else []
    noted = grades.loc[grades["notes"] != "", ["student", "notes"]]
    parts += [f"{row.student}: {row.notes}" for row in noted.itertuples()]
    return "\n\n".join(parts)


def write(grades, path):
    """Write the picture, by exercise and by misconception, to path (.png, .svg or .pdf).

    A .png and an .svg carry its sentence as their description.
    """
    from matplotlib.figure import Figure

    suffix = Path(path).suffix.lower()
    if suffix not in DESCRIBED:
        raise ValueError(f"the picture must be a .png, .svg or .pdf, got {path}. Write: class.png.")
    rows = (max(3, 0.28 * len(grades)), max(1.5, 0.35 * len(by_mistake(grades))))
    width = max(7.2, 2.5 + 0.7 * len(_exercises(grades)))
    figure = Figure(figsize=(width, sum(rows) + 2.4), layout="constrained")
    above, below = figure.subplots(2, height_ratios=rows)
    plot_class(grades, above)
    plot_mistakes(grades, below)
    figure.savefig(path, metadata={DESCRIBED[suffix]: sentence(grades)})


def _part(cells, which):
    """Return the outcome (0) or the misconception (2) of cells like "wrong: SAT_IS_LOYAL"."""
    return cells.map(lambda cell: cell.partition(":")[which].strip()).astype(str)


def _exercises(grades):
    return [name for name in grades.columns if name not in FIXED]


def _weakest_first(grades, ids):
    right = sum((grades[id] == "right").astype(int) for id in ids)
    return grades.iloc[right.argsort(kind="stable")]
