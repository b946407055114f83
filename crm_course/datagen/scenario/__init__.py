"""Every parameter that a scenario can change, in the terms of the field, with its default.

One module per part of the group; each says which of its parameters the null world changes.
"""

from dataclasses import dataclass, fields, is_dataclass

from crm_course.schema import LOCALES

from . import auto, group, home, mobile, organization, wholesale
from .home import Purchase, Season, Spend
from .mobile import Bill, Call, Leaving, Retention, Stated, Tracking

__all__ = [
    "Bill", "Call", "Leaving", "Purchase", "Retention", "Scenario", "Season", "Spend", "Stated",
    "Tracking",
]  # fmt: skip

PARTS = (group, home, mobile, auto, wholesale, organization)


# A dataclass collects the fields of its bases from the last to the first.
@dataclass(frozen=True)
class Scenario(
    organization.Organization,
    wholesale.Wholesale,
    auto.Auto,
    group.Group,
    home.Home,
    mobile.Mobile,
):
    """The Lanting world; change it with dataclasses.replace.

    locale: '' for customers of both languages, or the one of everybody; behaviour stays the same.
    """

    locale: str = ""

    def __post_init__(self):
        if self.locale and self.locale not in LOCALES:
            raise ValueError(
                f"The locale must be one of {', '.join(LOCALES)}, got {self.locale!r}. "
                f"Choose one, or leave it out for both."
            )

    @classmethod
    def null(cls) -> "Scenario":
        """The world in which satisfaction moves nothing and no season moves the orders.

        What is no link stays: discounts are frequent in November, the survey by phone in month 25
        raises the answers, the redesign of the repairs works, the kpis' csat rises by itself.
        """
        return cls(**{name: process for part in PARTS for name, process in part.NULL.items()})

    def parameters(self) -> list:
        """Every parameter as (process, parameter, value); parts of a tuple are numbered."""
        processes = {name: process for name, process in vars(self).items() if is_dataclass(process)}
        return [
            (name, *named)
            for name, process in processes.items()
            for part in fields(process)
            for named in _numbered(part.name, getattr(process, part.name))
        ]


def _numbered(name, value):
    if not isinstance(value, tuple):
        return [(name, float(value))]
    return [(f"{name}_{i}", float(part)) for i, part in enumerate(value, start=1)]
