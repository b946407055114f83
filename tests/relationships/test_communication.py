import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import cohen_kappa_score
from sklearn.naive_bayes import BernoulliNB
from statsmodels.stats.power import NormalIndPower

from crm_course import datasets
from crm_course.datagen.conversations import sign_chances as made_with
from crm_course.datagen.scenario import Scenario
from crm_course.relationships import communication as com
from crm_course.schema.home import SIGNS, STYLES

WORLD = Scenario().conversations


@pytest.fixture(scope="module")
def calls():
    return datasets.load("conversations")


@pytest.fixture(scope="module")
def style():
    return datasets.load("truth_conversations", truth=True)["style"]


@pytest.fixture(scope="module")
def table(calls, style):
    return com.policy_table({"plain": "plain", "ticked": calls["first_rater"],
                             "two signs": com.two_signs(calls)}, style)  # fmt: skip


# --- listening


def test_the_chances_and_callers_are_those_of_the_invented_world():
    np.testing.assert_allclose(com.sign_chances(), made_with(WORLD))
    assert com.CALLERS.tolist() == list(WORLD.share)
    assert list(com.sign_chances()) == list(SIGNS)


def test_two_signs_of_the_brief_by_hand():
    prior = pd.Series(0.25, index=["T", "S", "F", "I"])
    first = pd.Series({"T": 0.7, "S": 0.3, "F": 0.1, "I": 0.2})
    second = pd.Series({"T": 0.05, "S": 0.6, "F": 0.2, "I": 0.3})
    assert com.posterior(prior, first)["T"] == pytest.approx(0.538, abs=5e-4)
    assert com.posterior(prior, first, second)["S"] == pytest.approx(0.610, abs=5e-4)


def test_what_no_style_can_say_is_refused():
    with pytest.raises(ValueError, match="must leave a style possible, got weights"):
        com.posterior(pd.Series({"a": 0.5, "b": 0.5}), pd.Series({"a": 0.0, "b": 0.0}))


def test_the_last_line_of_a_call_is_its_probability_after_all_signs(calls):
    whole = com.style_probabilities(calls.head(40))
    for number in range(40):
        last = com.listen(calls.iloc[number]).iloc[-1][[*STYLES, com.NONE]].astype(float)
        np.testing.assert_allclose(last, whole.iloc[number])


def test_an_independent_naive_bayes_agrees(calls, style):
    """With the shares and chances that it counts in the 3,000 calls."""
    order = [*STYLES, com.NONE]
    fitted = BernoulliNB(alpha=1e-9).fit(calls[list(SIGNS)], style)
    chances = pd.DataFrame(np.exp(fitted.feature_log_prob_), fitted.classes_, list(SIGNS))
    prior = pd.Series(np.exp(fitted.class_log_prior_), fitted.classes_)
    mine = com.style_probabilities(calls, prior=prior[order], chances=chances.loc[order])
    theirs = pd.DataFrame(fitted.predict_proba(calls[list(SIGNS)]), columns=fitted.classes_)
    np.testing.assert_allclose(mine[order], theirs[order], atol=1e-6)


def test_probabilities_mean_what_they_say(calls, style):
    chance = com.style_probabilities(calls)
    for name in (*STYLES, com.NONE):
        hit = (style == name) - chance[name]
        assert abs(hit.mean()) < 4 * hit.std() / len(hit) ** 0.5


def test_both_signs_of_one_style_name_it():
    def pitch(*heard):
        return com.two_signs(pd.DataFrame([dict.fromkeys(SIGNS, 0) | dict.fromkeys(heard, 1)]))[0]

    assert pitch("chats", "names_others", "asks_new") == "feeler"
    assert pitch("asks_figures", "compares") == "thinker"
    assert pitch("asks_figures", "chats") == "plain"
    assert pitch("asks_figures", "compares", "asks_delivery", "wants_today") == "plain"
    assert pitch() == "plain"


def test_kappa_of_the_brief_and_of_an_independent_library(calls):
    first = pd.Series(["x"] * 55 + ["y"] * 45)
    second = pd.Series(["x"] * 40 + ["y"] * 15 + ["x"] * 10 + ["y"] * 35)
    assert com.cohen_kappa(first, second) == pytest.approx(0.5)
    labels = calls["first_rater"], calls["second_rater"]
    assert com.cohen_kappa(*labels) == pytest.approx(cohen_kappa_score(*labels))


