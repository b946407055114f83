"""The exercises of chapter 71: the right answers, and the wrong ones that people give."""

from functools import cache

from crm_course.capstone import innovation
from crm_course.capstone.innovation.pictures import BARS
from crm_course.learning.exercises import Exercise, Mistake, Tolerance, kept

CHAPTER = "71"
LATE = 5  # days late: refused, by the rule of 71.12


def turning_ideas(company=None):
    """How many of 100 ideas have to work until looking every evening earns more than once."""
    for ideas in range(0, 41, 2):
        earned = innovation.rules(good=ideas / 100)["earned"]
        if earned["every evening"] > earned["once"]:
            return ideas
    return 42


@cache
def best_bar(rule="once"):
    """The bar at which a rule earns most if building costs ¥200,000."""
    earned = {float(bar): innovation.rules(building=200_000, bar=float(bar)).loc[rule, "earned"]
              for bar in BARS}  # fmt: skip
    return max(earned, key=earned.get)


@kept
def tested(company, locale=None):
    """Both pages compared, for all or for the readers of one language."""
    people = company.page_test
    if locale:
        who = company.customers.set_index("customer_id")["locale"]
        people = people[people["customer_id"].map(who) == locale]
    counts = people.groupby("arm")["bought"].agg(["sum", "size"])
    return innovation.two_shares(*counts.loc["old"], *counts.loc["new"])


def points(company, locale="zh_CN"):
    """What the new page adds, in points of 100."""
    return 100 * float(tested(company, locale).difference)


def true_points(company):
    """The truth behind `points`, with the error of the estimate."""
    return 0.8, 100 * float(tested(company, "zh_CN").standard_error)


def per_reader(company, *, by="arm"):
    """Buyers of the new page less those of the old, of 100: of their own readers, or of all."""
    people = company.page_test
    new = people["arm"] == "new"
    if by == "arm":
        return points(company, None)
    if by == "all":
        bought = people["bought"]
        return 100 * float((bought & new).mean() - (bought & ~new).mean())
    buyers = people[people["bought"]]["arm"]
    return 100 * float((buyers == "new").mean() - (buyers == "old").mean())


def memo_figures(company):
    """What the memo has to quote, in points."""
    found = tested(company)
    return {"the difference": ("difference", 100 * float(found.difference)),
            "the lower end": ("low", 100 * float(found.low)),
            "the upper end": ("high", 100 * float(found.high))}  # fmt: skip


def npv(retention, programme=0.0, years=3):
    """The value of three years of the brief's firm, in ¥."""
    customers, value = 10_000.0, 0.0
    for year in range(1, years + 1):
        customers = customers * retention + 2500
        value += (customers * 120 - 2500 * 90 - programme) / 1.10**year
    return value


def gains():
    """What the programme brings in three years, the most it may cost a year, and in year one."""
    factor = sum(1 / 1.10**year for year in (1, 2, 3))
    three = npv(0.82, 80_000) - npv(0.78)
    return three, (npv(0.82) - npv(0.78)) / factor, npv(0.82, 80_000, 1) - npv(0.78, 0, 1)


@kept
def young_and_old(company, measure="wronged"):
    """A measure of the rule "refused if more than five days late", for young and old firms."""
    debtors = company.debtors
    group, happened = innovation.age_group(debtors), debtors["defaulted"].astype(float)
    rates = innovation.group_rates(group, happened, debtors["days_late"] > LATE)
    return tuple(rates.loc[["young", "old"], measure])


