"""A small chapter of its own, and exercises made in one line."""

from types import SimpleNamespace

import pandas as pd
import pytest

from crm_course import content
from crm_course.learning.exercises import Exercise

CHECKS = """
from crm_course.learning.exercises import Exercise, Mistake

CHAPTER = "21"
HINTS = ("Think of who was there.", "Divide those who stayed.", "3 of 4 is 3 / 4.")

EXERCISES = (
    Exercise("21.1", "brief: 3.1", "number", "share", lambda company: 0.75, 0.005,
             (Mistake(lambda company: 1.05, "NEW_IN_RETENTION", "The new were never kept."),),
             HINTS, (3, 5)),
    Exercise("21.2", "brief: 3.2", "number", "customers", lambda company: len(company.customers),
             hints=HINTS),
)
"""

QUIZ = """
- id: 21.q1
  ask: A customer with high switching cost and low satisfaction is
  choices:
    - {text: a hostage, right: true, say: She leaves when the barrier falls.}
    - {text: loyal, tag: SAT_IS_LOYAL, say: She stays because leaving is dear.}
    - {text: of no interest, tag: SILENCE_IS_SATISFACTION, say: She costs & complains.}
- id: 21.q2
  ask: Of 40 customers 30 renew. What is the retention rate?
  number:
    value: 0.75
    unit: share
    mistakes:
      - {value: 0.25, tag: SLIP, say: That is the share that left.}
"""


@pytest.fixture
def exercise():
    """Return a function that makes an Exercise: exercise("number", 0.8389, unit="share")."""

    def make(kind, reference, *mistakes, unit="", **more):
        return Exercise("21.1", "brief: 3.1", kind, unit, lambda _: reference,
                        mistakes=mistakes, **more)  # fmt: skip

    return make


@pytest.fixture
def company():
    customers = pd.DataFrame({"customer_id": [1, 2, 3]})
    return SimpleNamespace(customers=customers)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A content folder with one topic, in the place of the course's own."""
    topic = tmp_path / "retention"
    topic.mkdir()
    (topic / "checks.py").write_text(CHECKS, encoding="utf-8")
    (topic / "quiz.yaml").write_text(QUIZ, encoding="utf-8")
    monkeypatch.setattr(content, "FOLDER", tmp_path)
    return tmp_path
