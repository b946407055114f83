import pytest

from authoring import lint
from authoring.lesson import read
from authoring.rules import case, code, frame, prose

HEADER = """\
---
crm:
  title_zh: 为什么
  minutes: [5, 5]
  needs: nothing
---
"""
TITLE = "# Why?\n\nBecause.\n"
SECTION = '+++ {{"crm": {{"beat": "{}", "minutes": [1, 1]}}}}\n\nA word.\n'
SPINE = [SECTION.format(beat) for beat in frame.SPINE]
CHAPTER = "\n".join([HEADER, TITLE, *SPINE])
SHEET = """\
---
crm:
  minutes: [3, 5]
---

# Exercises

Run this first.

```{code-cell}
company = datasets.company(student="")
```

+++ {"crm": {"minutes": [3, 5]}}

## 29.1 A sum

Add.

```{code-cell}
:tags: [solution]
:crm: {exercise: "29.1"}

answer_29_1 = 7
```

```{code-cell}
check("29.1", answer_29_1, data=company)
```
"""


def cell(source, options=""):
    return f"```{{code-cell}}\n{options}{source}\n```\n"


@pytest.fixture
def lesson(tmp_path):
    """Return a function that makes a lesson of a text."""

    def make(text, name="29_why.md"):
        path = tmp_path / "authoring" / "lessons" / "2_customers" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        prose._texts.cache_clear()
        return read(path, tmp_path)

    return make


def test_a_sound_chapter_has_no_problem(lesson):
    assert lint.problems(lesson(CHAPTER)) == []


def test_a_sound_sheet_has_no_problem(lesson):
    assert lint.problems(lesson(SHEET, "29_why.exercises.md")) == []


def test_a_problem_is_named_by_file_and_line(lesson):
    [said] = lint.problems(lesson(CHAPTER.replace("Because.", "Look {term}`here`.")))
    place = "authoring/lessons/2_customers/29_why.md:10: "
    assert said == place + "JupyterLab does not show a role, got 'Look {term}`here`.'. Use words."


FAULTS = [
    (code.is_short, TITLE + cell("\n".join(["1"] * 16))),
    (code.is_short, TITLE + cell("")),
    (code.is_narrow, TITLE + cell("x = " + "1" * 100)),
    (code.is_plain, TITLE + cell("plt.plot([1])")),
    (code.is_plain, TITLE + cell("%timeit 1")),
    (code.is_plain, TITLE + cell('_("A label")')),
    (code.is_plain, TITLE + cell("1  # NBVAL_SKIP")),
    (code.is_python, TITLE + cell("1 +")),
    (code.follows_words, cell("1")),
    (code.follows_words, "# Why?\n\n" + cell("1")),
    (code.follows_words, TITLE + cell("1") + "\n" + cell("1\n2\n3")),
    (code.follows_words, TITLE + cell("1") + "\n" + cell("2") + "\n" + cell("3")),
    (code.results_are_read_back, TITLE + cell("1") + "\n## Next\n"),
    (code.results_are_read_back, TITLE + cell("orders.head()")),
    (code.defined_once, TITLE + cell("def reveal(guess):\n    pass")),
    (prose.title, "## Why?\n"),
    (prose.title, "# Because\n"),
    (prose.headings_in_order, "# Why?\n\n### Because\n"),
    (prose.headings_in_order, "# Why?\n\n# Why not?\n"),
    (prose.headings_tell, "# Why?\n\n## Prediction\n"),
    (prose.core_is_short, "# Why?\n\n" + "word " * 1701),
    (prose.markdown_is_common, "# Why?\n\n:::{note}\n"),
    (prose.markdown_is_common, "# Why?\n\n```{note}\nx\n```\n"),
    (prose.markdown_is_common, "# Why?\n\n> [!NOTE]\n"),
    (prose.markdown_is_common, "# Why?\n\n(label)=\n"),
    (prose.markdown_is_common, "# Why?\n\nSo.[^1]\n"),
    (prose.markdown_is_common, "# Why?\n\n$$ x $$ (eq)\n"),
    (prose.markdown_is_common, "# Why?\n\nTerm\n: meaning\n"),
    (prose.markdown_is_common, "# Why?\n\n% comment\n"),
    (prose.markdown_is_common, "# Why?\n\n117. That is a crowd.\n"),
    (prose.links_resolve, "# Why?\n\n[a](30_other.ipynb)\n"),
    (prose.links_resolve, "# Why?\n\n[a](#No-such-heading)\n"),
    (prose.links_resolve, "# Why?\n\n[a](29_why.ipynb#No-such-heading)\n"),
    (frame.names_are_known, "---\ncrm:\n  minuts: [1, 2]\n---\n" + TITLE),
    (frame.names_are_known, TITLE + cell("1", ":tags: [soluton]\n")),
    (frame.names_are_known, TITLE + cell("1", ":crm: {beat: question}\n")),
    (frame.beats_are_known, '+++ {"crm": {"beat": "drum"}}\n\n# Why?\n'),
    (frame.beats_keep_their_order, "\n".join([TITLE, *SPINE[::-1]])),
    (frame.beats_keep_their_order, "\n".join([TITLE, *SPINE[1:]])),
    (frame.minutes_add_up, HEADER + TITLE),
    (frame.minutes_add_up, "\n".join([TITLE, *SPINE])),
    (frame.minutes_add_up, '+++ {"crm": {"minutes": [3, 1]}}\n\n# Why?\n'),
    (frame.minutes_have_a_heading, '+++ {"crm": {"minutes": [1, 1]}}\n\nBecause.\n'),
    (frame.reasons_are_given, TITLE + cell("1", ':crm: {ignore: ""}\n')),
    (frame.solutions_are_in_sheets, TITLE + cell("1", ":tags: [solution]\n")),
]


