import numpy as np
import pandas as pd
import pytest

from crm_course import datasets
from crm_course.cases import trade_credit as tc


def days(*dates):
    return pd.to_datetime(list(dates))


# shop 1 pays after 40 days; shop 2 fails, and leaves the last two of its three invoices unpaid
SMALL = pd.DataFrame({
    "invoice_id": [11, 12, 13, 21, 22, 23], "customer_id": [1, 1, 1, 2, 2, 2],
    "issued_on": days("2025-01-01", "2025-01-05", "2025-03-01",
                      "2025-01-01", "2025-03-01", "2025-04-15"),
    "due_on": days("2025-01-31", "2025-02-04", "2025-03-31",
                   "2025-01-31", "2025-03-31", "2025-05-15"),
    "paid_on": days("2025-02-10", "2025-02-14", "2025-04-10", "2025-02-20", None, None),
    "amount": 100.0, "written_off": [0.0, 0, 0, 0, 60, 60],
})  # fmt: skip
REVIEWS = pd.DataFrame({
    "customer_id": [1, 2, 3], "month": 24, "debt_ratio": [70, 71, 50],
    "days_late": [10.0, 10.1, 0], "order_gap": [45, 46, 90], "complaints": [1, 2, 0],
    "contact_changed": [False, True, False], "defaulted": [False, True, False],
})  # fmt: skip


@pytest.fixture(scope="module")
def debtors():
    return datasets.load("debtors")


@pytest.fixture(scope="module")
def invoices():
    return datasets.load("invoices")


@pytest.fixture(scope="module")
def accounts(debtors, invoices):
    return tc.account_year(debtors, invoices)


@pytest.fixture(scope="module")
def warned(accounts, invoices):
    listed = accounts.loc[accounts["warnings"] >= 2, "customer_id"]
    return invoices[invoices["customer_id"].isin(listed)]


@pytest.fixture(scope="module")
def loans():
    return datasets.real("spanish_credit")


# --- textbook


def test_the_sums_of_the_textbook():
    assert tc.expected_loss(0.06, 0.60, 500_000) == pytest.approx(18_000)
    waiting = tc.financing(75, 0.10, 90)
    assert waiting == pytest.approx(1.849, abs=0.0005)
    assert tc.break_even_default(100, 75, waiting) == pytest.approx(0.2315, abs=5e-5)
    assert tc.days_sales_outstanding(4.5e6, 18e6) == 91.25
    assert tc.scorecard_points(0.05) == pytest.approx(586.8, abs=0.05)


def test_a_sale_at_the_break_even_brings_nothing():
    chance = tc.break_even_default(100, 88, 1, lost=0.61)
    assert 100 - 88 - 1 - chance * 61 == pytest.approx(0)


def test_twice_the_odds_are_twenty_points_more():
    one, two = tc.scorecard_points([1 / 31, 1 / 61])
    assert (one, two - one) == (pytest.approx(600), pytest.approx(20))


# --- a year of each shop


def test_warnings_begin_above_their_thresholds():
    assert tc.warnings(REVIEWS).tolist() == [0, 5, 1]


def test_a_year_by_hand():
    year = tc.account_year(REVIEWS, SMALL, margin=0.10, interest=0.365).set_index("customer_id")
    assert year["sold"].tolist() == [300, 300, 0]
    assert year["written_off"].tolist() == [0, 120, 0]
    waits = [40 + 40 + 40, 50 + (365 - 60) + (365 - 105), 0]  # days; unpaid to the year's end
    assert year["waiting"].tolist() == pytest.approx([0.9 * 0.1 * each for each in waits])
    assert year["left"].tolist() == pytest.approx([30 - 10.8, 30 - 120 - 55.35, 0], abs=0.01)


def test_every_shop_with_a_review_has_a_row_and_all_losses_of_the_year(accounts, debtors, invoices):
    of_year = debtors.query("month == 24")
    assert accounts["customer_id"].tolist() == of_year["customer_id"].tolist()
    failed = of_year.loc[of_year["defaulted"], "customer_id"]
    lost = invoices.loc[invoices["customer_id"].isin(failed), "written_off"].sum()
    assert accounts["written_off"].sum() == pytest.approx(lost)


