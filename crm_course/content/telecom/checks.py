"""The exercises of chapter 62: the right answers, and the wrong ones that people give."""

from bisect import bisect_left

from crm_course.cases import telecom
from crm_course.customers import churn
from crm_course.learning.exercises import Exercise, Mistake, Tolerance, kept

CHAPTER = "62"
SINCE, UNTIL, JULY = "2025-01-01", "2026-01-01", "2025-07-01"
SHARES = [round(0.01 * n, 2) for n in range(2, 61)]  # positions of the slider
SIMS, CANCELLED = 5, 2  # exercise 62.2
UPLIFT = 0.10  # exercise 62.3
TO_USERS = 40  # calls of exercise 62.9


@kept
def lines(company):
    """Every line with its payer and its user."""
    return telecom.service_lines(company.subscriptions, company.accounts)


@kept
def year(company):
    """The lines of 2025 and what became of them."""
    return telecom.lines_of_year(lines(company), since=SINCE, until=UNTIL)


@kept
def others(company):
    """Those of them that somebody else uses."""
    return year(company).query("used_by == 'other'")


@kept
def levels(company):
    """The four rates of 2025."""
    return telecom.churn_by_level(year(company))


@kept
def agreed(company):
    """Holders who have agreed to be called."""
    return company.customers.query("consent")[["customer_id"]]


@kept
def groups(company):
    """What a call adds, by risk."""
    return churn.uplift_by_group(company.panel.query("renewal_due"))


@kept
def contracts(company):
    """The contracts that end by June and may be called."""
    return telecom.contracts_due(company.panel, lines(company)).merge(agreed(company))


@kept
def listed(company, counted="bill"):
    """The list of holders."""
    return telecom.call_list(contracts(company), groups(company), counted=counted)


@kept
def users(company):
    """Lines of users whose holder left in the first half of 2025, where he may be called."""
    found = telecom.goodbye_lines(lines(company), since=SINCE, until=JULY)
    return found.merge(agreed(company))


def calls_to_users(company, share):
    """How many of the best hundred calls go to users."""
    table = telecom.shared_calls(listed(company), users(company), own_contract=share)
    return table["left"].idxmax()


