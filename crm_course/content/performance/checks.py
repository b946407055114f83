"""The exercises of chapter 55: the right answers, and the wrong ones that people give."""

import numpy as np

from crm_course.datagen.scenario import Scenario
from crm_course.learning.exercises import Exercise, Mistake, Tolerance, kept
from crm_course.organization import performance

CHAPTER = "55"
PRICE, CARDS, FIXED = 560, 20_000, 400_000  # of the kiosks, in ¥ and cards
PREMIUM_PRICE = 700  # of the kiosks' premium customers, in ¥


def plan(company, segment, first, last):
    """The months of one plan."""
    kpis = company.kpis
    return kpis[(kpis["segment"] == segment) & kpis["month"].between(first, last)]


def no_longer_negative(company, *, shift=0):
    """The first month from which a year by the formula is not below nothing."""
    for month in range(13, 26):
        year = plan(company, "budget", month, month + 11)
        if year["end"].iloc[-1] >= year["new"].sum():
            return month + shift
    return 26 + shift


def margin_of(rows, *, share=0.25):
    """The margin of a customer-month, in ¥."""
    return share * rows["revenue"].sum() / rows["start"].sum()


def turning_churn(company, *, fixed=FIXED, growth=1.01, share=0.25):
    """The monthly churn at which the contract just pays, in per cent."""
    margin = margin_of(plan(company, "budget", 13, 15), share=share)
    return 100 * (margin * growth / (PRICE + fixed / CARDS) - 0.01)


@kept
def _windows(company, segment, first):
    return performance.retention_windows(plan(company, segment, first, first + 11)).iloc[-1]


def year(company, segment="standard", *, first=25, by="chained"):
    """Who was still there after a year, as a share."""
    return float(_windows(company, segment, first)[by])


def true_year(company):
    """The truth behind `year`, with what chance makes of it."""
    truth = company.truth("kpis")
    rows = truth[(truth["segment"] == "standard") & (truth["month"] >= 25)]
    stay = rows["retention_true"].to_numpy()
    start = plan(company, "standard", 25, 36)["start"].to_numpy()
    return stay.prod(), float(stay.prod() * np.sqrt(((1 - stay) / stay / start).sum()))


@kept
def kiosk_worth(company, segment="premium", sheet=2, share=0.25):
    """What a customer of a plan is worth by one of the sheets of the last quarter, in ¥."""
    rows = plan(company, segment, 34, 36)
    churn = performance.churn_sheets(rows)["a_month"].iloc[sheet]
    return float(performance.customer_worth(margin_of(rows, share=share), churn))


def anyway(company, *, fixed=FIXED, growth=1.0, **how):
    """The per cent of buyers who may have come without a kiosk before the offer loses."""
    return 100 * (1 - (PREMIUM_PRICE + fixed / CARDS) / (kiosk_worth(company, **how) / growth))


def over_the_cost(company):
    """The same gain divided by what a customer costs."""
    return 100 * (kiosk_worth(company) / (PREMIUM_PRICE + FIXED / CARDS) - 1)


def last_retention(company, *, by="customers"):
    """The monthly retention of all customers in the last quarter."""
    rows = company.kpis[company.kpis["month"] >= 34]
    stayed = rows["end"] - rows["new"]
    if by == "customers":
        return float(stayed.sum() / rows["start"].sum())
    if by == "rows":
        return float((stayed / rows["start"]).mean())
    months = rows.groupby("month")[["start", "new", "end"]].sum()
    kept = months["end"].iloc[-1] - months["new"].sum()
    return float(kept / months["start"].iloc[0])


def memo_figures(company):
    """What the memo has to quote, in per cent."""
    formula, chain = (100 * year(company, "budget", first=13, by=by)
                      for by in ("formula", "chained"))  # fmt: skip
    return {"what the formula gives": ("formula", formula),
            "what the chain gives": ("chain", chain)}  # fmt: skip


@kept
def mix(company):
    """What the plans and what the mix did to satisfaction, in points."""
    kpis = company.kpis
    quarters = (kpis[kpis["month"] <= 15], kpis[kpis["month"] >= 34])
    parts = performance.mix_decomposition(*map(performance.by_plan, quarters)).loc["all"]
    return float(parts["within"]), float(parts["mix"])


