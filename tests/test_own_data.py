"""Foreign tables come in under the course's names, or every fault is named with its row."""

import datetime

import pandas as pd
import pytest

from crm_course import datasets, own_file, schema
from crm_course.own_data import own

FOREIGN = {"customer_id": "cust", "ordered_at": "date", "amount": "dollars"}
GOOD = "cust,date,dollars\n00001,19970101,11.77\n00002,19970112,0\n"


@pytest.fixture
def file(tmp_path):
    """Write a CSV and return its path."""

    def write(text, encoding="utf-8"):
        path = tmp_path / "mine.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


def frame(**changed):
    good = {"customer_id": [1, 2], "ordered_at": ["2024-01-01", "2024-01-02"], "amount": [5.0, 6.0]}
    return pd.DataFrame(good | changed)


def complaint(*arguments, **options):
    with pytest.raises(ValueError) as caught:
        own(*arguments, **options)
    return str(caught.value)


def test_foreign_names_and_dates_without_hyphens_are_read(file):
    orders = own("orders", file(GOOD), columns=FOREIGN)
    assert orders.to_dict("list") == {
        "order_id": [1, 2],
        "customer_id": [1, 2],
        "ordered_at": [pd.Timestamp("1997-01-01"), pd.Timestamp("1997-01-12")],
        "amount": [11.77, 0.0],
    }


def test_the_types_are_those_of_the_course(file):
    orders = own("orders", file(GOOD), columns=FOREIGN)
    course = datasets.load("orders").dtypes
    assert (orders.dtypes == course[orders.columns]).all()


def test_cdnow_as_a_foreign_file_is_cdnow(tmp_path):
    cdnow = datasets.real("cdnow")
    foreign = cdnow.assign(ordered_at=cdnow["ordered_at"].dt.strftime("%Y%m%d"))
    foreign = foreign.drop(columns="order_id").rename(columns=FOREIGN)
    foreign.to_csv(tmp_path / "cdnow.csv", index=False)
    pd.testing.assert_frame_equal(own("orders", tmp_path / "cdnow.csv", columns=FOREIGN), cdnow)


def test_neither_file_nor_frame_is_changed(file):
    path, table = file(GOOD), frame()
    before = table.copy()
    own("orders", path, columns=FOREIGN)
    own("orders", table)
    assert path.read_text(encoding="utf-8") == GOOD
    pd.testing.assert_frame_equal(table, before)


def test_a_file_with_a_bom_is_read(file):
    assert len(own("orders", file("\ufeff" + GOOD), columns=FOREIGN)) == 2


def test_extra_columns_and_blank_lines_are_left_out(file):
    text = "cust,date,dollars,amount\n1,2024-01-01,5,x\n\n2,2024-01-02,6,y\n\n"
    orders = own("orders", file(text), columns=FOREIGN)
    assert orders["amount"].tolist() == [5, 6]
    assert orders.columns.tolist() == ["order_id", "customer_id", "ordered_at", "amount"]


def test_cents_become_currency():
    assert own("orders", frame(amount=[150, 99]), unit="cents")["amount"].tolist() == [1.5, 0.99]


def test_parts_of_a_cent_are_refused():
    assert "whole cents, got '1.5' in row 0" in complaint(
        "orders", frame(amount=[1.5, 2]), unit="cents"
    )


@pytest.mark.parametrize(
    "text",
    ["2024-03-01", "20240301", "2024/3/1", "2024.03.01", "2024年3月1日", " 2024-03-01 ", 20240301],
)
def test_a_date_may_be_written_year_first_in_any_way(text):
    orders = own("orders", frame(ordered_at=[text, text]))
    assert orders["ordered_at"].tolist() == [pd.Timestamp("2024-03-01")] * 2


@pytest.mark.parametrize(
    "text",
    ["2024-03-01 10:30", "2024-03-01T10:30:00Z", "20240301 10:30:00+08:00", "2024/3/1 10:30"],
)
def test_a_time_keeps_its_wall_clock(text):
    orders = own("orders", frame(ordered_at=[text, text]))
    assert orders["ordered_at"].tolist() == [pd.Timestamp("2024-03-01 10:30")] * 2


def test_dates_that_are_dates_already_stay():
    day = datetime.date(2024, 3, 1)
    zoned = pd.to_datetime(["2024-03-01 10:00", "2024-03-02 00:00"]).tz_localize("Asia/Shanghai")
    assert own("orders", frame(ordered_at=[day, day]))["ordered_at"].dt.day.tolist() == [1, 1]
    assert own("orders", frame(ordered_at=zoned))["ordered_at"].dt.hour.tolist() == [10, 0]


