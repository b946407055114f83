import numpy as np
import pandas as pd
import pytest

from crm_course import datasets, figures
from crm_course.datagen.experiments import make_growth_trial
from crm_course.datagen.scenario import Scenario
from crm_course.strategy import growth_matrix as gm

TRUE = pd.DataFrame(
    {"margin": [100.0, 100, 130, 100], "stay": [0.6, 0.72, 0.6, 0.6],
     "friends": [0.05, 0.05, 0.05, 0.15]},
    index=["nothing", "loyalty", "expansion", "acquisition"],
)  # fmt: skip


@pytest.fixture(scope="module")
def trial():
    return datasets.load("growth_trial")


@pytest.fixture(scope="module")
def rates(trial):
    return gm.club_rates(trial)


def test_the_matrix_has_customers_down_and_offers_across():
    matrix = gm.growth_matrix()
    assert matrix.loc["existing customers", "new offer"] == "expansion"
    assert matrix.loc["new customers", "existing offer"] == "acquisition"


# --- what a member is worth


def test_a_member_is_worth_the_sum_of_the_years_of_all_who_came_by_her():
    people, total = 1.0, 0.0
    for year in range(400):
        total += people * 130 / 1.1**year
        people = 0.72 * people + 0.15 * people
    assert gm.member_value(130, 0.72, 0.15) == pytest.approx(total)


def test_a_simulated_club_earns_what_its_members_are_worth():
    rng, clubs, total = np.random.default_rng(3), np.full(20_000, 1), 0.0
    for year in range(120):
        total += 100 * clubs.mean() / 1.1**year
        clubs = rng.binomial(clubs, 0.6) + rng.poisson(0.05 * clubs)
    assert total == pytest.approx(gm.member_value(100, 0.6, 0.05), rel=0.02)


def test_a_club_that_outgrows_the_discount_is_refused():
    with pytest.raises(ValueError, match=r"stay \+ friends must be below 1.1, got 1.12"):
        gm.member_value(100, 0.72, 0.40)


@pytest.mark.parametrize("stay, guest_stay, name", [(1.2, 0.6, "stay"), (0.6, -0.1, "guest_stay")])
def test_a_chance_of_staying_is_from_0_to_1(stay, guest_stay, name):
    with pytest.raises(ValueError, match=f"{name} must be from 0 to 1, got"):
        gm.value_with_guests(100, stay, 0.05, guest_stay=guest_stay, guest_friends=0.2)


def test_friends_of_the_same_kind_are_members():
    same = gm.value_with_guests(100, 0.6, 0.15, guest_stay=0.6, guest_friends=0.15)
    assert same == pytest.approx(gm.member_value(100, 0.6, 0.15))


def test_friends_of_another_kind_by_hand():
    guest = 100 / (1 - 0.35 / 1.1)
    by_hand = (100 + 0.31 * guest / 1.1) / (1 - 0.6 / 1.1)
    assert gm.value_with_guests(100, 0.6, 0.31, guest_stay=0.3) == pytest.approx(by_hand)


def test_own_and_friends_add_up_to_the_worth():
    years = gm.value_by_year(100, 0.6, 0.15, years=400)
    assert years.to_numpy().sum() == pytest.approx(gm.member_value(100, 0.6, 0.15))
    assert years["own"].sum() == pytest.approx(gm.member_value(100, 0.6, 0.0))


# --- the trial


def test_rates_are_divisions(trial):
    tiny = pd.DataFrame({"group": ["nothing"], "members": [200], "stayed": [120], "friends": [10],
                         "margin": [99.5]})  # fmt: skip
    assert gm.club_rates(tiny).loc["nothing"].tolist() == [99.5, 0.6, 0.05]


def test_the_surprise_of_the_chapter(trial):
    net = gm.trial_table(trial)["net"].round()
    assert net.tolist() == [0, -15, -15, -15, 114]


def test_the_trial_finds_what_the_parcels_truly_earn(trial):
    table = gm.trial_table(trial)
    true = gm.mix_table(TRUE)["net"]
    for group in ("loyalty", "expansion", "acquisition", "all three"):
        error = np.hypot(*table.loc[[group, "nothing"], "standard_error"])
        assert abs(table.loc[group, "net"] - true[group]) < 4 * error


def test_standard_errors_agree_with_repeated_trials():
    tables = []
    for seed in range(300):
        made = make_growth_trial(Scenario(), seed, 0, 1)
        made["margin"] = made.pop("margin_cents") / 100
        tables.append(gm.trial_table(made))
    found = pd.concat([table["worth"] for table in tables], axis=1).std(axis=1)
    said = pd.concat([table["standard_error"] for table in tables], axis=1).mean(axis=1)
    np.testing.assert_allclose(said, found, rtol=0.2)


