"""The exercises of chapter 41: the right answers, and the wrong ones that people give."""

from crm_course.learning.exercises import Exercise, Mistake, Tolerance
from crm_course.relationships import sales_pipeline as sp

CHAPTER = "41"
MEMORIES = range(1, 7)  # positions of the slider
ASKED = 150_000.0  # ¥ a year more, in the letter
GU_LAN = 9


def missed(known, weight):
    """By how many deals the forecasts miss on average."""
    return sp.forecast_misses(known, weight=weight)["miss"].mean()


def first_good_memory(company):
    """The first memory at which the own record misses by less than everybody alike."""
    quarters = sp.quarterly(company.deals)
    for memory in MEMORIES:
        known = sp.records(quarters, memory=memory)
        if missed(known, sp.OWN) < missed(known, sp.ALIKE):
            return memory
    return MEMORIES[-1]


def year_2025(company):
    """The deals decided in 2025."""
    return company.deals.query("closed_on >= '2025-01-01'")


def followers(company, *, rate=None, search=sp.SEARCH, each=None):
    """Per cent of Gu Lan's deals that must follow her for the letter to be worth its money.

    rate: "year" for the record as it stands; each: "hers" to lose her rate with a follower.
    """
    year = year_2025(company)
    hers, mean = year.query(f"rep_id == {GU_LAN}")["won"], year["won"].mean()
    rate = sp.shrunken_rate(hers.sum(), len(hers), mean, 20) if rate is None else hers.mean()
    missing = ASKED - sp.worth_of_staying(rate, mean, search=search)
    lost = mean if each is None else rate
    return float(100 * missing / (55 * sp.LEFT * lost))


def lead_left(company):
    """Of ten points of a champion's lead, those that are left in the next quarter."""
    table = sp.champions(sp.quarterly(company.deals))
    return float(10 * table["next_above"].sum() / table["above"].sum())


def rate_left(company):
    """The same with win rates instead of leads."""
    table = sp.champions(sp.quarterly(company.deals))
    later = table["next_wins"] / table["next_decided"]
    return float(10 * later.sum() / (table["wins"] / table["decided"]).sum())


def best_of_2025(company):
    """Wins and deals of the seller with the highest win rate of 2025, of those with 20 deals."""
    record = year_2025(company).groupby("rep_id")["won"].agg(["sum", "size"]).query("size >= 20")
    return record.loc[(record["sum"] / record["size"]).idxmax()]


def best_raw(company):
    """That seller's win rate as it stands."""
    best = best_of_2025(company)
    return float(best["sum"] / best["size"])


def best_shrunken(company):
    """That seller's win rate with 20 imaginary deals."""
    best, mean = best_of_2025(company), year_2025(company)["won"].mean()
    return float(sp.shrunken_rate(best["sum"], best["size"], mean, 20))


def won_in_2025(company):
    """Of the deals decided in 2025, the share won: exercise 41.7."""
    return float(year_2025(company)["won"].mean())


def colleague(company):
    """The colleague's number: open deals counted as lost."""
    deals = company.deals
    return float(deals[deals["opened_on"].dt.year == 2025]["won"].mean())


def memo_figures(company):
    """What the memo has to quote, in ¥ a year."""
    best, mean = best_of_2025(company), year_2025(company)["won"].mean()
    worth = [float(sp.worth_of_staying(rate, mean, deals=best["size"]))
             for rate in (best_raw(company), best_shrunken(company))]  # fmt: skip
    return {
        "what the seller is worth by the record": ("record", worth[0]),
        "what the seller is worth by the shrunken rate": ("shrunk", worth[1]),
    }


