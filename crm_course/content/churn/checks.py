"""The exercises of chapter 22: the right answers, and the wrong ones that people give."""

import numpy as np

from crm_course.customers import churn
from crm_course.learning.exercises import Exercise, Mistake, Tolerance

CHAPTER = "22"
MIDDLE, RISKIEST = "34 to 66", "67 to 100"
CALLS = 200  # of 1,000 contracts, in exercise 22.5
MEANT, HIDDEN = 0.61, 0.03  # of those who say price, of those who say something else: it was


def renewals(company):
    """The months in which a contract ended."""
    return company.panel.query("renewal_due")


def uplift(company, *, group=MIDDLE):
    """What a call adds in one group, by the company's own trial."""
    return float(churn.uplift_by_group(renewals(company)).loc[group, "uplift"])


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


def true_uplift(company, *, group=MIDDLE):
    """True mean uplift of a group, and the standard error of its estimate."""
    due = renewals(company).merge(company.truth("panel"), on=["customer_id", "month"])
    mine = churn.risk_group(due).astype(str) == group
    error = churn.uplift_by_group(renewals(company)).loc[group, "standard_error"]
    return float(due.loc[mine, "uplift"].mean()), float(error)


def called_less_not(company):
    """What a call adds over all contracts that ended."""
    stayed = 1 - renewals(company).groupby("treated")["churned"].mean()
    return float(stayed[True] - stayed[False])


def by_the_colleague(company):
    """The colleague's number: all months in which nobody was called stand against the calls."""
    stayed = 1 - company.panel.groupby("treated")["churned"].mean()
    return float(stayed[True] - stayed[False])


def better_list(company, *, worth=200.0):
    """What 200 calls to the middle third earn more than 200 to the riskiest."""
    return CALLS * worth * (uplift(company) - uplift(company, group=RISKIEST))


