"""Which posts have to talk to each other, by the chart."""

from itertools import combinations

from crm_course import schema


def channels(n):
    """Return how many pairs there are among n posts: n (n - 1) / 2.

    >>> [channels(n) for n in (4, 8, 12)]
    [6, 28, 66]
    """
    if n < 0 or n != int(n):
        raise ValueError(f"n must be a whole number of posts, got {n}. Count them.")
    return int(n) * (int(n) - 1) // 2


def task_network(tasks, *, letters="RACI"):
    """Return the network of the posts (networkx): joined if they have a part in the same task.

    tasks (task_id, role, letter); letters: the parts that count, "RA" for those who do or decide.
    Every post of the chart is there, also without a line; weight: number of tasks in common.
    """
    import networkx as nx

    rows = schema.require(tasks, ["task_id", "role", "letter"], name="tasks")
    network = nx.Graph()
    network.add_nodes_from(sorted(rows["role"].unique()))
    counted = rows[rows["letter"].isin(list(letters))].drop_duplicates(["task_id", "role"])
    for _task, roles in counted.groupby("task_id")["role"]:
        for pair in combinations(sorted(roles), 2):
            weight = network.edges[pair]["weight"] if network.has_edge(*pair) else 0
            network.add_edge(*pair, weight=weight + 1)
    return network
