"""Tables are loaded, refused when changed, made for a student, and written whole or not at all."""

import json
import shutil

import pandas as pd
import pytest

from crm_course import datasets, schema
from crm_course.datagen import world

TABLES = list(schema.TABLES)


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A copy of the sample that load() reads instead of the real one."""
    shutil.copytree(datasets.folder(), tmp_path / "datasets")
    monkeypatch.setattr(datasets, "folder", lambda: tmp_path / "datasets")
    return tmp_path / "datasets"


@pytest.mark.parametrize("name", TABLES)
def test_the_sample_keeps_to_the_schema(name):
    schema.pandera_schema(name).validate(datasets.load(name, truth=True), lazy=True)


@pytest.mark.parametrize("name", TABLES)
def test_a_file_gives_the_same_table_as_the_generator(name):
    made = datasets._made(name, datasets._seed(""))
    pd.testing.assert_frame_equal(datasets.load(name, truth=True), made)


def test_every_digest_of_the_sample_is_right():
    assert datasets.verify()["ok"].all()


def test_load_gives_a_fresh_copy_and_prints_nothing(capsys):
    mine = datasets.load("orders")
    mine["amount"] = 0
    assert datasets.load("orders")["amount"].min() > 0
    assert capsys.readouterr() == ("", "")


def test_money_is_in_currency_and_margin_adds_up():
    panel = datasets.load("panel")
    cents = (panel[["revenue", "direct_cost", "cost_to_serve", "margin"]] * 100).round().astype(int)
    assert (
        cents["revenue"] - cents["direct_cost"] - cents["cost_to_serve"] == cents["margin"]
    ).all()


def test_every_row_belongs_to_a_customer_of_its_unit():
    unit = datasets.load("customers").set_index("customer_id")["unit"]
    assert (datasets.load("orders")["customer_id"].map(unit) == "home").all()
    assert (datasets.load("panel")["customer_id"].map(unit) == "mobile").all()


def test_the_first_order_is_on_the_joining_day():
    first = datasets.load("orders").groupby("customer_id")["ordered_at"].min().dt.normalize()
    joined = datasets.load("customers").set_index("customer_id")["joined_on"]
    assert (first == joined[first.index]).all()


def test_truth_comes_only_on_request():
    with pytest.raises(ValueError, match="truth_orders must be asked for, got truth=False"):
        datasets.load("truth_orders")


def test_an_unknown_table_or_tier_is_answered_with_the_known_ones():
    with pytest.raises(ValueError, match="one of customers, .*orders"):
        datasets.load("order")
    with pytest.raises(ValueError, match="one of sample, course, scale, got 'big'"):
        datasets.load("orders", tier="big")


def test_a_table_given_as_a_name_is_recognised():
    with pytest.raises(TypeError, match="It is loaded already"):
        datasets.load(datasets.load("orders"))


def test_a_missing_file_is_named_with_the_way_to_restore_it(copy):
    (copy / "orders.csv").unlink()
    with pytest.raises(FileNotFoundError, match=r"orders.csv .*write_sample\(\)"):
        datasets.load("orders")


def test_an_edited_file_is_refused_with_its_digest(copy):
    path = copy / "orders.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("58", "59", 1), encoding="utf-8")
    expected = json.loads((copy / "digests.json").read_text(encoding="utf-8"))["orders"][:12]
    with pytest.raises(ValueError, match=rf"orders.csv must be unchanged \(digest {expected}"):
        datasets.load("orders")
    assert datasets.verify(copy).set_index("name")["ok"].to_dict() == {
        name: name != "orders" for name in TABLES
    }


def test_a_file_cut_in_the_middle_is_refused(copy):
    content = (copy / "panel.csv").read_bytes()
    (copy / "panel.csv").write_bytes(content[: len(content) // 2])
    with pytest.raises(ValueError, match="panel.*Restore it with"):
        datasets.load("panel")


def test_other_line_ends_are_the_same_content(copy):
    content = (copy / "orders.csv").read_bytes()
    (copy / "orders.csv").write_bytes(content.replace(b"\n", b"\r\n"))
    assert len(datasets.load("orders"))


def test_missing_digests_are_said(copy):
    (copy / "digests.json").unlink()
    with pytest.raises(FileNotFoundError, match="digests.json must be there"):
        datasets.load("orders")


def test_write_sample_restores_every_file(copy):
    before = {path.name: path.read_bytes() for path in copy.iterdir()}
    (copy / "orders.csv").write_text("gone", encoding="utf-8")
    datasets.write_sample()
    assert {path.name: path.read_bytes() for path in copy.iterdir()} == before


def test_company_of_nobody_is_the_shared_sample():
    company = datasets.company(student=" ")
    pd.testing.assert_frame_equal(company.orders, datasets.load("orders"))
    pd.testing.assert_frame_equal(company.truth("panel"), datasets.load("truth_panel", truth=True))


def test_a_student_has_a_company_of_their_own_however_the_id_is_written():
    mine, same, other = (datasets.company(student=id) for id in ("s1024", " S1024 ", "s1025"))
    pd.testing.assert_frame_equal(mine.panel, same.panel)
    assert not mine.panel["margin"].head(50).equals(other.panel["margin"].head(50))
    assert mine.customers["customer_id"].nunique() == 8000


def test_a_company_is_made_when_first_used_and_then_kept():
    company = datasets.company(student="s1")
    assert company.orders is company.orders
    assert "panel" not in vars(company)


def test_every_table_that_a_firm_can_see_belongs_to_a_company():
    company = datasets.company()
    pd.testing.assert_frame_equal(company.complaints, datasets.load("complaints"))
    assert {"complaints", "training"} <= set(dir(company))
    assert "truth_orders" not in dir(company)


@pytest.mark.parametrize("name", ["truth_orders", "nonsense"])
def test_a_table_that_no_firm_can_see_is_no_part_of_a_company(name):
    with pytest.raises(AttributeError, match=f"got '{name}'. Truth comes by"):
        getattr(datasets.company(), name)


def test_a_student_id_that_is_no_text_is_refused():
    with pytest.raises(TypeError, match='must be a text, got 1024. Write student="1024"'):
        datasets.company(student=1024)


def test_the_course_tier_begins_with_the_sample():
    course = datasets.load("orders", tier="course")
    sample = datasets.load("orders")
    pd.testing.assert_frame_equal(course.head(len(sample)), sample)


def test_a_tier_is_made_once_and_then_read(monkeypatch):
    made = datasets.load("truth_customers", tier="course", truth=True)
    monkeypatch.setattr(world, "make_block", None)
    again = datasets.load("truth_customers", tier="course", truth=True)
    pd.testing.assert_frame_equal(again, made)


def test_a_tier_that_was_changed_is_made_again():
    path = datasets.stored("truth_customers", tier="course", truth=True)
    before = datasets.load("truth_customers", tier="course", truth=True)
    (path / "part-00001.parquet").write_bytes(b"damaged")
    after = datasets.load("truth_customers", tier="course", truth=True)
    pd.testing.assert_frame_equal(after, before)


def test_a_tier_loads_where_nothing_can_be_written(monkeypatch, tmp_path):
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    monkeypatch.setenv("CRM_COURSE_HOME", str(tmp_path / "taken"))
    parameters = datasets.load("truth_parameters", tier="course", truth=True)
    pd.testing.assert_frame_equal(parameters, datasets.load("truth_parameters", truth=True))


def test_what_an_earlier_generator_made_goes_away(monkeypatch, tmp_path):
    monkeypatch.setenv("CRM_COURSE_HOME", str(tmp_path))
    older = datasets.stored("truth_parameters", tier="course", truth=True).parent
    monkeypatch.setattr(datasets, "_version", lambda: "another")
    newer = datasets.stored("truth_parameters", tier="course", truth=True).parent
    assert [*(tmp_path / "data").iterdir()] == [newer] and newer != older


def test_a_company_of_a_student_has_a_larger_tier_too():
    mine = datasets.company(student="s1024", tier="course")
    theta = mine.truth("customers")["satisfaction"]
    assert len(theta) == 100_000
    assert theta.head(8_000).equals(
        datasets.company(student="s1024").truth("customers")["satisfaction"]
    )


def test_stored_truth_comes_only_on_request_too():
    with pytest.raises(ValueError, match="truth_orders must be asked for"):
        datasets.stored("truth_orders")


def test_verify_knows_the_folder_of_a_made_world():
    where = datasets.stored("truth_parameters", tier="course", truth=True).parent
    assert datasets.verify(where)["ok"].all()


def test_describe_says_what_each_column_means():
    described = datasets.describe("panel")
    assert described.columns.tolist() == ["column", "type", "unit", "meaning", "truth"]
    assert described["column"].tolist() == datasets.load("panel").columns.tolist()


def test_describe_names_the_types_that_load_gives():
    for name in TABLES:
        loaded = datasets.load(name, truth=True).dtypes.astype(str).to_list()
        assert datasets.describe(name)["type"].to_list() == loaded


def test_describe_of_real_data_tells_where_they_come_from():
    assert "Fader" in datasets.describe("cdnow").attrs["citation"]
    assert "MIT" in datasets.describe("cdnow").attrs["licence"]