def test_labels_are_compared_by_place_and_not_by_index(calls):
    one, other = calls["first_rater"], calls["second_rater"]
    moved = other.set_axis(other.index + 7)
    assert com.cohen_kappa(one, moved) == com.cohen_kappa(one, other)


def test_raters_of_different_things_are_refused():
    with pytest.raises(ValueError, match="must label the same things, got 2 and 1 labels"):
        com.cohen_kappa(pd.Series(["a", "b"]), pd.Series(["a"]))


@pytest.mark.parametrize("second, words", [
    (["a", "a"], "two labels or more between them, got only 'a'"),
    (["a", None], "raters must label everything, got 1 labels missing"),
])  # fmt: skip
def test_raters_who_say_nothing_have_no_agreement(second, words):
    with pytest.raises(ValueError, match=words):
        com.cohen_kappa(["a", "a"], second)


@pytest.mark.parametrize("measure", [com.two_signs, com.style_probabilities])
def test_a_missing_sign_is_named_and_tables_stay_as_they_were(calls, measure):
    before = calls.copy()
    measure(calls)
    pd.testing.assert_frame_equal(calls, before)
    with pytest.raises(ValueError, match=r"calls lacks the column\(s\) chats"):
        measure(calls.drop(columns="chats"))


# --- pitches


def test_the_values_of_matching_of_the_brief():
    assert com.matching_value(0.55) + 0.24 == pytest.approx(0.266)
    assert com.matching_value(0.25) + 0.24 == pytest.approx(0.230)
    assert com.break_even_accuracy() == pytest.approx(1 / 3)
    assert com.matching_value(com.break_even_accuracy()) == pytest.approx(0)


@pytest.mark.parametrize("shares", [{"accuracy": 55}, {"accuracy": 0.5, "match": 32}])
def test_per_cent_are_no_shares(shares):
    with pytest.raises(ValueError, match="must be from 0 to 1, got .* Write 0.5"):
        com.matching_value(**shares)
    with pytest.raises(ValueError, match="p1 must be from 0 to 1, got 24"):
        com.calls_per_arm(24, 26.6)


def test_a_match_that_sells_no_more_has_no_break_even():
    with pytest.raises(ValueError, match="match must be above mismatch, got 0.2 and 0.2"):
        com.break_even_accuracy(match=0.2)


def test_three_calls_by_hand():
    style = pd.Series(["thinker", "none", "feeler"])
    pitch = pd.Series(["thinker", "sensor", "plain"])
    row = com.policy_table({"mine": pitch}, style).iloc[0]
    assert row[["in_style", "right"]].tolist() == pytest.approx([2 / 3, 0.5])
    assert row["extra"] == pytest.approx(1000 * (0.08 - 0.04) / 3)


def test_policies_sell_what_the_invented_world_says(calls, style, table):
    truth = datasets.load("truth_conversations", truth=True)
    for name, pitch in (("ticked", calls["first_rater"]), ("two signs", com.two_signs(calls))):
        bought = truth["bought_if_mismatched"].where(pitch != style, truth["bought_if_matched"])
        change = bought.where(pitch != "plain", truth["bought_if_plain"]).astype(float)
        change -= truth["bought_if_plain"]
        error = 1000 * change.std() / len(change) ** 0.5
        assert abs(1000 * change.mean() - table.set_index("policy")["extra"][name]) < 4 * error


def test_plain_adds_nothing_and_two_signs_add_most(table):
    assert table["extra"].is_monotonic_increasing and table["extra"][0] == 0
    assert np.isnan(table["right"][0])


def test_an_unknown_pitch_is_named(style):
    with pytest.raises(ValueError, match=r"pitch must be one of .* got \['loud'\]"):
        com.policy_table({"mine": "loud"}, style)


def test_money_of_a_year():
    assert com.yearly_money(9.56, cost=12_000) == pytest.approx(16_680)


def test_listening_is_worth_what_it_is_in_a_large_sample(calls, style):
    chance = com.style_probabilities(calls)[list(STYLES)]
    for certainty in (0, 0.35, 0.5):
        pitch = chance.idxmax(axis=1).where(chance.max(axis=1) >= certainty, "plain")
        row = com.policy_table({"sum": pitch}, style).iloc[0]
        value, spoken = com.listening_value(8, certainty)
        assert row["in_style"] == pytest.approx(spoken, abs=0.03)
        assert row["extra"] == pytest.approx(1000 * value, abs=4.5)


def test_at_no_moment_everybody_is_the_commonest_style():
    assert com.listening_value(0, 0) == pytest.approx((0.2 * 0.08 - 0.8 * 0.04, 1))
    assert com.listening_value(0, 0.5) == (0, 0)


