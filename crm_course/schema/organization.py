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


CULTURE = Table("culture", "one employee's answers in one wave of the culture survey",
    ("colleague", "wave"), ("colleague", "branch", "wave"), (
    Column("colleague", "id", "Who answered; nameless, one number for all waves", low=1),
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


def _points(name, meaning, truth="", high=100, optional=True):
    return Column(name, "number", meaning, "points", 0 if high == 100 else 1, high, decimals=1,
                  optional=optional, truth=truth)  # fmt: skip


def _trainee():
    return Column("trainee", "id", "Employee in the trial, trained or not", low=1)


TRAINING = Table("training", "one employee in the trial of a course on handling complaints",
    ("trainee",), ("trainee", "arm", "pre"), (
    _trainee(),
    Column("team", "id", "Team, 1 to 30; the lot fell on whole teams", low=1),
    Column("arm", "text", "Whether the team was trained", values=("training", "control"),
           truth="half of the teams, by lot"),
    _points("supervisor_support", "How much the supervisor helps to apply what is new",
            "correlates 0.5 with transfer", 5, optional=False),
    _points("pre", "Test before the course", optional=False),
    _points("reaction_affective", "How much they liked the course; missing in the control arm",
            "hardly correlates with transfer", 5),
    _points("reaction_utility", "How useful they found it; missing in the control arm",
            "correlates 0.26 with transfer", 5),
    _points("post", "Test after the course; missing for those who left", "course: + 0.5 steps"),
    _points("retention_test", "The same test three months later", "six tenths of it are kept"),
    _points("behaviour", "Behaviour on the job, by observers who did not know the arm",
            "course: + applied + transfer x transfer score"),
    Column("result", "money", "Contribution of the month after; missing for those who left", "¥",
           optional=True, truth="rises with behaviour"),
))  # fmt: skip

TRUTH_TRAINING = Table("truth_training", "one employee in the trial", ("trainee",), (), (
    _trainee(),
    Column("team", "id", "Team", low=1),
    Column("transfer", "number", "How readily the employee applies what was learned",
           "standard deviations", decimals=3),
    *(_points(f"{name}_{arm}", f"{meaning} if {arm}", optional=False)
      for name, meaning in (("post", "Test after the course"),
                            ("retention_test", "The test three months later"),
                            ("behaviour", "Behaviour"))
      for arm in ("untrained", "trained")),
    *(Column(f"result_{arm}", "money", f"Contribution of the month after if {arm}", "¥")
      for arm in ("untrained", "trained")),
))  # fmt: skip

DEPARTMENTS = {
    "service": ("operator", "service agent", "service supervisor"),
    "marketing": ("market researcher", "promoter", "marketing supervisor"),
    "crm": ("data steward", "relationship manager", "crm supervisor"),
    "sales": ("salesperson", "sales supervisor", "sales manager"),
}
ROLES = tuple(role for roles in DEPARTMENTS.values() for role in roles)
FAULTS = ("nobody accountable", "two accountable", "nobody responsible")
TASK_NAMES = (
    "answer calls", "record complaints", "resolve complaints", "call back after repairs",
    "return goods", "staff the help desk",
    "study the market", "plan campaigns", "run campaigns", "keep the web pages",
    "measure response", "watch competitors",
    "clean customer data", "grade customers", "survey satisfaction", "care for key accounts",
    "win back leavers", "answer requests for data",
    "qualify leads", "quote prices", "sign contracts", "grant credit terms",
    "hand over new customers", "forecast sales",
)  # fmt: skip


def _department():
    return Column("department", "text", "Department", values=tuple(DEPARTMENTS))


def _role(name, meaning):
    return Column(name, "text", meaning, values=ROLES)


def _skill(name, meaning):
    return Column(name, "integer", meaning, "points", 1, 5)


def _task():
    return Column("task_id", "id", "The task, 1 to 24", low=1)


STAFF = Table("staff", "one employee of the four departments", ("employee",), ("employee", "role"),
    (
    Column("employee", "id", "The employee", low=1),
    _department(),
    _role("role", "Post"),
    _skill("communication", "Communication, as appraised"),
    _skill("service_awareness", "Awareness of service, as appraised"),
    _skill("competence", "Competence in the trade, as appraised"),
))  # fmt: skip

TASKS = Table("tasks", "one role's part in one task", ("task_id", "role"),
    ("task_id", "role", "letter"), (
    _task(),
    Column("task", "text", "What is to be done"),
    _department(),
    _role("role", "Post that has a part in it"),
    Column("letter", "text", "R does it, A answers for it, C is asked, I is told",
           values=("R", "A", "C", "I"),
           truth="sound but for 3 tasks without A, 2 with two A, 2 without R"),
))  # fmt: skip

HANDOFFS = Table("handoffs", "one hand-off of a case from one post to the next",
    ("handoff_case", "step"), ("handoff_case", "minutes", "arrived"), (
    Column("handoff_case", "id", "The case handed on", low=1),
    Column("step", "integer", "Number of the hand-off", "", 1),
    _role("from_role", "Post that hands on"),
    _role("to_role", "Post that should receive"),
    Column("minutes", "number", "Wait until it is taken up or missed", "minutes", 0, decimals=1,
           truth="exponential; longer between departments"),
    Column("arrived", "flag", "Taken up; if not, the case ends here",
           truth="the same chance at every hand-off"),
))  # fmt: skip

INCENTIVES = Table("incentives", "one branch in the trial of pay", ("branch",),
    ("branch", "sales_weight"), (
    _branch(),
    Column("sales_weight", "number", "Weight of sales in the bonus; the rest is for service",
           "share", 0, 1, decimals=1, truth="by lot, a quarter of the branches each"),
    Column("sales_head", "money", "Sales per employee and month", "¥", 0,
           truth="rise with sales_effort"),
    Column("service_score", "number", "Service as mystery shoppers found it", "points", 0, 100,
           decimals=1, truth="rises with service_effort"),
))  # fmt: skip

TRUTH_TASKS = Table("truth_tasks", "one task", ("task_id",), (), (
    _task(),
    Column("fault", "text", "Fault planted; missing if none", values=FAULTS, optional=True),
))  # fmt: skip

TRUTH_INCENTIVES = Table("truth_incentives", "one branch in the trial of pay", ("branch",), (), (
    _branch(),
    Column("sales_effort", "number", "Effort for sales", decimals=4, low=0,
           truth="interior solution, then cut at 0; 0.956 at weight 0.9, where the optimum is 0.9"),
    Column("service_effort", "number", "Effort for service", decimals=4, low=0),
))  # fmt: skip

TABLES = (
    CULTURE, ORG_UNITS, TRAINING, STAFF, TASKS, HANDOFFS, INCENTIVES,
    TRUTH_UNITS, TRUTH_TRAINING, TRUTH_TASKS, TRUTH_INCENTIVES,
)  # fmt: skip
