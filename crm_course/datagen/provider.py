"""Words of customer relationship management for Faker, in English and Chinese.

    from faker import Faker
    from crm_course.datagen.provider import CrmProvider

    fake = Faker("zh_CN")
    fake.add_provider(CrmProvider)
    fake.seed_instance(1)
    fake.product_name(), fake.contact_reason("order")
    fake.complaint_reason("billing"), fake.churn_reason("poached")

The language is the one of the Faker; every language but Chinese gets English.
"""

from faker.providers import BaseProvider

from . import pools


class CrmProvider(BaseProvider):
    """Product names, reasons to call, complaints, reasons to leave, as customers would say it."""

    def product_name(self, band: str | None = None) -> str:
        """A household appliance; band: small, kitchen, household or large."""
        return self._words("product", band)

    def contact_reason(self, kind: str | None = None) -> str:
        """What a customer calls about, which is no complaint.

        kind: information, order, appointment, billing, change or help
        """
        return self._words("contact", kind)

    def complaint_reason(self, kind: str | None = None) -> str:
        """What went wrong, in a sentence; kind: quality, delivery, billing, service or network."""
        return self._words("complaint", kind)

    def churn_reason(self, kind: str | None = None) -> str:
        """Why a customer leaves, in a sentence; kind: one of the six types in schema.REASONS."""
        return self._words("churn", kind)

    def _words(self, field, kind):
        rows = pools.trade(field)
        kinds = dict.fromkeys(row["kind"] for row in rows)
        if kind is not None and kind not in kinds:
            raise ValueError(
                f"The kind must be one of {', '.join(kinds)}, got {kind!r}. Choose one or none."
            )
        fitting = [row[self._language()] for row in rows if kind in (None, row["kind"])]
        return self.random_element(fitting)

    def _language(self):
        person = self.generator.provider("faker.providers.person")
        return "zh_CN" if person is not None and person.__lang__ == "zh_CN" else "en_US"
