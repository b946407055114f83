"""Tables of the group's own people: culture, roles, tasks, training."""

from .columns import Column, Table

WAVES = 6
CULTURE_ITEMS = {
    "listens": "We listen to customers before we decide", "promises": "We keep what we promise",
    "learns": "We speak about mistakes in order to learn", "helps": "Departments help each other",
    "leads": "Managers do what they ask of us", "decides": "I may decide for the customer",
    "informed": "I know where the firm is going", "respect": "People respect each other",
    "rewards": "Good service is seen and rewarded", "changes": "We change what does not work",
    "pride": "I am proud of what we do", "long_view": "We prefer long relations to quick sales",
}  # fmt: skip


def _branch():
    return Column("branch", "id", "Branch of the group, 1 to 60", low=1)


def _wave():
    return Column("wave", "integer", "Wave of the survey, every half-year from 2023", "", 1, WAVES)


def _standard(name, meaning, truth=""):
    return Column(name, "number", meaning, "standard deviations", decimals=3, truth=truth)


def _employee():
    return Column("employee", "id", "The employee; the same person has one number in this table",
                  low=1)  # fmt: skip


CULTURE = Table("culture", "one employee's answers in one wave of the culture survey",
    ("employee", "wave"), ("employee", "branch", "wave"), (
    _employee(),
    _branch(),
    _wave(),
    *(Column(name, "integer", f"{meaning} (1 not at all, 5 fully)", "points", 1, 5,
             truth="culture of the branch + the person + noise")
      for name, meaning in CULTURE_ITEMS.items()),
))  # fmt: skip

ORG_UNITS = Table("units", "one branch of the group in one wave", ("branch", "wave"),
    ("branch", "wave"), (
    _branch(),
    _wave(),
    Column("employees", "integer", "Employees who answered", "employees", 1),
    _standard("climate", "Climate: how the branch feels now, asked of others than the culture",
              "a x culture + noise"),
    _standard("csat", "Customer satisfaction",
              "direct x culture + b x climate + manager_csat x manager_quality + noise"),
    Column("retention_rate", "number", "Customers kept in the half-year", "share", 0, 1,
           decimals=4, truth="rises with csat"),
    Column("revenue", "money", "Revenue of the half-year", "¥", 0, truth="rises with csat"),
))  # fmt: skip

TRUTH_UNITS = Table("truth_units", "one branch of the group in one wave", ("branch", "wave"), (), (
    _branch(),
    _wave(),
    _standard("culture", "Culture itself"),
    _standard("manager_quality", "Quality of the manager; lifts both culture and csat"),
))  # fmt: skip

TABLES = (CULTURE, ORG_UNITS, TRUTH_UNITS)
