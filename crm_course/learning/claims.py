"""claims.card("CL-06"): where a famous number comes from, and how far it can be trusted."""

import html
from dataclasses import dataclass
from functools import cache

from crm_course import content
from crm_course.locale import _

GRADES = {
    "A": "well supported",
    "B": "supported under stated conditions",
    "C": "contested, or dependent on context",
    "D": "untraceable, or folklore",
    "E": "a problem of arithmetic, unit or transcription",
}


@dataclass(frozen=True, repr=False)
class Claim:
    """A statement of the source with its evidence; shown as text and in HTML.

    id: "CL-06". text_en, text_zh: what is said. items: where the source says it. origin: where
    it comes from. evidence_for, evidence_against. grade: letters of GRADES (none: a choice, not a
    finding), grade_note: which letter is for what. unit_issue: "" where there is none.
    safe_wording: what one can say. refs: the literature.
    """

    id: str
    text_en: str
    text_zh: str
    items: tuple[str, ...]
    origin: str
    evidence_for: str
    evidence_against: str
    grade: tuple[str, ...]
    safe_wording: str
    refs: tuple[str, ...]
    grade_note: str = ""
    unit_issue: str = ""

    def __repr__(self):
        lines = [f"{self.id} · {self.text_en}", self.text_zh]
        lines += [f"{name}: {text}" for name, text in self._rows()]
        return "\n".join(lines)

    def html(self):
        """The HTML face. Colours are set on white, so that a dark theme changes nothing."""
        rows = "".join(
            f"<br><strong>{html.escape(name)}.</strong> {html.escape(text)}"
            for name, text in self._rows()
        )
        return (
            '<div style="border: 1px solid #8a5a00; border-left-width: 4px; padding: 8px 12px; '
            'background-color: #ffffff; color: #1f1f1f; max-width: 48rem;">'
            f"<strong>{self.id}</strong> · {html.escape(self.text_en)}<br>"
            f'<span lang="zh">{html.escape(self.text_zh)}</span>{rows}</div>'
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {"text/plain": repr(self), "text/html": self.html()}

    def _rows(self):
        shown = (
            (_("Grade"), self.verdict),
            (_("Origin"), _(self.origin)),
            (_("For"), _(self.evidence_for)),
            (_("Against"), _(self.evidence_against)),
            (_("Mind the unit"), self.unit_issue and _(self.unit_issue)),
            (_("Safe to say"), _(self.safe_wording)),
            (_("Literature"), "; ".join(self.refs)),
            (_("In the source"), ", ".join(self.items)),
        )
        return [(name, text) for name, text in shown if text]

    @property
    def verdict(self):
        """The grade in words: "C, contested, or dependent on context"."""
        if self.grade_note:
            return _(self.grade_note)
        return "; ".join(f"{letter}, {_(GRADES[letter])}" for letter in self.grade) + "."


def card(id):
    """Return the card of a claim, to look at.

    id: "CL-06", "cl-6" or 6. ValueError, naming what there is, for an unknown one.

    >>> card("CL-14").grade
    ('B', 'C')
    """
    wanted, known = _plain(id), cards()
    if wanted not in known:
        first, last = min(known), max(known)
        raise ValueError(f"claim must be {first} ... {last}, got {id!r}. Write card('CL-06').")
    return known[wanted]


@cache
def cards():
    """Return every card by its id."""
    claims = [Claim(**_frozen(entry)) for entry in content.entries("claims")]
    return {each.id: each for each in claims}


def table():
    """Return the claims as a table: claim, text, chinese, grade, items, safe_wording; a row each.

    >>> table().shape
    (25, 6)
    """
    import pandas as pd

    rows = [
        (
            each.id,
            each.text_en,
            each.text_zh,
            "/".join(each.grade),
            ", ".join(each.items),
            _(each.safe_wording),
        )
        for each in cards().values()
    ]
    return pd.DataFrame(
        rows, columns=["claim", "text", "chinese", "grade", "items", "safe_wording"]
    )


def _plain(id):
    digits = str(id).strip().upper().removeprefix("CL").lstrip("- ")
    return f"CL-{int(digits):02d}" if digits.isdecimal() else digits


def _frozen(entry):
    return {name: tuple(v) if isinstance(v, list) else v for name, v in entry.items()}
