"""The exercises of chapter 21: the right answers, and the wrong ones that people give."""

from dataclasses import replace

import numpy as np

from crm_course.customers import retention
from crm_course.learning.exercises import Exercise, Mistake, Tolerance

CHAPTER = "21"
THREE = ((1, 0.5, 0), (-1, 0, 2), (-1, 0, 0))  # (S, V, C) of exercise 21.2
UNHAPPY_AND_HAPPY = (-1, 1)
TEN = ((1, 2, 2, 3, 4, 5, 6, 6, 8, 9), (1, 1, 0, 1, 0, 1, 1, 0, 1, 0))  # months, left


def renewals(company):
    """The months in which a contract ended."""
    return company.panel.query("renewal_due")


def first_move_for_the_shops(company):
    """The first slider position, from 0 downwards, where better shops keep more than the wall."""
    people = retention.drivers(renewals(company))
    model = retention.fit_retention_model(renewals(company))

    def kept(policy, move):
        return retention.kept_by(policy, people, model=model, move=move).mean()

    def shops_ahead(move):
        return kept(retention.SHOPS, move) > kept(retention.WALL, move)

    # further than the slider of the chapter, as far as the wall of a company of one's own may reach
    for move in np.arange(0, -4.01, -0.25):
        if shops_ahead(move):
            return move
    raise ValueError("the shops must overtake the wall within 4 steps, got never. Look further.")


def three_renewals(company, *, interaction=-0.3, value=0.7, constant=0.4):
    """P(renew) of the three customers of exercise 21.2."""
    odds = (
        np.exp(constant + 0.9 * s + value * v + 0.5 * c + interaction * s * c) for s, v, c in THREE
    )
    return tuple(float(o / (1 + o)) for o in odds)


def scores(company):
    """The sum z of the three customers, before it is turned into a probability."""
    return tuple(0.4 + 0.9 * s + 0.7 * v + 0.5 * c - 0.3 * s * c for s, v, c in THREE)


def step_of_the_wall(company, *, model=retention.TEXTBOOK):
    """What one step of switching cost adds for an unhappy and for a happy customer."""
    return tuple(
        float(model.probability(s, 0, 1) - model.probability(s, 0, 0)) for s in UNHAPPY_AND_HAPPY
    )


def still_there(company, *, age=12, of=0):
    """Of those who joined in June 2023 and were there at age `of`: the share there at `age`."""
    panel = company.panel
    june = panel[panel["month"] - panel["tenure"] == 6]
    return (june["tenure"] == age).sum() / (june["tenure"] == of).sum()


def june_in_december(company):
    """The mix-up of age 12 with calendar month 12."""
    panel = company.panel
    june = panel[panel["month"] - panel["tenure"] == 6]
    return (june["month"] == 12).sum() / (june["tenure"] == 0).sum()


def switching_weight(company, *, only_uncalled=True):
    """The estimated weight of switching cost."""
    ended = renewals(company)
    if not only_uncalled:
        ended = ended.drop(columns="treated")
    return retention.fit_retention_model(ended).switching_cost


def weight_per_point(company):
    """The weight for one point of the 0-10 scale instead of one step of two points."""
    return switching_weight(company) / 2


def true_switching_weight(company):
    """The truth of the invented world and the standard error of the estimate."""
    model = retention.fit_retention_model(renewals(company))
    return retention.TEXTBOOK.switching_cost, model.standard_errors[3]


def kept_in_2025(company):
    """Of the customers billed in January 2025: the share still billed in December."""
    january, december = _billed(company, 25), _billed(company, 36)
    return len(january & december) / len(january)


def counted_with_the_new(company):
    """The colleague's number: December's customers over January's."""
    return len(_billed(company, 36)) / len(_billed(company, 25))


def without_the_lost(company):
    """Those who left, as a share: churn instead of retention."""
    return 1 - kept_in_2025(company)


def of_december(company):
    """The survivors as a share of December's customers: the wrong denominator."""
    january, december = _billed(company, 25), _billed(company, 36)
    return len(january & december) / len(december)


