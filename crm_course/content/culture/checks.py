"""The exercises of chapter 51: the right answers, and the wrong ones that people give."""

import numpy as np

from crm_course.learning.exercises import Exercise, Mistake, Tolerance, kept
from crm_course.organization import culture
from crm_course.organization.culture.slopes import MANAGERS, TOTAL

CHAPTER = "51"
LIFT, MARGIN = 0.2, 0.40  # points of the survey; share of revenue
STEP = 1250  # ¥ for a colleague and half-year, in the memo


@kept
def panel(company):
    """Survey and customers of the company."""
    return culture.branch_panel(company.culture, company.units)


@kept
def slopes(company, **columns):
    """Both slopes at the company."""
    return culture.fit_slopes(panel(company), **columns)


def line(company, cause="score", *, by=None):
    """A slope with the wrong means taken off, or with none."""
    table = panel(company)
    own = table[[cause, "csat"]]
    means = own.groupby(table[by]).transform("mean") if by else own.mean()
    own = own - means
    return float((own[cause] * own["csat"]).sum() / (own[cause] ** 2).sum())


def worlds(company):
    """The two settings that give the data: those of the invented world."""
    return (TOTAL, MANAGERS)


def verdicts(company):
    """The first letter of each verdict of the checklist."""
    table = culture.vrio(culture.competences())
    return "".join(verdict[0].upper() for verdict in table["verdict"])


def price(company, *, kind="within", margin=MARGIN, lift=LIFT):
    """The price for a colleague and half-year at which a programme just pays."""
    worth = margin * slopes(company, cause="csat", outcome="revenue_head").within
    return lift * getattr(slopes(company), kind) * worth


def memo_figures(company):
    """What the memo has to quote, in ¥ a head."""
    found = slopes(company)
    return {
        "what it is worth by the slide": ("slide", "between", STEP * LIFT * found.between),
        "what it is worth within a branch": ("within", STEP * LIFT * found.within),
    }


def point(company):
    """How many points of the survey go with a step of culture itself."""
    known = panel(company).merge(company.truth("units"))
    return float(np.polyfit(known["culture"], known["score"], 1)[0])


def true_total(company):
    """What a point of culture is worth in truth, and the standard error of the estimate."""
    return TOTAL / point(company), slopes(company).within_error


def way(company):
    """The road through the climate."""
    return culture.fit_mediation(panel(company))


def true_way(company):
    """What passes through the climate in truth, by the point, and Sobel's standard error."""
    found = way(company)
    z = culture.sobel(found.a, found.b, found.a_error, found.b_error)
    return 0.5 * 0.6 / point(company), abs(found.indirect / z)


