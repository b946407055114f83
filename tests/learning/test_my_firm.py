import math

import pytest

from crm_course.learning import my_firm


@pytest.fixture(autouse=True)
def work(tmp_path, monkeypatch):
    """A reader in a chapter's folder of work/."""
    monkeypatch.setenv("CRM_COURSE_HOME", str(tmp_path / "home"))
    (tmp_path / "environment.yml").touch()
    chapter = tmp_path / "work/2_customers"
    chapter.mkdir(parents=True)
    monkeypatch.chdir(chapter)
    return tmp_path / "work"


def lines(work):
    return (work / "my_firm.md").read_text(encoding="utf-8").splitlines()


def test_a_decision_is_written_into_work_and_read_back(work):
    my_firm.decide("calls", 200, because="the hesitant move")
    assert my_firm.decisions() == {"calls": 200}
    assert (
        "- calls: 200 · 200 customers called before their contract ends, of 1,000 (chapter 22). "
        "Because: the hesitant move"
    ) in lines(work)


@pytest.mark.parametrize("decision", my_firm.DECISIONS, ids=lambda each: each.name)
@pytest.mark.parametrize("end", ["low", "high"])
def test_every_decision_is_read_back_at_both_ends(decision, end):
    my_firm.decide(decision.name, getattr(decision, end))
    assert my_firm.decisions() == {decision.name: getattr(decision, end)}


def test_a_new_decision_takes_the_place_of_the_old_one(work):
    my_firm.decide("calls", 200)
    my_firm.decide("price", -3.5)
    my_firm.decide("calls", 150)
    assert my_firm.decisions() == {"calls": 150, "price": -3.5}
    assert sum(line.startswith("- calls") for line in lines(work)) == 1


def test_what_the_reader_wrote_stays(work):
    my_firm.decide("calls", 200)
    mine = [*lines(work), "", "Ask Qiao Wen first. \\1 100 %"]
    (work / "my_firm.md").write_text("\n".join(mine), encoding="utf-8")
    my_firm.decide("price", 2, because=r"\g<0> of the rivals")
    assert "Ask Qiao Wen first. \\1 100 %" in lines(work)
    assert any(line.endswith(r"Because: \g<0> of the rivals") for line in lines(work))


@pytest.mark.parametrize("encoding", ["gb18030", "cp1252", "utf-8"])
def test_bytes_and_line_ends_of_the_reader_stay(work, encoding):
    mine = "# Café für 客户\r\n- calls: 100 · many\r\n\r\nthe end\r\n".encode(encoding, "ignore")
    (work / "my_firm.md").write_bytes(mine)
    my_firm.decide("calls", 200)
    my_firm.decide("price", 2)
    found = (work / "my_firm.md").read_bytes()
    before, after = mine.split(b"- calls: 100 \xc2\xb7 many" if encoding == "utf-8" else
                               "- calls: 100 · many".encode(encoding))  # fmt: skip
    assert found.startswith(before + b"- calls: 200 ")
    assert after + b"- price: 2 " in found
    assert found.count(b"\n") == found.count(b"\r\n") == 5


@pytest.mark.parametrize("value", [123456.78, 1_000_000, 0.1, 65_432.1])
def test_a_number_is_read_back_to_its_last_digit(work, value):
    my_firm.decide("credit_limit", value)
    assert my_firm.decisions() == {"credit_limit": value}
    assert not any("e+" in line for line in lines(work))


@pytest.mark.parametrize("text", ["- credit_limit: 1,200", "- credit_limit:¥1200 I think",
                                  "\ufeff- credit_limit: 1200\r\n"])  # fmt: skip
def test_a_number_that_the_reader_typed_counts(work, text):
    (work / "my_firm.md").write_text(text, encoding="utf-8")
    assert my_firm.decisions() == {"credit_limit": 1200}


def test_a_line_that_was_deleted_comes_back(work):
    (work / "my_firm.md").write_text("# Mine\n", encoding="utf-8")
    my_firm.decide("calls", 200)
    assert lines(work)[0] == "# Mine" and my_firm.decisions() == {"calls": 200}


def test_dots_are_no_decision_yet(work):
    feedback = my_firm.decide("calls", ...)
    assert str(feedback) == (
        "my_firm.md · No decision yet: Put a number from 0 to 1,000 in place of the dots."
    )
    assert not (work / "my_firm.md").exists()


def test_without_a_file_nothing_is_decided():
    assert my_firm.decisions() == {}
    assert all(math.isnan(value) for value in my_firm.table()["value"])


def test_the_table_has_every_decision_with_its_chapter():
    my_firm.decide("agents", 8)
    table = my_firm.table().set_index("decision")
    assert table.loc["agents", ["chapter", "value"]].tolist() == ["24", 8]
    assert len(table) == len(my_firm.DECISIONS)


@pytest.mark.parametrize("value", [1001, -1, float("nan"), float("inf")])
def test_a_number_outside_of_the_limits_is_refused(value):
    with pytest.raises(ValueError, match="calls must lie between 0 and 1,000 .* Decide again"):
        my_firm.decide("calls", value)


@pytest.mark.parametrize("value", ["200", None, True, [200]])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(TypeError, match="calls must be a number, got"):
        my_firm.decide("calls", value)


def test_an_unknown_decision_names_those_there_are():
    with pytest.raises(ValueError, match="one of calls, agents, .* got 'colour'"):
        my_firm.decide("colour", 3)


def test_in_a_shared_course_the_file_lies_in_the_reader_s_work(tmp_path, monkeypatch):
    chapters = tmp_path / "anna/2_customers"
    chapters.mkdir(parents=True)
    monkeypatch.setenv("CRM_COURSE_WORK", str(tmp_path / "anna"))
    monkeypatch.chdir(chapters)
    assert my_firm.path() == tmp_path / "anna" / my_firm.FILE


def test_outside_of_work_the_file_lies_in_the_reader_s_own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    my_firm.decide("calls", 200)
    assert my_firm.path() == tmp_path / "home/my_firm.md" and my_firm.path().exists()


def test_a_folder_that_cannot_be_written_is_told_and_stops_nobody(work, monkeypatch):
    (work / "my_firm.md").mkdir()
    monkeypatch.setattr(my_firm, "_text", lambda: "")
    said = str(my_firm.decide("calls", 200))
    assert said.startswith("my_firm.md · Not written, note it down: 200 customers called")


def test_the_answer_names_no_folder_of_this_machine(work):
    assert str(work.parent) not in str(my_firm.decide("calls", 200))
