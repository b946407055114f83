"""CrmProvider speaks the language of its Faker and repeats itself from a seed."""

import pytest
from faker import Faker

from crm_course import schema
from crm_course.datagen import pools
from crm_course.datagen.provider import CrmProvider


def fake(locale):
    made = Faker(locale)
    made.add_provider(CrmProvider)
    made.seed_instance(1)
    return made


@pytest.mark.parametrize(
    "locale, column", [("en_US", "en_US"), ("zh_CN", "zh_CN"), ("de_DE", "en_US")]
)
def test_it_speaks_the_language_of_its_faker(locale, column):
    spoken = {
        fake(locale).product_name(),
        fake(locale).contact_reason(),
        fake(locale).complaint_reason(),
        fake(locale).churn_reason(),
    }
    fields = ("product", "contact", "complaint", "churn")
    known = {row[column] for field in fields for row in pools.trade(field)}
    assert spoken <= known and len(spoken) == 4


def test_the_same_seed_says_the_same():
    assert [fake("en_US").churn_reason() for _ in range(2)] == [fake("en_US").churn_reason()] * 2


@pytest.mark.parametrize("kind", schema.REASONS)
def test_every_type_of_churn_has_a_reason(kind):
    fitting = {row["en_US"] for row in pools.trade("churn") if row["kind"] == kind}
    assert fake("en_US").churn_reason(kind) in fitting


@pytest.mark.parametrize(
    "kind", ["information", "order", "appointment", "billing", "change", "help"]
)
def test_there_are_six_kinds_of_contacts(kind):
    fitting = {row["en_US"] for row in pools.trade("contact") if row["kind"] == kind}
    assert fake("en_US").contact_reason(kind) in fitting


def test_an_unknown_kind_is_answered_with_the_known_ones():
    with pytest.raises(ValueError, match="one of quality, delivery, .* got 'weather'"):
        fake("en_US").complaint_reason("weather")


def test_it_leaves_the_other_providers_alone():
    plain, extended = Faker("en_US"), fake("en_US")
    plain.seed_instance(1)
    extended.seed_instance(1)
    assert plain.name() == extended.name()