def _billed(company, month):
    return set(company.panel.query(f"month == {month}")["customer_id"])


def kept_without_the_product(company, *, interaction=0.0):
    """Of ten whom the wall keeps: how many are unhappy, if the product S times C had no weight."""
    model = replace(retention.fit_retention_model(renewals(company)), interaction=interaction)
    people = retention.drivers(renewals(company))
    kept = retention.kept_by(retention.WALL, people, model=model)
    return 10 * float(kept[people["satisfaction"] < 0].sum() / kept.sum())


def kept_with_the_product(company):
    """The same with the weight that was estimated."""
    weight = retention.fit_retention_model(renewals(company)).interaction
    return kept_without_the_product(company, interaction=weight)


def unhappy_of_all(company):
    """Of ten customers: how many are unhappy."""
    return 10 * float((retention.drivers(renewals(company))["satisfaction"] < 0).mean())


def survival_at(company, *, times=(6, 8), censored=True):
    """Kaplan-Meier survival of the ten customers."""
    months, left = (np.array(part) for part in TEN)
    if not censored:
        months, left = months[left == 1], left[left == 1]
    curve = retention.kaplan_meier(months, left == 1).set_index("time")["survival"]
    return tuple(float(curve.loc[:time].iloc[-1]) for time in times)


def share_of_ten(company):
    """The count of those with more than 6 and more than 8 months, over ten."""
    months = np.array(TEN[0])
    return tuple(float((months > time).mean()) for time in (6, 8))


def silent(company, *, below=0.5):
    """Customers of Lanting Home whose probability of being alive is below one half."""
    summary = retention.rfm_summary(company.orders, observation_end="2025-12-31", time_unit="W")
    alive = retention.fit_bg_nbd(summary).probability_alive(summary)
    return int((alive < below).sum())


def silent_for_half_a_year(company):
    """The rule of thumb: no order for 26 weeks."""
    summary = retention.rfm_summary(company.orders, observation_end="2025-12-31", time_unit="W")
    return int((summary["T"] - summary["recency"] > 26).sum())


def memo_figures(company):
    """What the memo has to quote: the two sums of the decision, in ¥ for 1,000 contracts."""
    money = retention.policy_money(company.panel).loc[0.0]
    return {
        "the wall's result today": ("wall", money["wall"]),
        "the shops' result today": ("shop", money["shops"]),
    }


