"""The exercises of chapter 61: the right answers, and the wrong ones that people give."""

from crm_course.cases import automotive
from crm_course.customers import retention
from crm_course.learning.exercises import Exercise, Mistake, Tolerance, kept

CHAPTER = "61"
SINCE, END = "2025-01-01", "2025-12-31"
FILE = automotive.FILE
SHARES = [round(0.01 * n, 2) for n in range(2, 41)]  # positions of the slider
NAMES, ANYWAY, LETTER, VOUCHER, PROFIT = 100, 60, 15.0, 200.0, 600.0  # exercise 61.3
SILENT = 7  # months, exercise 61.5


@kept
def owners(company):
    """The joined files."""
    return automotive.owner_files(company.service_visits)


@kept
def joined(company):
    """The visits, each with its owner and the segment of the car."""
    cars = company.vehicles[["vin", "segment"]]
    return company.service_visits.merge(owners(company)).merge(cars)


@kept
def lists(company):
    """The nine lists, one under the other."""
    return automotive.station_lists(company.service_visits, owners(company), since=SINCE)


@kept
def gaps(company):
    """Every visit, followed to the next."""
    return automotive.next_visits(company.service_visits, company.vehicles, observation_end=END)


def curve(company, segment):
    """The share of a segment that is not back yet."""
    part = gaps(company).query("segment == @segment")
    return retention.kaplan_meier(part["months"], part["returned"])


@kept
def gone(company):
    """The cars that stayed away for the year."""
    return automotive.cars_gone(company.service_visits, company.vehicles, since=SINCE)


def listed(company, segment, **terms):
    """What inviting a segment leaves, by months of silence."""
    part = gaps(company).query("segment == @segment")
    return automotive.invitation_list(part, profit=gone(company)["profit"][segment], **terms)


def smallest_share(company):
    """The smallest share that must come back for some list of private cars to pay."""
    return next(s for s in SHARES if listed(company, "private", comes_back=s)["left"].max() > 0)


def must_come_back(
    company, *, redeemed=ANYWAY, gone=NAMES - ANYWAY, each=PROFIT - VOUCHER, letters=LETTER
):
    """The share of the gone who must come back for the campaign of 61.3 to pay."""
    return (NAMES * letters + redeemed * VOUCHER) / (gone * each)


def never_left(company):
    """Of the names on the lists, the share that was seen at another station."""
    table = lists(company)
    return table.loc[~table["returned"], "seen"].mean()


def seen_of_all(company):
    """The same divided by everybody known, not by the lost."""
    table = lists(company)
    return (table["seen"] & ~table["returned"]).mean()


def on_a_number(company):
    """The share found when numbers alone are looked up at the other stations."""
    table = lists(company)
    later = company.service_visits.query("visited_on >= @SINCE")["owner_no"]
    return table.loc[~table["returned"], "owner_no"].isin(later).mean()


def gone_after(company, segment="private"):
    """How likely a car is gone that has been silent for so long."""
    return float(automotive.chance_gone(curve(company, segment), SILENT))


def still_waiting(company):
    """The share that is not back by then, gone or late."""
    return float(automotive.still_out(curve(company, "private"), SILENT))


def rate_of(company, by):
    """Who came back in 2025, whatever is counted."""
    return automotive.service_retention(joined(company), by, since=SINCE)["rate"]


def with_the_new(company):
    """Everybody seen in 2025, new owners too, over the owners from before."""
    known = joined(company).query("visited_on < @SINCE")["owner"].nunique()
    return joined(company).query("visited_on >= @SINCE")["owner"].nunique() / known


def memo_figures(company):
    """What the memo has to quote."""
    table, missing = lists(company), gone(company)["missing"]
    return {
        "retention by the nine lists": ("list", "station file", rate_of(company, FILE)),
        "retention by joined files": ("joined", "one file", rate_of(company, "owner")),
        "names of lost owners who were at another station": (
            "another", "elsewhere", "never left", (table["seen"] & ~table["returned"]).sum()),
        "what taxis and company cars that are gone no longer bring": (
            "taxi", "company car", missing["fleet"] + missing["key"]),
    }  # fmt: skip


def after_and_before(company):
    """The share of private visits that no other follows, past the warranty and within it."""
    private = gaps(company).query("segment == 'private'")
    late = private.assign(late=private["age"] >= automotive.WARRANTY)
    return automotive.never_back(late, "late")


def times_as_many(company):
    """How many times as many stay away for good after the warranty."""
    never = after_and_before(company)
    return never[True] / never[False]


def without_a_next(company):
    """The same from visits that simply have no next one, the latest included."""
    private = gaps(company).query("segment == 'private'")
    share = (~private["returned"]).groupby(private["age"] >= automotive.WARRANTY).mean()
    return share[True] / share[False]