def test_who_failed_the_year_after_has_lost_nothing_yet(debtors, invoices):
    year = tc.account_year(debtors, invoices, month=12)
    assert year.loc[~year["failed"], "written_off"].sum() == 0
    assert year.loc[year["failed"], "written_off"].sum() > 0


def test_classes_add_up(accounts):
    table = tc.by_warnings(accounts)
    assert table["retailers"].sum() == len(accounts)
    assert table["left"].sum() == pytest.approx(accounts["left"].sum(), abs=2)
    assert (table["failed"] * table["retailers"]).sum() == pytest.approx(accounts["failed"].sum())
    each = table["each"] * table["retailers"]
    assert each.sum() == pytest.approx(accounts["left"].sum(), rel=1e-3)


def test_more_warnings_mean_a_higher_true_chance(accounts):
    truth = datasets.load("truth_debtors", truth=True).query("month == 24")
    both = accounts.merge(truth, on="customer_id")
    means = both.groupby(both["warnings"].clip(upper=3))["default_probability"].mean()
    assert means.is_monotonic_increasing and means[3] > 3 * means[0]


def test_written_off_is_the_true_loss_of_what_was_unpaid(accounts, invoices):
    truth = datasets.load("truth_debtors", truth=True).query("month == 24")
    unpaid = invoices[invoices["paid_on"].isna()].groupby("customer_id")["amount"].sum()
    failed = accounts[accounts["failed"]].merge(truth, on="customer_id")
    expected = failed["loss_given_default"] * failed["customer_id"].map(unpaid)
    assert failed["written_off"].to_numpy() == pytest.approx(expected.to_numpy(), abs=0.5)


# --- limits


def test_a_limit_by_hand():
    yes = tc.delivered(SMALL, limit=150)
    assert yes.tolist() == [True, False, True, True, True, False]  # 23: 22 is open for ever


def test_a_stop_by_hand():
    assert tc.delivered(SMALL, stop=14).tolist() == [True, True, True, True, True, False]
    assert tc.delivered(SMALL, stop=15).all()  # 22 is 15 days overdue when 23 is ordered


def test_the_day_of_payment_frees_the_limit():
    for day, passes in (("2025-02-09", False), ("2025-02-10", True)):
        two = SMALL.head(2).assign(issued_on=days("2025-01-01", day))
        assert tc.delivered(two, limit=100).tolist() == [True, passes]


def test_the_order_of_rows_does_not_matter(warned):
    turned = warned.sample(frac=1, random_state=1)
    pd.testing.assert_series_equal(
        tc.delivered(turned, limit=20_000).sort_index(),
        tc.delivered(warned, limit=20_000).sort_index())  # fmt: skip


def test_nobody_ever_owes_more_than_the_limit(warned):
    passed = warned[tc.delivered(warned, limit=20_000)]
    for _, part in list(passed.groupby("customer_id"))[:25]:
        for row in part.itertuples():
            is_open = (part["issued_on"] <= row.issued_on) & ~(part["paid_on"] <= row.issued_on)
            held = is_open & (part["invoice_id"] <= row.invoice_id)
            assert part.loc[held, "amount"].sum() <= 20_000


def test_the_ends_of_the_table_are_the_two_proposals(warned, accounts):
    table, year = tc.limit_table(warned), accounts[accounts["warnings"] >= 2]
    none = table.iloc[-1]
    assert none[["sold", "written_off"]].tolist() == pytest.approx(
        year[["sold", "written_off"]].sum().tolist(), abs=1)  # fmt: skip
    assert none["refused"] == 0 and table.iloc[0]["sold"] == 0
    left = tc.money_left(table, pays_cash=0.3)
    assert left.iloc[-1] == pytest.approx(year["left"].sum(), abs=1)
    assert left.iloc[0] == pytest.approx(0.3 * 0.12 * year["sold"].sum(), abs=1)
    assert table["sold"].is_monotonic_increasing and table["written_off"].is_monotonic_increasing


