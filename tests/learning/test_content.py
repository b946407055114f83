import sys

import pytest

from crm_course import content


def write(folder, topic, text):
    (folder / topic).mkdir(exist_ok=True)
    (folder / topic / "checks.py").write_text(text, encoding="utf-8")


def test_chapters_are_listed_in_their_order(folder):
    write(folder, "aa_last", 'CHAPTER = "41"\n')
    write(folder, "start_here", 'CHAPTER = "0"\n')
    assert content.chapters() == {"0": "start_here", "21": "retention", "41": "aa_last"}


def test_listing_imports_nothing(folder):
    write(folder, "broken", 'CHAPTER = "31"\nraise RuntimeError\n')
    content.chapters()
    assert content.exercise("21.1").id == "21.1"


def test_a_folder_may_be_given(folder, monkeypatch):
    monkeypatch.undo()
    assert content.exercise("21.2", folder).unit == "customers"


@pytest.mark.parametrize("id", ["21.1", " 21.1 ", "021.1"])
def test_spaces_and_leading_zeros_do_not_matter(folder, id):
    assert content.exercise(id).id == "21.1"


@pytest.mark.parametrize(
    "id, said",
    [
        ("99.9", "chapter '99' has no exercises. Chapters that have: 21."),
        ("21.7", "Near it: 21.1, 21.2|Near it: 21.2, 21.1"),
        ("21.q1", r'It looks like a quiz question: quiz\("21.q1"\).'),
        ("nonsense", "chapter 'nonsense' has no exercises"),
        ("", "chapter '' has no exercises"),
    ],
)
def test_an_unknown_id_is_answered_with_what_there_is(folder, id, said):
    with pytest.raises(ValueError, match=said):
        content.exercise(id)


@pytest.mark.parametrize("id, said", [(21.1, "got the number 21.1"), (None, "got NoneType")])
def test_an_id_is_text(folder, id, said):
    with pytest.raises(TypeError, match=said):
        content.exercise(id)


@pytest.mark.parametrize(
    "text, said",
    [
        ("EXERCISES = ()\n", "twin/checks.py must say its chapter"),
        ('CHAPTER = "21"\n', "chapter 21 must be one topic, got retention and twin"),
    ],
)
def test_a_chapter_line_that_is_missing_or_double_is_named(folder, text, said):
    write(folder, "twin", text)
    with pytest.raises(ValueError, match=said):
        content.chapters()


def test_an_exercise_of_another_chapter_is_named(folder):
    path = folder / "retention" / "checks.py"
    write(folder, "churn", path.read_text().replace('CHAPTER = "21"', 'CHAPTER = "22"'))
    with pytest.raises(ValueError, match=r"churn/checks.py must number .* got \['21.1', '21.2'\]"):
        content.exercises("22")


def test_topics_do_not_stay_among_the_modules(folder):
    content.exercises("21")
    assert "crm_course.content.retention.checks" not in sys.modules
