"""The pages that a case is taught with: hand-out, exhibits, roles, memo form and rubric, models.

Exhibits are two pages: what comes before the guess and the guess itself; and what comes after it.

All of them stand in the one lesson. Students have them in the notebook as well, but for the model
memos: those are in the lesson's cells for instructors.
"""

import re

_FIRST_HEADING = re.compile(r"\A#+ .*\n*")
_ANSWER = re.compile(r"<details>.*?</details>\s*", re.DOTALL)
_RECORDS = ("predict", "one customer", "exhibit", "explorer")


def pages(chapter):
    """Return {name: Markdown} of the pages of a Chapter; a chapter that is no case has none."""
    if not chapter.is_case:
        return {}
    roles = {f"role-{number}": _page(chapter, [role])
             for number, role in enumerate(_of(chapter, "role"), 1)}  # fmt: skip
    records = _of(chapter, *_RECORDS)
    guess = [each.beat for each in records].index("predict") + 1
    return {
        "hand-out": _page(chapter, _of(chapter, "hand-out")),
        "exhibits-1": _page(chapter, records[:guess]),
        "exhibits-2": _page(chapter, records[guess:]),
        **roles,
        "memo-and-rubric": _page(chapter, [*_of(chapter, "memo"), *_of(chapter, "rubric")]),
        "model-memos": f"# Model memos: {chapter.title}\n\nNot for students.\n\n{chapter.notes}",
    }


def groups_text(chapter, sheet):
    """Return who does what in groups, for the run sheet of a case; sheet: a RunSheet."""
    lines = [
        "## Groups of four",
        "* **A week before.** Send *hand-out* to everybody. No more need be read.",
        f"* **{_span(sheet, 'predict', 'exhibit', 'explorer')} Exhibits.** Two at one screen. "
        "Whoever has no kernel gets *exhibits-1*, and *exhibits-2* after the guess.",
        f"* **{_span(sheet, 'role')} Roles.** Two pairs make a group. {_who(chapter)} A pair reads "
        "its own page only and writes down the one sentence that it wants in the minutes of the "
        "meeting.",
        f"* **{_span(sheet, 'question for discussion')} Questions.** Both roles at one table. If a "
        "question ends in a sentence that both sign, leave time for it; on all else they need not "
        "agree. Write on the board where groups differ.",
        f"* **{_span(sheet, 'memo')} Memo.** Roles are laid down. Each pair writes one memo, on "
        "*memo-and-rubric*; `check()` in the sheet marks its figures.",
        f"* **{_span(sheet, 'rubric')} Marking.** Pairs change memos and mark by the rubric. Then "
        "read out the weak one of *model-memos*: what would the room write into its margin?",
    ]
    return "\n".join(line for line in lines if line)


def _of(chapter, *beats):
    return [section for section in chapter.core if section.beat in beats]


def _page(chapter, sections):
    """Return sections as a page under the title of the case, without the lesson's own answers."""
    parts = [f"# {chapter.title}", *(_headed(chapter, each) for each in sections)]
    return _ANSWER.sub("", "\n\n".join(parts)).rstrip() + "\n"


def _headed(chapter, section):
    if section.title == chapter.title:  # the hand-out stands under the title itself
        return _FIRST_HEADING.sub("", section.page)
    return section.page if section.page.startswith("#") else f"## {section.title}\n\n{section.page}"


def _who(chapter):
    one, other = (section.title for section in _of(chapter, "role"))
    return f"One gets *role-1* ({one}), the other *role-2* ({other})."


def _span(sheet, *beats):
    """Return from when to when sections of these beats last, "At home." if there are none."""
    steps = [step for step in sheet.steps if step.section.beat in beats]
    return f"Minute {steps[0].start}–{steps[-1].end}." if steps else "At home."
