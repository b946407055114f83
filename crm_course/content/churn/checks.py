"""The exercises of chapter 22: the right answers, and the wrong ones that people give."""

import numpy as np

from crm_course.customers import churn
from crm_course.learning.exercises import Exercise, Mistake, Tolerance, kept

CHAPTER = "22"
MIDDLE, RISKIEST = "34 to 66", "67 to 100"
FIFTHS = (20, 40, 60, 80)
MIDDLE_FIFTH, RISKIEST_FIFTH = "41 to 60", "81 to 100"
CALLS = 200  # of 1,000 contracts, in exercise 22.5
SECOND_YEAR = "13 <= month <= 24"
MEANT, HIDDEN = 0.61, 0.03  # of those who say price, of those who say something else: it was


@kept
def renewals(company):
    """The months in which a contract ended."""
    return company.panel.query("renewal_due")


@kept
def uplift(company, *, group=MIDDLE, edges=churn.EDGES, column="uplift"):
    """What a call adds in one group, by the company's own trial."""
    return float(churn.uplift_by_group(renewals(company), edges=edges).loc[group, column])


def of_a_fifth(company, *, group=MIDDLE_FIFTH, column="uplift"):
    """The same with the score cut into fifths."""
    return uplift(company, group=group, edges=FIFTHS, column=column)


def price_for_the_riskiest(company):
    """The dearest call, in whole ¥ on the slider, at which the riskiest are called too; else 0."""
    needed = [cost for cost in range(25, 4, -1)
              if uplift(company, group=RISKIEST) > churn.break_even_uplift(cost)]  # fmt: skip
    return needed[0] if needed else 0


def price_for_the_middle(company):
    """The dearest call at which the middle third is called; else 0."""
    needed = [cost for cost in range(25, 4, -1)
              if uplift(company) > churn.break_even_uplift(cost)]  # fmt: skip
    return needed[0] if needed else 0


def two_calls(company, *, cost=20.0, worth=200.0):
    """Profit of two calls with uplift 0.02 and 0.12, and the uplift at which a call breaks even."""
    profits = [churn.call_profit(each, cost, worth) for each in (0.02, 0.12)]
    return (*profits, churn.break_even_uplift(20, 200))


def campaign(company, *, leavers=60, called=200, cost=12.0):
    """Result of a campaign that saves three in ten of the leavers among those called."""
    return leavers * 0.3 * 250 - called * cost


def true_of_a_fifth(company, *, group=MIDDLE_FIFTH):
    """True mean uplift of a fifth of the score, and the standard error of its estimate."""
    due = renewals(company).merge(company.truth("panel"), on=["customer_id", "month"])
    mine = churn.risk_group(due, edges=FIFTHS).astype(str) == group
    error = of_a_fifth(company, group=group, column="standard_error")
    return float(due.loc[mine, "uplift"].mean()), error


def called_less_not(company):
    """What a call adds over all contracts that ended."""
    stayed = 1 - renewals(company).groupby("treated")["churned"].mean()
    return float(stayed[True] - stayed[False])


def by_the_colleague(company):
    """The colleague's number: the called stand against everybody, the called among them."""
    due = renewals(company)
    return float(due["churned"].mean() - due.query("treated")["churned"].mean())


def over_all_months(company):
    """Calls against all months without one, in most of which nobody can leave."""
    stayed = 1 - company.panel.groupby("treated")["churned"].mean()
    return float(stayed[True] - stayed[False])


def better_list(company, *, worth=200.0):
    """What 200 calls to the middle fifth earn more than 200 to the riskiest fifth."""
    difference = of_a_fifth(company) - of_a_fifth(company, group=RISKIEST_FIFTH)
    return CALLS * worth * difference


def true_better_list(company):
    """The truth of the better list, and the standard error of its estimate."""
    (middle, error), (risky, other) = (
        true_of_a_fifth(company, group=group) for group in (MIDDLE_FIFTH, RISKIEST_FIFTH)
    )
    return CALLS * 200 * (middle - risky), CALLS * 200 * float(np.hypot(error, other))


def price_in_the_file(company, *, share=1.0):
    """How many leavers say price; with a share, that share of them."""
    return share * int((company.panel["reason_stated"] == "poached").sum())