@pytest.mark.parametrize(
    "text", ["31.12.2024", "03/04/2024", "2024-02-30", "45000", "1997", "soon"]
)
def test_a_date_that_cannot_be_read_is_named_by_row(file, text):
    path = file(f"cust,date,dollars\n1,2024-01-01,5\n2,{text},6\n")
    assert f"ordered_at ('date') must be dates, got '{text}' in row 3" in complaint(
        "orders", path, columns=FOREIGN
    )


def test_every_problem_is_listed_at_once_with_its_rows(file):
    path = file("cust,date,dollars\n1,bad,5\n,20240101,-2\n3,20240101,\n4,20240101,x\n5,20240101\n")
    said = complaint("orders", path, columns=FOREIGN)
    assert "got 6 problems. Nothing was changed" in said
    for part in (
        "'bad' in row 2",
        "customer_id ('cust') must be complete, got nothing in row 3",
        "not be negative, got '-2' in row 3",
        "amount ('dollars') must be complete, got nothing in row 4",
        "numbers, got 'x' in row 5",
        "rows must have 3 cells, got 2: '5,20240101' in row 6. Fill or delete them",
    ):
        assert part in said  # fmt: skip


def test_many_bad_rows_are_counted_not_spelt_out():
    said = complaint("orders", frame(ordered_at=["x", "y"]).loc[[0, 1] * 20].reset_index(drop=True))
    assert "'x' in row 0, 'y' in row 1, 'x' in row 2 and 37 more" in said


def test_a_comma_at_the_end_of_every_row_is_one_problem(file):
    path = file("cust,date,dollars\n" + "1,2024-01-01,5,\n" * 1_000)
    said = complaint("orders", path, columns=FOREIGN)
    assert "got 1 problem." in said and len(said) < 600
    assert "rows must have 3 cells, got 4: '1,2024-01-01,5,' in row 2, " in said
    assert "and 997 more" in said and "commas at the ends of rows" in said


def test_a_header_that_is_empty_is_refused(file):
    assert "must begin with the names of its columns, got an empty row. Delete" in complaint(
        "orders", file("\ncust,date,dollars\n1,2024-01-01,5\n"), columns=FOREIGN
    )
    assert "got an empty row" in complaint("orders", file("\ufeff"), columns=FOREIGN)


@pytest.mark.parametrize("header", ["cust;date;dollars", "cust;date;dollars, net"])
def test_semicolons_are_seen_and_the_comma_of_numbers_is_named(header, file):
    said = complaint("orders", file(f"{header}\n1;2024-01-01;5,50\n"), columns=FOREIGN)
    assert "must be separated by commas, got ';'. Give pd.read_csv(path, sep=';'), with" in said


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(FileNotFoundError, match="must be a file, got a folder. Name the file"):
        own("orders", tmp_path)


def test_ids_with_leading_zeros_stay_apart_from_those_without():
    apart = own("orders", frame(customer_id=["0012", "12"]))
    assert apart["customer_id"].tolist() == ["0012", "12"]
    assert own("orders", frame(customer_id=["0012", "0013"]))["customer_id"].tolist() == [12, 13]


def test_a_joining_day_with_a_zone_keeps_its_wall_time():
    joined = pd.to_datetime(["2024-01-01", "2024-01-02"]).tz_localize("Asia/Shanghai")
    customers = pd.DataFrame({"customer_id": [1, 2], "joined_on": joined})
    assert len(own("orders", frame(), customers=customers)) == 2


def test_missing_columns_are_named_beside_those_that_are_there():
    said = complaint("orders", pd.DataFrame({"a": [1], "b": [2]}))
    assert "3 problems" in said
    assert "amount must be a column ('amount'), got a, b" in said


def test_a_column_that_is_there_twice_is_refused(file):
    path = file("cust,date,date,dollars\n1,20240101,20240102,5\n")
    assert "ordered_at must be one column 'date', got 2" in complaint(
        "orders", path, columns=FOREIGN
    )


@pytest.mark.parametrize("amount", [float("nan"), float("inf"), "1,234.50", "$5", "１２x"])
def test_an_amount_that_is_no_number_is_refused(amount):
    assert "amount must be" in complaint("orders", frame(amount=[1, amount]))


def test_an_order_before_the_customer_joined_is_named():
    customers = pd.DataFrame({"customer_id": [1], "joined_on": pd.to_datetime(["2024-01-05"])})
    said = complaint("orders", frame(), customers=customers)
    assert "customer_id must be one of customers, got '2' in row 1" in said
    assert "not be before the customer joined, got '2024-01-01' in row 0" in said


