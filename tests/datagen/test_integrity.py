"""Every id of the sample refers to a row that is there, in the unit that the table belongs to."""

import pytest

from crm_course import datasets, schema
from crm_course.schema import auto, home, mobile, wholesale

# The first table that an id alone makes unique is the one it comes from.
HOME_OF = {table.key[0]: table.name for table in reversed(schema.TABLES.values())
           if len(table.key) == 1 and table.key[0].endswith("_id")}  # fmt: skip
LINKS = [(table.name, column.name) for table in schema.TABLES.values() for column in table.columns
         if column.name in HOME_OF and HOME_OF[column.name] != table.name]  # fmt: skip
UNITS = {table.name: unit.__name__.rsplit(".", 1)[-1] for unit in (home, mobile, auto, wholesale)
         for table in unit.TABLES if "customer_id" in table.names}  # fmt: skip


def load(name):
    return datasets.load(name, truth=True)


def test_ids_have_the_home_expected():
    assert HOME_OF["customer_id"] == "customers"
    assert HOME_OF["problem_id"] == "problems"


@pytest.mark.parametrize("name, column", LINKS)
def test_every_id_refers_to_a_row(name, column):
    known = load(HOME_OF[column])[column]
    assert load(name)[column].isin(known).all()


@pytest.mark.parametrize("name, unit", UNITS.items())
def test_every_customer_belongs_to_the_unit_of_the_table(name, unit):
    units = datasets.load("customers").set_index("customer_id")["unit"]
    assert (load(name)["customer_id"].map(units) == unit).all()


@pytest.mark.parametrize("name", schema.TABLES)
def test_the_key_of_a_table_is_unique(name):
    assert not load(name).duplicated(list(schema.TABLES[name].key)).any()