def price_after_interviews(company, *, hidden=HIDDEN, meant=MEANT):
    """Leavers who left for the price: those who say so and mean it, and those who hide it."""
    said = price_in_the_file(company)
    return meant * said + hidden * (int(company.panel["churned"].sum()) - said)


def true_price(company):
    """How many leavers truly left for the price, and a standard error from a hundred interviews."""
    said = price_in_the_file(company)
    others = int(company.panel["churned"].sum()) - said
    error = np.hypot(said * np.sqrt(MEANT * (1 - MEANT) / 100),
                     others * np.sqrt(HIDDEN * (1 - HIDDEN) / 100))  # fmt: skip
    return int((company.truth("churn")["reason_true"] == "poached").sum()), float(error)


def second_year(company, *, part="manageable"):
    """A part of the monthly churn of the second year, in per cent."""
    return 100 * float(churn.manageable_churn(company.panel.query(SECOND_YEAR))[part])


def months_gained(company, *, start=1, same=False):
    """Months within three years that one step more of satisfaction adds."""
    model = churn.fit_hazard(company.panel, same_every_month=same)
    return model.months_paid(satisfaction=start + 1) - model.months_paid(satisfaction=start)


def memo_figures(company):
    """What the memo has to quote: both sums for 1,000 contracts."""
    due = renewals(company)
    alone = due[~due["treated"]]
    per = 1000 / len(alone)
    said = (alone["reason_stated"] == "poached").sum()
    cut = churn.price_cut((~alone["churned"]).sum() * per, said * per, cut=2.5)
    calls = 1000 * uplift(company, column="contracts") / len(due)
    earned = calls * churn.call_profit(uplift(company), 14)
    return {
        "what the cut would earn by the file": ("cut", cut),
        "what the calls to the middle of the score earn": ("call", earned),
    }


