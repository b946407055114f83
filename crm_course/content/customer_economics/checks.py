"""The exercises of chapter 13: the right answers, and the wrong ones that people give."""

import numpy as np

from crm_course.foundations import customer_economics as economics
from crm_course.learning.exercises import Exercise, Mistake, Tolerance

CHAPTER = "13"
MARGIN, COST = 136.66, 300  # of contract 11247, whose bar the explorer draws
HIGH_END = (1, 0.869, 0.743, 0.653, 0.593, 0.551, 0.517, 0.491)  # Fader & Hardie (2007)
RATIOS = (5, 6, 8, 10)


def where_the_bar_tops_the_chart(company):
    """The first retention rate, from 0.85 downwards, where the bar is taller than 95 %."""
    rates = np.round(np.arange(0.85, 0.595, -0.01), 2)
    value = economics.constant_retention_clv(MARGIN, rates, 0.1)
    gain = economics.constant_retention_clv(MARGIN, rates + 0.05, 0.1) - value
    return float(rates[gain / (value - COST) > 0.95][0])


def two_values(company, *, margin=100, rate=0.8, discount=0.1):
    """Customer lifetime value with the first margin now, and deferred."""
    return tuple(
        economics.constant_retention_clv(margin, rate, discount, first_margin=when)
        for when in economics.value.FIRST_MARGIN
    )


def three_lifts(company, *, discount=0.1, rate=0.9):
    """By how many per cent the value rises: 5 % less churn, 5 % more retention, 5 points."""
    before = 1 / (1 + discount - rate)
    after = 1 / (1 + discount - economics.three_meanings(rate))
    return tuple((100 * (after / before - 1))[::-1].tolist())


def lifetimes_grow(company):
    """By how many per cent the expected lifetime rises, which nobody discounts."""
    before, after = 1 / (1 - 0.9), 1 / (1 - economics.three_meanings(0.9))
    return tuple((100 * (after / before - 1))[::-1].tolist())


def fee_of_the_web(company, *, rate=None, new=lambda rate: rate + 0.05):
    """The highest fee for five points with the customers of the web, in ¥ a year."""
    web = economics.channel_table(company.contracts).loc["web"]
    rate = web["retention_rate"] if rate is None else rate
    return float(economics.highest_fee(web["margin"], rate, 0.1, new_rate=new(rate)))


def gain_of_the_web(company):
    """What five points bring over all years instead of in one."""
    return float(economics.five_points(economics.channel_table(company.contracts))["gain"]["web"])


def fee_from_a_mean_of_means(company):
    """The fee at the share that renewed at all, instead of renewals over decisions."""
    web = company.contracts[company.contracts["acq_channel"] == "web"]
    return fee_of_the_web(company, rate=(web["renewals"] > 0).mean())


def bar_of_the_partners(company, *, dearer=100):
    """The bar of customers from partners, if winning one cost so many ¥ more."""
    partner = economics.five_points(economics.channel_table(company.contracts)).loc["partner"]
    return float(partner["gain"] / (partner["net_value"] - dearer))


def bar_over_the_value(company):
    """The gain over the value, as if winning cost nothing."""
    partner = economics.five_points(economics.channel_table(company.contracts)).loc["partner"]
    return float(partner["gain"] / partner["value"])


def bar_with_less_gain(company):
    """The ¥100 taken off the gain."""
    partner = economics.five_points(economics.channel_table(company.contracts)).loc["partner"]
    return float((partner["gain"] - 100) / partner["net_value"])


def years_left(company, *, renewals=8):
    """Discounted years still expected from a contract that was renewed eight times."""
    model = economics.fit_sbg(economics.survivors(company.contracts))
    return float(model.derl(renewals, 0.1))


def years_left_at_one_rate(company):
    """The same if everybody renewed with the average rate."""
    contracts = company.contracts
    rate = contracts["renewals"].sum() / (contracts["renewals"] + contracts["churned"]).sum()
    return float(economics.constant_retention_clv(1, rate, 0.1, first_margin="deferred") * 1.1)