def test_a_trial_without_friends_is_named(trial):
    with pytest.raises(ValueError, match=r"trial lacks the column\(s\) friends"):
        gm.club_rates(trial.drop(columns="friends"))


def test_the_trial_is_left_as_it_was(trial):
    before = trial.copy()
    gm.trial_table(trial)
    gm.mix_table(gm.club_rates(trial), friends=0.5)
    pd.testing.assert_frame_equal(trial, before)


# --- mixes


def test_a_single_direction_is_its_own_group(trial, rates):
    singles = list(gm.SET_UP)
    np.testing.assert_allclose(
        gm.mix_table(rates).loc[singles, "net"], gm.trial_table(trial).loc[singles, "net"]
    )


def test_all_three_by_hand():
    by_hand = 130 * 1.1 / (1.1 - 0.87) - 100 * 1.1 / (1.1 - 0.65) - 274
    assert gm.mix_table(TRUE).loc["all three", "net"] == pytest.approx(by_hand)


def test_fewer_friends_and_a_higher_price_by_hand():
    table = gm.mix_table(TRUE, friends=0.5, price=1.2)
    by_hand = 110 / (1.1 - 0.70) - 110 / (1.1 - 0.65) - 1.2 * 88
    assert table.loc["acquisition", "net"] == pytest.approx(by_hand)


def test_rates_without_a_direction_are_named(rates):
    with pytest.raises(ValueError, match=r"got no \['expansion'\]"):
        gm.mix_table(rates.drop("expansion"))


def test_at_the_price_of_the_trial_it_is_everything_or_nothing(rates):
    best = {gm.best_mix(gm.mix_table(rates, price=p / 100)) for p in range(50, 155, 5)}
    best |= {gm.best_mix(gm.mix_table(rates, friends=f / 100)) for f in range(0, 155, 5)}
    assert best == {"all three", "nothing"}


def test_a_little_cheaper_a_pair_of_losers_is_the_best(rates):
    assert gm.best_mix(gm.mix_table(rates, price=0.95, friends=0.55)) == "all three"
    cheap = gm.mix_table(rates, price=0.95, friends=0.50)
    assert gm.best_mix(cheap) == "loyalty + expansion"
    assert cheap.loc["loyalty + expansion", "net"] == pytest.approx(2.8, abs=0.05)


def test_the_years_end_at_the_whole_worth(rates):
    years = gm.net_by_year(rates, years=200)
    np.testing.assert_allclose(years.iloc[-1], gm.mix_table(rates)["net"], atol=1e-6)
    assert years.loc[0, "expansion"] == pytest.approx(129.75 - 100.01 - 84)
    assert years.index[years["all three"] > 0].min() == 7


# --- luck


def test_errors_of_mixes_agree_with_repeated_trials():
    rng, n, found = np.random.default_rng(5), 20_000, []
    counts = (n * TRUE[["stay", "friends"]]).round().astype("int64")
    made = counts.rename(columns={"stay": "stayed"}).assign(members=n, margin=TRUE["margin"])
    made = made.rename_axis("group").reset_index()
    for _again in range(200):
        luck = made.assign(stayed=rng.binomial(n, TRUE["stay"]),
                           friends=rng.poisson(n * TRUE["friends"]))  # fmt: skip
        found.append(gm.mix_table(gm.club_rates(luck))["net"])
    spread = pd.concat(found, axis=1).std(axis=1)
    np.testing.assert_allclose(gm.mix_errors(made), spread, rtol=0.2, atol=1e-6)


def test_a_single_direction_has_the_luck_of_two_groups(trial):
    errors = gm.trial_table(trial)["standard_error"]
    by_hand = np.hypot(errors["loyalty"], errors["nothing"])
    assert gm.mix_errors(trial)["loyalty"] == pytest.approx(by_hand, rel=1e-3)


def test_what_surely_lasts_is_off_by_what_its_mix_is(trial):
    sure = gm.policy_errors(trial)
    assert sure["all three at once"] == pytest.approx(gm.mix_errors(trial)["all three"])
    assert sure["one a year, while they work"] < sure["all three at once"]


# --- risk and order


def test_what_surely_lasts_has_no_risk(rates):
    risk = gm.mix_risk(rates, chance=1)
    np.testing.assert_allclose(risk["expected"], gm.mix_table(rates)["net"])
    assert (risk["spread"] < 1e-9).all()