EXERCISES = (
    Exercise(
        "22.1", "design: explorer", "number", "¥", price_for_the_riskiest,
        Tolerance(absolute=0.01),
        mistakes=(
            Mistake(price_for_the_middle, "RISK_IS_UPLIFT",
                    "There the undecided are worth a call; watch the bar of the riskiest."),
            Mistake(lambda company: price_for_the_riskiest(company) + 1, "SLIP",
                    "There the dashed line still stands above that bar: go one step on."),
            Mistake(lambda company: price_for_the_riskiest(company) - 1, "SLIP",
                    "There it pays already; the first such price, coming from ¥15, is asked for."),
            Mistake(15, "RISK_IS_UPLIFT",
                    "That is today's price, at which calling the riskiest loses money."),
            Mistake(lambda company: 200 * round(uplift(company, group=RISKIEST), 3), "SLIP",
                    "Just there the two are level: right, and the slider's next price is asked."),
        ),
        hints=(
            "The dashed line is the uplift that a call needs. It falls with the price of a call.",
            "Start at ¥15; press the left arrow until the third bar of the left picture is blue.",
            "The sentence under the slider then speaks of more than 500 calls instead of 317.",
        ),
        minutes=(2, 4),
        meaning="By the trial, that is. Run the next cell to see what the truth says.",
    ),
    Exercise(
        "22.2", "brief: 3.3", "series", "¥, ¥, probability", two_calls,
        mistakes=(
            Mistake(lambda company: (4.0, 24.0, 0.1), "SLIP",
                    "You left out what the call costs; take ¥20 off each."),
            Mistake(lambda company: (-16.0, 4.0, 10.0), "SLIP",
                    "The break-even is the cost over the worth, 20 / 200; a chance is at most 1."),
            Mistake(lambda company: (16.0, -4.0, 0.1), "SLIP",
                    "The signs are turned: worth minus cost, so a weak call loses money."),
        ),
        hints=(
            "A call earns its uplift times the worth of a renewal, less what it costs.",
            "First customer: 0.02 times 200 is ¥4, and the call costs ¥20.",
            "It breaks even where the uplift times 200 is 20.",
        ),
        minutes=(3, 5),
        meaning="Six times the uplift turns a loss of ¥16 into a profit of ¥4.",
    ),
    Exercise(
        "22.3", "brief: 3.5", "number", "¥", campaign,
        mistakes=(
            Mistake(lambda company: campaign(company, leavers=200), "RISK_IS_UPLIFT",
                    "You saved three in ten of all 200; 140 of them would have stayed anyway."),
            Mistake(lambda company: campaign(company, called=0), "SLIP",
                    "You left out what the calls cost; all 200 are paid for."),
            Mistake(lambda company: campaign(company, called=60), "SLIP",
                    "You paid for 60 calls; the 140 to people who stay anyway cost as much."),
        ),
        hints=(
            "Whom can a call save at all? Only somebody who would have left.",
            "Three in ten of 60 leavers is 18 customers, and all 200 calls are paid for.",
            "18 renewals at ¥250 each, less 200 calls at ¥12.",
        ),
        minutes=(3, 5),
        meaning="Most of the money goes to people who would have stayed anyway.",
    ),
    Exercise(
        "22.4", "design: uplift of a group", "number", "probability", of_a_fifth,
        Tolerance(absolute=0.00006),
        mistakes=(
            Mistake(called_less_not, "RISK_IS_UPLIFT",
                    "That is the mean over all contracts; the middle fifth is asked for."),
            Mistake(lambda company: round(of_a_fifth(company), 2), "SLIP",
                    "Rounded too early: four decimals are asked for."),
            Mistake(lambda company: -of_a_fifth(company), "SLIP",
                    "The sign is that of leaving: uplift is what a call adds to staying."),
            Mistake(lambda company: of_a_fifth(company, group=RISKIEST_FIFTH), "RISK_IS_UPLIFT",
                    "That is the riskiest fifth; take the scores from 41 to 60."),
            Mistake(lambda company: of_a_fifth(company, column="called"), "SELECTION_AS_EFFECT",
                    "That share renewed after a call; take off the share that renews without one."),
        ),
        hints=(
            "One line of churn.uplift_by_group on the months with renewal_due.",
            "edges=(20, 40, 60, 80) cuts the score into fifths; the middle one is '41 to 60'.",
            "churn.uplift_by_group(company.panel.query('renewal_due'), edges=(20, 40, 60, 80)), "
            "then .loc['41 to 60', 'uplift']",
        ),
        minutes=(5, 8),
        truth=true_of_a_fifth,
    ),
    Exercise(
        "22.5", "brief: 3.7", "number", "¥", better_list,
        mistakes=(
            Mistake(lambda company: -better_list(company), "RISK_IS_UPLIFT",
                    "You took the middle from the riskiest; it is the other way round."),
            Mistake(lambda company: better_list(company, worth=1 / CALLS), "SLIP",
                    "That is the difference of one call as a chance; 200 calls, ¥200 a renewal."),
            Mistake(lambda company: better_list(company) - CALLS * churn.COST, "SLIP",
                    "Both lists pay for 200 calls, so the cost drops out of the difference."),
            Mistake(lambda company: better_list(company) / CALLS, "SLIP",
                    "That is the difference for one call; the lists have 200 each."),
        ),
        hints=(
            "Both lists cost the same. What differs is how many renewals they add.",
            "Renewals added: 200 times the uplift of the group; each is worth ¥200.",
            "groups as in 22.4, then 200 * 200 * (the uplift of '41 to 60' less that of "
            "'81 to 100').",
        ),
        minutes=(6, 10),
        meaning="The coin decides much in groups so small: compare your figure with the truth, and "
                "the distance with the standard error.",
        truth=true_better_list,
    ),
    Exercise(
        "22.6", "design: find the bug", "number", "probability", called_less_not,
        Tolerance(absolute=0.00006),
        mistakes=(
            Mistake(by_the_colleague, "SELECTION_AS_EFFECT",
                    "That is the colleague's own number: the average customer was called, too, "
                    "in every second case, and hides half of what a call adds."),
            Mistake(over_all_months, "SELECTION_AS_EFFECT",
                    "You took in the months in which no contract ends and hardly anybody leaves."),
            Mistake(lambda company: -called_less_not(company), "SLIP",
                    "The sign is that of leaving; ask what a call adds to staying."),
            Mistake(uplift, "SLIP",
                    "Those are the scores 34 to 66 alone; the question asks for all contracts."),
            Mistake(lambda company: float(1 - renewals(company).query("treated")["churned"].mean()),
                    "SELECTION_AS_EFFECT",
                    "That share renewed after a call; take off the share that renews without one."),
        ),
        hints=(
            "Whom does the colleague compare with whom? Who is in both?",
            "A coin made two groups: the called, and those who were not called. Compare these.",
            "company.panel.query('renewal_due').groupby('treated')['churned'].mean(), then the "
            "first less the second.",
        ),
        minutes=(8, 12),
        meaning="Compare with those who were not called, never with everybody.",
    ),
    Exercise(
        "22.7", "design: memo", "memo", "¥", memo_figures, Tolerance(relative=0.02),
        hints=(
            "One sentence each: what to do, what the price cut promises and why not to believe it, "
            "what the calls earn and how sure that is, what to do next.",
            "churn.price_cut(renewing, said, cut=2.5) for the cut, counted where nobody called; "
            "churn.save_list(groups, cost=14) for the calls.",
            "Begin: 'I recommend ... By the file the cut would earn ¥...'",
        ),
        minutes=(8, 12),
    ),
    Exercise(
        "22.8", "design: manageable churn", "number", "per cent", second_year,
        Tolerance(absolute=0.0006),
        mistakes=(
            Mistake(lambda company: second_year(company, part="all"), "SLIP",
                    "That is the whole churn; forced departures, for one, are in it."),
            Mistake(lambda company: second_year(company) + second_year(company, part="rest"),
                    "SLIP", "You took out only the forced; poached and let go are out too."),
            Mistake(lambda company: 100 * second_year(company) / second_year(company, part="all"),
                    "SLIP", "That is the share of the leavers; divide by all months."),
            Mistake(lambda company: 100 * float(
                        churn.manageable_churn(company.panel)["manageable"]), "SLIP",
                    "That is the rate of all three years; take months 13 to 24."),
            Mistake(lambda company: second_year(company) / 100, "PP_VS_PCT",
                    "That is a share; the question asks for per cent."),
        ),
        hints=(
            "Three of the six types point to the firm's own doing.",
            "churn.manageable_churn gives the parts, as shares; give it the months 13 to 24.",
            "100 * churn.manageable_churn(company.panel.query('13 <= month <= 24'))['manageable']",
        ),
        minutes=(4, 6),
        meaning="By what they say. If they say 'price' where they mean 'nobody listened', the firm "
                "can manage more than it sees.",
    ),
    Exercise(
        "22.9", "design: neutral interviews", "number", "customers", price_after_interviews,
        mistakes=(
            Mistake(price_in_the_file, "STATED_REASON_TRUE",
                    "That is how many say it; by the interviews only 61 of 100 of them mean it."),
            Mistake(lambda company: price_after_interviews(company, hidden=0), "SLIP",
                    "You left out those who give another reason and left for the price."),
            Mistake(lambda company: MEANT * int(company.panel["churned"].sum()), "SLIP",
                    "You took 61 % of all leavers; it holds for those who say price."),
        ),
        hints=(
            "Two groups: those who say price, and all the others who left.",
            "Of the first 61 % count, of the second 3 %.",
            "said = (company.panel['reason_stated'] == 'poached').sum(), then 0.61 * said + 0.03 * "
            "(all leavers less said).",
        ),
        minutes=(4, 6),
        truth=true_price,
        meaning="Two hundred neutral interviews mend a file of nine hundred polite answers.",
    ),
    Exercise(
        "22.10", "design: survival with covariates", "number", "months", months_gained,
        Tolerance(relative=0.01),
        mistakes=(
            Mistake(lambda company: months_gained(company, same=True), "SLIP",
                    "That model has one weight for all months; let renewals have their own."),
            Mistake(lambda company: months_gained(company, start=0), "SLIP",
                    "You went from ordinary to one step above; start at one step above."),
            Mistake(lambda company: 17 * months_gained(company), "SLIP",
                    "That is the money; the question asks for months."),
        ),
        hints=(
            "churn.fit_hazard once; then two customers, with satisfaction +1 and +2.",
            "The model's months_paid(satisfaction=...) gives the months within three years.",
            "model = churn.fit_hazard(company.panel), then model.months_paid(satisfaction=2) less "
            "the same for 1.",
        ),
        minutes=(6, 10),
    ),
)  # fmt: skip
