import numpy as np
import pandas as pd
import pytest

from crm_course import datasets
from crm_course.cases import telecom
from crm_course.customers import churn

YEAR = {"since": "2025-01-01", "until": "2026-01-01"}


def table(rows):
    """Subscriptions by hand: (subscription, account, customer, user, started, ended, arpu)."""
    columns = ["subscription_id", "account_id", "customer_id", "user_id", "started_on", "ended_on",
               "arpu"]  # fmt: skip
    made = pd.DataFrame(rows, columns=columns).assign(product="mobile phone")
    days = {name: pd.to_datetime(made[name]) for name in ("started_on", "ended_on")}
    return made.assign(**days)


# customer 1 leaves with two accounts and a line of user 13; customer 2 stays and a user loses one
SMALL = table([
    (1, 11, 1, 10, "2024-01-01", "2025-06-01", 40.0),
    (2, 11, 1, 13, "2024-02-01", "2025-06-01", 30.0),
    (3, 12, 1, 10, "2024-02-01", "2025-03-01", 20.0),
    (4, 21, 2, 20, "2024-01-01", None, 50.0),
    (5, 21, 2, 25, "2024-01-01", "2025-04-01", 10.0),
    (6, 21, 2, 20, "2025-01-01", None, 10.0),
])  # fmt: skip
BILLS = pd.DataFrame({"account_id": [11, 12, 21], "payer": ["self", "employer", "family"]})
GROUPS = pd.DataFrame({"uplift": [0.0, 0.1, 0.05]}, ["0 to 33", "34 to 66", "67 to 100"])


@pytest.fixture(scope="module")
def lines():
    return telecom.service_lines(datasets.load("subscriptions"), datasets.load("accounts"))


@pytest.fixture(scope="module")
def year(lines):
    return telecom.lines_of_year(lines, **YEAR)


def small():
    return telecom.service_lines(SMALL, BILLS)


# --- four layers


def test_a_goodbye_is_the_day_on_which_the_last_line_ended():
    goodbye = small().set_index("subscription_id")["goodbye"]
    assert (goodbye[[1, 2, 3]] == pd.Timestamp("2025-06-01")).all()
    assert goodbye[[4, 5, 6]].isna().all()


def test_a_line_has_the_payer_of_its_own_account_and_stands_there_once(lines):
    assert small()["payer"].tolist() == ["self", "self", "employer", *["family"] * 3]
    assert len(lines) == len(datasets.load("subscriptions"))


def test_an_account_that_stands_there_twice_would_double_its_lines():
    with pytest.raises(ValueError, match=r"accounts\['account_id'\] must be unique, got .* twice"):
        telecom.service_lines(SMALL, pd.concat([BILLS, BILLS]))


def test_a_line_without_its_account_and_a_user_without_a_number_are_refused():
    with pytest.raises(ValueError, match="account_id'. must be in accounts, got .*Add its payer"):
        telecom.service_lines(SMALL, BILLS.tail(1))
    with pytest.raises(TypeError, match="user_id'. must be whole numbers, got str"):
        telecom.service_lines(SMALL.astype({"user_id": "str"}), BILLS)


def test_what_is_missing_is_named():
    with pytest.raises(ValueError, match="payer"):
        telecom.service_lines(SMALL, BILLS[["account_id"]])
    with pytest.raises(ValueError, match="used_by"):
        telecom.lines_of_year(SMALL, **YEAR)


def test_tables_given_are_left_alone():
    before, bills = SMALL.copy(), BILLS.copy()
    telecom.churn_by_level(telecom.lines_of_year(small(), **YEAR))
    pd.testing.assert_frame_equal(SMALL, before)
    pd.testing.assert_frame_equal(BILLS, bills)


def test_each_line_ends_alone_or_with_the_holder_or_runs_on():
    became = telecom.lines_of_year(small(), **YEAR).set_index("subscription_id")["became"]
    assert became.to_dict() == {
        1: "ended with the holder", 2: "ended with the holder", 3: "ended alone", 4: "runs on",
        5: "ended alone",
    }  # fmt: skip


def test_a_year_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="since must come before until"):
        telecom.lines_of_year(small(), since="2026-01-01", until="2025-01-01")


def test_truth_agrees_on_who_ended_a_line(year):
    truth = datasets.load("truth_subscriptions", truth=True)[["subscription_id", "cancelled"]]
    lost = year.query("lost").merge(truth)
    alone = lost["became"] == "ended alone"
    assert alone[~lost["cancelled"]].sum() == 0  # who ends with the holder never counts as alone
    assert (alone != lost["cancelled"]).mean() < 0.02  # some cancel in the holder's last month


def test_users_cancel_more_often_than_holders_as_the_world_says(lines):
    truth = datasets.load("truth_subscriptions", truth=True)
    free = lines.merge(truth).query("cancel_probability > 0").groupby("used_by")
    rate = free["cancelled"].sum() / free["months"].sum()
    error = np.sqrt((1 / free["cancelled"].sum()).sum())
    assert abs(np.log(rate["other"] / rate["holder"] / 1.8)) < 4 * error


def test_levels_count_those_of_whom_nothing_is_left():
    levels = telecom.churn_by_level(telecom.lines_of_year(small(), **YEAR))
    assert levels["there"].tolist() == [5, 4, 3, 2]
    assert levels["lost"].tolist() == [4, 3, 2, 1]
    assert levels["touched"].tolist() == [0.8, 0.75, 1.0, 1.0]