def private_seen(company, column="seen"):
    """Of the private owners in the file of Tea Scales, the share that came back to any station."""
    private = joined(company).query("segment == 'private' and station == 'Tea Scales'")
    table = lists(company).query("station == 'Tea Scales'")
    return table.loc[table["owner_no"].isin(private["owner_no"]), column].mean()


def all_seen(company):
    """The same with the firms."""
    return lists(company).query("station == 'Tea Scales'")["seen"].mean()


def price_of_the_rule(company, segment="fleet"):
    """What the list from twelve months on leaves less than the best one."""
    left = listed(company, segment).set_index("months")["left"]
    return left.max() - left[automotive.RULE]


EXERCISES = (
    Exercise(
        "61.1", "design: explorer", "number", "share", smallest_share, Tolerance(absolute=0.001),
        mistakes=(
            Mistake(0.10, "SLIP", "There no list pays any longer: one step back."),
            Mistake(0.20, "SLIP", "There it pays well; go to the left."),
            Mistake(lambda company: 60 / gone(company)["profit"]["private"], "SLIP",
                    "The right sum; now the next position of the slider at which a list pays."),
        ),
        hints=(
            "Move `comes_back` to the left and watch the top of the curve against the line at 0.",
            "The best list gets shorter, and the silence longer, until nothing is left.",
            "A car that surely is gone costs ¥60 and brings ¥578 with that chance.",
        ),
        minutes=(2, 4),
        meaning="The less likely a return, the surer one must be that the car is gone at all.",
    ),
    Exercise(
        "61.2", "brief: 16.5", "number", "share",
        lambda company: automotive.absorption_rate(3.2, 4.0),
        mistakes=(
            Mistake(4 / 3.2, "SLIP", "Upside down: what service earns stands above what it has "
                                     "to pay for."),
            Mistake(0.2, "SLIP", "That is the part left over for the sale of cars to pay."),
            Mistake(3.2 / 7.2, "SLIP", "Divide by the overhead alone, not by the sum of both."),
        ),
        hints=(
            "Which part of the overhead is paid by service and parts?",
            "Gross profit of service and parts over fixed overhead.",
            "3.2 / 4.0",
        ),
        minutes=(3, 5),
        meaning="The other fifth must come from selling cars.",
    ),
    Exercise(
        "61.3", "design: who redeems", "number", "share", must_come_back,
        mistakes=(
            Mistake(lambda company: must_come_back(company, redeemed=0), "SELECTION_AS_EFFECT",
                    "Sixty would have come anyway, and redeem their voucher too."),
            Mistake(lambda company: must_come_back(company, each=PROFIT), "SLIP",
                    "Those who are won back redeem a voucher as well: they bring 600 - 200."),
            Mistake(lambda company: must_come_back(company, gone=NAMES), "SELECTION_AS_EFFECT",
                    "Only forty can be won back; the other sixty never left."),
            Mistake(lambda company: must_come_back(company, letters=0), "SLIP",
                    "A hundred letters cost money, too."),
        ),
        hints=(
            "Add up first what is spent before anybody is won back.",
            "100 letters, and 60 vouchers for people who come anyway: ¥13,500.",
            "Each of the forty who comes back leaves 600 - 200; so 13,500 / (40 x 400).",
        ),
        minutes=(3, 5),
        meaning="Five of six would have to come back, though a return is worth three vouchers.",
    ),
    Exercise(
        "61.4", "design: lists", "number", "share", never_left,
        mistakes=(
            Mistake(lambda company: 1 - never_left(company), "SLIP",
                    "That is the share that was seen at no station."),
            Mistake(seen_of_all, "SLIP", "Divide by the names that did not return, not by all."),
            Mistake(on_a_number, "ONE_BIG_TABLE",
                    "You looked for the number at other stations; there it is somebody else."),
            Mistake(lambda company: lists(company)["seen"].mean(), "SLIP",
                    "That is everybody who came back to some station; ask it of the lost only."),
        ),
        hints=(
            "automotive.station_lists needs the joined files of automotive.owner_files.",
            "Keep the rows that did not return, and ask how many were seen.",
            "lists.query('not returned')['seen'].mean()",
        ),
        minutes=(5, 8),
        meaning="A campaign to all these names would report at least so much success.",
    ),
    Exercise(
        "61.5", "design: silence", "number", "share", gone_after, Tolerance(relative=0.01),
        mistakes=(
            Mistake(still_waiting, "SLIP",
                    "That is the share of all visits still unanswered by then: gone *or* late."),
            Mistake(lambda company: curve(company, "private")["survival"].iloc[-1],
                    "ACCURACY_BASE_RATE",
                    "So likely it was on the day of the visit; the silence since has told you "
                    "more."),
            Mistake(lambda company: gone_after(company, "key"), "SLIP",
                    "That is a company car; take the private ones."),
        ),
        hints=(
            "Follow the visits with automotive.next_visits and keep the private cars.",
            "Their curve is retention.kaplan_meier(part['months'], part['returned']).",
            "automotive.chance_gone(curve, 7)",
        ),
        minutes=(6, 10),
        meaning="Likelier late than gone: at one in five returning, a letter is still too early.",
    ),
    Exercise(
        "61.6", "design: find the bug", "number", "share",
        lambda company: rate_of(company, "owner"),
        mistakes=(
            Mistake(lambda company: rate_of(company, "owner_no"), "ONE_BIG_TABLE",
                    "That is the colleague's own number: strangers of one number lend each other "
                    "their visits."),
            Mistake(lambda company: rate_of(company, FILE), "SLIP",
                    "That counts the files of stations apart; the colleague wants them joined."),
            Mistake(lambda company: rate_of(company, "vin"), "SLIP",
                    "That counts cars; an owner may have several."),
            Mistake(with_the_new, "NEW_IN_RETENTION",
                    "Owners who came first in 2025 were not there to be kept."),
        ),
        hints=(
            "Who is owner 1394? Look at more than one station.",
            "The number belongs to a station. What do two visits share that are of one owner?",
            "service_retention(visits.merge(automotive.owner_files(visits)), 'owner', since=...)",
        ),
        minutes=(8, 12),
        meaning="A join on a number that two files give out freely makes one owner of strangers.",
    ),
    Exercise(
        "61.7", "design: memo", "memo", "", memo_figures, Tolerance(relative=0.01),
        hints=(
            "The form is in the case. Four figures: retention by the lists and by joined files, "
            "the names that were at another station, what taxis and company cars took along.",
            "service_retention twice; lists.query('not returned')['seen'].sum(); "
            "cars_gone(...)['missing'].",
            "Begin with what you recommend. Then: 'By the nine lists ... came back, by joined "
            "files ...'",
        ),
        minutes=(20, 30),
        words=250,
    ),
    Exercise(
        "61.8", "design: month 36", "number", "times", times_as_many, Tolerance(relative=0.01),
        mistakes=(
            Mistake(without_a_next, "SLIP",
                    "Many visits have no next one yet because they were late in the year; let "
                    "automotive.never_back follow them."),
            Mistake(lambda company: 1 / times_as_many(company), "SLIP",
                    "Upside down: after the warranty over within it."),
            Mistake(lambda company: after_and_before(company)[True]
                    - after_and_before(company)[False], "PP_VS_PCT",
                    "That is the difference in shares; how many times as many is a ratio."),
        ),
        hints=(
            "Add a column that says whether the car was 36 months or older at the visit.",
            "automotive.never_back(gaps.assign(late=gaps['age'] >= 36), ['segment', 'late'])",
            "Of the private cars, the share where late is True over the one where it is False.",
        ),
        minutes=(5, 8),
        meaning="From that month on the owner pays for repairs: a dealer must speak before it.",
    ),
    Exercise(
        "61.9", "design: Tea Scales", "number", "share", private_seen,
        mistakes=(
            Mistake(all_seen, "SLIP", "Taxi firms and industry are in that; keep private owners."),
            Mistake(lambda company: private_seen(company, column="returned"), "SLIP",
                    "That is who came back to Tea Scales; ask for any station."),
            Mistake(lambda company: 1 - private_seen(company), "SLIP",
                    "That is the share that no station has seen."),
        ),
        hints=(
            "Which numbers of Tea Scales belong to private cars? Merge with the vehicles.",
            "Of the list of Tea Scales keep those numbers, and take the mean of seen.",
            "lists.query(\"station == 'Tea Scales'\"), where owner_no is in the owner_no of visits "
            "of private cars to Tea Scales.",
        ),
        minutes=(6, 10),
        meaning="Alone it says little; of nine files with a hundred names, luck makes one first.",
    ),
    Exercise(
        "61.10", "design: one rule", "number", "¥", price_of_the_rule, Tolerance(relative=0.01),
        mistakes=(
            Mistake(lambda company: price_of_the_rule(company, "private"), "SLIP",
                    "That is the rule with private cars, for which it was made."),
            Mistake(lambda company: listed(company, "fleet").set_index("months")["left"][12],
                    "SLIP", "That is what the rule leaves; how much more leaves the best list?"),
            Mistake(lambda company: listed(company, "fleet")["left"].max(), "SLIP",
                    "Subtract what the rule of twelve months leaves."),
        ),
        hints=(
            "automotive.invitation_list of the gaps of taxis and rental cars.",
            "The profit: automotive.cars_gone(...)['profit']['fleet'].",
            "The largest left less the left in the row of 12 months.",
        ),
        minutes=(5, 8),
        meaning="A rule made for one kind of customer is paid for by the others.",
    ),
)  # fmt: skip