def test_risk_agrees_with_drawn_worlds():
    rng, table = np.random.default_rng(8), gm.mix_table(TRUE)
    lasting = rng.random((40_000, 3)) < 0.8
    effects = TRUE.iloc[1:].to_numpy() - TRUE.iloc[0].to_numpy()
    drawn = TRUE.iloc[0].to_numpy() + lasting @ effects
    net = gm.member_value(*drawn.T) - table.loc["nothing", "worth"] - 274
    said = gm.mix_risk(TRUE, chance=0.8).loc["all three"]
    assert net.mean() == pytest.approx(said["expected"], abs=4 * net.std() / 200)
    assert net.std() == pytest.approx(said["spread"], rel=0.02)
    assert (net < 0).mean() == pytest.approx(said["chance_of_loss"], abs=0.01)


def test_the_mix_spreads_by_more_than_its_parts_could_added(rates):
    spread = gm.mix_risk(rates, chance=0.9)["spread"]
    added = (spread[list(gm.SET_UP)] ** 2).sum() ** 0.5
    assert spread["all three"] > 2 * added


def test_a_chance_in_per_cent_is_refused(rates):
    with pytest.raises(ValueError, match="chance must be from 0 to 1, got 90"):
        gm.mix_risk(rates, chance=90)


def test_one_a_year_by_hand():
    third = 0.77 * 0.87 * gm.member_value(130, 0.72, 0.15) - 84  # of those who are left then
    second = 0.77 * 100 - 88
    by_hand = 100 - 102 + second / 1.1 + third / 1.1**2 - gm.member_value(100, 0.6, 0.05)
    assert gm.step_by_step(TRUE) == pytest.approx(by_hand)


def test_two_then_the_third_by_hand():
    value = gm.member_value
    third = 0.87 * (0.9 * value(130, 0.72, 0.15) + 0.1 * value(100, 0.72, 0.15)) - 84
    stopped = 0.09 * value(100, 0.72, 0.05) + 0.09 * value(100, 0.6, 0.15)
    stopped += 0.01 * value(100, 0.6, 0.05)
    by_hand = 0.81 * (100 + third / 1.1) + stopped - 190 - value(100, 0.6, 0.05)
    steps = (("loyalty", "acquisition"), "expansion")
    assert gm.step_by_step(TRUE, steps=steps, chance=0.9) == pytest.approx(by_hand)


def test_all_in_one_step_is_all_at_once():
    steps = (("loyalty", "acquisition", "expansion"),)
    earned = gm.step_by_step(TRUE, steps=steps, chance=0.8)
    assert earned == pytest.approx(gm.mix_risk(TRUE, chance=0.8).loc["all three", "expected"])


def test_one_a_year_that_never_works_pays_for_the_first():
    assert gm.step_by_step(TRUE, chance=0) == pytest.approx(-102)


def test_the_order_given_is_the_best(rates):
    from itertools import permutations

    earned = {order: gm.step_by_step(rates, steps=order) for order in permutations(gm.SET_UP)}
    assert max(earned, key=earned.get) == gm.ORDER


def test_policies_are_their_mixes(rates):
    money = gm.policy_money(rates, chance=0.9)
    risk = gm.mix_risk(rates, chance=0.9)["expected"]
    assert money["all three at once"] == risk["all three"]
    assert money["loyalty and acquisition"] == risk["loyalty + acquisition"]
    assert risk["loyalty + acquisition"] < money["these two, then the machines"]
    assert money["these two, then the machines"] < risk["all three"]


# --- bets


def test_the_bids_of_the_textbook():
    bids = pd.DataFrame({"chance": [0.6, 0.45, 0.3, 0.15], "brings": [1.2, 2.2, 3.0, 6.0],
                         "costs": [0.2, 0.5, 0.6, 0.9]})  # fmt: skip
    table = gm.bid_table(bids)
    assert table["expected"].tolist() == pytest.approx([0.52, 0.49, 0.30, 0.0], abs=1e-9)
    assert table["spread"].round(3).tolist() == [0.588, 1.094, 1.375, 2.142]


def test_a_chance_below_0_is_named():
    bids = pd.DataFrame({"chance": [0.5, -0.1], "brings": 1.0, "costs": 0.1})
    with pytest.raises(ValueError, match="chance must be from 0 to 1, got -0.1"):
        gm.bid_table(bids)


def test_a_direction_that_pays_alone_is_not_said_to_pay_never(rates):
    rich = rates.copy()
    rich.loc["expansion", "margin"] += 100
    said = figures.sentence(gm.plot_by_year(rich, years=5).figure)
    assert said.startswith("Earned by year 5, in ¥ a member: loyalty ")
    assert "none is" in figures.sentence(gm.plot_by_year(rates).figure)


