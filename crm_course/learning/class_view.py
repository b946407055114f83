"""Who struggles with what: grades.csv as a table and a picture, by exercise and misconception."""

from pathlib import Path

from crm_course.locale import _

FIXED = ("student", "points", "of", "stretch", "notes")
OUTCOMES = {"right": "green", "wrong": "vermilion", "empty": "grey", "by hand": "blue"}
MARKS = {"right": "✓", "wrong": "✗", "empty": "", "by hand": "…"}


def read(path):
    """Read grades.csv -> a table, one row per student; ValueError if it is another file."""
    import pandas as pd

    grades = pd.read_csv(Path(path), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    missing = [name for name in FIXED if name not in grades]
    if missing or grades.columns.size == len(FIXED):
        raise ValueError(
            f"{path} must be written by `crm-course grade`, got columns {list(grades)[:8]}. "
            "Give the file that --out named."
        )
    return grades


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
        outcomes = grades[id].str.partition(":")[0]
        rows.append([id, *((outcomes == name).sum() for name in OUTCOMES)])
    return pd.DataFrame(rows, columns=["exercise", *OUTCOMES])


def by_mistake(grades):
    """Count the students of each misconception -> mistake, students, exercises; most first."""
    import pandas as pd

    long = grades.melt("student", _exercises(grades), "exercise", "outcome")
    long["mistake"] = long["outcome"].str.partition(": ")[2]
    met = long[~long["mistake"].isin(["", "SLIP", "ERROR"])]
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
    ax.figure.set_size_inches(2.5 + 0.7 * len(ids), 1.8 + 0.28 * len(ordered))
    for y, row in enumerate(ordered[ids].to_numpy()):
        for x, cell in enumerate(row):
            outcome = cell.partition(":")[0]
            colour = figures.PALETTE[OUTCOMES.get(outcome, "grey")]
            sign = MARKS.get(outcome, "?")
            ax.text(x, y, sign, color=colour, ha="center", va="center", fontsize=14)
    ax.set_xticks(range(len(ids)), ids)
    ax.set_yticks(range(len(ordered)), [name[:24] for name in ordered["student"]])
    ax.set(xlim=(-0.5, len(ids) - 0.5), ylim=(len(ordered) - 0.5, -0.5))
    ax.xaxis.tick_top()
    return figures.say(ax, sentence(grades))


def sentence(grades):
    """Say which exercise most students miss, and which misconception most have."""
    exercises, mistakes = by_exercise(grades), by_mistake(grades)
    least = exercises.sort_values("right", kind="stable").iloc[0]
    text = _("{n} students; fewest were right on {exercise}: {right}.").format(
        n=len(grades), exercise=least["exercise"], right=least["right"]
    )
    if len(mistakes):
        most = mistakes.iloc[0]
        more = _("Most met misconception: {tag}, {students} students.")
        text += " " + more.format(tag=most["mistake"], students=most["students"])
    return text


def told(grades):
    """Return both tables and the notes as text."""
    parts = [sentence(grades), by_exercise(grades).to_string(index=False)]
    mistakes = by_mistake(grades)
    parts += [mistakes.to_string(index=False)] if len(mistakes) else []
    noted = grades.loc[grades["notes"] != "", ["student", "notes"]]
    parts += [f"{row.student}: {row.notes}" for row in noted.itertuples()]
    return "\n\n".join(parts)


def write(grades, path):
    """Write the picture to path (.png, .svg or .pdf)."""
    from matplotlib.figure import Figure

    ax = plot_class(grades, Figure(layout="constrained").subplots())
    ax.figure.savefig(path)


def _exercises(grades):
    return [name for name in grades.columns if name not in FIXED]


def _weakest_first(grades, ids):
    right = sum((grades[id] == "right").astype(int) for id in ids)
    return grades.iloc[right.argsort(kind="stable")]