def test_the_rate_of_the_house_at_both_ends(warned, accounts):
    table, others = tc.limit_table(warned), accounts[accounts["warnings"] < 2]
    rate = tc.bad_debt_rate(table, others)
    assert rate.iloc[0] == pytest.approx(others["written_off"].sum() / others["sold"].sum())
    assert rate.iloc[-1] == pytest.approx(
        accounts["written_off"].sum() / accounts["sold"].sum(), rel=1e-6)  # fmt: skip
    twice = tc.bad_debt_rate(table, others, failures=2)
    assert twice.tolist() == pytest.approx((2 * rate).tolist())


def test_a_limit_takes_more_of_the_losses_than_of_the_sales(warned):
    """Who is about to fail no longer pays, so his debt grows: the limit finds him."""
    table = tc.limit_table(warned, limits=(5_000, 20_000, np.inf)).set_index("limit")
    assert table["rate"].is_monotonic_increasing


def test_where_the_two_proposals_meet(warned):
    explorer = tc.explore_limit(tc.limit_table(warned))
    assert "no credit leaves ¥573,683, no limit ¥585,566" in explorer.move(pays_cash=0.44)
    said = explorer.move(pays_cash=0.45)
    assert "no credit leaves ¥586,721, no limit ¥585,566; best of these is 20,000, ¥677,956" in said


# --- the same year with other shops


def test_shops_that_are_all_alike_leave_no_doubt():
    """Two like shops of 300, nobody fails: every draw is the year itself."""
    twins = pd.concat([SMALL.head(3), SMALL.head(3).assign(customer_id=3, invoice_id=[31, 32, 33])])
    rest = pd.DataFrame({"sold": [600.0], "written_off": [24.0]})
    table = tc.redraw_limits(
        twins, rest, limits=(0, 150, np.inf), margin=0.1, interest=0, draws=50, promise=0.03)
    assert table["low"].tolist() == table["high"].tolist() == [18, 46, 60]  # 150: one is refused
    assert table["beats_cash"].tolist() == [0, 1, 1]
    assert table["beats_none"].tolist() == [0, 0, 0]
    assert table["kept"].tolist() == [0, 1, 1]  # 24 of 600, of 1,000, of 1,200
    worse = tc.redraw_limits(twins, rest, limits=(np.inf,), failures=2, draws=50, promise=0.03)
    assert worse["kept"].tolist() == [0]


def test_the_draws_lie_about_the_year_itself(warned, accounts):
    others = accounts[accounts["warnings"] < 2]
    table = tc.redraw_limits(warned, others, limits=(0, 20_000, np.inf))
    left = tc.money_left(tc.limit_table(warned, limits=(0, 20_000, np.inf)))
    assert (table["low"].to_numpy() < left).all() and (left < table["high"].to_numpy()).all()
    parts = accounts.query("warnings >= 2")["left"].to_numpy()
    spread = 2 * 1.2816 * parts.std() * np.sqrt(len(parts))  # of a sum, by the textbook
    assert table.loc[np.inf, "high"] - table.loc[np.inf, "low"] == pytest.approx(spread, rel=0.06)


def test_cash_only_is_surely_last_and_the_best_limit_is_not_sure(warned, accounts):
    table = tc.redraw_limits(warned, accounts[accounts["warnings"] < 2])
    assert (table["beats_cash"].iloc[1:6] > 0.98).all() and table["beats_cash"].iloc[-1] > 0.8
    assert table["beats_none"][[20_000, 30_000, 60_000]].between(0.5, 0.62).all()
    assert table["kept"].is_monotonic_decreasing


# --- ageing