EXERCISES = (
    Exercise(
        "21.1", "design: explorer", "number", "steps", first_move_for_the_shops,
        Tolerance(absolute=0.01),
        mistakes=(
            Mistake(lambda company: -first_move_for_the_shops(company), "SLIP",
                    "Switching costs fall, so you move left of 0 and the position is negative."),
            Mistake(lambda company: first_move_for_the_shops(company) + 0.25, "SLIP",
                    "There the wall still keeps more: read both numbers, then go one step on."),
            Mistake(0, "SAT_IS_LOYAL",
                    "At 0, where all is as today, the wall keeps more than the shops."),
        ),
        hints=(
            "Read the sentence under the slider: it gives both numbers for 1,000 contracts.",
            "Start at 0 and press the left arrow: each press is a quarter of a step.",
            "Stop at the first position where the number of the shops is the larger one.",
        ),
        minutes=(2, 4),
        meaning="In customers kept, a fall of less than one step turns the order round.",
    ),
    Exercise(
        "21.2", "brief: 3.1", "series", "probability", three_renewals,
        mistakes=(
            Mistake(scores, "SLIP",
                    "That is z; it still has to go through 1 / (1 + e^-z) to be a probability."),
            Mistake(lambda company: three_renewals(company, interaction=0), "SLIP",
                    "You left out the product S times C, and the second customer lives by it."),
            Mistake(lambda company: three_renewals(company, interaction=0.3), "SLIP",
                    "The weight of the product is minus 0.3: walls make happiness count less."),
            Mistake(lambda company: three_renewals(company, constant=0), "SLIP",
                    "You left out 0.4, the weight that everybody starts with."),
        ),
        hints=(
            "First z for one customer, then 1 / (1 + e^-z).",
            "For the second customer S times C is -1 times 2, and -0.3 times -2 is +0.6.",
            "First customer: z = 0.4 + 0.9 + 0.35 = 1.65; 1 / (1 + e^-1.65) is your first entry.",
        ),
        minutes=(3, 5),
        meaning="The second customer is as unhappy as the third and renews twice as often.",
    ),
    Exercise(
        "21.3", "brief: 3.2", "series", "probability", step_of_the_wall,
        mistakes=(
            Mistake(lambda company: step_of_the_wall(company)[::-1], "SAT_IS_LOYAL",
                    "You have the two the other way round: the wall works on the unhappy one."),
            Mistake((0.5, 0.5), "SLIP",
                    "0.5 is what the step adds to z alone; ask what it adds to the probability."),
            Mistake(lambda company: step_of_the_wall(
                        company, model=retention.RetentionModel(0.4, 0.9, 0.7, 0.5, 0.0)), "SLIP",
                    "You left out the product S times C; with it the two differ far more."),
            Mistake(lambda company: tuple(
                        float(retention.TEXTBOOK.probability(s, 0, 1)) for s in UNHAPPY_AND_HAPPY),
                    "SLIP", "Those are the two behind the wall; subtract the same two before it."),
        ),
        hints=(
            "Two probabilities for each customer, one at C = 0 and one at C = 1; subtract.",
            "Unhappy, S = -1: z is -0.5 at C = 0, and -0.5 + 0.5 + 0.3 at C = 1.",
            "Unhappy: 1 / (1 + e^-0.3) minus 1 / (1 + e^0.5). Now the happy one, S = +1.",
        ),
        minutes=(3, 5),
        meaning="One step of wall moves the unhappy customer six times as far as the happy one.",
    ),
    Exercise(
        "21.4", "design: cohort by hand", "number", "share", still_there,
        mistakes=(
            Mistake(june_in_december, "SLIP",
                    "You took calendar month 12; age 12 of a June cohort falls in June 2024."),
            Mistake(lambda company: still_there(company, age=11), "SLIP",
                    "That is age 11, the last month of the contract: nobody has decided yet."),
            Mistake(lambda company: still_there(company, of=11), "SLIP",
                    "You divided by those at age 11; the cohort's size is its count at age 0."),
            Mistake(lambda company: 1 - still_there(company), "SLIP",
                    "That is the share that has gone; the question asks for those still there."),
        ),
        hints=(
            "The cohort of June 2023 joined in month 6: month minus tenure is 6.",
            "Count its rows with tenure 12, and its rows with tenure 0.",
            "june = company.panel[company.panel['month'] - company.panel['tenure'] == 6], "
            "then (june['tenure'] == 12).sum() divided by the same with 0.",
        ),
        minutes=(5, 8),
    ),
    Exercise(
        "21.5", "brief: 3.6", "number", "per step", switching_weight,
        mistakes=(
            Mistake(lambda company: switching_weight(company, only_uncalled=False),
                    "SELECTION_AS_EFFECT",
                    "You let in customers who got a call, and the call moved some of them."),
            Mistake(0.5, "SLIP",
                    "That is the truth of the invented world; a firm has only its estimate, and "
                    "the estimate is asked for."),
            Mistake(lambda company: -switching_weight(company), "SLIP",
                    "The sign is that of a model of leaving; the question is about renewing."),
            Mistake(weight_per_point, "SLIP",
                    "That is the weight of one point; a step of switching cost is two points."),
            Mistake(lambda company: retention.fit_retention_model(renewals(company)).satisfaction,
                    "SLIP", "That is the weight of satisfaction; take the one of switching cost."),
        ),
        hints=(
            "One call of retention.fit_retention_model on the months with renewal_due.",
            "The result has an attribute for each weight.",
            "retention.fit_retention_model(company.panel.query('renewal_due')), "
            "then .switching_cost",
        ),
        minutes=(5, 8),
        truth=true_switching_weight,
    ),
    Exercise(
        "21.6", "design: find the bug", "number", "share", kept_in_2025,
        mistakes=(
            Mistake(counted_with_the_new, "NEW_IN_RETENTION",
                    "That is the colleague's own number: customers who joined during the year are "
                    "in it, and nobody kept them from before."),
            Mistake(without_the_lost, "SLIP",
                    "That is the share that left; retention is the rest."),
            Mistake(of_december, "NEW_IN_RETENTION",
                    "You divided by December's customers; the question starts from January's."),
        ),
        hints=(
            "A retention rate asks one question of one group of people: the customers of January.",
            "Which of January's customers are also among December's? isin() answers that.",
            "january['customer_id'].isin(december['customer_id']).mean()",
        ),
        minutes=(8, 12),
        meaning="Growth hid the losses: count people who stayed, never heads at two dates.",
    ),
    Exercise(
        "21.7", "design: memo", "memo", "¥", memo_figures, Tolerance(relative=0.02),
        hints=(
            "One sentence each: what to do, the figure for it, the figure against it, what would "
            "change your mind.",
            "Both figures stand in the first line of retention.policy_money(company.panel).",
            "Begin: 'I recommend ... On 1,000 contracts the wall would earn ¥...'",
        ),
        minutes=(8, 12),
    ),
    Exercise(
        "21.8", "brief: 3.4", "series", "survival", survival_at,
        mistakes=(
            Mistake(lambda company: survival_at(company, censored=False), "SELECTION_AS_EFFECT",
                    "You dropped the customers who are still there; they stayed longest, and "
                    "without them everybody seems to leave early."),
            Mistake(share_of_ten, "SLIP",
                    "That counts a customer last seen at 2+ as gone; nobody knows that."),
        ),
        hints=(
            "Go from one departure to the next; at each, who was still being watched?",
            "At month 1 ten are watched, one leaves: 9/10. At month 2 nine are: times 8/9.",
            "Month 3: seven are watched, so times 6/7. Then 5 with five watched, 6 with four.",
        ),
        minutes=(5, 8),
    ),
    Exercise(
        "21.9", "design: alive", "number", "customers", silent, Tolerance(relative=0.03),
        mistakes=(
            Mistake(silent_for_half_a_year, "SILENCE_IS_SATISFACTION",
                    "Half a year of silence says little about a customer who buys once a year; "
                    "let the model weigh silence against rhythm."),
            Mistake(lambda company: silent(company) / company.orders["customer_id"].nunique(),
                    "SLIP", "That is a share of the customers; the question asks how many."),
            Mistake(lambda company: company.orders["customer_id"].nunique() - silent(company),
                    "SLIP", "Those are the others: below one half means probably gone."),
        ),
        hints=(
            "Three steps: rfm_summary in weeks, fit_bg_nbd, probability_alive.",
            "summary = retention.rfm_summary(company.orders, observation_end='2025-12-31', "
            "time_unit='W')",
            "(retention.fit_bg_nbd(summary).probability_alive(summary) < 0.5).sum()",
        ),
        minutes=(8, 12),
    ),
    Exercise(
        "21.10", "design: sensitivity", "number", "of ten", kept_without_the_product,
        Tolerance(relative=0.01),
        mistakes=(
            Mistake(kept_with_the_product, "SLIP",
                    "That is the chapter's number: the weight of the product is still in it."),
            Mistake(unhappy_of_all, "SLIP",
                    "That is the share among all customers; ask for it among those kept."),
            Mistake(lambda company: kept_without_the_product(company) / 10, "SLIP",
                    "That is a share; the question asks how many of ten."),
        ),
        hints=(
            "dataclasses.replace copies a model with one weight changed.",
            "flat = replace(model, interaction=0.0), then the chapter's lines with flat for model.",
            "kept = flat.probability(S, V, C + 1) - flat.probability(S, V, C), then its share "
            "with S < 0, times ten.",
        ),
        minutes=(5, 8),
        meaning="Without the product the wall is hardly choosier than the shops: that one weight "
                "carries the story, so it deserves a trial of its own.",
    ),
)  # fmt: skip
