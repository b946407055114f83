import json
import re
from pathlib import Path

import pytest

from crm_course import datasets

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
ROW = re.compile(r"^\| (?:\[(\w+)\]\(([^)]+)\)|(\d\d_\w+)) \| (.+) \| (.+) \|$", re.MULTILINE)
ROWS = {linked or plain: (path, minutes) for linked, path, plain, _, minutes in ROW.findall(README)}


def notebooks():
    found = (ROOT / "notebooks").rglob("[0-9][0-9]_*.ipynb")
    return {path.stem: path for path in found if ".ipynb_checkpoints" not in path.parts}


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_something(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", text)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_thirty_pages_are_listed_in_their_order():
    assert len(ROWS) == 30
    assert list(ROWS) == sorted(ROWS)


def test_a_chapter_is_to_come_exactly_as_long_as_it_has_no_notebook():
    written = {stem for stem, (_, minutes) in ROWS.items() if "to come" not in minutes}
    assert written == set(notebooks())


@pytest.mark.parametrize("stem", sorted(notebooks()))
def test_a_written_chapter_has_its_link_title_and_minutes(stem):
    notebook = json.loads(notebooks()[stem].read_text(encoding="utf-8"))
    low, high = notebook["metadata"]["crm"]["minutes"]
    assert ROWS[stem] == (notebooks()[stem].relative_to(ROOT).as_posix(), f"{low}–{high}")
    title = "".join(notebook["cells"][0]["source"]).splitlines()[0].removeprefix("# ")
    assert f"({ROWS[stem][0]}) | {title} |" in README


def test_the_five_lines_on_your_own_data_run(tmp_path, monkeypatch):
    names = {"customer_id": "cust", "ordered_at": "date", "amount": "sales"}
    orders = datasets.real("cdnow").rename(columns=names)[list(names.values())]
    orders.to_csv(tmp_path / "my.csv", index=False)
    monkeypatch.chdir(tmp_path)
    code = re.search(r"```python\n(.*?)```", README, re.DOTALL).group(1)
    assert len(code.splitlines()) == 5
    results = {}
    exec(code.replace("retention.rfm_summary(", "summary = retention.rfm_summary("), results)
    assert len(results["summary"]) == orders["cust"].nunique()