EXERCISES = (
    Exercise(
        "71.1", "design: a shop where he is right", "number", "ideas", turning_ideas,
        Tolerance(absolute=0.5),
        mistakes=(
            Mistake(16, "SLIP", "Nearly: at 16 looking once still earns a little more."),
            Mistake(17, "SLIP",
                    "The control has no 17; there, too, looking once is a little ahead."),
            Mistake(20, "SLIP", "There too, but coming from the left it turned before."),
            Mistake(24, "SLIP",
                    "So many of the *added cups*, about, must work; asked for are the ideas."),
            Mistake(0.18, "PP_VS_PCT", "Write the position of the control: ideas of 100."),
        ),
        hints=(
            "Leave `building` at 60 and move the other control only, to the right from 10.",
            "Read the last words of the sentence. When does the best rule change?",
            "At 16 it is 1.81 against 1.87. One step more.",
        ),
        minutes=(3, 5),
        meaning="A rule is good or bad for a shop: with better ideas luck gets fewer cups.",
    ),
    Exercise(
        "71.2", "design: who chose 1.96", "number", "standard errors",
        lambda company: best_bar(), Tolerance(absolute=0.04),
        mistakes=(
            Mistake(lambda company: best_bar("every evening"), "SLIP",
                    "That is the bar for looking every evening."),
            Mistake(1.6, "SLIP", "That is the best bar if building costs ¥60,000."),
            Mistake(1.96, "SLIP", "That is the habit; here a false cup costs ¥200,000."),
        ),
        hints=(
            "The picture takes the cost of building as its argument.",
            "innovation.plot_bars(building=200_000);",
            "Its sentence names both; take the one of looking once.",
        ),
        minutes=(2, 3),
        meaning="The dearer a false cup, the higher the bar.",
    ),
    Exercise(
        "71.3", "design: one in eight", "text", "eight letters", lambda company: "CRCNCCNG",
        mistakes=(
            Mistake("CRCNCCNR", "COPY_EVIDENCE",
                    "Document 8 repeats somebody, but turns tests into firms."),
            Mistake("CCCNCCNG", "COPY_EVIDENCE",
                    "Document 2 has its number from the founder."),
            Mistake("CRCCCCNG", "COPY_EVIDENCE",
                    "Document 4: the agency does not say whose tests."),
            Mistake("CRCNCRNG", "COPY_EVIDENCE",
                    "Document 6: he names no document, but experiments under him."),
            Mistake("CRCNCCRG", "COPY_EVIDENCE",
                    "Document 7 may well repeat the first; but it does not say so."),
        ),
        hints=(
            "Read `basis` first: own tests, a named document, or a dash?",
            "Two have a dash: N. One speaks of businesses where tests were counted: G.",
            "Begin: C R C N ...",
        ),
        minutes=(4, 6),
        meaning="Four counted, and two of the four are the same person: three roots.",
    ),
    Exercise(
        "71.4", "brief: 17.4", "number", "share",
        lambda company: innovation.predictive_value(0.80, 0.90, 0.03), Tolerance(absolute=0.0006),
        mistakes=(
            Mistake(0.80, "ACCURACY_BASE_RATE",
                    "That is how many leavers get a call, not how many calls reach a leaver."),
            Mistake(0.90, "ACCURACY_BASE_RATE", "That is of those who stay."),
            Mistake(0.024, "SLIP", "Those are the leavers called, of all; divide by all calls."),
            Mistake(24 / 97, "SLIP", "True over false; true over all calls is asked for."),
        ),
        hints=(
            "Take 1,000 customers: 30 leave, 970 stay.",
            "Calls: 0.8 x 30 = 24 right ones and 0.1 x 970 = 97 wrong ones.",
            "24 / (24 + 97)",
        ),
        minutes=(3, 5),
        meaning="And calling nobody is right for 97 of 100, more often than the warning.",
    ),
    Exercise(
        "71.5", "brief: 17.2", "series", "standard errors, share, sales",
        lambda company: (1.8353, 0.06646, 80.0), Tolerance(absolute=0.002),
        mistakes=(
            Mistake((1.8353, 0.03323, 80.0), "SLIP", "p counts differences in both directions."),
            Mistake((1.8353, 0.93354, 80.0), "ACCURACY_BASE_RATE",
                    "That is 1 - p, and no chance that the page is better."),
            Mistake((1.8353, 0.06646, 0.4), "SLIP", "Sales: 0.4 points of 20,000."),
            Mistake((2.5955, 0.00945, 80.0), "SLIP",
                    "Both groups have luck: 2 / n below the root."),
        ),
        hints=(
            "Both together: 2,000 of 40,000, so 0.05.",
            "The root of 0.05 x 0.95 x 2 / 20,000 is 0.00218; 0.004 is how many of it?",
            "1.835; p = 2 * norm.sf(1.835); and 0.004 x 20,000",
        ),
        minutes=(4, 6),
        meaning="80 more were counted; how many of them the page made, p leaves open.",
    ),
    Exercise(
        "71.6", "design: your page test", "number", "standard errors",
        lambda company: float(tested(company).z), Tolerance(relative=0.0004),
        mistakes=(
            Mistake(lambda company: -float(tested(company).z), "SLIP",
                    "The new page less the old one."),
            Mistake(lambda company: float(tested(company, "zh_CN").z), "SLIP",
                    "That is of the Chinese readers only."),
            Mistake(lambda company: float(tested(company).p), "SLIP",
                    "That is p; asked for are the standard errors."),
        ),
        hints=(
            "Count buyers and readers of both pages.",
            "counts = company.page_test.groupby(\"arm\")[\"bought\"].agg([\"sum\", \"size\"])",
            "innovation.two_shares(*counts.loc[\"old\"], *counts.loc[\"new\"]).z",
        ),
        minutes=(5, 8),
    ),
    Exercise(
        "71.7", "design: half of the readers", "number", "points", points,
        Tolerance(relative=0.0004),
        mistakes=(
            Mistake(lambda company: points(company, None), "SLIP", "That is of all readers."),
            Mistake(lambda company: points(company, "en_US"), "SLIP",
                    "That is of the English readers."),
            Mistake(lambda company: points(company) / 100, "PP_VS_PCT",
                    "That is the share; points of 100 are asked for."),
        ),
        hints=(
            "The language stands in `customers`, as locale.",
            "people = company.page_test.merge(company.customers[[\"customer_id\", \"locale\"]])",
            "people.query(\"locale == 'zh_CN'\").groupby(\"arm\")[\"bought\"].mean(), new less "
            "old, times 100",
        ),
        minutes=(5, 8),
        truth=true_points,
        meaning="With some 1,400 readers a page the luck is about as large as the truth.",
    ),
    Exercise(
        "71.8", "design: find the bug", "number", "points", per_reader,
        Tolerance(relative=0.0004),
        mistakes=(
            Mistake(lambda company: per_reader(company, by="all"), "SLIP",
                    "That is the colleague's own number: both divided by all readers."),
            Mistake(lambda company: per_reader(company, by="buyers"), "SLIP",
                    "That compares the buyers with each other; the readers have to be below."),
            Mistake(lambda company: per_reader(company) / 100, "PP_VS_PCT",
                    "That is the share; points of 100 are asked for."),
        ),
        hints=(
            "What does .mean() divide by here, and by what should it?",
            "A reader of the old page can never buy on the new one.",
            "people.groupby(\"arm\")[\"bought\"].mean(), new less old, times 100",
        ),
        minutes=(7, 11),
        meaning="Everybody saw one page only: dividing by all halves each mean, and where the two "
                "groups differ in size, not even by the same.",
    ),
    Exercise(
        "71.9", "design: memo", "memo", "points", memo_figures, Tolerance(absolute=0.006),
        hints=(
            "One sentence each: what to do (does it pay?), the difference, the interval, what "
            "would change it.",
            "vars(innovation.two_shares(...)) has difference, low and high; times 100.",
            "Begin: 'I would ... The difference is ... points, with a low of ... and a high of '",
        ),
        minutes=(8, 12),
    ),
    Exercise(
        "71.10", "brief: 17.1", "series", "¥", lambda company: gains(), Tolerance(absolute=10),
        mistakes=(
            Mistake(lambda company: (gains()[0], gains()[1], -32_000.0), "SLIP",
                    "The first year is discounted by 1.10 as well."),
            Mistake(lambda company: (gains()[0], 80_000.0, gains()[2]), "SLIP",
                    "That is what it costs; asked for is the most it may cost a year."),
            Mistake(lambda company: (gains()[0] + 198_948.16, gains()[1], gains()[2]), "SLIP",
                    "The programme is paid in each of the three years."),
        ),
        hints=(
            "Customers of a year: those of the year before x retention, plus 2,500.",
            "A year brings 120 x customers - 90 x 2,500 - programme; divide by 1.10, 1.21, 1.331.",
            "Twice, with 0.78 and 0.82; the gain without the cost over 1/1.10 + 1/1.21 + 1/1.331 "
            "is the most it may cost.",
        ),
        minutes=(6, 9),
        meaning="Within a year it loses; who looks only once a year never starts.",
    ),
    Exercise(
        "71.11", "brief: 17.3", "series", "share", lambda company: (0.75, 0.82),
        Tolerance(absolute=0.0005),
        mistakes=(
            Mistake((0.75, 0.73), "SLIP",
                    "That is the plain mean; 80 of 100 are in the first group."),
            Mistake((0.75, 0.84), "SLIP", "Both groups fell: 0.88 and 0.58."),
            Mistake((0.82, 0.75), "SLIP", "The other way round: before, then after."),
        ),
        hints=("Share of a group times its rate, added up.", "0.5 x 0.90 + 0.5 x 0.60",
               "0.8 x 0.88 + 0.2 x 0.58"),
        minutes=(2, 3),
        meaning="Both groups fell, and the mean rose: the mix did it.",
    ),
    Exercise(
        "71.12", "design: four kinds of fair", "series", "share", young_and_old,
        Tolerance(absolute=0.0005),
        mistakes=(
            Mistake(lambda company: young_and_old(company, "refused"), "SLIP",
                    "That is the share of all firms; asked for is the share of those that paid."),
            Mistake(lambda company: young_and_old(company, "slipped"), "SLIP",
                    "That is of those that did not pay, the ones who get credit."),
        ),
        hints=(
            "What has happened is a chance of 0 or 1.",
            "innovation.group_rates(group, debtors[\"defaulted\"].astype(float), "
            "debtors[\"days_late\"] > 5)",
            "The column `wronged`, young and old.",
        ),
        minutes=(5, 8),
    ),
)  # fmt: skip