EXERCISES = (
    Exercise(
        "51.1", "design: explorer", "series", "steps", worlds, Tolerance(absolute=0.01),
        mistakes=(
            Mistake((0.7, 0.0), "CORR_CULTURE_CAUSE",
                    "There the slope between is right, but the one within reads 2.11: culture "
                    "alone would move a branch far more than ours moved."),
            Mistake((0.0, 0.9), "CORR_CULTURE_CAUSE",
                    "There the slope between is nearly right, and within a branch nothing moves: "
                    "ours did."),
            Mistake((TOTAL, 1.0), "SLIP",
                    "Culture is found; now the managers are far too strong: 3.16 between."),
        ),
        hints=(
            "One of the two slopes answers to one screw only. Begin with that screw.",
            "Move culture until the slope within reads 1.07; managers do not change it.",
            "Then move managers down until the slope between reads 1.81.",
        ),
        minutes=(3, 5),
        meaning="Whatever stays in a branch moves the slope between, and never the slope within.",
    ),
    Exercise(
        "51.2", "design: S1-21", "text", "five letters", verdicts,
        mistakes=(
            Mistake("PSDTS", "CULTURE_IS_LOGO",
                    "The brand passes three questions; does the firm use it?"),
            Mistake("PUSTS", "SLIP",
                    "The villages: rare, hard to copy, and each costs more than it brings."),
            Mistake("PUDSS", "SLIP", "The fitters can be hired away tomorrow."),
            Mistake("PUDPS", "SLIP", "Fitters who mend what others replace are rare."),
            Mistake("TUDTS", "SLIP",
                    "Rivals have bought the app already, so it is not even rare."),
        ),
        hints=(
            "Four questions in order; stop at the first no.",
            "The app: valuable yes, rare no.",
            "Begin: P U ...; the villages fail at the first question.",
        ),
        minutes=(2, 4),
        meaning="Of five sources one lasts: a checklist is worth something because it can say no.",
    ),
    Exercise(
        "51.3", "brief: 11.1", "series", "steps", lambda company: (0.3, 0.5, 0.6),
        mistakes=(
            Mistake((0.30, 0.30, 1.0), "SLIP", "What goes past the climate counts as well."),
            Mistake((1.1, 1.3, 1.1 / 1.3), "SLIP",
                    "Along a road effects multiply: 0.6 steps of climate, and half of that."),
            Mistake((0.30, 0.50, 60), "PP_VS_PCT", "The share is wanted from 0 to 1."),
        ),
        hints=(
            "A step of culture makes 0.6 steps of climate. What do 0.6 steps of climate do?",
            "By way of the climate 0.6 x 0.5; in all, that and what goes past.",
            "The share is the first number over the second.",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "51.4", "design: two branches", "series", "steps", lambda company: (1.5, 0.5),
        mistakes=(
            Mistake((0.5, 1.5), "SLIP", "The other way round: first between the branches."),
            Mistake((1.0, 0.5), "CORR_CULTURE_CAUSE",
                    "1.0 is the line through all four half-years, a mixture of both; take the "
                    "means of the branches."),
            Mistake((2.0, 0.5), "SLIP", "Divide by the two points that lie between the means."),
        ),
        hints=(
            "Between: the mean of A and the mean of B, in both columns.",
            "A has 3 points and 0.5 steps on average, B 5 and 3.5.",
            "(3.5 - 0.5) / (5 - 3); and within, one step for two points.",
        ),
        minutes=(3, 5),
        meaning="A mixture of the two slopes is what a plain correlation of all rows shows.",
    ),
    Exercise(
        "51.5", "design: within a branch", "number", "steps a point",
        lambda company: slopes(company).within, Tolerance(absolute=0.002),
        mistakes=(
            Mistake(lambda company: slopes(company).between, "CORR_CULTURE_CAUSE",
                    "That is the slope between the branches: the managers are in it."),
            Mistake(line, "CORR_CULTURE_CAUSE",
                    "That is the line through all rows; take off the mean of each branch first."),
            Mistake(lambda company: slopes(company, cause="climate").within, "SLIP",
                    "That is for a step of climate; the score is asked for."),
        ),
        hints=(
            "One call on the panel, and the right one of its two slopes.",
            "culture.fit_slopes(panel)",
            "culture.fit_slopes(panel).within",
        ),
        minutes=(5, 8),
        truth=true_total,
        meaning="In an average company it reads about a seventh too low; the rest is luck.",
    ),
    Exercise(
        "51.6", "design: the price", "number", "¥ a head", price, Tolerance(relative=0.003),
        mistakes=(
            Mistake(lambda company: price(company, kind="between"), "CORR_CULTURE_CAUSE",
                    "That is the price that the slide could justify; take the slope within."),
            Mistake(lambda company: price(company, margin=1.0), "SLIP",
                    "Revenue is not margin: ¥40 of each ¥100."),
            Mistake(lambda company: price(company, lift=1.0), "SLIP",
                    "That is for a whole point; the programme moves 0.2."),
        ),
        hints=(
            "Points, times steps for a point, times ¥ for a step.",
            "A step: 0.40 times the slope of revenue_head on csat, within branches.",
            "0.2 * culture.fit_slopes(panel).within * 0.40 * culture.fit_slopes(panel, "
            "cause='csat', outcome='revenue_head').within",
        ),
        minutes=(6, 9),
    ),
    Exercise(
        "51.7", "design: find the bug", "number", "steps a step",
        lambda company: line(company, "climate", by="branch"), Tolerance(absolute=0.001),
        mistakes=(
            Mistake(lambda company: line(company, "climate", by="wave"), "SLIP",
                    "That is the colleague's own number: which mean was taken off?"),
            Mistake(lambda company: slopes(company, cause="climate").between, "CORR_CULTURE_CAUSE",
                    "That compares the branches with each other."),
            Mistake(lambda company: slopes(company).within, "SLIP",
                    "That is for a point of the score; the climate is asked for."),
        ),
        hints=(
            "Each branch with itself: whose mean must go?",
            "groupby(\"wave\") compares the branches of one wave with each other.",
            "groupby(\"branch\"), and the rest as it stands.",
        ),
        minutes=(8, 12),
        meaning="The means that are taken off decide what is compared with what.",
    ),
    Exercise(
        "51.8", "design: memo", "memo", "¥", memo_figures, Tolerance(relative=0.02),
        hints=(
            "One sentence each: what to do, what the slide makes of 0.2 points, what the slope "
            "within makes of them, what would change your mind.",
            "1,250 times 0.2 times each of the two slopes of culture.fit_slopes(panel).",
            "Begin: 'I would ... By the slide 0.2 points are worth ... Within a branch ...'",
        ),
        minutes=(8, 13),
    ),
    Exercise(
        "51.9", "brief: 11.2", "series", "reliability",
        lambda company: (culture.spearman_brown(0.5, 4), culture.spearman_brown(0.5, 8)),
        Tolerance(absolute=0.001),
        mistakes=(
            Mistake((2.0, 4.0), "SLIP", "k times r is only the upper part of the fraction."),
            Mistake((0.5, 0.5), "SLIP",
                    "0.5 is one question; the mean of more is more reliable."),
            Mistake((1.0, 1.0), "CONSISTENT_IS_CORRECT", "No number of questions reaches 1."),
        ),
        hints=(
            "The formula of Spearman and Brown, with r = 0.5.",
            "4 x 0.5 / (1 + 3 x 0.5)",
            "culture.spearman_brown(0.5, 4), and the same with 8.",
        ),
        minutes=(2, 4),
    ),
    Exercise(
        "51.10", "brief: 11.3", "number", "correlation",
        lambda company: culture.disattenuated(0.30, 0.8, 0.7), Tolerance(absolute=0.001),
        mistakes=(
            Mistake(0.30 / 0.56, "SLIP", "Divide by the root of the product."),
            Mistake(0.30 * 0.56**0.5, "SLIP",
                    "Noise has made it smaller; divide, do not multiply."),
            Mistake(0.30 / 0.8, "SLIP", "Both measures have noise, not only the first."),
        ),
        hints=(
            "Noise makes a correlation smaller, so the answer is larger than 0.30.",
            "Divide by the root of 0.8 x 0.7.",
            "0.30 / 0.748",
        ),
        minutes=(2, 4),
    ),
    Exercise(
        "51.11", "brief: 11.4", "series", "", lambda company: culture.icc(4.2, 1.4, 10),
        Tolerance(absolute=0.0002),
        mistakes=(
            Mistake((2.8 / 18.2, 2 / 3), "SLIP", "Nine times 1.4 go below, not ten times."),
            Mistake((2 / 3, 1 / 6), "SLIP", "The other way round: one colleague knows less."),
            Mistake((0.75, 2 / 3), "SLIP",
                    "ICC(1) asks for one colleague: the colleagues' own differences go below."),
        ),
        hints=(
            "The upper part of both fractions is 2.8.",
            "2.8 / (4.2 + 9 x 1.4) and 2.8 / 4.2",
            "culture.icc(4.2, 1.4, 10)",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "51.12", "brief: 11.5", "series", "units, per cent, ¥ million",
        lambda company: (0.78, 0.30, 30.0),
        mistakes=(
            Mistake((0.78, 0.30, 3000.0), "PP_VS_PCT", "0.30 is per cent: 0.003 of ¥10 billion."),
            Mistake((1.3, 0.5, 50.0), "SLIP", "That is for five units; three are asked for."),
            Mistake((0.78, 0.30, 300.0), "SLIP", "¥10 billion are 10,000 million."),
        ),
        hints=(
            "Three fifths of everything.",
            "0.6 x 1.3 and 0.6 x 0.5",
            "0.3 per cent of 10,000 million",
        ),
        minutes=(3, 5),
        meaning="One firm's model of itself, observed and not tried out: no constant of nature.",
    ),
    Exercise(
        "51.13", "brief: 11.6", "number", "standard errors",
        lambda company: float(culture.sobel(0.5, 0.6, 0.10, 0.12)), Tolerance(absolute=0.006),
        mistakes=(
            Mistake(0.30 / (0.10**2 + 0.12**2) ** 0.5, "SLIP",
                    "Each error is first multiplied by the other slope."),
            Mistake(2.5, "SLIP", "The squares are added, and then the root is taken."),
            Mistake(0.30 / 0.22, "SLIP", "Errors do not simply add up."),
        ),
        hints=(
            "a x b is 0.30; what is its standard error?",
            "The root of 0.6^2 x 0.10^2 + 0.5^2 x 0.12^2",
            "0.30 / 0.0849",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "51.14", "brief: 11.7", "number", "steps a point", lambda company: way(company).indirect,
        Tolerance(absolute=0.002),
        mistakes=(
            Mistake(lambda company: way(company).total, "SLIP",
                    "That is all of it; a part goes past the climate."),
            Mistake(lambda company: way(company).a, "SLIP",
                    "That is how far the climate moves; go on to satisfaction."),
            Mistake(lambda company: way(company).b, "SLIP",
                    "That is what climate does; begin with a point of culture."),
        ),
        hints=(
            "Two slopes along the road, multiplied.",
            "culture.fit_mediation(panel)",
            "culture.fit_mediation(panel).indirect",
        ),
        minutes=(4, 6),
        truth=true_way,
    ),
)  # fmt: skip
