"""Answers are marked, hinted at and asked for.

- check("21.1", answer): right, or what is wrong with it
- hint("21.1"): a nudge; hint("21.1", 2) and 3 say more
- solution("21.1"): open after a right answer or three tries
- quiz("21"): the questions of a chapter
"""

from crm_course.learning.exercises import Exercise, Mistake, Tolerance
from crm_course.learning.hints import hint
from crm_course.learning.marking import check
from crm_course.learning.quizzes import quiz
from crm_course.learning.solutions import solution

__all__ = ["Exercise", "Mistake", "Tolerance", "check", "hint", "quiz", "solution"]