@pytest.mark.parametrize("rule, text", FAULTS, ids=lambda value: getattr(value, "__name__", ""))
def test_a_rule_finds_its_fault(lesson, rule, text):
    assert len(list(rule(lesson(text)))) == 1


def test_a_chapter_gives_its_chinese_title_its_minutes_and_needs(lesson):
    assert len(list(frame.header_is_complete(lesson(TITLE)))) == 3


@pytest.mark.parametrize(
    "rule, old, new",
    [
        (frame.sheet_begins_with_the_company, "company = ", "firm = "),
        (frame.exercises_are_numbered, 'exercise: "29.1"', 'exercise: "28.1"'),
        (frame.exercises_are_numbered, 'exercise: "29.1"', "exercise: 29.1"),
        (frame.exercises_have_their_heading, "## 29.1 A sum", "## A sum"),
        (frame.answers_are_checked, 'check("29.1"', 'check("29.2"'),
        (frame.answers_have_their_name, "answer_29_1 = 7", "answer = 7"),
        (frame.solutions_are_in_sheets, ":tags: [solution]\n", ""),
        (prose.links_resolve, "Add.", "[Add](../../README.md)."),
    ],
)
def test_a_rule_finds_its_fault_in_a_sheet(lesson, rule, old, new):
    assert len(list(rule(lesson(SHEET.replace(old, new), "29_why.exercises.md")))) == 1


def test_below_the_line_minutes_and_words_do_not_count(lesson):
    below = '+++ {"crm": {"minutes": [9, 9]}}\n\n## Going further\n\n' + "word " * 1701
    assert lint.problems(lesson(CHAPTER + "\n" + below)) == []


def test_a_link_may_lead_to_a_notebook_that_is_not_built_yet_and_to_a_heading(lesson):
    lesson(SHEET, "29_why.exercises.md")
    sheet = "[sheet](../../exercises/2_customers/29_why.ipynb#29.1-A-sum)"
    text = CHAPTER.replace("Because.", f"{sheet}, [here](#Why?), [there](https://example.org).")
    assert lint.problems(lesson(text)) == []


def test_what_stands_in_code_is_not_markdown(lesson):
    text = CHAPTER.replace("Because.", "Use `{{x}}` so:\n\n```python\n# (label)=\n:::\n```")
    assert lint.problems(lesson(text)) == []