def test_ageing_by_hand():
    table = tc.ageing(SMALL, as_of="2025-02-05")
    assert table["amount"].tolist() == [0, 300, 0, 0, 0]  # 11, 21 five days late, 12 one
    assert tc.ageing(SMALL, as_of="2025-01-31")["share"].tolist() == [1, 0, 0, 0, 0]


def test_what_is_owed_is_sorted_whole(invoices):
    table = tc.ageing(invoices, as_of="2025-12-31")
    unpaid = invoices["paid_on"].isna() & (invoices["written_off"] == 0)
    assert table["amount"].sum() == pytest.approx(invoices.loc[unpaid, "amount"].sum(), abs=3)


# --- the scorecard


def test_weight_of_evidence_by_hand():
    table = tc.weight_of_evidence(list("aaaabbbb"), [0, 0, 0, 1, 0, 1, 1, 1])
    assert table["woe"].tolist() == pytest.approx([np.log(3), -np.log(3)])
    value = tc.information_value(list("aaaabbbb"), [0, 0, 0, 1, 0, 1, 1, 1])
    assert value == pytest.approx((0.75 - 0.25) * np.log(3) * 2)


def test_evidence_alone_gives_back_the_rates_of_one_column(loans):
    """A logistic regression on one column's woe has slope -1: it can only repeat the shares."""
    classes = tc.loan_classes(loans)[["seniority"]]
    card = tc.fit_scorecard(classes, loans["bad"])
    assert card.slopes["seniority"] == pytest.approx(-1, abs=1e-3)
    rates = loans["bad"].groupby(classes["seniority"]).mean()
    chances = card.chance(classes).groupby(classes["seniority"]).first()
    assert chances.to_numpy() == pytest.approx(rates.to_numpy(), abs=1e-3)


def test_points_of_the_card_add_up_to_the_score(loans):
    classes = tc.loan_classes(loans)
    card = tc.fit_scorecard(classes, loans["bad"])
    points = card.points.set_index(["column", "value"])["points"]
    first = sum(points[name, classes[name].iloc[0]] for name in classes)
    assert first == pytest.approx(tc.scorecard_points(card.chance(classes).iloc[0]))


def test_the_card_agrees_with_statsmodels(loans):
    import statsmodels.api as sm

    classes = tc.loan_classes(loans)
    card = tc.fit_scorecard(classes, loans["bad"])
    woe = {name: tc.weight_of_evidence(classes[name], loans["bad"])["woe"] for name in classes}
    design = sm.add_constant(pd.DataFrame({name: classes[name].map(woe[name]) for name in classes}))
    theirs = sm.Logit(loans["bad"].astype(float), design).fit(disp=0)
    assert list(card.slopes.values()) == pytest.approx(theirs.params.iloc[1:].tolist(), abs=2e-3)


def test_the_card_knows_borrowers_it_has_not_seen(loans):
    from sklearn.metrics import roc_auc_score

    classes, seen = tc.loan_classes(loans), loans["customer_id"] % 2 == 0
    card = tc.fit_scorecard(classes[seen], loans.loc[seen, "bad"])
    assert roc_auc_score(loans.loc[~seen, "bad"], card.chance(classes)[~seen]) > 0.82


def test_no_shift_is_nought_and_direction_does_not_matter():
    one, two = [0, 0, 1], [0, 1, 1]
    assert tc.stability_index(one, one) == 0
    assert tc.stability_index(one, two) == pytest.approx(tc.stability_index(two, one))
    assert tc.stability_index(one, two) == pytest.approx(2 * (1 / 3) * np.log(2))


def test_the_mix_was_stable_and_the_failures_nearly_doubled(debtors):
    first, second = debtors.query("month == 12"), debtors.query("month == 24")
    moved = tc.stability_index(*(tc.warnings(each).clip(upper=3) for each in (first, second)))
    assert moved < 0.01
    assert second["defaulted"].mean() > 1.5 * first["defaulted"].mean()


# --- what is wrong is named


@pytest.mark.parametrize("column", ["debt_ratio", "order_gap", "contact_changed"])
def test_a_column_that_is_missing_is_named(column):
    with pytest.raises(ValueError, match=f"debtors lacks the column\\(s\\) {column}"):
        tc.warnings(REVIEWS.drop(columns=column))