def true_better_list(company):
    """The truth of the better list, and the standard error of its estimate."""
    (middle, error), (risky, other) = (
        true_uplift(company, group=group) for group in (MIDDLE, RISKIEST)
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


def manageable(company):
    """Monthly churn that the firm can manage, in per cent."""
    return 100 * float(churn.manageable_churn(company.panel)["manageable"])


def months_gained(company, *, start=-1, same=False):
    """Months within three years that one step more of satisfaction adds."""
    model = churn.fit_hazard(company.panel, same_every_month=same)
    paid = [model.survival(satisfaction=steps).iloc[:36].sum() for steps in (start, start + 1)]
    return float(paid[1] - paid[0])


def memo_figures(company):
    """What the memo has to quote: both sums for 1,000 contracts."""
    due = renewals(company)
    per = 1000 / len(due)
    said = (due["reason_stated"] == "poached").sum()
    groups = churn.uplift_by_group(due)
    list_of_middle = churn.save_list(groups.loc[[MIDDLE]])["earned"].iloc[-1]
    share = groups.loc[MIDDLE, "contracts"] / groups["contracts"].sum()
    cut = churn.price_cut((~due["churned"]).sum() * per, said * per, cut=3)
    return {
        "what the cut would earn by the file": ("cut", cut),
        "what the calls to the middle third earn": ("call", list_of_middle * share),
    }


EXERCISES = (
    Exercise(
        "22.1", "design: explorer", "number", "¥", price_for_the_riskiest,
        Tolerance(absolute=0.01),
        mistakes=(
            Mistake(price_for_the_middle, "RISK_IS_UPLIFT",
                    "There the middle third is worth a call; watch the bar of the riskiest."),
            Mistake(lambda company: price_for_the_riskiest(company) + 1, "SLIP",
                    "There the dashed line still stands above that bar: go one step on."),
            Mistake(15, "RISK_IS_UPLIFT",
                    "That is today's price, at which calling the riskiest loses money."),
            Mistake(lambda company: 200 * uplift(company, group=RISKIEST), "SLIP",
                    "That is where the two are level; take the first whole price below it."),
        ),
        hints=(
            "The dashed line is the uplift that a call needs. It falls with the price of a call.",
            "Start at ¥15 and press the left arrow until the bar on the right turns blue.",
            "The sentence under the slider then speaks of more than 500 calls instead of 317.",
        ),
        minutes=(2, 4),
        meaning="The riskiest are not hopeless; they are dear. A cheaper call reaches them too.",
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
        "22.4", "design: uplift of a group", "number", "probability", uplift,
        mistakes=(
            Mistake(called_less_not, "RISK_IS_UPLIFT",
                    "That is the mean over all contracts; the middle third is asked for."),
            Mistake(lambda company: -uplift(company), "SLIP",
                    "The sign is that of leaving: uplift is what a call adds to staying."),
            Mistake(lambda company: uplift(company, group=RISKIEST), "RISK_IS_UPLIFT",
                    "That is the riskiest third; take the scores from 34 to 66."),
            Mistake(lambda company: float(churn.uplift_by_group(renewals(company))
                                          .loc[MIDDLE, "called"]), "SELECTION_AS_EFFECT",
                    "That share renewed after a call; take off the share that renews without one."),
        ),
        hints=(
            "One line of churn.uplift_by_group on the months with renewal_due.",
            "The middle third of the score is the row '34 to 66'.",
            "churn.uplift_by_group(company.panel.query('renewal_due')).loc['34 to 66', 'uplift']",
        ),
        minutes=(5, 8),
        truth=true_uplift,
    ),
    Exercise(
        "22.5", "brief: 3.7", "number", "¥", better_list,
        mistakes=(
            Mistake(lambda company: -better_list(company), "RISK_IS_UPLIFT",
                    "You took the middle third from the riskiest; it is the other way round."),
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
            "groups = churn.uplift_by_group(company.panel.query('renewal_due')), then 200 * 200 * "
            "(the uplift of '34 to 66' less that of '67 to 100').",
        ),
        minutes=(6, 10),
        truth=true_better_list,
    ),
    Exercise(
        "22.6", "design: find the bug", "number", "probability", called_less_not,
        mistakes=(
            Mistake(by_the_colleague, "SELECTION_AS_EFFECT",
                    "That is the colleague's own number: calls are made only where a contract "
                    "ends, and most of the other months are months in which nobody can leave."),
            Mistake(lambda company: -called_less_not(company), "SLIP",
                    "The sign is that of leaving; ask what a call adds to staying."),
            Mistake(uplift, "SLIP",
                    "That is the middle third alone; the question asks for all contracts."),
            Mistake(lambda company: float(1 - renewals(company).query("treated")["churned"].mean()),
                    "SELECTION_AS_EFFECT",
                    "That share renewed after a call; take off the share that renews without one."),
        ),
        hints=(
            "In which months can a customer be called? In which months can a customer leave?",
            "Compare called and not called among the same people: those whose contract ends.",
            "company.panel.query('renewal_due').groupby('treated')['churned'].mean(), then the "
            "first less the second.",
        ),
        minutes=(8, 12),
        meaning="A coin makes two groups alike only among those for whom it was tossed.",
    ),
    Exercise(
        "22.7", "design: memo", "memo", "¥", memo_figures, Tolerance(relative=0.02),
        hints=(
            "One sentence each: what to do, what the price cut promises and why not to believe it, "
            "what the calls earn and how sure that is, what to do next.",
            "churn.price_cut() for the cut; row '34 to 66' of churn.save_list() for the calls.",
            "Begin: 'I recommend ... By the file the cut would earn ¥...'",
        ),
        minutes=(8, 12),
    ),
    Exercise(
        "22.8", "design: manageable churn", "number", "per cent", manageable,
        mistakes=(
            Mistake(lambda company: 100 * float(churn.manageable_churn(company.panel)["all"]),
                    "SLIP", "That is the whole churn; forced departures, for one, are in it."),
            Mistake(lambda company: 100 * float(
                        churn.manageable_churn(company.panel)[["manageable", "rest"]].sum()),
                    "SLIP", "You took out only the forced; poached and let go are out too."),
            Mistake(lambda company: float(
                        churn.manageable_churn(company.panel)["manageable"]
                        / churn.manageable_churn(company.panel)["all"] * 100), "SLIP",
                    "That is the share of the leavers; divide by all months."),
            Mistake(lambda company: manageable(company) / 100, "PP_VS_PCT",
                    "That is a share; the question asks for per cent."),
        ),
        hints=(
            "Three of the six types point to the firm's own doing.",
            "churn.manageable_churn(company.panel) gives the parts, as shares.",
            "100 * churn.manageable_churn(company.panel)['manageable']",
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
                    "You went from ordinary to happy; start one step below ordinary."),
            Mistake(lambda company: 17 * months_gained(company), "SLIP",
                    "That is the money; the question asks for months."),
        ),
        hints=(
            "churn.fit_hazard once; then two curves, for satisfaction -1 and 0.",
            "The months paid within three years are the first 36 values of the curve, added up.",
            "model = churn.fit_hazard(company.panel), then model.survival(satisfaction=0).iloc[:36]"
            ".sum() less the same for -1.",
        ),
        minutes=(6, 10),
    ),
)  # fmt: skip