def test_a_short_cell_may_follow_its_predecessor(lesson):
    text = CHAPTER.replace("Because.\n", f"Because.\n\n{cell('x = 1')}\n{cell('check(x)')}")
    assert lint.problems(lesson(text)) == []


# --- a case

PART = '+++ {{"crm": {{"beat": "{}", "minutes": [1, 1]}}}}\n\n## Part {}\n\n{}\n'
QUESTIONS = "1. Whose?\n2. Which?\n3. When?"
RUBRIC = "| | 4 | 3 | 2 | 1 |\n|---|---|---|---|---|\n" + "\n".join(
    f"| **{name}** | a | b | c | d |" for name in case.MEASURED
)
SAID = {"question for discussion": QUESTIONS, "memo": "In 250 words.", "rubric": RUBRIC}
MODEL = '+++ {{"tags": ["instructor"]}}\n\n### {}\n\nCall them (Exhibit 2).\n\n' + "\n".join(
    3 * ["> **Margin:** Which?\n> Say so.\n"]
)
BEATS = [
    *("hand-out", "exhibit", "predict", "one customer", "exhibit", "exhibit", "explorer"),
    *("role", "role", "question for discussion", "memo", "rubric", "summary"),
]
BARE = "```{code-cell} python\nlost = 817\nlost, 504\n```\n"
PARTS = [PART.format(beat, n, SAID.get(beat, "A word.")) for n, beat in enumerate(BEATS)]
PARTS[-2] += "\n" + "\n".join(MODEL.format(name) for name in case.MODELS)
CASE = "\n".join([HEADER.replace("[5, 5]", "[13, 13]"), TITLE, *PARTS])


def test_a_sound_case_has_no_problem(lesson):
    assert lint.problems(lesson(CASE, "69_why.md")) == []


CASE_FAULTS = [
    (case.has_its_parts, CASE.replace(PARTS[1], "")),
    (case.has_its_parts, CASE.replace(PARTS[7], "")),
    (case.has_its_parts, CASE.replace(PARTS[-1], "")),
    (case.keeps_its_order, "\n".join([HEADER, TITLE, PARTS[-2], PARTS[-3]])),
    (case.fits_the_class, CASE.replace("minutes: [13, 13]", "minutes: [86, 99]")),
    (case.pages_are_short, CASE.replace("A word.", "word " * 421, 1)),
    (case.asks_three_questions, CASE.replace("\n3. When?", "")),
    (case.memo_says_its_length, CASE.replace("250 words", "a page")),
    (case.rubric_is_whole, CASE.replace("| **Money** | a", "| **Money** |  ")),
    (case.rubric_is_whole, CASE.replace("| **Limits**", "| **Style**")),
    (case.models_are_there, CASE.replace("### A weak memo", "### A memo")),
    (case.models_are_there, CASE.replace("Call them", "word " * 251, 1)),
    (case.models_are_there, CASE.replace("> **Margin:** Which?", "> Which?", 1)),
    (case.models_are_there, CASE.replace("(Exhibit 2)", "there", 1)),
    (case.outputs_have_names, CASE.replace(PARTS[2], f"{PARTS[2]}\n{BARE}")),
]


@pytest.mark.parametrize("rule, text", CASE_FAULTS, ids=lambda each: getattr(each, "__name__", ""))
def test_a_rule_finds_its_fault_in_a_case(lesson, rule, text):
    assert len(list(rule(lesson(text, "69_why.md")))) == 1


@pytest.mark.parametrize("rule", case.RULES)
def test_the_rules_of_a_case_leave_a_chapter_alone(lesson, rule):
    assert list(rule(lesson(CHAPTER))) == []


def test_the_pages_of_a_case_do_not_count_as_words_of_its_core(lesson):
    long = CASE.replace("A word.", "word " * 400, 1).replace("Call them", "word " * 240)
    text = long.replace("A word.", "word " * 1000, 1)
    assert list(prose.core_is_short(lesson(text, "69_why.md"))) == []
