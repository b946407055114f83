"""Minutes add up, whatever time there is, and nothing that a lesson needs is cut."""

from pathlib import Path

import pytest

from crm_course.learning import lesson_plan, run_sheet
from crm_course.learning.lesson_plan import Section

ROOT = Path(__file__).parents[2]
LENGTHS = (45, 60, 75, 90, 120, 180)


@pytest.fixture(scope="module", params=[n for n in lesson_plan.chapters(ROOT) if n > "11"])
def chapter(request):
    return lesson_plan.read(ROOT, request.param)


@pytest.mark.parametrize("minutes", LENGTHS)
def test_the_minutes_add_up_to_the_time_there_is(chapter, minutes):
    sheet = run_sheet.plan(chapter, minutes)
    assert sum(step.minutes for step in sheet.steps) + sheet.reserve == minutes
    assert sheet.reserve >= 0


@pytest.mark.parametrize("minutes", LENGTHS)
def test_each_section_begins_where_the_one_before_ended(chapter, minutes):
    steps = run_sheet.plan(chapter, minutes).steps
    assert steps[0].start == 0
    assert all(step.end == after.start for step, after in zip(steps, steps[1:], strict=False))


@pytest.mark.parametrize("minutes", LENGTHS)
def test_each_section_gets_minutes_between_its_low_and_its_high(chapter, minutes):
    for step in run_sheet.plan(chapter, minutes).steps:
        assert step.section.minutes[0] <= step.minutes <= step.section.minutes[1], step


@pytest.mark.parametrize("minutes", LENGTHS)
def test_the_five_beats_are_always_there_and_never_on_the_cut_list(chapter, minutes):
    sheet, spine = run_sheet.plan(chapter, minutes), run_sheet.spine(chapter)
    beats = [step.section.beat for step in sheet.steps]
    assert list(dict.fromkeys(beat for beat in beats if beat in spine)) == list(spine)
    assert not {step.section.beat for step, *_rest in sheet.cuts} & set(spine)


def test_sixty_minutes_hold_the_whole_core_and_ninety_that_of_a_case(chapter):
    minutes = 90 if chapter.is_case else 60
    sections = [step.section for step in run_sheet.plan(chapter, minutes).steps]
    assert set(chapter.core) <= set(sections)


def test_ninety_minutes_add_exercises_and_the_real_data(chapter):
    if chapter.is_case:
        pytest.skip("a case fills ninety minutes itself")
    beats = [step.section.beat for step in run_sheet.plan(chapter, 90).steps]
    assert beats.count("exercise") >= 2 and "further" in beats


def test_nobody_sits_for_three_hours_without_a_break(chapter):
    beats = [step.section.beat for step in run_sheet.plan(chapter, 180).steps]
    assert "break" in beats


def test_too_little_time_is_refused_with_what_is_needed(chapter):
    with pytest.raises(ValueError, match="minutes must be .* or more .*, got 10"):
        run_sheet.plan(chapter, 10)


def test_the_cut_list_begins_with_what_is_missed_least(chapter):
    first = run_sheet.plan(chapter, 90).cuts[0][0]
    assert first.section.beat == ("rubric" if chapter.is_case else "exercise")


@pytest.mark.parametrize("minutes", range(15, 41))
def test_shares_are_whole_and_add_up(minutes):
    sections = [Section("a", "question", (5, 7)), Section("b", "model", (10, 33))]
    assert sum(run_sheet.shares(sections, minutes)) == minutes


def test_a_question_for_pairs_is_read_with_its_answer():
    text = (
        "> **In pairs, two minutes.** Why?\n\n<details><summary>Ours</summary>\n\nSo.\n\n</details>"
    )
    assert Section("a", "model", (1, 2), text).pairs == [("In pairs, two minutes", "Why?", "So.")]


def test_an_unknown_chapter_names_those_there_are():
    with pytest.raises(FileNotFoundError, match="chapter 99 must lie in notebooks.*21"):
        lesson_plan.read(ROOT, "99")
