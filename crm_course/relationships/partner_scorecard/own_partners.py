"""The reader's own partners: marks from a CSV in, scores as a CSV out."""

from crm_course.own_data import own
from crm_course.own_file import write_table
from crm_course.schema import Column, Table

from .scoring import WEIGHTS, checked, mean_marks, weighted_score


def read_scorecard(path_or_frame, *, weights, partner="partner", rater=None, low=1, high=5):
    """Return a scorecard from a file of your own: partner, rater if there is one, the criteria.

    path_or_frame: a CSV file (UTF-8, comma, one row for each partner, or for each partner and
    rater) or a DataFrame; neither is changed. weights: your criteria, by the names of their
    columns, with their weights. partner, rater: the names of these columns; low, high: the marks.
    Other columns are left out. ValueError with every problem at once, rows numbered as a
    spreadsheet does; what else is refused stands at `datasets.own`.
    """
    names = list(checked(weights).index)
    who = {"partner": partner} | ({"rater": rater} if rater else {})
    columns = [Column(each, "text", "") for each in who]
    columns += [Column(name, "number", "", "points", low, high) for name in names]
    each = "one partner" if rater is None else "one partner as one rater judges it"
    declared = Table("scorecard", each, tuple(who), (*who, *names), tuple(columns))
    return own(declared, path_or_frame, columns=who)


def export_scores(scorecards, path, *, weights=WEIGHTS):
    """Write the scores as CSV for a spreadsheet: place, partner, score, mean marks -> the path.

    The file is written whole or not at all, Chinese survives, and a name that a spreadsheet would
    run as a formula is made harmless. A file that is there is replaced.
    """
    scores = weighted_score(scorecards, weights=weights)[["place", "partner", "score"]]
    marks = mean_marks(scorecards, checked(weights))
    return write_table(scores.merge(marks, left_on="partner", right_index=True), path)