def test_a_bet_that_calms_nothing_is_said_to_calm_nothing():
    said = gm.plot_bet(60, 80, correlations=(0.1, 0.5)).figure
    assert figures.sentence(said) == "With a correlation of 0 or more the spread only rises."


def test_bids_without_costs_are_named():
    with pytest.raises(ValueError, match=r"bids lacks the column\(s\) costs"):
        gm.bid_table(pd.DataFrame({"chance": [0.5], "brings": [1.0]}))


def test_spread_agrees_with_drawn_pairs():
    rng = np.random.default_rng(4)
    covariance = [[60**2, -0.4 * 60 * 80], [-0.4 * 60 * 80, 80**2]]
    business, bet = rng.multivariate_normal([0, 0], covariance, size=200_000).T
    said = gm.spread_with(60, 80, share=0.3, correlation=-0.4)
    assert (business + 0.3 * bet).std() == pytest.approx(said, rel=0.01)


def test_no_share_is_calmer_than_the_calmest():
    best = gm.calmest_share(60, 80, correlation=-0.4)
    least = gm.spread_with(60, 80, share=best, correlation=-0.4)
    shares = gm.shares_table(60, 80, correlations=[-0.4])[-0.4]
    assert (shares >= least).all()
    assert gm.calmest_share(60, 80, correlation=0.2) == 0


# --- with whom


def test_the_game_by_hand():
    chain = gm.simulate_replenishment([100, 110, 110, 110, 110])
    assert chain["shop"].tolist() == [100, 130, 110, 110, 110]
    assert chain["wholesaler"].tolist() == [100, 190, 70, 110, 110]
    assert chain["maker"].tolist() == [100, 370, 0, 20, 110]


@pytest.mark.parametrize("cover", [0.5, 1, 2, 3])
def test_a_step_grows_by_the_same_factor_at_each_stage(cover):
    first = gm.simulate_replenishment([100, 110], cover=cover).loc[1]
    assert first["maker"] == pytest.approx(100 + 10 * (1 + cover) ** 3)


def test_who_sees_the_till_orders_for_one_stock_at_a_time():
    first = gm.simulate_replenishment([100, 110], shared=True).loc[1]
    assert first[["shop", "wholesaler", "maker"]].tolist() == [130, 150, 170]


def test_pieces_are_neither_lost_nor_made_up():
    sales = np.random.default_rng(2).poisson(100, 60)
    chain = gm.simulate_replenishment(sales, reaction=0.25)
    made, sold = chain["maker"].sum(), chain["sold"].sum()
    assert abs(made - sold) < 3 * 2 * 40  # the difference lies in three stocks


def test_an_empty_shelf_is_counted():
    chain = gm.simulate_replenishment([100, 130, 100], cover=1)
    assert chain["short"].tolist() == [0, 30, 0]


def test_the_cost_of_unrest_by_hand():
    table = gm.alliance_table([100, 110, 110, 110, 110])
    stocks = [600, 600 + 260, 600 + 150, 600 + 60, 600 + 60]  # made less sold, week by week
    assert table.loc["none"].tolist() == [
        370, 270 + 370 + 20 + 90, 0, sum(stocks) / 5, 7500 + sum(stocks),
    ]  # fmt: skip
    assert table.loc["tailoring", "short"] == 10


def test_negative_sales_are_refused():
    with pytest.raises(ValueError, match="sales must be pieces a week, 0 or more"):
        gm.simulate_replenishment([100, -1])


def test_orders_without_a_time_are_named():
    with pytest.raises(ValueError, match=r"orders lacks the column\(s\) ordered_at"):
        gm.weekly_sales(pd.DataFrame({"customer_id": [1]}))


def test_weeks_are_whole_and_hold_their_orders():
    orders = datasets.load("orders")
    weeks = gm.weekly_sales(orders)
    inside = orders["ordered_at"].between(weeks.index[0] - pd.Timedelta(days=6),
                                          weeks.index[-1] + pd.Timedelta(days=1))  # fmt: skip
    assert weeks.sum() == inside.sum()
    assert weeks.index.to_series().diff().dropna().eq(pd.Timedelta(days=7)).all()


# --- the explorer


def test_at_55_per_cent_of_the_friends_everything_gives_way_to_nothing(rates):
    explorer = gm.explore_mixes(rates)
    assert explorer.move(friends=60).endswith("the best is all three.")
    assert explorer.move(friends=55).endswith("the best is nothing.")
    assert explorer.move(friends=100, price=135).endswith("the best is nothing.")
