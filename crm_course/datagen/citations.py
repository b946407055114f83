"""How one number travels: documents that copy, change and misattribute it, and a few that measured.

A copy adds volume and no evidence; the truth says from which document each number came.
"""

import numpy as np
import pandas as pd

from crm_course.schema.group import DOCUMENTS

from .processes import choice, quantise
from .recorded import once
from .streams import stream

FIRST, LAST = 1978, 2025
EARLY = np.array([0.30, 0.20, 0.30, 0.10, 0.00, 0.10])  # shares of the kinds before the web
LATE = np.array([0.08, 0.07, 0.15, 0.20, 0.35, 0.15])
WEB = 1998
SOURCES = ("a consumer affairs study", "a business review", "a consultancy", "a research firm",
           "a famous professor", "industry experience")  # fmt: skip
MEASURED = (2.0, 9.0)  # what measuring firms find differs that much
RECENT = 50  # what is read is among that many latest documents
FAMOUS = 0.25  # of the copies go back to the source of what they read
GUESSED = (5.0, 6.0, 7.0, 8.0, 10.0)


@once
def make_citations(scenario, seed: int) -> pd.DataFrame:
    """Make the documents in the order of time; the same whatever the customers."""
    drawn = _Drawn(scenario.citations, seed)
    copied = drawn.parent >= 0
    shown = copied & (drawn.uniform("shown") < scenario.citations.shown)
    return pd.DataFrame({
        "document_id": np.arange(drawn.size) + 1,
        "year": drawn.year,
        "kind": np.array(DOCUMENTS)[drawn.kind],
        "quoted": drawn.inherited(drawn.own_number, drawn.changed),
        "attributed_to": drawn.attribution(),
        "cites_document_id": np.where(shown, drawn.parent + 1.0, np.nan),
    })  # fmt: skip


@once
def make_truth_citations(scenario, seed: int) -> pd.DataFrame:
    """Make where each document took its number, the root of its chain, and who measured."""
    drawn = _Drawn(scenario.citations, seed)
    number = np.arange(drawn.size)
    return pd.DataFrame({
        "document_id": number + 1,
        "copied_from_document_id": np.where(drawn.parent >= 0, drawn.parent + 1.0, np.nan),
        "root_document_id": drawn.inherited(number + 1, drawn.parent < 0),
        "empirical": drawn.empirical,
    })  # fmt: skip


class _Drawn:
    """The documents of a world: year, kind, whom each copies, and what it would say by itself."""

    def __init__(self, citations, seed):
        self.seed, self.size = seed, citations.documents
        growth = self.uniform("year") ** 0.6
        self.year = np.sort(FIRST + np.floor((LAST + 1 - FIRST) * growth).astype(int))
        shares = np.where(self.year[:, None] < WEB, EARLY, LATE)
        self.kind = choice(self.uniform("kind"), shares)
        self.parent = self._parents(citations.root)
        root = self.parent < 0
        self.empirical = root & (self.uniform("empirical") < citations.empirical)
        self.kind[0], self.empirical[0] = DOCUMENTS.index("study"), True  # where it all began
        self.own_number = self._own_numbers()
        self.changed = root | (self.uniform("changed") < citations.mutation)
        self.renamed = root | (self.uniform("renamed") < citations.drift)

    def uniform(self, column):
        return stream(self.seed, "citations", column, 0).random(self.size)

    def _parents(self, root):
        """Position of the document copied, -1 for a root: sometimes the source of the one read."""
        fresh, pick, famous = self.uniform("root"), self.uniform("parent"), self.uniform("famous")
        parent = np.full(self.size, -1)
        for number in range(1, self.size):
            copied = number - 1 - int(pick[number] * min(number, RECENT))
            known = parent[copied] if famous[number] < FAMOUS and parent[copied] >= 0 else copied
            parent[number] = -1 if fresh[number] < root else known
        return parent

    def _own_numbers(self):
        low, high = MEASURED
        measured = quantise(low + (high - low) * self.uniform("measured"), 1)
        guessed = np.array(GUESSED)[np.floor(len(GUESSED) * self.uniform("guessed")).astype(int)]
        return np.where(self.empirical, measured, guessed)

    def inherited(self, own, fresh):
        """The document's own value where fresh, otherwise that of the document it copies."""
        value = np.array(own)
        for number in np.flatnonzero(~fresh):
            value[number] = value[self.parent[number]]
        return value

    def attribution(self):
        """The source named: that of the copied document, or drawn anew; a tenth name nobody."""
        own = np.floor(len(SOURCES) * self.uniform("source")).astype(int)
        named = np.array(SOURCES, dtype=object)[self.inherited(own, self.renamed)]
        return pd.array(np.where(self.uniform("silent") < 0.1, None, named), dtype="str")


MAKERS = {"citations": make_citations, "truth_citations": make_truth_citations}
