"""A responsibility chart, what is wrong with it, and the twelve duties of the handbook."""

import pandas as pd

from crm_course import schema

AUTHORITY = (  # posts that may decide: the heads, and the supervisor of sales
    "service supervisor", "marketing supervisor", "crm supervisor", "sales supervisor",
    "sales manager",
)  # fmt: skip
MOST_CONSULTED = 3  # C in one task
DUTIES = (  # department, duty, whether the source states it, who does it, who is asked
    ("service", "answer calls and complaints", False, "operator", "salesperson"),
    ("service", "look after customers after the purchase", False, "service agent", "data steward"),
    ("service", "collect feedback", True, "service agent", "promoter"),
    ("marketing", "research the market", True, "market researcher", "salesperson"),
    ("marketing", "plan and run campaigns", False, "promoter", "data steward"),
    ("marketing", "keep the brand", False, "promoter", "sales manager"),
    ("crm", "keep the customer data", False, "data steward", "operator"),
    ("crm", "analyse customer needs", True, "relationship manager", "salesperson"),
    ("crm", "survey satisfaction", True, "data steward", "service supervisor"),
    ("sales", "win customers", False, "salesperson", "promoter"),
    ("sales", "forecast sales", False, "sales supervisor", "crm supervisor"),
    ("sales", "maintain relations and satisfaction", True, "salesperson", "relationship manager"),
)
HEADS = {
    "service": "service supervisor",
    "marketing": "marketing supervisor",
    "crm": "crm supervisor",
    "sales": "sales manager",
}


def raci_faults(tasks, *, most_consulted=MOST_CONSULTED):
    """Return what is wrong with a responsibility chart: task_id, task, fault; one row each fault.

    tasks (task_id, task, role, letter): one row is one post's part in one task; R does it, A
    answers for it, C is asked, I is told. Sound is a task with exactly one A, which may decide,
    at least one R, and up to most_consulted C. Source: the usual rules of RACI charts.
    """
    rows = _checked(tasks)
    marks = {letter: rows["letter"] == letter for letter in "ARC"}
    weak = marks["A"] & ~rows["role"].isin(AUTHORITY)
    counted = rows.assign(**marks, weak=weak).groupby(["task_id", "task"])
    counted = counted[["A", "R", "C", "weak"]].sum().reset_index()
    rules = {
        "nobody accountable": counted["A"] == 0,
        "two accountable": counted["A"] > 1,
        "accountable without authority": counted["weak"] > 0,
        "nobody responsible": counted["R"] == 0,
        "too many consulted": counted["C"] > most_consulted,
    }
    found = [counted.loc[rule, ["task_id", "task"]].assign(fault=name)
             for name, rule in rules.items()]  # fmt: skip
    return pd.concat(found).sort_values("task_id", kind="stable").reset_index(drop=True)


def accountability(tasks):
    """Return how many tasks each post answers for: role, tasks, share (of all A); most first.

    tasks (task_id, task, role, letter). A post with more than 0.60 of all A is too many things.
    """
    rows = _checked(tasks)
    count = rows.loc[rows["letter"] == "A", "role"].value_counts().sort_index()
    table = count.sort_values(ascending=False, kind="stable").rename("tasks").reset_index()
    return table.assign(share=table["tasks"] / table["tasks"].sum())


def duties():
    """Return the chart of twelve duties, three a department: like `tasks`, and `stated`.

    Columns task_id, task, department, role, letter, stated. stated: the name of the duty is in
    the source, S1 5.3; the other names, and all letters, are reconstructed.
    """
    rows = []
    for number, (department, duty, stated, doer, asked) in enumerate(DUTIES, start=1):
        for role, letter in ((doer, "R"), (HEADS[department], "A"), (asked, "C")):
            rows.append((number, duty, department, role, letter, stated))
    columns = ["task_id", "task", "department", "role", "letter", "stated"]
    return pd.DataFrame(rows, columns=columns)


def _checked(tasks):
    return schema.require(tasks, ["task_id", "task", "role", "letter"], name="tasks")