def mean_of_changes(company):
    """The plain mean of the three changes, and what is then left."""
    kpis = company.kpis
    old, now = (performance.by_plan(kpis[months])["value"]
                for months in (kpis["month"] <= 15, kpis["month"] >= 34))  # fmt: skip
    plain = float((now - old).mean())
    return plain, sum(mix(company)) - plain


@kept
def lead(company, web=True):
    """How far retention follows a point of satisfaction."""
    kpis = company.kpis
    return performance.fit_lead(kpis[kpis["survey"] == "web"] if web else kpis)


def true_lead(company):
    """The effect in the invented world, with the error of the estimate."""
    return Scenario().kpis.effect, lead(company).standard_error


EXERCISES = (
    Exercise(
        "55.1", "design: the window", "number", "month", no_longer_negative,
        Tolerance(absolute=0.4),
        mistakes=(
            Mistake(lambda company: no_longer_negative(company, shift=-1), "SLIP",
                    "There the formula is still below nothing; one month on."),
            Mistake(lambda company: no_longer_negative(company, shift=-12), "SLIP",
                    "That counts the steps from month 13; write the month on the slider."),
            Mistake(5, "SLIP",
                    "That is the length at which the formula falls below nothing; leave months "
                    "at 12 and move first month."),
        ),
        hints=(
            "Leave `months` at 12 and `plan` at budget; move the upper control only.",
            "Go to the right, and read the first number of the sentence: when does its sign turn?",
            "At month 20 it says -8 %. Two or three steps more.",
        ),
        minutes=(2, 4),
        meaning="Meanwhile the customers hardly changed: the chain says nearly the same all along.",
    ),
    Exercise(
        "55.2", "design: the kiosks", "number", "per cent", turning_churn,
        Tolerance(absolute=0.05),
        mistakes=(
            Mistake(lambda company: turning_churn(company, fixed=0), "SLIP",
                    "The displays cost ¥20 a card as well."),
            Mistake(lambda company: turning_churn(company) + 1, "SLIP",
                    "The 1 % of discount has to be taken off."),
            Mistake(lambda company: turning_churn(company, share=1.0), "SLIP",
                    "Revenue is not margin: a quarter of it."),
            Mistake(lambda company: turning_churn(company) / 100, "PP_VS_PCT",
                    "That is the share; per cent are asked for."),
        ),
        hints=(
            "The contract just pays if a customer is worth what the card costs, displays included.",
            "560 + 400,000 / 20,000 = 580 = margin x 1.01 / (0.01 + c)",
            "c = 50.16 x 1.01 / 580 - 0.01; times 100.",
        ),
        minutes=(3, 5),
        meaning="Only six tenths of a point above sheet 3: a good deal, and no wide one.",
    ),
    Exercise(
        "55.3", "design: S1-33", "text", "five letters", lambda company: "MDIEC",
        mistakes=(
            Mistake("IDIEC", "SELECTION_AS_EFFECT",
                    "Customers cannot speak for those who are none; ask the market."),
            Mistake("MDMEC", "STATED_REASON_TRUE",
                    "A survey counts what stands on its list; this is on none."),
            Mistake("MDIIC", "SLIP", "Who knows the rules that turn callers away? The agents."),
            Mistake("MDIED", "SLIP", "One story, step by step, is a case, no pattern in data."),
        ),
        hints=(
            "Ask of each: how many, or why? And who knows it?",
            "The second is in the books: D. The first asks people who are in no file of ours.",
            "Begin: M D I ...; the fourth is known to the staff.",
        ),
        minutes=(2, 4),
        meaning="Counting and asking why are two trades; a good page uses both.",
    ),
    Exercise(
        "55.4", "brief: 15.1", "series", "per cent", lambda company: (83.0, 17.0),
        Tolerance(absolute=0.05),
        mistakes=(
            Mistake((105.0, -5.0), "NEW_IN_RETENTION",
                    "1,050 / 1,000 counts the new customers as if they had stayed."),
            Mistake((0.83, 0.17), "PP_VS_PCT", "Those are the shares; per cent are asked for."),
            Mistake((17.0, 83.0), "SLIP", "The other way round: first who stayed."),
        ),
        hints=(
            "How many of the 1,050 were there at the start?",
            "1,050 - 220 = 830",
            "830 of 1,000, and the rest.",
        ),
        minutes=(3, 5),
        meaning="Within one month, and only because nobody came and went in it.",
    ),
    Exercise(
        "55.5", "brief: 15.6", "series", "per cent, ¥", lambda company: (7.5, 4.0),
        Tolerance(absolute=0.02),
        mistakes=(
            Mistake((7.5, 0.25), "SLIP", "The worth goes above, what winning costs below."),
            Mistake((7.5, 3.0), "SLIP",
                    "You took the cost off first; asked is the worth for each ¥ of cost."),
            Mistake((13.3333, 4.0), "SLIP", "Cost over revenue, not revenue over cost."),
            Mistake((0.075, 4.0), "PP_VS_PCT", "The first is asked for in per cent."),
        ),
        hints=(
            "Two divisions: cost by revenue, worth by cost of winning.",
            "1.8 / 24 and 600 / 150",
            "0.075 is 7.5 per cent.",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "55.6", "design: the chain", "number", "share", year, Tolerance(absolute=0.001),
        mistakes=(
            Mistake(lambda company: year(company, by="formula"), "NEW_IN_RETENTION",
                    "That is the formula over the whole year: newcomers who left again are "
                    "charged to the old ones."),
            Mistake(lambda company: year(company, first=13), "SLIP",
                    "That is 2024; January 2025 is month 25."),
            Mistake(lambda company: year(company, "budget"), "SLIP",
                    "That is the budget plan."),
        ),
        hints=(
            "One call gives both retentions of a window for all plans.",
            "performance.window_retention(kpis, first=25)",
            "The row of standard, the column chained.",
        ),
        minutes=(5, 8),
        truth=true_year,
    ),
    Exercise(
        "55.7", "design: who would have come anyway", "number", "per cent", anyway,
        Tolerance(absolute=0.05),
        mistakes=(
            Mistake(lambda company: anyway(company, fixed=0), "SLIP",
                    "Displays and training cost ¥20 a customer as well."),
            Mistake(lambda company: anyway(company, share=1.0), "SLIP",
                    "Revenue is not margin: take a quarter of it."),
            Mistake(lambda company: anyway(company, sheet=0), "NEW_IN_RETENTION",
                    "That is by sheet 1, whose base leaves out the newcomers."),
            Mistake(lambda company: anyway(company, growth=1.01), "SLIP",
                    "The first payment comes at once: margin x 1.01 / (0.01 + c)."),
            Mistake(over_the_cost, "SLIP",
                    "You divided by what a buyer costs. The price is paid for all; only the "
                    "others bring their worth, so divide by the worth."),
        ),
        hints=(
            "The price is paid for every buyer; only those who would not have come bring their "
            "worth. When are both equal?",
            "performance.churn_sheets(premium)[\"a_month\"].iloc[2]; margin = 0.25 * revenue over "
            "start, both added up.",
            "100 * (1 - (700 + 20) / performance.customer_worth(margin, churn))",
        ),
        minutes=(7, 11),
        meaning="No count of customers shows them; ask buyers, or open kiosks in some towns first.",
    ),
    Exercise(
        "55.8", "design: find the bug", "number", "share", last_retention,
        Tolerance(absolute=0.0002),
        mistakes=(
            Mistake(lambda company: last_retention(company, by="rows"), "SLIP",
                    "That is the colleague's own number: a small plan weighs in it as much as a "
                    "large one."),
            Mistake(lambda company: last_retention(company, by="formula"), "NEW_IN_RETENTION",
                    "That is the formula over the quarter; a month is asked for."),
            Mistake(lambda company: 1 - last_retention(company), "SLIP",
                    "That is the churn."),
        ),
        hints=(
            "How much does each row weigh in the mean, and how much should it?",
            "A rate is all that happened over all who could have done it: add up first.",
            "(last[\"end\"] - last[\"new\"]).sum() over last[\"start\"].sum()",
        ),
        minutes=(8, 12),
        meaning="The mean of rates is the rate of the whole only if all groups are equally large.",
    ),
    Exercise(
        "55.9", "design: memo", "memo", "per cent", memo_figures, Tolerance(relative=0.01),
        hints=(
            "One sentence each: what to print, what the formula gives, what the chain gives, how "
            "it was counted.",
            "performance.retention_windows of the budget plan, its last row, in per cent.",
            "Begin: 'I would print ... The formula gives ... The chain gives ...'",
        ),
        minutes=(8, 13),
    ),
    Exercise(
        "55.10", "brief: 15.2", "series", "points",
        lambda company: (25.0, 6.9970, 11.2858, 38.7142), Tolerance(absolute=0.06),
        mistakes=(
            Mistake((25.0, 6.9970, 18.0030, 31.9970), "SLIP",
                    "That is one standard error to either side; the interval has 1.96."),
            Mistake((25.0, 7.3598, 10.5748, 39.4252), "SLIP",
                    "(p - d) squared is taken off below the root."),
            Mistake((45.0, 4.5415, 36.0987, 53.9013), "NPS_ONE_NUMBER",
                    "The lower answers are taken off the nines and tens."),
        ),
        hints=(
            "p = 0.45, d = 0.20, n = 120.",
            "0.65 - 0.25 squared = 0.5875; over 120; the root; times 100.",
            "25, 7.0, and 25 less and plus 1.96 x 7.0",
        ),
        minutes=(4, 6),
        meaning="With 120 answers 25 and 31 are the same score.",
    ),
    Exercise(
        "55.11", "brief: 15.3", "number", "per cent", lambda company: 75.0,
        Tolerance(absolute=0.05),
        mistakes=(
            Mistake(30.0, "SLIP", "That is the best box alone; the second counts as well."),
            Mistake(10.0, "SLIP", "Those are the two lowest boxes."),
            Mistake(78.2, "SLIP",
                    "That is the mean on a scale from 0 to 100; top two counts people."),
        ),
        hints=("Which boxes are the best two?", "30 and 45.", "75 of 100."),
        minutes=(2, 3),
    ),
    Exercise(
        "55.12", "brief: 15.4", "number", "points", lambda company: 76.6,
        Tolerance(absolute=0.05),
        mistakes=(
            Mistake(76.75, "SLIP", "That is the plain mean; each has its weight."),
            Mistake(7660, "PP_VS_PCT", "The weights are 0.3, not 30."),
            Mistake(75.8, "SLIP", "The weights are out of order: 0.3 for the first two."),
        ),
        hints=("Weight times number, added up.", "24 + 21.6 + ...", "24 + 21.6 + 18 + 13"),
        minutes=(2, 3),
    ),
    Exercise(
        "55.13", "brief: 15.5", "series", "per cent",
        lambda company: (7.73, 65.5316, -68.8939, 103.3622), Tolerance(absolute=0.06),
        mistakes=(
            Mistake((7.73, 5.0, -5.0, 8.0), "SLIP",
                    "Those are the growths of the factors; each log growth over the sum of all."),
            Mistake((7.73, 62.5, -62.5, 100.0), "SLIP",
                    "Per cent do not add up to the whole; logarithms do."),
            Mistake((0.0773, 0.655316, -0.688939, 1.033622), "PP_VS_PCT",
                    "Those are shares; per cent are asked for."),
        ),
        hints=(
            "Revenue first: 200,000 and 215,460.",
            "log(1050 / 1000), log(3.8 / 4), log(54 / 50), each over log(1.0773).",
            "performance.growth_decomposition with two dicts, column share.",
        ),
        minutes=(3, 5),
        meaning="Without the larger baskets there would have been no growth at all.",
    ),
    Exercise(
        "55.14", "design: the mix", "series", "points", mix, Tolerance(absolute=0.001),
        mistakes=(
            Mistake(lambda company: mix(company)[::-1], "SLIP",
                    "The other way round: first what the plans did."),
            Mistake(mean_of_changes, "SLIP",
                    "The plain mean of the three changes lets a small plan weigh as much as a "
                    "large one."),
        ),
        hints=(
            "Satisfaction of each plan in both quarters, then the split.",
            "performance.by_plan for each quarter, performance.mix_decomposition for both.",
            "The row `all`, columns within and mix.",
        ),
        minutes=(4, 7),
    ),
    Exercise(
        "55.15", "design: the lead", "number", "share a point",
        lambda company: lead(company).slope, Tolerance(absolute=0.001),
        mistakes=(
            Mistake(lambda company: lead(company, False).slope, "BEFORE_AFTER_PROOF",
                    "The month by telephone is still in it."),
            Mistake(lambda company: 100 * lead(company).slope, "PP_VS_PCT",
                    "Those are points of retention; a share is asked for."),
        ),
        hints=(
            "One month was asked in another way.",
            "performance.fit_lead(kpis.query(\"survey == 'web'\"))",
            "Its .slope",
        ),
        minutes=(4, 6),
        truth=true_lead,
        meaning="A little below the truth: the error of the answers flattens every slope.",
    ),
)  # fmt: skip