EXERCISES = (
    Exercise(
        "41.1", "design: explorer", "number", "quarters", first_good_memory,
        Tolerance(absolute=0.1),
        mistakes=(
            Mistake(lambda company: first_good_memory(company) - 1, "SLIP",
                    "There the own record still misses by more: one step further."),
            Mistake(lambda company: first_good_memory(company) + 1, "SLIP",
                    "There it misses by less already; look for the first."),
        ),
        hints=(
            "Compare the two numbers in the middle of the sentence.",
            "The green ring is the own record alone, the dashed line everybody alike.",
            "The first memory at which the green ring lies below the dashed line.",
        ),
        minutes=(2, 4),
        meaning="A short record is worse than none, a longer one is better than none, and a "
                "record shrunken to the mean is better than either.",
    ),
    Exercise(
        "41.2", "design: the letter", "number", "per cent", followers, Tolerance(absolute=0.1),
        mistakes=(
            Mistake(lambda company: followers(company, search=0), "SLIP",
                    "The ¥20,000 for a successor are saved as well if she stays."),
            Mistake(lambda company: followers(company, rate="year"), "REGRESSION_TO_MEAN",
                    "That is by the record as it stands; the shrunken rate is asked for."),
            Mistake(lambda company: followers(company, each="hers"), "SLIP",
                    "Her own rate is in the sum whoever follows. What a successor cannot win of "
                    "the followers is the ordinary rate: in the formula, follow stands beside it."),
        ),
        hints=(
            "In the table the shrunken row rises by the same sum for each per cent.",
            "Each per cent of followers adds 55 x 13,800 x ordinary / 100.",
            "(150,000 - what she is worth without followers) / (55 x 13,800 x ordinary), times "
            "100.",
        ),
        minutes=(2, 4),
        meaning="Four of 55 deals: the letter turns on whose customers they are.",
    ),
    Exercise(
        "41.3", "brief: 8.3", "series", "share", lambda company: (0.5, 0.5538),
        mistakes=(
            Mistake((0.75, 0.60), "REGRESSION_TO_MEAN",
                    "Those are the records as they stand; put 30 imaginary deals beside them."),
            Mistake((9 / 42, 60 / 130), "SLIP", "The imaginary deals have wins, too: 12 of 30."),
            Mistake((0.575, 0.5), "SLIP",
                    "Half way to the mean for both? The longer record is believed more."),
        ),
        hints=(
            "Wins and imaginary wins, divided by deals and imaginary deals.",
            "The first: (9 + 12) / (12 + 30).",
            "The second: (60 + 12) / (100 + 30).",
        ),
        minutes=(3, 5),
        meaning="After shrinkage the longer record is ahead.",
    ),
    Exercise(
        "41.4", "design: worth by hand", "number", "¥ a year", lambda company: 80_000.0,
        mistakes=(
            Mistake(120_000.0, "REGRESSION_TO_MEAN",
                    "That takes 24 of 40 as it stands; shrink it first."),
            Mistake(320_000.0, "FULL_COST_AVOIDABLE",
                    "An ordinary seller would win some of these deals, too: take the mean off."),
            Mistake(64_000.0, "SLIP", "50 deals in the coming year, not 40."),
        ),
        hints=(
            "First the shrunken rate, then its distance to the mean, then the money.",
            "(24 + 8) / (40 + 20), less 0.40.",
            "50 x 12,000 x (0.5333 - 0.40)",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "41.5", "design: follow the names", "number", "points of ten", lead_left,
        Tolerance(absolute=0.05),
        mistakes=(
            Mistake(rate_left, "REGRESSION_TO_MEAN",
                    "Those are win rates; even somebody without any lead has one. Take the points "
                    "above the mean of the firm."),
            Mistake(lambda company: lead_left(company) / 10, "SLIP",
                    "That is of one point; of ten points is asked for."),
            Mistake(lambda company: 100 / lead_left(company), "SLIP",
                    "Divide what is left by what there was, not the other way round."),
        ),
        hints=(
            "sp.champions(sp.quarterly(company.deals)) follows the names.",
            "Add up next_above, and divide by the sum of above.",
            "10 * table['next_above'].sum() / table['above'].sum()",
        ),
        minutes=(5, 8),
        meaning="A few plaques say it only roughly: one company keeps less than nothing, another "
                "eight points of ten. That some of the lead is lost they share.",
    ),
    Exercise(
        "41.6", "design: shrink your best", "number", "share", best_shrunken,
        mistakes=(
            Mistake(best_raw, "REGRESSION_TO_MEAN",
                    "That is the record as it stands; add 20 imaginary deals."),
            Mistake(won_in_2025, "SLIP",
                    "That is the mean of the firm; it goes into the formula."),
        ),
        hints=(
            "Take the deals with a closed_on in 2025, and count wins and deals by rep_id.",
            "The best: the largest sum / size, where size is 20 or more.",
            "sp.shrunken_rate(wins, deals, the year's mean over all sellers, 20)",
        ),
        minutes=(5, 8),
    ),
    Exercise(
        "41.7", "design: find the bug", "number", "share", won_in_2025,
        mistakes=(
            Mistake(colleague, "SLIP",
                    "That is the colleague's own number: deals that are still open count as lost."),
            Mistake(lambda company: 1 - won_in_2025(company), "SLIP",
                    "That is the share lost."),
        ),
        hints=(
            "What does `won` say of a deal that is still open?",
            "Take the deals that were decided, and the year in which they were.",
            "company.deals.query(\"closed_on >= '2025-01-01'\")['won'].mean()",
        ),
        minutes=(8, 12),
        meaning="Even the decided ones among the deals opened in 2025 would read too low: lost "
                "deals are decided sooner than won ones.",
    ),
    Exercise(
        "41.8", "design: memo", "memo", "¥ a year", memo_figures, Tolerance(relative=0.02),
        hints=(
            "One sentence each: what to do, what the seller is worth by the record, what by the "
            "shrunken rate, what would change your mind.",
            "sp.worth_of_staying(rate, mean, deals=size), once for each rate.",
            "Begin: 'Let us not ... By the record ... By the shrunken rate ...'",
        ),
        minutes=(8, 12),
    ),
    Exercise(
        "41.9", "brief: 8.1", "series", "deals and ¥", lambda company: (12.0, 960_000.0),
        mistakes=(
            Mistake((48.0, 3_840_000.0), "SLIP", "The last stage is missing, 0.25."),
            Mistake((12.0, 32_000_000.0), "SLIP", "The money comes from the wins, not from leads."),
        ),
        hints=(
            "Each stage lets a share of the deals through.",
            "400 x 0.4 x 0.5 x 0.6 x 0.25",
            "... and that times 80,000.",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "41.10", "brief: 8.2", "number", "¥ a day", lambda company: 60 * 0.25 * 80_000 / 90,
        mistakes=(
            Mistake(60 * 80_000 / 90, "SLIP", "One deal in four is won."),
            Mistake(60 * 0.25 * 80_000, "SLIP", "It takes 90 days; per day is asked for."),
        ),
        hints=(
            "Deals x win rate x size, divided by days.",
            "60 x 0.25 are 15 wins.",
            "15 x 80,000 / 90",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "41.11", "brief: 8.4", "number", "¥", lambda company: 805.0,
        mistakes=(
            Mistake((1000 * 0.88 * 0.97 - 25) * 0.98, "SLIP",
                    "Here every per cent is of the list price, not of what was left."),
            Mistake(830.0, "SLIP", "The freight is missing."),
            Mistake(880.0, "SLIP", "That is the price on the invoice; three more steps follow."),
        ),
        hints=(
            "12 %, 3 % and 2 % of 1,000, and 25.",
            "120 + 30 + 25 + 20 come off.",
            "1,000 - 195",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "41.12", "brief: 8.5", "number", "¥ million", lambda company: 1.31,
        mistakes=(
            Mistake(4.3, "SLIP", "That is all that is open; weight it by the chances."),
            Mistake(4.3 * 0.475, "SLIP",
                    "The mean chance times the sum: the large deal has the small chance."),
            Mistake(0.75, "SLIP", "The two small chances count as well."),
            Mistake(1_310_000.0, "SLIP", "That is in ¥; ¥ million is asked for."),
        ),
        hints=(
            "Amount times chance for each of the four.",
            "0.1 x 2.0, 0.3 x 1.2, 0.6 x 0.8, 0.9 x 0.3",
            "0.20 + 0.36 + 0.48 + 0.27",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "41.13", "brief: 8.6", "number", "per cent", lambda company: 10.4,
        mistakes=(
            Mistake(48.8, "SLIP", "That is the share called on by at least one."),
            Mistake(9.6, "SLIP", "That is exactly two; three at once are possible."),
            Mistake(0.8, "SLIP", "That is all three at once."),
        ),
        hints=(
            "One, less those whom nobody and those whom exactly one calls on.",
            "Nobody: 0.8 x 0.8 x 0.8. Exactly one: 3 x 0.2 x 0.8 x 0.8.",
            "1 - 0.512 - 0.384, in per cent.",
        ),
        minutes=(3, 5),
    ),
)  # fmt: skip
