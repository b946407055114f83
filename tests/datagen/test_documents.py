"""Dictionary and datapackage say what the schema says, and are not out of date."""

import json

import pytest

from crm_course import datasets, schema
from crm_course.datagen import documents


@pytest.fixture(scope="module")
def made():
    return documents.documents(8_000)


def committed(name):
    return (datasets.folder() / name).read_bytes().replace(b"\r\n", b"\n")


@pytest.mark.parametrize("name", ["README.md", "datapackage.json", "digests.json"])
def test_what_is_committed_is_what_the_schema_says(made, name):
    assert committed(name) == made[name], "datasets.write_sample() writes it again"


def test_the_folder_holds_the_sample_and_nothing_else(made):
    assert {path.name for path in datasets.folder().iterdir()} == set(made)


def test_every_column_has_a_line_in_the_dictionary(made):
    text = made["README.md"].decode()
    for table in schema.TABLES.values():
        section = text.split(f"\n## {table.name}\n")[1].split("\n## ")[0]
        assert all(f"| `{column.in_file}` |" in section for column in table.columns)


def test_the_datapackage_names_the_columns_of_the_files(made):
    for resource in json.loads(made["datapackage.json"])["resources"]:
        header = made[resource["path"]].decode("utf-8-sig").split("\n")[0]
        assert header.split(",") == [field["name"] for field in resource["schema"]["fields"]]


def test_a_lower_limit_of_nothing_is_a_limit(made):
    resources = json.loads(made["datapackage.json"])["resources"]
    (prices,) = [each for each in resources if each["name"] == "order_prices"]
    (discount,) = [each for each in prices["schema"]["fields"] if each["name"] == "discount_cents"]
    assert discount["constraints"] == {"required": True, "minimum": 0}


@pytest.mark.parametrize("package", [None, "[]", '{"name": "somebody-elses"}'])
def test_the_sample_never_takes_the_place_of_something_else(package, tmp_path):
    (tmp_path / "README.md").write_text("my notes", encoding="utf-8")
    if package:
        (tmp_path / "datapackage.json").write_text(package, encoding="utf-8")
    with pytest.raises(ValueError, match="must be new or empty, got a folder with README.md"):
        datasets.write_sample(tmp_path)
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "my notes"


def test_the_sample_is_small_enough_to_mail(made):
    assert sum(map(len, made.values())) < 20e6