@kept
def half_of_the_calls(company, number=telecom.CALLS // 2):
    """The first share from which on users get so many of the best hundred calls."""
    place = bisect_left(SHARES, number, key=lambda share: calls_to_users(company, share))
    return SHARES[min(place, len(SHARES) - 1)]


def any_call(company):
    """The first share from which on a user is called."""
    return half_of_the_calls(company, 1)


def smallest_bill(company, *, uplift=UPLIFT, months=telecom.CONTRACT, margin=telecom.MARGIN):
    """The bill from which on a call pays."""
    return telecom.COST / (uplift * months * margin)


def with_holder(company):
    """Of the lines that users lost, the share that ended with the holder."""
    lost = others(company).query("lost")
    return (lost["became"] == "ended with the holder").mean()


def still_gone(company):
    """Of all lines of users, the share that ended with the holder."""
    return (others(company)["became"] == "ended with the holder").mean()


def all_with_holder(company):
    """The share with the holder of all lines lost, whoever used them."""
    lost = year(company).query("lost")
    return (lost["became"] == "ended with the holder").mean()


def rate(company, level):
    """The churn of 2025 at a level."""
    return levels(company).loc[level, "rate"]


def bill_lost(company):
    """The ¥ a month that lines lost in 2025 had paid."""
    return year(company).query("lost")["arpu"].sum()


def bill_in_one_table(company):
    """The same after joining accounts by customer: a row for each pair of line and account."""
    pairs = company.accounts.groupby("customer_id").size()
    lost = year(company).query("lost")
    return (lost["arpu"] * lost["customer_id"].map(pairs)).sum()


def left(company, counted="bill"):
    """What the first hundred of a list leave."""
    return listed(company, counted)["left"].head(telecom.CALLS).sum()


def memo_figures(company):
    """What the memo has to quote."""
    return {
        "the share of the users' lines that were lost": (
            "users", "somebody else", others(company)["lost"].mean()),
        "the share that would be lost if every user were convinced": (
            "convince", "convinced", "still", still_gone(company)),
        "what a hundred calls by bill leave": ("by bill", left(company)),
        "what a hundred calls by contract leave": ("by contract", left(company, "contract")),
    }  # fmt: skip


def given_up(company):
    """What the last of the hundred holders would have left, whose calls go to users."""
    return listed(company)["left"].iloc[telecom.CALLS - TO_USERS : telecom.CALLS].sum()


def must_sign(company, *, cost=telecom.COST, months=telecom.CONTRACT, dearest=True):
    """The share of the users called that must sign to make up for the holders given up."""
    bills = users(company)["arpu"]
    worth = bills.nlargest(TO_USERS).sum() if dearest else TO_USERS * bills.mean()
    return (given_up(company) + TO_USERS * cost) / (months * telecom.MARGIN * worth)


def kept_lines(company):
    """Lines that a hundred calls are expected to keep."""
    return telecom.kept_by_calls(listed(company).head(telecom.CALLS))["lines kept"]


def kept_contracts(company):
    """Contracts that the list by bill is expected to keep."""
    return telecom.kept_by_calls(listed(company).head(telecom.CALLS))["contracts kept"]


EXERCISES = (
    Exercise(
        "62.1", "design: explorer", "number", "share", half_of_the_calls, Tolerance(absolute=0.001),
        mistakes=(
            Mistake(lambda company: half_of_the_calls(company) - 0.01, "SLIP",
                    "There users get fewer than fifty: one step more."),
            Mistake(any_call, "SLIP", "From there on users get a call at all; half comes later."),
        ),
        hints=(
            "Leave `counted` at bill, and move `own_contract` to the right.",
            "The sentence below the picture says how many of the best calls go to users.",
            "Stop at the first position at which it says 50.",
        ),
        minutes=(2, 4),
        meaning="The share decides who is called, and nobody has ever measured it.",
    ),
    Exercise(
        "62.2", "brief: 16.4", "number", "points",
        lambda company: 100 * CANCELLED / SIMS - 0,
        mistakes=(
            Mistake(0.4, "PP_VS_PCT", "In points: 0.40 is 40 of 100."),
            Mistake(60.0, "SLIP", "Those are the cards that run on."),
            Mistake(0.0, "ONE_BIG_TABLE",
                    "That is customer churn. The cards are counted at a level of their own."),
            Mistake(-40.0, "SLIP", "The higher rate is that of the cards."),
        ),
        hints=(
            "Count twice: cards that are gone of five, and customers that are gone of one.",
            "Of the cards 2 / 5 are gone. Has the customer left?",
            "40 - 0",
        ),
        minutes=(2, 4),
        meaning="Customer churn is 0: at that level nothing has happened, and two fifths are gone.",
    ),
    Exercise(
        "62.3", "design: what hangs on it", "number", "¥ a month", smallest_bill,
        mistakes=(
            Mistake(lambda company: smallest_bill(company, months=1), "SLIP",
                    "A renewal brings twelve months, not one."),
            Mistake(lambda company: smallest_bill(company, uplift=1), "RISK_IS_UPLIFT",
                    "Only ten of a hundred renew *because* of the call."),
            Mistake(lambda company: smallest_bill(company, margin=1), "FULL_COST_AVOIDABLE",
                    "Of what is paid only 0.36 stays."),
            Mistake(lambda company: smallest_bill(company, uplift=0.6), "SELECTION_AS_EFFECT",
                    "Fifty of the sixty renew without a call."),
        ),
        hints=(
            "What does a call to a contract with a bill of ¥1 a month leave, before its cost?",
            "0.10 more renewals, twelve months, 0.36 of the bill: ¥0.432 for each ¥1 of the bill.",
            "15 / (0.10 * 12 * 0.36)",
        ),
        minutes=(3, 5),
        meaning="One ordinary line is enough for that; at an uplift of 0.06 it takes two.",
    ),
    Exercise(
        "62.4", "design: whose goodbye", "number", "share", with_holder,
        mistakes=(
            Mistake(still_gone, "SLIP", "Divide by the lines that were lost, not by all."),
            Mistake(all_with_holder, "SLIP", "That is of everybody's lines; take the users'."),
            Mistake(lambda company: 1 - with_holder(company), "SLIP",
                    "That is the share that users gave up by themselves."),
        ),
        hints=(
            "Take the lines of the year that were used by 'other' and lost.",
            "telecom.lines_of_year says in `became` how each ended.",
            "(lost['became'] == 'ended with the holder').mean()",
        ),
        minutes=(5, 8),
        meaning="So much no call to a user before the goodbye could have kept.",
    ),
    Exercise(
        "62.5", "design: four levels", "number", "share",
        lambda company: rate(company, "account"),
        mistakes=(
            Mistake(lambda company: levels(company).loc["account", "touched"], "SLIP",
                    "That is accounts that lost one line or more; a bill is lost with the last."),
            Mistake(lambda company: rate(company, "service"), "ONE_BIG_TABLE",
                    "That is the mean over lines: an account with six counts six times."),
            Mistake(lambda company: rate(company, "customer"), "SLIP",
                    "That is customers; one of them may hold several accounts."),
        ),
        hints=(
            "An account is lost when all its lines of New Year's Day are.",
            "Group the lines of the year by account_id, and ask of each whether all are lost.",
            "year.groupby('account_id')['lost'].all().mean()",
        ),
        minutes=(5, 8),
        meaning="Finance sees this number and takes it for the customers'.",
    ),
    Exercise(
        "62.6", "design: find the bug", "number", "¥ a month", bill_lost,
        mistakes=(
            Mistake(bill_in_one_table, "ONE_BIG_TABLE",
                    "That is the colleague's own number: each line once for every account of its "
                    "customer."),
            Mistake(lambda company: year(company)["arpu"].sum(), "SLIP",
                    "That is what all lines of New Year's Day paid; keep those that were lost."),
            Mistake(lambda company: others(company).query("lost")["arpu"].sum(), "SLIP",
                    "That is the users' lines; the colleague wants all."),
            Mistake(lambda company: lines(company).dropna(subset="ended_on")["arpu"].sum(), "SLIP",
                    "That is every line that ever ended; keep the lines of 2025."),
        ),
        hints=(
            "How many rows had the lines before the join, and how many has `big`?",
            "An account belongs to a line by account_id. By customer_id each line meets them all.",
            "telecom.service_lines, telecom.lines_of_year, and the sum of arpu where lost is True.",
        ),
        minutes=(8, 12),
        meaning="In one big table a line is there as often as its customer has bills.",
    ),
    Exercise(
        "62.7", "design: memo", "memo", "", memo_figures,
        Tolerance(relative=0.01, absolute=0.005),  # a share may be a whole per cent
        hints=(
            "The form is in the case. Four figures: the users' lines lost, those that would still "
            "be lost if every user were convinced, and what a hundred calls leave, by bill and by "
            "contract.",
            "others['lost'].mean(), the share that ended with the holder, and "
            "telecom.call_list(...).head(100)['left'].sum() twice.",
            "Begin with what you recommend. Then: 'Of the lines of users ... were lost; had every "
            "user been convinced, ...'",
        ),
        minutes=(20, 30),
        words=250,
    ),
    Exercise(
        "62.8", "design: lines kept", "number", "lines", kept_lines, Tolerance(relative=0.01),
        mistakes=(
            Mistake(kept_contracts, "ONE_BIG_TABLE",
                    "Those are contracts; on each of them hang several lines."),
            Mistake(lambda company: listed(company).head(telecom.CALLS)["lines"].sum(),
                    "RISK_IS_UPLIFT", "Those are all lines on the list; most stay or go, call or "
                                      "no call."),
        ),
        hints=(
            "The first hundred of telecom.call_list(contracts, groups).",
            "Each line is kept with the uplift of its contract.",
            "(top['uplift'] * top['lines']).sum()",
        ),
        minutes=(6, 10),
        meaning="Divide it by the lines of New Year's Day to see what a threshold may ask.",
    ),
    Exercise(
        "62.9", "design: who must sign", "number", "share", must_sign, Tolerance(relative=0.01),
        mistakes=(
            Mistake(lambda company: must_sign(company, cost=0), "SLIP",
                    "The forty calls to users cost ¥15 each; in `left` of the holders theirs are "
                    "paid already."),
            Mistake(lambda company: must_sign(company, dearest=False), "SLIP",
                    "That is the mean line of all; the forty called are the dearest."),
            Mistake(lambda company: must_sign(company, months=1), "SLIP",
                    "That is against one month of the lines; a holder was counted for twelve."),
        ),
        hints=(
            "What do the calls 61 to 100 of by_bill leave? That is given up, and 40 calls of ¥15 "
            "are paid.",
            "If all forty signed, a year of their lines would be left: telecom.year_worth of their "
            "arpu. Divide.",
            "(by_bill['left'].iloc[60:100].sum() + 600) / "
            "telecom.year_worth(users['arpu'].nlargest(40).sum())",
        ),
        minutes=(5, 8),
        meaning="From there on the forty calls pay; nobody has tried yet how many sign.",
    ),
)  # fmt: skip