def years_left_of_the_old_cohort(company):
    """The same at the last rate of the cohort of 2017, taken as constant."""
    counts = economics.survivors(company.contracts)[2017]
    rate = counts.loc[8] / counts.loc[7]
    return float(economics.constant_retention_clv(1, rate, 0.1, first_margin="deferred") * 1.1)


def true_years_left(company):
    """The truth of the invented world, and the spread of the estimates of 200 companies."""
    return float(economics.SBG(0.7, 2.4).derl(8, 0.1)), 0.06


def left_without_a_programme(company, *, after=8):
    """Contracts of 2017 expected after eight renewals, from their first four, nobody changing."""
    counts = economics.survivors(company.contracts)[2017]
    return float(counts.loc[0] * economics.fit_sbg(counts.loc[:4]).survival(after))


def left_at_the_first_rate(company):
    """The colleague's number: the first year's rate, eight times over."""
    counts = economics.survivors(company.contracts)[2017]
    return float(counts.loc[0] * (counts.loc[1] / counts.loc[0]) ** 8)


def left_at_the_rate_of_four_years(company):
    """The average rate of the first four renewals, eight times over."""
    counts = economics.survivors(company.contracts)[2017]
    return float(counts.loc[0] * (counts.loc[4] / counts.loc[0]) ** 2)


def memo_figures(company):
    """What the memo has to quote: the two highest fees, in ¥ for a contract and year."""
    contracts = company.contracts
    decisions = contracts["renewals"].sum() + contracts["churned"].sum()
    money = economics.offer_money(
        contracts["margin"].mean(), contracts["renewals"].sum() / decisions, 0.1
    )
    fee = money["highest_fee"]
    return {
        "the highest fee for five points": ("point", fee.iloc[0]),
        "the highest fee for 5 % less churn": ("churn", fee.iloc[2]),
    }


def net_lift(company, *, cost=300, rate=0.9):
    """By how many per cent five points raise the value after acquisition cost."""
    before, after = (economics.constant_retention_clv(100, r, 0.1) for r in (rate, rate + 0.05))
    return 100 * (after - before) / (before - cost)


def losses(company):
    """Churn a year if half are lost in five; lost in five years at 15 % and at 20 % a year."""
    return 100 * (1 - 0.5**0.2), 100 * (1 - 0.85**5), 100 * (1 - 0.8**5)


def contact_ratios(company, *, success=0.15 / 0.5):
    """Cost per sale at equal contacts; how much dearer a contact must be for 5, 6, 8, 10."""
    return 1 / success, *(ratio * success for ratio in RATIOS)


def pooled_rates(company, *, years=(1, 2, 3, 5)):
    """Retention in each year of two halves that renew with 0.95 and with 0.60."""
    left = [0.95**t + 0.60**t for t in range(6)]
    return tuple(left[t] / left[t - 1] for t in years)


def mean_and_at_the_mean(company):
    """Mean value of the two halves, and the value at the mean rate."""
    halves = economics.constant_retention_clv(100, np.array([0.95, 0.60]), 0.1)
    return float(halves.mean()), economics.constant_retention_clv(100, 0.775, 0.1)


def published_fit(company, *, renewals=7):
    """Alpha, beta, survival after 12 renewals, residual lifetime after 7."""
    model = economics.fit_sbg(HIGH_END)
    return (model.alpha, model.beta, float(model.survival(12)), float(model.derl(renewals, 0.1)))


def published_fit_swapped(company):
    """Alpha and beta the other way round."""
    alpha, beta, *rest = published_fit(company)
    return (beta, alpha, *rest)


def two_elasticities(company, *, rate=0.8, discount=0.12):
    """Per cent of value for one per cent of retention: first margin now, and deferred."""
    return rate / (1 + discount - rate), (1 + discount) / (1 + discount - rate)


