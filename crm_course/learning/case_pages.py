"""The pages that a case is taught with: hand-out, exhibits, roles, memo form and rubric, models.

All of them stand in the one lesson. Students have them in the notebook as well, but for the model
memos: those are in the lesson's cells for instructors.
"""

import re

_FIRST_HEADING = re.compile(r"\A#+ .*\n*")


def pages(chapter):
    """Return {name: Markdown} of the pages of a Chapter; a chapter that is no case has none."""
    if not chapter.is_case:
        return {}
    roles = {f"role-{number}": _page(chapter, [role])
             for number, role in enumerate(_of(chapter, "role"), 1)}  # fmt: skip
    return {
        "hand-out": _page(chapter, _of(chapter, "hand-out")),
        "exhibits": _page(chapter, _of(chapter, "exhibit")),
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
        "Whoever has no kernel gets *exhibits*, but only after the guess.",
        f"* **{_span(sheet, 'role')} Roles.** Two pairs make a group. {_who(chapter)} A pair reads "
        "its own page only and writes down the one sentence that it wants in the minutes of the "
        "meeting.",
        f"* **{_span(sheet, 'question for discussion')} Questions.** Both roles at one table. A "
        "group need not agree; write on the board where groups differ.",
        f"* **{_span(sheet, 'memo')} Memo.** Roles are laid down. Each pair writes one memo, on "
        "*memo-and-rubric*; `check()` in the sheet marks its figures.",
        f"* **{_span(sheet, 'rubric')} Marking.** Pairs change memos and mark by the rubric. Then "
        "read out the weak one of *model-memos*: what would the room write into its margin?",
    ]
    return "\n".join(line for line in lines if line)


def _of(chapter, beat):
    return [section for section in chapter.core if section.beat == beat]


def _page(chapter, sections):
    """Return sections as a page under the title of the case."""
    first, *rest = sections
    heading = first.page if first.page.startswith("#") else f"## {first.title}\n\n{first.page}"
    if first.title == chapter.title:  # the hand-out stands under the title itself
        heading = _FIRST_HEADING.sub("", heading)
    return "\n\n".join([f"# {chapter.title}", heading, *(each.page for each in rest)]) + "\n"


def _who(chapter):
    one, other = (section.title for section in _of(chapter, "role"))
    return f"One gets *role-1* ({one}), the other *role-2* ({other})."


def _span(sheet, *beats):
    """Return from when to when sections of these beats last, "At home." if there are none."""
    steps = [step for step in sheet.steps if step.section.beat in beats]
    return f"Minute {steps[0].start}–{steps[-1].end}." if steps else "At home."