def test_customers_lost_are_the_customers_who_left(year):
    left = datasets.load("panel").query("churned and month > 24")["customer_id"]
    there = year["customer_id"].unique()
    assert telecom.churn_by_level(year).loc["customer", "lost"] == left.isin(there).sum()


# --- calls


def test_goodbye_lines_are_those_of_users_that_went_with_the_holder(year, lines):
    found = telecom.goodbye_lines(small(), **YEAR)
    assert found["subscription_id"].tolist() == [2]
    of_2025 = telecom.goodbye_lines(lines, **YEAR)
    there = year.query("used_by == 'other' and became == 'ended with the holder'")
    assert set(there["subscription_id"]) <= set(of_2025["subscription_id"])


def test_a_contract_is_due_twelve_months_after_it_began_or_was_renewed():
    panel = pd.DataFrame({
        "customer_id": [1, 2, 2, 2], "month": [36, 36, 36, 36], "tenure": [0, 10, 11, 23],
        "risk_score": 50, "churned": [True, False, False, False],
    })  # fmt: skip
    due = telecom.contracts_due(panel, small(), within=12)
    assert due["due"].tolist() == [37, 48, 48]
    assert due["bill"].tolist() == [60.0, 60.0, 60.0]
    assert due["lines"].tolist() == [2, 2, 2]


def test_who_is_due_in_the_panel_is_due_in_its_next_year(lines):
    panel = datasets.load("panel")
    early = panel.query("month <= 24")
    running = lines.assign(ended_on=pd.NaT)  # as if none had ended, to keep every customer
    due = telecom.contracts_due(early, running, within=6).set_index("customer_id")["due"]
    renewals = panel.query("24 < month <= 30 and renewal_due").set_index("customer_id")["month"]
    assert (due[renewals.index.intersection(due.index)] == renewals[due.index.intersection(
        renewals.index)]).all()  # fmt: skip
    assert set(renewals.index) <= set(due.index)


def test_a_list_by_bill_leaves_most_of_all_lists():
    contracts = pd.DataFrame({
        "customer_id": [1, 2, 3], "group": ["34 to 66", "67 to 100", "0 to 33"],
        "lines": [1, 6, 9], "bill": [40.0, 200.0, 400.0],
    })  # fmt: skip
    by_bill = telecom.call_list(contracts, GROUPS)
    assert by_bill["customer_id"].tolist() == [2, 1, 3]
    assert by_bill["left"].tolist() == [28.2, 2.28, -15.0]
    by_contract = telecom.call_list(contracts, GROUPS, counted="contract")
    assert by_contract["customer_id"].tolist() == [1, 2, 3]
    kept = telecom.kept_by_calls(by_bill.head(2))
    assert kept.round(6).tolist() == [0.15, 0.4, 30.48]
    with pytest.raises(ValueError, match="counted must be"):
        telecom.call_list(contracts, GROUPS, counted="line")


def test_shared_calls_take_the_best_of_both_lists():
    holders = pd.DataFrame({"left": [100.0, 50.0, 10.0]})
    users = pd.DataFrame({"arpu": [10.0, 100.0]})
    table = telecom.shared_calls(holders, users, own_contract=0.25, calls=2)
    assert table["left"].round(6).tolist() == [150.0, 193.0, 88.8]
    with pytest.raises(ValueError, match="own_contract must be a share"):
        telecom.shared_calls(holders, users, own_contract=10)


def test_who_is_foreseen_to_leave_is_counted_among_those_who_are_there():
    panel = pd.DataFrame({"month": [24, 24, 24, 36], "churned": [False, False, True, False],
                          "risk_score": [10, 90, 90, 90]})  # fmt: skip
    stay = pd.Series({"0 to 33": 0.8, "34 to 66": 0.5, "67 to 100": 0.2})
    assert telecom.foreseen_leaving(panel, stay, month=24) == pytest.approx(0.5)


# --- systems


def test_a_direct_interface_needs_a_key_of_both():
    far = telecom.integration_map()
    assert far.loc["call centre", "CRM"] == 4
    assert (far.to_numpy() == far.to_numpy().T).all()
    rest = {name: keys for name, keys in telecom.SYSTEMS.items() if name != "provisioning"}
    assert np.isnan(telecom.integration_map(rest).loc["call centre", "CRM"])


# --- pictures


def test_pictures_say_what_they_show(lines, year):
    from matplotlib.figure import Figure

    from crm_course import figures

    words = figures.sentence(telecom.plot_losses(year).figure)
    assert words.startswith("Used by somebody else: 0.473 ended with the holder and 0.175 alone.")
    beside = year[year["customer_id"].isin(year.query("used_by == 'other'")["customer_id"])]
    own = (beside.query("used_by == 'holder'")["became"] == "ended with the holder").mean()
    assert f"in the same contracts: {own:.3f} and" in words
    holders = pd.DataFrame({"left": [100.0, 50.0]})
    ax = Figure().subplots()
    users = telecom.goodbye_lines(lines, **YEAR)
    telecom.plot_calls(holders, users, own_contract=0.0, ax=ax)
    assert "best are 0 to users" in figures.sentence(ax.figure)


def test_a_hundred_calls_by_bill_leave_more_than_by_contract(lines):
    panel = datasets.load("panel")
    groups = churn.uplift_by_group(panel.query("renewal_due"))
    holders = telecom.call_list(telecom.contracts_due(panel, lines), groups)
    by_contract = telecom.call_list(
        telecom.contracts_due(panel, lines), groups, counted="contract"
    )
    assert holders["left"].head(100).sum() > by_contract["left"].head(100).sum()