def cost_behind_the_tallest(company):
    """The acquisition cost at which 100 ¥ a year at 0.85 show the bar of 95 %."""
    bars = economics.rebuild_bars(100, 0.85, 0.1).set_index("industry")
    return float(bars.loc["advertising agency", "acq_cost"])


EXERCISES = (
    Exercise(
        "13.1", "design: explorer", "number", "share", where_the_bar_tops_the_chart,
        Tolerance(absolute=0.001),
        mistakes=(
            Mistake(lambda company: where_the_bar_tops_the_chart(company) + 0.01, "SLIP",
                    "There the bar is still below 95 %: read the number, then go one step on."),
            Mistake(0.85, "SLIP",
                    "That is where the slider starts; the bar reads 50 % there."),
            Mistake(0.94, "LIFETIME_IS_PROFIT",
                    "To the right the bar grows too, but at the end of the slider it reads 67 %."),
        ),
        hints=(
            "Leave the acquisition cost at 300 and read the sentence under the sliders.",
            "Put the focus on the slider of the retention rate and press the left arrow.",
            "The bar passes 80 % near 0.69; go on one step at a time until it is above 95 %.",
        ),
        minutes=(2, 4),
        meaning="With worse retention the bar is taller here: less is left to divide by.",
    ),
    Exercise(
        "13.2", "brief: 2.1", "series", "¥", two_values,
        mistakes=(
            Mistake((500, 400), "SLIP",
                    "You did not discount: divide by 1 + d - r, not by 1 - r."),
            Mistake(lambda company: two_values(company)[::-1], "SLIP",
                    "You have the two the other way round: a margin paid today is worth more."),
            Mistake((1000 / 3, 1000 / 3 - 100), "SLIP",
                    "The margin paid now needs 1 + d on top: 100 times 1.1 over 0.3."),
            Mistake((1100 / 3, 1000 / 3), "SLIP",
                    "The deferred one has r on top: the first margin comes only if she renews."),
        ),
        hints=(
            "Both have 1 + d - r below the line.",
            "Below the line stands 1 + 0.1 - 0.8 = 0.3.",
            "First margin now: 100 times 1.1, divided by 0.3. The other is 100 ¥ less.",
        ),
        minutes=(3, 5),
        meaning="The two conventions differ by exactly one margin.",
    ),
    Exercise(
        "13.3", "brief: 2.2", "series", "per cent", three_lifts,
        mistakes=(
            Mistake(lambda company: (three_lifts(company)[2],) * 3, "PP_VS_PCT",
                    "All three are five points in your answer; only the last one is."),
            Mistake(lambda company: three_lifts(company)[::-1], "PP_VS_PCT",
                    "You have them the other way round: 5 % of a churn of 0.10 is least of all."),
            Mistake(lifetimes_grow, "LIFETIME_IS_PROFIT",
                    "That is how the lifetime grows; margins that come late count for less."),
            Mistake(lambda company: tuple(0.01 * lift for lift in three_lifts(company)), "SLIP",
                    "Those are shares; per cent are asked for."),
        ),
        hints=(
            "First the three new retention rates, then the value at each, over the value at 0.9.",
            "The rates are 0.905, 0.945 and 0.95.",
            "The value is in proportion to 1 / (1.1 - r): 0.2 / (1.1 - 0.905) - 1 is the first.",
        ),
        minutes=(3, 5),
        meaning="The same digit, and a factor of thirteen between the smallest and the largest.",
    ),
    Exercise(
        "13.4", "design: highest fee", "number", "¥", fee_of_the_web, 0.001,
        mistakes=(
            Mistake(gain_of_the_web, "LIFETIME_IS_PROFIT",
                    "That is the gain over all years; the fee is paid in each of them."),
            Mistake(lambda company: fee_of_the_web(company, new=lambda rate: 1.05 * rate),
                    "PP_VS_PCT",
                    "You raised the rate by 5 % of itself; five points are asked for."),
            Mistake(fee_from_a_mean_of_means, "SLIP",
                    "You took the share that renewed at least once; count every decision."),
            Mistake(lambda company: fee_of_the_web(company, new=lambda rate: 0.95 * rate + 0.05),
                    "PP_VS_PCT",
                    "That is what 5 % less churn is worth, and churn is small already."),
        ),
        hints=(
            "economics.channel_table has the margin and the retention rate of each channel.",
            "web = economics.channel_table(company.contracts).loc['web']",
            "economics.highest_fee(web['margin'], web['retention_rate'], 0.1, new_rate=...)",
        ),
        minutes=(5, 8),
        meaning="What was paid to win these customers does not enter: it is spent.",
    ),
    Exercise(
        "13.5", "design: bar of the partners", "number", "share", bar_of_the_partners, 0.001,
        mistakes=(
            Mistake(lambda company: bar_of_the_partners(company, dearer=0), "SLIP",
                    "That is the bar of today; now winning costs ¥100 more, so less is left."),
            Mistake(lambda company: bar_of_the_partners(company, dearer=-100), "SLIP",
                    "You added the ¥100 to the net value; they are spent, so take them off."),
            Mistake(bar_over_the_value, "SLIP",
                    "You divided by the value; divide by what is left after the cost of winning."),
            Mistake(bar_with_less_gain, "LIFETIME_IS_PROFIT",
                    "You took the ¥100 off the gain; what five points bring does not change."),
        ),
        hints=(
            "The bar is gain over net value. Which of the two does a dearer partner change?",
            "fives = economics.five_points(economics.channel_table(company.contracts)), "
            "then .loc['partner']",
            "The gain stays; the net value shrinks by the 100 that are spent.",
        ),
        minutes=(5, 8),
        meaning="The partners have become worse for the firm, and their bar taller.",
    ),
    Exercise(
        "13.6", "design: find the bug", "number", "contracts", left_without_a_programme, 0.002,
        mistakes=(
            Mistake(left_at_the_first_rate, "SORTING_AS_LOYALTY",
                    "That is the colleague's own number: it lets everybody go on leaving as the "
                    "whole cohort did in its first year."),
            Mistake(left_at_the_rate_of_four_years, "SORTING_AS_LOYALTY",
                    "That takes the first four years as one rate; it was rising all the time, "
                    "with no programme."),
            Mistake(lambda company: left_without_a_programme(company) / 5000, "SLIP",
                    "That is a share; the question asks how many of the 5,000."),
            Mistake(lambda company: left_without_a_programme(company, after=7), "SLIP",
                    "That is how many are left after seven renewals; the question says eight."),
        ),
        hints=(
            "Who leaves first, and who is therefore left to renew later?",
            "Fit the model to the cohort's first four renewals and let it go on without change.",
            "counts = economics.survivors(company.contracts)[2017]; fit_sbg(counts.loc[:4]), then "
            ".survival(8) times 5,000.",
        ),
        minutes=(8, 12),
        meaning="Compare it with those who are really left: the programme has little to explain.",
    ),
    Exercise(
        "13.7", "design: memo", "memo", "¥", memo_figures, Tolerance(relative=0.02),
        hints=(
            "One sentence each: what to sign, what five points are worth, what the printed words "
            "are worth, and how successes are to be paid and counted.",
            "Both fees stand in the column highest_fee of economics.offer_money(...).",
            "Begin: 'I recommend that we ... Five points are worth up to ¥... a year'",
        ),
        minutes=(8, 12),
    ),
    Exercise(
        "13.8", "brief: 2.3", "number", "per cent", net_lift,
        mistakes=(
            Mistake(lambda company: net_lift(company, cost=0), "SLIP",
                    "That is the lift before the cost of winning the customer is taken off."),
            Mistake(550 / 9, "SLIP",
                    "You divided by the acquisition cost; divide by the value that is left of it."),
            Mistake(550 / 13, "SLIP",
                    "You divided by the value afterwards; a lift is measured from the value "
                    "before."),
        ),
        hints=(
            "The value at 0.90 and at 0.95, then take 300 off each.",
            "550 and 733.33 before the 300 are taken off.",
            "The difference of the two, divided by 550 - 300.",
        ),
        minutes=(2, 4),
        meaning="The same ¥183 as without the cost, over less than half of the value.",
    ),
    Exercise(
        "13.9", "brief: 2.4", "series", "per cent", losses,
        mistakes=(
            Mistake((10, 75, 100), "SLIP",
                    "You divided or multiplied by five; each year loses a share of those left."),
            Mistake(lambda company: tuple(100 - each for each in losses(company)), "SLIP",
                    "Those are the shares that stay; the question asks for those that go."),
        ),
        hints=(
            "What is left after five years is the yearly retention to the power of five.",
            "Half is left: the fifth root of 0.5 is the yearly retention.",
            "The second is 1 - 0.85 to the power of 5.",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "13.10", "brief: 2.5", "series", "ratio", contact_ratios,
        mistakes=(
            Mistake(lambda company: contact_ratios(company, success=0.5 / 0.15), "SLIP",
                    "You multiplied where a division belongs: rare success makes a sale dearer."),
            Mistake((5 / 1.5, *RATIOS), "RATIO_MEANS_STOP_ACQ",
                    "Those are ratios of sales; part of each is explained by 15 % and 50 % alone."),
        ),
        hints=(
            "Cost of a sale = cost of a contact over the share of contacts that end in one.",
            "With equal contacts the ratio is 0.50 / 0.15.",
            "For five times: 5 divided by 3.33 is how much dearer the contact must be.",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "13.11", "brief: 2.6", "series", "share", pooled_rates,
        mistakes=(
            Mistake((0.775,) * 4, "SORTING_AS_LOYALTY",
                    "The mix changes: after a year most of those who leave easily are gone."),
            Mistake(lambda company: pooled_rates(company, years=(2, 3, 4, 5)), "SLIP",
                    "You are a year late: the first rate is that of the first year."),
        ),
        hints=(
            "Follow 50 customers of each kind.",
            "After a year 47.5 and 30 are left, after two 45.125 and 18.",
            "The second year: 63.125 of 77.5.",
        ),
        minutes=(3, 5),
        meaning="Nobody changed, and the rate rose by thirteen points.",
    ),
    Exercise(
        "13.12", "brief: 2.6", "series", "¥", mean_and_at_the_mean,
        mistakes=(
            Mistake(lambda company: (mean_and_at_the_mean(company)[1],) * 2, "SORTING_AS_LOYALTY",
                    "They are not equal: the loyal half gains more than the other one loses."),
            Mistake(lambda company: mean_and_at_the_mean(company)[::-1], "SLIP",
                    "You have the two the other way round: first the mean of the two values."),
        ),
        hints=(
            "Two values first, then their mean; beside it one value at 0.775.",
            "The values are 110 / 0.15 and 110 / 0.50.",
            "At the mean rate: 110 / (1.1 - 0.775).",
        ),
        minutes=(2, 4),
    ),
    Exercise(
        "13.13", "brief: 2.7", "series", "", published_fit, 0.01,
        mistakes=(
            Mistake(published_fit_swapped, "SLIP",
                    "Alpha and beta are the other way round: alpha belongs to leaving."),
            Mistake(lambda company: published_fit(company, renewals=8), "SLIP",
                    "The residual lifetime is asked after seven renewals."),
        ),
        hints=(
            "economics.fit_sbg takes the list as it is.",
            "model = economics.fit_sbg([1, 0.869, 0.743, ...])",
            "model.alpha, model.beta, model.survival(12), model.derl(7, 0.1)",
        ),
        minutes=(3, 5),
        meaning="The values published by Fader and Hardie for this series.",
    ),
    Exercise(
        "13.14", "brief: 2.8", "series", "years", lambda company: (10, 20),
        mistakes=(
            Mistake((9, 19), "SLIP",
                    "The first year counts as well: everybody is there for it."),
            Mistake((1 / 0.9, 1 / 0.95), "SLIP",
                    "Divide one by the share that leaves, not by the share that stays."),
        ),
        hints=(
            "If one of ten leaves each year, how long does a customer stay on average?",
            "One divided by the churn rate.",
            "1 / (1 - 0.90) is the first.",
        ),
        minutes=(1, 2),
        meaning="Twice the lifetime; exercise 13.3 shows what that is worth: a third more.",
    ),
    Exercise(
        "13.15", "brief: 2.9", "series", "ratio", two_elasticities,
        mistakes=(
            Mistake(lambda company: two_elasticities(company)[::-1], "SLIP",
                    "You have the two the other way round: deferred margins depend on r twice."),
            Mistake(lambda company: two_elasticities(company, discount=0), "SLIP",
                    "You left out the discount rate."),
        ),
        hints=(
            "The value at 0.80008 over the value at 0.8, minus one; divided by 0.0001.",
            "In closed form, first margin now: r / (1 + d - r).",
            "Below the line stands 1.12 - 0.8 = 0.32.",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "13.16", "brief: 2.10", "number", "¥", cost_behind_the_tallest,
        mistakes=(
            Mistake(440, "SLIP",
                    "That is the whole value at 0.85; something has to be left to divide by."),
            Mistake(440 - 110 * 0.95, "SLIP",
                    "Divide the gain by 0.95 to find what must be left, do not multiply."),
            Mistake(550 - 110 / 0.95, "SLIP",
                    "Take it from the value before the five points, not from the one after."),
        ),
        hints=(
            "The bar is the gain over what is left of the value.",
            "The value goes from 440 to 550: a gain of 110.",
            "What must be left is 110 / 0.95; the rest of the 440 was spent on winning.",
        ),
        minutes=(3, 5),
        meaning="Without any acquisition cost the same customer shows a bar of 25 %.",
    ),
    Exercise(
        "13.17", "brief: 2.10", "number", "share", lambda company: 1.05 - 0.05 / 0.35,
        mistakes=(
            Mistake(1.1 - 0.05 / 0.35, "SLIP",
                    "The points are in it already: 0.05 over 0.35 is 1.1 less the new rate."),
            Mistake(1 - 0.05 / 0.35, "SLIP",
                    "You left out the discount rate."),
        ),
        hints=(
            "Without acquisition cost the bar is 0.05 / (1.1 - r - 0.05).",
            "Set it equal to 0.35.",
            "1.05 - r = 0.05 / 0.35.",
        ),
        minutes=(2, 4),
        meaning="For 95 % the same formula says 0.9974, and five points more would be above 1: "
        "such a bar needs an acquisition cost.",
    ),
    Exercise(
        "13.18", "design: residual lifetime", "number", "years", years_left, 0.001,
        mistakes=(
            Mistake(years_left_at_one_rate, "SORTING_AS_LOYALTY",
                    "That gives these contracts the average rate; the likely leavers among them "
                    "have left long ago."),
            Mistake(lambda company: years_left(company, renewals=0), "SORTING_AS_LOYALTY",
                    "That is a contract which has yet to renew for the first time."),
            Mistake(lambda company: years_left(company, renewals=9), "SLIP",
                    "One renewal too many: eight are behind it, the ninth decision is to come."),
            Mistake(lambda company: years_left(company, renewals=7), "SLIP",
                    "That is after seven renewals; eight are behind these contracts."),
            Mistake(years_left_of_the_old_cohort, "SORTING_AS_LOYALTY",
                    "You took the last rate of the oldest cohort for ever; it goes on rising as "
                    "the likely leavers go."),
        ),
        hints=(
            "Three steps: survivors, fit_sbg, derl.",
            "model = economics.fit_sbg(economics.survivors(company.contracts))",
            "model.derl(renewals, discount_rate) with eight renewals and 10 %",
        ),
        minutes=(5, 8),
        truth=true_years_left,
    ),
)  # fmt: skip
