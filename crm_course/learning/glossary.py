"""glossary.term("churn"): a term in English and Chinese, what it means, where it is taught."""

import difflib
import html
from dataclasses import dataclass
from functools import cache

from crm_course import content
from crm_course.learning.choices import plain
from crm_course.locale import _


@dataclass(frozen=True, repr=False)
class Term:
    """A term of the course; shown as text and in HTML."""

    en: str
    zh: str
    means: str
    chapter: str
    also: tuple[str, ...] = ()
    zh_also: tuple[str, ...] = ()

    @property
    def names(self):
        """Every name of the term, in both languages."""
        return (self.en, *self.also, self.zh, *self.zh_also)

    def __repr__(self):
        return f"{self._title()}: {_(self.means)} {self._where()}"

    def html(self):
        """The HTML face."""
        title, means = html.escape(self._title()), html.escape(_(self.means))
        return f"<p><strong>{title}</strong>: {means} {self._where()}</p>"

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": repr(self), "text/html": self.html()}

    def _title(self):
        others = ", ".join(self.names[1 : 1 + len(self.also)])
        also = " " + _("(also {names})").format(names=others) if others else ""
        return f"{self.en}{also} · {self.zh}"

    def _where(self):
        return _("Chapter {number}.").format(number=self.chapter)


def term(name):
    """Return a term by any of its names, English or Chinese, to look at.

    name: "churn", "客户流失", "attrition"; case does not matter. ValueError, naming what is near,
    for an unknown one.

    >>> term("Attrition").zh
    '客户流失'
    """
    known = _by_name()
    found = known.get(plain(str(name)))
    if found is None:
        near = difflib.get_close_matches(plain(str(name)), known, n=3, cutoff=0.5)
        advice = f"Near it: {', '.join(near)}." if near else "glossary.table() lists them all."
        raise ValueError(f"term must be one of the glossary, got {name!r}. {advice}")
    return found


@cache
def terms():
    """Return every Term, in the order of the file."""
    return tuple(
        Term(**{name: tuple(v) if isinstance(v, list) else v for name, v in entry.items()})
        for entry in content.entries("glossary")
    )


def table():
    """Return the glossary as a table: term, chinese, means, chapter; one row each, by term.

    >>> list(table().columns)
    ['term', 'chinese', 'means', 'chapter']
    """
    import pandas as pd

    rows = [(each.en, each.zh, _(each.means), each.chapter) for each in terms()]
    columns = ["term", "chinese", "means", "chapter"]
    sorted_rows = sorted(rows, key=lambda row: row[0].casefold())
    return pd.DataFrame(sorted_rows, columns=columns)


@cache
def _by_name():
    return {plain(name): each for each in terms() for name in each.names}
