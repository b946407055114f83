import re
import string

import pytest

from authoring import catalogue
from crm_course.locale import _


def fields(text):
    """The {placeholders} of a text."""
    return sorted(name for _lead, name, *_rest in string.Formatter().parse(text) if name)


def test_the_template_holds_every_text_that_readers_see():
    # Compared beforehand: pytest would print what differs in twenty thousand lines.
    fresh = catalogue.TEMPLATE.read_bytes() == catalogue.written(catalogue.template())
    assert fresh, "run python -m authoring.catalogue"


@pytest.mark.parametrize("path", catalogue.translations(), ids=lambda path: path.parts[-3])
def test_a_translation_is_compiled(path):
    compiled = catalogue.compiled(catalogue.read(path))
    assert path.with_suffix(".mo").read_bytes() == compiled


@pytest.mark.parametrize("path", catalogue.translations(), ids=lambda path: path.parts[-3])
def test_a_translation_keeps_the_places_of_the_numbers(path):
    for message in catalogue.read(path):
        if message.id and message.string and "{" in message.id:
            assert fields(message.string) == fields(message.id), message.id


@pytest.mark.parametrize(
    ("language", "word"),
    [("", "Retention rate"), ("zh_CN", "客户保持率"), ("xx", "Retention rate")],
)
def test_the_language_is_that_of_the_environment(language, word, monkeypatch):
    monkeypatch.setenv("CRM_COURSE_LANG", language)
    assert _("Retention rate") == word


def test_labels_of_figures_go_through_the_catalogue():
    """No label of a plot_* function is a bare text."""
    bare = re.compile(r"\b(xlabel|ylabel|title|label)=f?\"")
    for path in sorted((catalogue.ROOT / "crm_course").rglob("*.py")):
        found = bare.findall(path.read_text(encoding="utf-8"))
        assert not found, f"{path.name}: {found}"