def test_a_percentage_is_no_share():
    with pytest.raises(ValueError, match="default_probability must be a share, got 6"):
        tc.expected_loss(6, 0.5, 100)
    with pytest.raises(ValueError, match="pays_cash must be a share, got 30"):
        tc.money_left(tc.limit_table(SMALL), pays_cash=30)


def test_sales_of_nothing_are_refused():
    with pytest.raises(ValueError, match="credit_sales must be above 0, got 0"):
        tc.days_sales_outstanding(5, 0)


def test_nobody_is_certain():
    with pytest.raises(ValueError, match="default_probability must lie between 0 and 1, got 0"):
        tc.scorecard_points(0)


def test_a_value_with_one_outcome_is_named():
    with pytest.raises(ValueError, match=r"good and bad borrowers, got \['b'\]. Join it"):
        tc.weight_of_evidence(list("aabb"), [0, 1, 0, 0])


def test_a_class_of_one_year_only_is_named():
    with pytest.raises(ValueError, match=r"each class must be in both years, got \[2\] in one"):
        tc.stability_index([1, 1], [1, 2])


def test_tables_are_left_as_they_were():
    reviews, small = REVIEWS.copy(), SMALL.copy()
    tc.account_year(REVIEWS, SMALL)
    tc.limit_table(SMALL)
    tc.ageing(SMALL, as_of="2025-03-01")
    pd.testing.assert_frame_equal(REVIEWS, reviews)
    pd.testing.assert_frame_equal(SMALL, small)


# --- the year after a review


def test_what_is_lost_after_the_year_is_not_of_the_year(invoices):
    early = invoices[invoices["issued_on"] < "2025"]
    assert len(early) < len(invoices)
    for table in (tc.limit_table, tc.stop_table):
        pd.testing.assert_frame_equal(table(invoices, month=12), table(early, month=12))


@pytest.mark.parametrize("ask", [
    lambda month: tc.account_year(REVIEWS.assign(month=month), SMALL, month=month),
    lambda month: tc.limit_table(SMALL, month=month),
])  # fmt: skip
def test_a_review_within_a_year_is_refused(ask):
    with pytest.raises(ValueError, match="month must be the last of a year, got 18. Give 12 or 24"):
        ask(18)


def test_nobody_can_be_drawn_from_no_shops():
    accounts = tc.account_year(REVIEWS, SMALL)
    with pytest.raises(ValueError, match="others must have rows to draw from, got none"):
        tc.redraw_limits(SMALL, accounts.head(0))
    with pytest.raises(ValueError, match="invoices must have rows to draw from, got none"):
        tc.redraw_limits(SMALL.head(0), accounts)


def test_what_is_always_recovered_has_no_break_even():
    with pytest.raises(ValueError, match="lost must be above 0, got 0"):
        tc.break_even_default(100, 75, lost=0)


# --- what a scorecard cannot read


@pytest.mark.parametrize(("values", "bad", "said"), [
    (["own", None, "own"], [True, False, False], "values must be complete, got 1 of 3 missing"),
    (["own", "own"], [True, np.nan], "bad must be complete, got 1 of 2 missing"),
    ([], [], "values must be complete, got 0 of 0"),
    (["own", "own"], [True, False, False], "bad must be as many as values, got 3 and 2"),
])  # fmt: skip
def test_evidence_is_asked_of_complete_pairs(values, bad, said):
    with pytest.raises(ValueError, match=said):
        tc.weight_of_evidence(values, bad)


@pytest.mark.parametrize(("before", "after", "said"), [
    (["a", None], ["a"], "before must be complete, got 1 of 2"),
    (["a"], [], "after must be complete, got 0 of 0"),
])  # fmt: skip
def test_a_mix_is_asked_of_complete_years(before, after, said):
    with pytest.raises(ValueError, match=said):
        tc.stability_index(before, after)