def test_an_order_on_the_joining_day_is_fine():
    joined = pd.to_datetime(["2024-01-01 23:00", "2024-01-02 00:00"])
    customers = pd.DataFrame({"customer_id": [1, 2], "joined_on": joined})
    assert len(own("orders", frame(), customers=customers)) == 2


def test_repeated_orders_are_named():
    assert "order_id must be unique, got '7' in row 1" in complaint(
        "orders", frame(order_id=[7, 7])
    )


def test_ids_may_be_text():
    assert own("orders", frame(customer_id=["A-1", "2"]))["customer_id"].tolist() == ["A-1", "2"]


def test_a_panel_is_read_with_flags_and_scores():
    panel = pd.DataFrame(
        {"customer_id": [1, 1], "month": [1, 2], "churned": ["no", "YES"], "sat": [3, 9]}
    )
    assert own("panel", panel)["churned"].tolist() == [False, True]
    assert "at most 10, got '90' in row 1" in complaint("panel", panel.assign(sat=[3, 90]))


@pytest.mark.parametrize("text, said", [("", "an empty file"), ("cust,date,dollars\n", "got none")])
def test_an_empty_table_is_refused(file, text, said):
    assert said in complaint("orders", file(text), columns=FOREIGN)


@pytest.mark.parametrize(
    "content, said",
    [
        (b"PK\x03\x04rest", "an Excel file"),
        (b"\xd0\xcf\x11\xe0rest", "an Excel file"),
        (b"PAR1rest", "a Parquet file"),
        (
            "cust,date,dollars\n1,2024-01-01,5\nM\u00fcller,2024-01-01,6\n".encode("latin-1"),
            "row 3",
        ),
        ("客户,日期\n".encode("gb18030"), "must be UTF-8, got other bytes in row 1"),
        (GOOD.encode("utf-16"), "a UTF-16 file"),
        (GOOD.replace(",", ";").encode(), "separated by commas, got ';'"),
    ],
)
def test_a_file_of_another_kind_is_refused_with_the_way_in(file, content, said):
    assert said in complaint("orders", file(content), columns=FOREIGN)


def test_a_file_that_is_not_there_is_said_with_its_neighbours(file):
    path = file(GOOD)
    with pytest.raises(FileNotFoundError, match=r"got nothing there. .* has: mine.csv"):
        own("orders", path.with_name("yours.csv"))


@pytest.mark.parametrize("table", ["order", "truth_orders"])
def test_an_unknown_table_is_answered_with_the_known_ones(table):
    assert "The table must be one of customers, " in complaint(table, frame())


def test_names_the_wrong_way_round_are_recognised():
    said = complaint("orders", frame(), columns={"cust": "customer_id"})
    assert "Turn it round: schema name first" in said


@pytest.mark.parametrize("data, columns", [([1, 2], None), (frame(), ["customer_id"])])
def test_what_is_neither_file_nor_frame_nor_dict_is_refused(data, columns):
    with pytest.raises(TypeError, match="must be a"):
        own("orders", data, columns=columns)


def test_an_unknown_unit_is_refused():
    assert "'currency' or 'cents', got 'dollars'" in complaint("orders", frame(), unit="dollars")


def test_a_table_of_one_s_own_has_its_own_columns_and_range(file):
    stars = schema.Table("stars", "one shop", ("shop",), ("shop", "stars"), (
        schema.Column("shop", "text", ""), schema.Column("stars", "number", "", "points", 1, 5),
    ))  # fmt: skip
    read = own(stars, file("shop,stars\nA,4.5\n"))
    assert read.to_dict("list") == {"shop": ["A"], "stars": [4.5]}
    said = complaint(stars, file("shop,stars\nA,0.5\nB,-1\n"))
    assert "mine.csv must be stars, got 1 problem." in said
    assert "stars must be at least 1, got '0.5' in row 2, '-1' in row 3." in said


def test_a_table_goes_out_as_a_file_that_does_nothing_in_a_spreadsheet(tmp_path):
    table = pd.DataFrame({"name": ["=1+1", " -x", "兰庭", None], "points": [1, -2, 3, 4]})
    path = own_file.write_table(table, tmp_path / "out.csv")
    assert path.read_bytes().decode("utf-8-sig").splitlines() == [
        "name,points", "'=1+1,1", "' -x,-2", "兰庭,3", ",4"]  # fmt: skip
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
