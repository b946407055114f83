import networkx as nx
import numpy as np
import pandas as pd
import pytest
from scipy import optimize, stats

from crm_course import datasets, figures
from crm_course.organization import roles
from crm_course.schema.organization import ROLES


@pytest.fixture(scope="module")
def tasks():
    return datasets.load("tasks")


@pytest.fixture(scope="module")
def handoffs():
    return datasets.load("handoffs")


def chart(*rows):
    """A chart from (task_id, letters by role)."""
    flat = [(task, f"task {task}", role, letter) for task, parts in rows for role, letter in parts]
    return pd.DataFrame(flat, columns=["task_id", "task", "role", "letter"])


SOUND = (("operator", "R"), ("service supervisor", "A"))


# --- the chart


def test_the_lint_finds_every_fault_that_was_planted_and_no_other(tasks):
    found = roles.raci_faults(tasks).set_index("task_id")["fault"]
    truth = datasets.load("truth_tasks", truth=True).dropna().set_index("task_id")["fault"]
    assert found.to_dict() == truth.to_dict()


@pytest.mark.parametrize("student", ["s1", "s2", "s3"])
def test_so_it_does_in_other_companies(student):
    found = roles.raci_faults(datasets.load("tasks", student=student))
    truth = datasets.load("truth_tasks", student=student, truth=True).dropna()
    assert list(found["fault"]) == list(truth["fault"])


@pytest.mark.parametrize(("parts", "fault"), [
    (SOUND[:1], "nobody accountable"),
    (SOUND[1:], "nobody responsible"),
    ((*SOUND, ("sales manager", "A")), "two accountable"),
    ((SOUND[0], ("salesperson", "A")), "accountable without authority"),
    ((*SOUND, *((role, "C") for role in ROLES[3:7])), "too many consulted"),
])  # fmt: skip
def test_each_fault_by_hand(parts, fault):
    found = roles.raci_faults(chart((1, SOUND), (2, parts)))
    assert found.to_numpy().tolist() == [[2, "task 2", fault]]


def test_three_may_be_consulted():
    parts = (*SOUND, *((role, "C") for role in ROLES[3:6]))
    assert roles.raci_faults(chart((1, parts))).empty
    assert len(roles.raci_faults(chart((1, parts)), most_consulted=2)) == 1


def test_who_answers_for_how_much_by_hand():
    table = roles.accountability(chart((1, SOUND), (2, SOUND), (3, (("crm supervisor", "A"),))))
    assert table["role"].tolist() == ["service supervisor", "crm supervisor"]
    assert table["share"].tolist() == pytest.approx([2 / 3, 1 / 3])


def test_the_twelve_duties_are_a_sound_chart_of_the_twelve_posts():
    duties = roles.duties()
    assert roles.raci_faults(duties).empty
    assert duties.drop_duplicates("task_id")["department"].value_counts().tolist() == [3] * 4
    assert set(duties["role"]) <= set(ROLES)
    assert duties.drop_duplicates("task_id")["stated"].sum() == 5


def test_the_charts_are_left_alone_and_a_missing_column_is_named(tasks):
    before = tasks.copy()
    roles.raci_faults(tasks)
    roles.accountability(tasks)
    pd.testing.assert_frame_equal(tasks, before)
    with pytest.raises(ValueError, match="tasks lacks the column.s. letter"):
        roles.raci_faults(tasks.drop(columns="letter"))


# --- a case on its way


def log(*ways):
    """A log of hand-offs from the posts that each case went through."""
    flat = [(case, step, *pair, True) for case, way in enumerate(ways, start=1)
            for step, pair in enumerate(zip(way, way[1:], strict=False), start=1)]  # fmt: skip
    columns = ["handoff_case", "step", "from_role", "to_role", "arrived"]
    return pd.DataFrame(flat, columns=columns)


def test_a_case_that_comes_back_by_hand():
    table = roles.trips(log("abc", "aba", "ab", "abcb").iloc[::-1])
    assert table["came_back"].tolist() == [False, True, False, True]
    assert table["hand_offs"].tolist() == [2, 2, 1, 3]
    assert table["last"].tolist() == ["c", "a", "b", "b"]


def test_trips_agree_with_a_loop_and_leave_the_log_alone(handoffs):
    before = handoffs.copy()
    table = roles.trips(handoffs).set_index("handoff_case")
    pd.testing.assert_frame_equal(handoffs, before)
    for case, rows in list(handoffs.groupby("handoff_case"))[:300]:
        had = [rows["from_role"].iloc[0], *rows["to_role"]]
        assert table.loc[case, "came_back"] == (len(set(had)) < len(had))
        assert table.loc[case, "arrived"] == rows["arrived"].all()
    with pytest.raises(ValueError, match="handoffs lacks the column.s. to_role"):
        roles.trips(handoffs.drop(columns="to_role"))


