"""The words that readers see, gathered for translators.

`python -m authoring.catalogue` writes crm_course/locale/crm_course.pot, brings every
crm_course.po up to date with it, and compiles it. Gathered are the texts of `_("...")` in the
package, the names of the explorers' controls, the texts of checks and quizzes, of the claims and
the glossary, and those that a module holds and translates when it shows them.
"""

import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

import yaml
from babel.messages import Catalog, extract, mofile, pofile

from crm_course import content
from crm_course.learning import claims, my_firm, numeric, progress

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "crm_course/locale"
TEMPLATE = LOCALE / "crm_course.pot"
CONTROL = re.compile(r"def draw\((.*)\):")


def messages():
    """Return every English text, sorted, each with the files it stands in."""
    found = {}
    for file, text in (*_in_code(), *_in_content(), *_shared(), *_held()):
        found.setdefault(text, set()).add(file)
    return {text: sorted(files) for text, files in sorted(found.items()) if text}


def _in_code():
    for path in sorted((ROOT / "crm_course").rglob("*.py")):
        name, source = path.relative_to(ROOT).as_posix(), path.read_bytes()
        if b"import _\n" not in source:
            continue
        for _line, text, *_rest in extract.extract("python", io.BytesIO(source), {"_": None}):
            yield name, text
        for arguments in CONTROL.findall(source.decode()):
            for argument in arguments.split(","):
                control = argument.partition("=")[0].strip()
                yield name, control.replace("_", " ").capitalize()


def _in_content():
    for chapter, topic in content.chapters().items():
        name = f"crm_course/content/{topic}"
        for exercise in content.exercises(chapter):
            told = (exercise.meaning, *exercise.hints, *(each.say for each in exercise.mistakes))
            yield from ((f"{name}/checks.py", text) for text in told)
        quiz = ROOT / name / "quiz.yaml"
        questions = yaml.safe_load(quiz.read_text(encoding="utf-8")) if quiz.exists() else []
        yield from ((f"{name}/quiz.yaml", text) for each in questions for text in _told(each))


def _shared():
    """Yield the texts of the files that all chapters share; terms and claims hold their Chinese."""
    said = ("origin", "evidence_for", "evidence_against", "grade_note", "unit_issue")
    for name, fields in (("claims", (*said, "safe_wording")), ("glossary", ("means",))):
        file = f"crm_course/content/{name}.yaml"
        for entry in content.entries(name):
            yield from ((file, entry.get(field, "")) for field in fields)


def _held():
    """Yield the texts that a module holds in a table of its own."""
    held = {
        "claims": claims.GRADES.values(),
        "progress": progress.STATES.values(),
        "my_firm": [text for each in my_firm.DECISIONS for text in (each.about, each.unit)],
        "numeric": [said for _most, said in (*numeric.TOO_LARGE, *numeric.TOO_SMALL)],
    }
    for module, texts in held.items():
        yield from ((f"crm_course/learning/{module}.py", text) for text in texts)


def _told(part):
    """Yield the texts of a question: what it asks, its choices, what is said to them."""
    if isinstance(part, dict):
        yield from (part[key] for key in ("ask", "text", "say") if key in part)
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from _told(each)


def template():
    """Return the catalogue of all English texts, without dates: same texts, same bytes."""
    catalogue = Catalog(project="crm-course", charset="utf-8", fuzzy=False)
    for text, files in messages().items():
        catalogue.add(text, locations=[(file, 0) for file in files])
    return catalogue


def written(catalogue):
    """Return a catalogue as the bytes of its file, without the header that holds dates."""
    stream = io.BytesIO()
    pofile.write_po(stream, catalogue, width=100, omit_header=True, include_lineno=False)
    return b'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n' + stream.getvalue()


def translations():
    """Return the .po file of every language that has one."""
    return sorted(LOCALE.glob("*/LC_MESSAGES/crm_course.po"))


def read(path):
    """Return a catalogue; its dates are fixed, since a compiled file holds them."""
    with path.open("rb") as stream:
        catalogue = pofile.read_po(stream, locale=path.parent.parent.name, charset="utf-8")
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    return catalogue


def compiled(catalogue):
    """Return a catalogue as the bytes that gettext reads."""
    stream = io.BytesIO()
    mofile.write_mo(stream, catalogue)
    return stream.getvalue()


def main():
    now = template()
    TEMPLATE.write_bytes(written(now))
    for path in translations():
        translated = read(path)
        translated.update(now, no_fuzzy_matching=True, keep_user_comments=False)
        translated.obsolete.clear()
        path.write_bytes(written(translated))
        path.with_suffix(".mo").write_bytes(compiled(read(path)))
        done = sum(bool(message.string) for message in translated if message.id)
        print(f"{path.parent.parent.name}: {done} of {len(now)} texts translated")


if __name__ == "__main__":
    sys.exit(main())