@pytest.mark.parametrize("moments", range(2, 9))
@pytest.mark.parametrize("loss", [0.02, 0.04, 0.08])
def test_the_best_certainty_is_the_break_even_however_long_one_listens(moments, loss):
    best = com.listening_value(moments, loss / (0.08 + loss), loss=loss)[0]
    others = [com.listening_value(moments, each, loss=loss)[0] for each in np.linspace(0, 0.9, 46)]
    assert best >= max(others) - 1e-12


def test_asking_by_drawing_answers():
    rng, size = np.random.default_rng(3), 200_000
    names = np.array([*STYLES, com.NONE])
    own = rng.choice(5, size, p=com.CALLERS)
    answer = np.where(rng.random(size) < 0.6, own, (own + rng.integers(1, 5, size)) % 5)
    pitch = pd.Series(np.where(names[answer] == com.NONE, "plain", names[answer]))
    drawn = com.policy_table({"ask": pitch}, pd.Series(names[own]))["extra"][0]
    assert drawn == pytest.approx(1000 * com.asking_value(0.6), abs=0.9)


def test_asking_needs_as_many_answers_as_make_it_equal():
    needed = com.asking_needs(9.56)
    cost = com.SEMINAR + com.QUESTION
    asked = com.yearly_money(1000 * com.asking_value(needed), cost=cost)
    assert asked == pytest.approx(com.yearly_money(9.56, cost=com.SEMINAR))
    assert needed == pytest.approx(0.519, abs=5e-4)
    assert com.asking_needs(0, costs=cost) == pytest.approx(0.454, abs=5e-4)


def test_answers_are_a_share():
    with pytest.raises(ValueError, match="truthful must be from 0 to 1, got 50"):
        com.asking_value(50)


def test_the_size_of_a_trial_of_the_brief_and_of_an_independent_library():
    assert com.calls_per_arm(0.24, 0.266) == 4385
    effect = (0.266 - 0.24) / np.sqrt((0.24 * 0.76 + 0.266 * 0.734) / 2)
    theirs = NormalIndPower().solve_power(effect, alpha=0.05, power=0.8)
    assert com.calls_per_arm(0.24, 0.266) == pytest.approx(theirs, abs=1)


def test_equals_cannot_be_told_apart():
    with pytest.raises(ValueError, match="shares must differ, got 0.24 twice"):
        com.calls_per_arm(0.24, 0.24)


# --- words


def test_lists_have_as_many_rows_as_the_source_says():
    assert len(com.levels()) == 5 and len(com.relationships()) == len(com.styles()) == 4
    assert (len(com.traits("Sensor")), len(com.traits("Feeler"))) == (12, 7)
    assert com.home_buyers()["style"].tolist() == com.styles()["style"].tolist()
    assert com.statements()["kind"].value_counts().to_dict() == {"fact": 5, "opinion": 5}
    assert com.selling_points()["kind"].value_counts().unique().tolist() == [2]


def test_a_benefit_without_the_customer_is_refused():
    with pytest.raises(ValueError, match="must speak of the customer, got 'no dry pen'"):
        com.benefit_sentence("it is clear", "one sees the ink", "no dry pen")
    with pytest.raises(ValueError, match="advantage must be a few words, got ' '"):
        com.benefit_sentence("it is clear", " ", "you never run dry")


def test_the_benefits_shown_pass_the_builder():
    for _number, row in com.benefits().iterrows():
        said = com.benefit_sentence(row["feature"], row["advantage"], row["benefit"])
        assert said.endswith(".") and said[0].isupper()


def test_an_unknown_style_is_named():
    with pytest.raises(ValueError, match="style must be one of Sensor, .* got 'Doer'"):
        com.traits("Doer")


# --- pictures


def test_from_five_moments_on_a_style_for_everybody_sells_more_than_plain():
    explorer = com.explore_listening()
    assert explorer.move(moments=4).endswith("of 1,000 2.2 fewer buy.")
    assert explorer.move(moments=5).endswith("of 1,000 0.2 more buy.")


def test_pictures_say_what_they_show(calls, table):
    said = com.plot_listening(calls.iloc[809]).figure.get_label()
    assert said.endswith("is sensor, with a probability of 0.34.")
    said = com.plot_asking(table[table["policy"] != "plain"]).figure.get_label()
    assert said.endswith("more than two signs once 52 of 100 callers answer truthfully.")