def test_a_log_that_begins_late_knows_the_first_post_it_shows():
    late = log("abcb")
    assert roles.trips(late[late["step"] > 1])["came_back"].tolist() == [True]


@pytest.mark.parametrize(("often", "posts"), [(-1, 12), ([2, -1], 12), (1.5, 12), (2, 1)])
def test_a_way_that_cannot_be_is_refused(often, posts):
    with pytest.raises(ValueError, match="hand_offs must be whole numbers from 0, among two posts"):
        roles.chance_of_coming_back(often, posts=posts)


@pytest.mark.parametrize("often", [2, 4, 7, 12])
def test_the_chance_of_coming_back_is_that_of_walks(often):
    luck = np.random.default_rng(often)
    steps = luck.integers(1, 12, size=(20_000, often)).cumsum(axis=1) % 12
    walks = np.sort(np.column_stack([np.zeros(20_000, int), steps]), axis=1)
    seen = (np.diff(walks, axis=1) == 0).any(axis=1).mean()
    chance = roles.chance_of_coming_back(often)
    assert seen == pytest.approx(chance, abs=4 * (chance * (1 - chance) / 20_000) ** 0.5 + 1e-9)


def test_the_log_comes_back_as_by_lot(handoffs):
    table = roles.trips(handoffs)
    chance = roles.chance_of_coming_back(table["hand_offs"])
    spread = (chance * (1 - chance)).sum() ** 0.5
    assert abs(table["came_back"].sum() - chance.sum()) < 4 * spread


@pytest.mark.parametrize(("knows", "posts"), [(0, 12), (0.1, 12), (0.5, 12), (0.2, 8)])
def test_the_simulator_agrees_with_the_formula(knows, posts):
    game = roles.simulate_forwards(knows=knows, posts=posts, cases=6_000, seed=3)["hand_offs"]
    assert game.mean() == pytest.approx(roles.hand_offs(knows, posts=posts), abs=4 * game.sem())


def test_crossed_off_every_place_in_the_row_is_as_likely():
    game = roles.simulate_forwards(crossed_off=True, cases=6_000, seed=3)["hand_offs"]
    counts = game.value_counts().sort_index()
    assert counts.index.tolist() == list(range(1, 12))
    assert stats.chisquare(counts).pvalue > 1e-4


def test_the_share_decided_is_a_geometric_law_without_losses():
    chance = 0.1 + 0.9 / 11
    assert roles.decided(0.1, arrives=1) == pytest.approx(stats.geom(chance).cdf(3))
    assert roles.decided(0.1, patience=10_000) == pytest.approx(
        0.95 * chance / (1 - 0.95 * (1 - chance))
    )


@pytest.mark.parametrize(("knows", "posts"), [(-0.1, 12), (1.1, 12), (0.5, 1)])
def test_a_share_that_cannot_be_is_refused(knows, posts):
    with pytest.raises(ValueError, match=f"knows must be a share, .* got {knows}, {posts}"):
        roles.hand_offs(knows, posts=posts)


# --- money


def test_what_the_plans_cost_by_hand():
    costs = roles.plan_costs(1, empty=0)
    assert costs["decided"].tolist() == pytest.approx([roles.decided(0), 0.95, 0.9025])
    assert costs.loc["cards", "cost"] == pytest.approx(6_000 + 800 * (5 + 500 * 0.05))
    assert costs.loc["desk", "cost"] == pytest.approx(24_000 + 800 * (5 * 1.95 + 500 * 0.0975))


def test_the_plans_are_what_a_loop_over_cases_finds():
    luck = np.random.default_rng(11)
    cases, decided, forwards = 40_000, 0, 0
    for empty in luck.random(cases) < 3 / 24:
        for _hand_off in range(3):
            forwards += 1
            if luck.random() > 0.95:
                break
            if not empty and luck.random() < 0.5 + 0.5 / 11:
                decided += 1
                break
    row = roles.plan_costs(0.5).loc["cards"]
    assert decided / cases == pytest.approx(row["decided"], abs=0.01)
    assert forwards / cases == pytest.approx(row["hand_offs"], abs=0.02)


def test_no_plan_decides_a_case_without_an_owner():
    costs = roles.plan_costs(empty=24)
    assert costs["decided"].tolist() == [0, 0, 0]
    assert costs["hand_offs"].nunique() == 1
    with pytest.raises(ValueError, match="empty must be tasks, 0 to 24, got 25"):
        roles.plan_costs(empty=25)


def test_names_are_worth_more_where_cases_find_their_way():
    saved = roles.plan_costs()["cost"] - roles.plan_costs(empty=0)["cost"]
    assert saved["desk"] > saved["cards"] > 3 * saved["today"] > 0


# --- the network


