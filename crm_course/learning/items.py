"""What the source decks hold, and the chapter that teaches it: items.item("S0-07")."""

from dataclasses import dataclass
from functools import cache

from crm_course import content

DECKS = {
    "S0": ("客户关系管理战略与业务流程再造", "CRM strategy and process reengineering", "section"),
    "S1": ("客户关系管理与企业文化作业指导书", "CRM and corporate culture", "section"),
    "S2": ("客户关系课程,第 40–65 页", "Course on customer relations", "slide"),
    "S3": ("CRM 应用实践", "CRM in practice", "section"),
    "S4": ("ERP 课程第 14 单元", "ERP course, unit 14", "page"),
}


@dataclass(frozen=True)
class Item:
    """One thing that a source deck teaches.

    id: "S0-07", deck and number. place: slide, page or section. zh, en: what it is. chapters: the
    one that teaches it, then those that come back to it. term: its name in the glossary; says:
    where it has none there, words of which each section that teaches it uses one.
    """

    id: str
    place: str
    zh: str
    en: str
    chapters: tuple[str, ...]
    term: str = ""
    says: tuple[str, ...] = ()

    @property
    def deck(self):
        """The deck that holds it: "S0" ... "S4"."""
        return self.id.partition("-")[0]


@cache
def items():
    """Return every Item by its id.

    >>> len(items())
    157
    """
    entries = content.entries("items")
    return {each["id"]: Item(**{name: _fixed(value) for name, value in each.items()})
            for each in entries}  # fmt: skip


def _fixed(value):
    return tuple(value) if isinstance(value, list) else value


def item(id):
    """Return an item; ValueError for an unknown one.

    >>> item("S0-07").chapters
    ('21',)
    """
    if id not in items():
        raise ValueError(f"item must be one of content/items.yaml, got {id!r}. Write 'S0-07'.")
    return items()[id]
