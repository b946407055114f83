"""A case on its way from post to post: what a log shows, how long it looks, what that costs."""

import math
import random

import numpy as np
import pandas as pd

from crm_course import schema

POSTS = 12
ARRIVES, PATIENCE = 0.95, 3  # a hand-off is taken up; hand-offs after which a case stops
CASES, FORWARD, UNDECIDED = 800, 5.0, 500.0  # a month; ¥ a hand-off; ¥ a case that nobody decides
TASKS, EMPTY = 24, 3  # of the chart, and of them without an owner
KNOWS, CARDS, DESK = 0.5, 6_000.0, 24_000.0  # share known with the cards; ¥ a month of each


def trips(handoffs):
    """Return each case's way: handoff_case, hand_offs, came_back, arrived, last.

    handoffs (handoff_case, step, from_role, to_role, arrived): one row a hand-off
    -> came_back: it was handed to a post that had had it before; arrived: no hand-off was lost;
    last: the post to which it was handed last.
    """
    columns = ["handoff_case", "step", "from_role", "to_role", "arrived"]
    rows = schema.require(handoffs, columns, name="handoffs").sort_values(["handoff_case", "step"])
    first = rows.drop_duplicates("handoff_case")[["handoff_case", "from_role"]]
    first = first.rename(columns={"from_role": "to_role"})
    had = pd.concat([first, rows[["handoff_case", "to_role"]]])
    again = had.duplicated().groupby(had["handoff_case"]).any()
    table = rows.groupby("handoff_case").agg(hand_offs=("step", "size"), arrived=("arrived", "min"),
                                             last=("to_role", "last"))  # fmt: skip
    table.insert(1, "came_back", again)
    return table.reset_index()


def chance_of_coming_back(hand_offs, *, posts=POSTS):
    """Return the chance that a case handed on by lot has been twice with some post.

    hand_offs: how often it is handed on, a number or many; posts: among how many. Nobody hands to
    itself. It is the birthday problem, with the day before left out.

    >>> chance_of_coming_back([1, 2, 4]).round(3).tolist()
    [0.0, 0.091, 0.459]
    """
    often = np.asarray(hand_offs)
    if posts < 2 or often.dtype.kind not in "iu" or np.any(often < 0):
        raise ValueError(
            f"hand_offs must be whole numbers from 0, among two posts or more, got {hand_offs}, "
            f"{posts}. Count them."
        )
    new = np.cumprod(np.clip((posts - np.arange(1, often.max(initial=1) + 1)) / (posts - 1), 0, 1))
    return 1 - np.concatenate([[1.0], new])[often]


def hand_offs(knows, *, posts=POSTS):
    """Return how often a case is handed on, on average, until its owner has it.

    knows: chance that whoever has it knows the owner and hands it there, from 0 to 1; else it goes
    by lot to any of the other posts, also to one that has had it.

    >>> round(hand_offs(0), 6), round(hand_offs(0.1), 6)
    (11.0, 5.5)
    """
    return 1 / _chance(knows, posts)


def decided(knows, *, posts=POSTS, arrives=ARRIVES, patience=PATIENCE):
    """Return the share of cases that reach their owner within `patience` hand-offs.

    knows, posts: as in `hand_offs`; arrives: share of hand-offs that are taken up.

    >>> round(decided(0), 4), round(decided(1), 4)
    (0.2254, 0.95)
    """
    chance = _chance(knows, posts)
    return math.fsum(chance * (1 - chance) ** step * arrives ** (step + 1)
                     for step in range(patience))  # fmt: skip


def simulate_forwards(*, knows=0.0, posts=POSTS, cases=10_000, seed=52, crossed_off=False):
    """Hand cases on until their owner has them: case, hand_offs.

    knows: as in `hand_offs`, by chance each time; crossed_off: those who have had it, and so are
    not the owner, get it no more. Post 0 is the owner; a case starts with any other.
    """
    luck = random.Random(seed)
    rows = []
    for case in range(cases):
        post = luck.randrange(1, posts)
        had, count = {post}, 0
        while post != 0:
            out = had if crossed_off else {post}
            others = [each for each in range(posts) if each not in out]
            post = 0 if luck.random() < knows else luck.choice(others)
            had.add(post)
            count += 1
        rows.append((case + 1, count))
    return pd.DataFrame(rows, columns=["case", "hand_offs"])


def plan_costs(
    knows=KNOWS, *, empty=EMPTY, forward=FORWARD, undecided=UNDECIDED, desk=DESK, cards=CARDS,
    arrives=ARRIVES,
):  # fmt: skip
    """Return what three plans do and cost in a month: plan, decided, hand_offs, fee, cost.

    today: by lot; cards: each colleague knows the owner of a task with chance `knows`; desk: every
    case goes there first, and the desk knows every owner. knows: with the cards; empty: tasks of
    24 without an owner, where nobody can know one; forward: ¥ of a hand-off; undecided: ¥ lost
    for a case that is not decided; desk, cards: ¥ a month; arrives: share of hand-offs that are
    taken up.
    -> decided: share of the cases; hand_offs: a case; cost: ¥ a month, all in all.
    """
    if not 0 <= empty <= TASKS:
        raise ValueError(f"empty must be tasks, 0 to {TASKS}, got {empty}. Count the chart's.")
    owned = 1 - empty / TASKS
    lost = _tries(0, arrives)  # by lot for a task without an owner
    ways = {
        "today": (0.0, decided(0, arrives=arrives), _tries(_chance(0, POSTS), arrives)),
        "cards": (cards, decided(knows, arrives=arrives), _tries(_chance(knows, POSTS), arrives)),
        "desk": (desk, arrives**2, 1 + arrives),
    }
    rows = []
    for plan, (fee, found, tries) in ways.items():
        share, often = owned * found, owned * tries + (1 - owned) * lost
        cost = fee + CASES * (forward * often + undecided * (1 - share))
        rows.append((plan, share, often, fee, cost))
    columns = ["plan", "decided", "hand_offs", "fee", "cost"]
    return pd.DataFrame(rows, columns=columns).set_index("plan")


def _chance(knows, posts):
    """The chance that a hand-off goes to the owner."""
    if not (0 <= knows <= 1 and posts >= 2):
        raise ValueError(
            f"knows must be a share, among two posts or more, got {knows}, {posts}. "
            "Write hand_offs(0.1, posts=12)."
        )
    return knows + (1 - knows) / (posts - 1)


def _tries(chance, arrives, patience=PATIENCE):
    """How often a case is handed on until its owner has it, it is lost, or patience ends."""
    return math.fsum(((1 - chance) * arrives) ** step for step in range(patience))