def test_lines_between_posts():
    assert [roles.channels(n) for n in (0, 1, 4, 8, 12)] == [0, 0, 6, 28, 66]
    assert roles.channels(12) == nx.complete_graph(12).number_of_edges()
    with pytest.raises(ValueError, match="n must be a whole number of posts, got 1.5"):
        roles.channels(1.5)


def test_the_network_by_hand():
    table = chart((1, SOUND), (2, (*SOUND, ("promoter", "C"))))
    network = roles.task_network(table)
    assert network.edges["operator", "service supervisor"]["weight"] == 2
    assert network.number_of_edges() == 3
    doers = roles.task_network(table, letters="RA")
    assert set(doers.edges) == {("operator", "service supervisor")}
    assert "promoter" in doers


def test_a_post_with_two_parts_in_a_task_does_not_talk_to_itself():
    table = chart((1, (*SOUND, ("service supervisor", "R"))))
    network = roles.task_network(table, letters="RA")
    assert list(network.edges(data="weight")) == [("operator", "service supervisor", 1)]


def test_without_second_owners_the_departments_are_islands(tasks):
    double = roles.raci_faults(tasks).query("fault == 'two accountable'")["task_id"]
    mended = roles.task_network(tasks[~tasks["task_id"].isin(double)], letters="RA")
    assert nx.number_connected_components(mended) == 4
    assert nx.number_connected_components(roles.task_network(tasks, letters="RA")) < 4


# --- people


def test_published_numbers_of_staffing_and_bonus():
    assert roles.full_time(18_000, 6, hours=147) == pytest.approx(21.33, abs=0.005)
    assert roles.bonus_index([0.5, 0.3, 0.2], [1.10, 0.92, 1.05]) == pytest.approx(1.036)
    with pytest.raises(ValueError, match="weights must add up to 1, got 1.1"):
        roles.bonus_index([0.5, 0.6], [1, 1])
    with pytest.raises(ValueError, match="occupancy and shrinkage must be shares, got 82, 0.3"):
        roles.full_time(18_000, 6, hours=147, occupancy=82)
    with pytest.raises(ValueError, match="hours must be above 0, got 0. Give paid hours"):
        roles.full_time(18_000, 6, hours=0)


@pytest.mark.parametrize("weight", [0, 0.1, 0.3, 0.5, 0.7, 0.9, 1])
def test_nobody_is_better_off_with_other_efforts(weight):
    def loss(efforts):
        sales, service = efforts
        paid = weight * sales + (1 - weight) * service
        return (sales**2 + service**2 + 2 * 0.3 * sales * service) / 2 - paid

    best = optimize.minimize(loss, [0.4, 0.4], bounds=[(0, None)] * 2, tol=1e-12)
    assert roles.multitask_efforts(weight) == pytest.approx(best.x, abs=1e-4)


def test_the_trial_finds_what_the_pay_moved():
    truth = datasets.load("truth_incentives", truth=True).groupby("branch").first()
    incentives = datasets.load("incentives")
    before = incentives.copy()
    trial = roles.pay_trial(incentives)
    pd.testing.assert_frame_equal(incentives, before)
    effort = incentives.join(truth, on="branch").groupby("sales_weight")["service_effort"].first()
    assert (abs(trial["service_score"] - 60 - 25 * effort) < 4 * trial["service_error"]).all()
    for weight in (0.3, 0.5, 0.7, 0.9):
        assert effort[weight] == pytest.approx(roles.multitask_efforts(weight)[1], abs=1e-4)
    with pytest.raises(ValueError, match="incentives lacks the column.s. sales_weight"):
        roles.pay_trial(incentives.drop(columns="sales_weight"))


def test_what_a_weight_is_worth_by_hand():
    trial = pd.DataFrame({"sales_head": [100.0, 200.0], "service_score": [50.0, 10.0]})
    assert roles.pay_worth(trial, 2).tolist() == [125, 70]
    assert roles.pay_worth(trial, 0, margin=0.5).tolist() == [50, 100]


# --- pictures


def test_the_pictures_say_what_they_show(tasks):
    said = figures.sentence(roles.plot_chart(tasks).figure)
    assert said.startswith("24 tasks, 12 posts; 7 tasks are faulty, 3 of them")
    said = figures.sentence(roles.plot_plans(0.5, empty=0).figure)
    assert "cards ¥77,047, desk ¥70,800; cheapest is: desk" in said
    trial = roles.pay_trial(datasets.load("incentives"))
    assert "sales go to 120 % and service to 76 %" in figures.sentence(roles.plot_pay(trial).figure)


def test_the_explorer_turns_where_the_chapter_says():
    explorer = roles.explore_plans()
    assert explorer.move(knows=0.5).endswith("cheapest is: desk.")
    assert explorer.move(knows=0.55).endswith("cheapest is: cards.")
