"""The exercises of chapter 52: the right answers, and the wrong ones that people give."""

import numpy as np

from crm_course.learning.exercises import Exercise, Mistake, Tolerance, kept
from crm_course.organization import roles

CHAPTER = "52"
SERVICE_LOST = 16.76  # 25 points for each unit of effort: 0.6703 at a weight of 0.3, none at 0.9


@kept
def turn(company):
    """The first position of the explorer at which the cards are cheaper than the desk."""
    for knows in np.arange(0, 0.95, 0.05).round(2):
        cost = roles.plan_costs(knows, empty=0)["cost"]
        if cost["cards"] < cost["desk"]:
            return float(knows)
    raise ValueError(f"the cards must win somewhere, got {cost}. Look at roles.plan_costs.")


@kept
def faults(company):
    """The faults of the chart, and the tasks without an owner."""
    found = roles.raci_faults(company.tasks)
    empty = found.loc[found["fault"] == "nobody accountable", "task_id"]
    return len(found), tuple(int(task) for task in empty)


def own_faults(company):
    """How many faults, then the tasks without an owner."""
    return faults(company)[0], *faults(company)[1]


@kept
def came_back(company):
    """Cases that came back, by lot, by a lot that forgets itself, and seen from one side only."""
    trips = roles.trips(company.handoffs)
    from_again = company.handoffs.duplicated(["handoff_case", "from_role"])
    lots = [roles.chance_of_coming_back(trips["hand_offs"], posts=posts).sum()
            for posts in (12, 13)]  # fmt: skip
    seen = company.handoffs.loc[from_again, "handoff_case"].nunique()
    return int(trips["came_back"].sum()), *lots, seen, len(trips)


@kept
def lost(company):
    """The share of the cases that get lost, and that of the hand-offs."""
    arrived = company.handoffs["arrived"]
    cases = arrived.groupby(company.handoffs["handoff_case"]).min()
    return 1 - cases.mean(), 1 - arrived.mean()


def memo_figures(company):
    """What the memo has to quote: what three names save, ¥ a month."""
    own = {"arrives": 1 - lost(company)[1], "forward": 0.08 * company.handoffs["minutes"].mean()}
    now, filled = roles.plan_costs(**own), roles.plan_costs(empty=0, **own)
    saved = now["cost"] - filled["cost"]
    return {
        "¥ that the names save a month today": ("today", saved["today"]),
        "¥ that the names save a month with the desk": ("desk", saved["desk"]),
    }


@kept
def service(company):
    """Points of service at 0.3, 0.5, 0.7 and 0.9, and their standard errors."""
    trial = roles.pay_trial(company.incentives)
    return trial["service_score"], trial["service_error"]


def service_lost(company, high=0.9):
    """Points between the weight 0.3 and a higher one."""
    score, _errors = service(company)
    return score.loc[0.3] - score.loc[high]


def true_service_lost(company):
    """What the world was made with, and the standard error of a difference of two means."""
    _score, errors = service(company)
    return SERVICE_LOST, float(errors.loc[0.3] ** 2 + errors.loc[0.9] ** 2) ** 0.5


EXERCISES = (
    Exercise(
        "52.1", "design: explorer", "number", "share", turn, Tolerance(absolute=0.005),
        mistakes=(
            Mistake(0.5, "SLIP", "There the cards still cost ¥6,200 more than the desk."),
            Mistake(0.45, "SLIP", "There the cards still cost ¥89,684. Go on to the right."),
            Mistake(0.53, "SLIP",
                    "About there the two cost the same; asked for is a position of the slider."),
            Mistake(0.7, "SLIP",
                    "About there the cards decide more cases; they are cheaper before that, as "
                    "they cost less."),
            Mistake(0.0, "SOFTWARE_FIRST",
                    "With nobody who knows, a card would be paper. Compare the two lower bars."),
        ),
        hints=(
            "Two bars matter: cards, and desk.",
            "The sentence above the picture ends with the cheapest plan.",
            "Look just to the right of 0.50.",
        ),
        meaning="A desk is a substitute for knowing each other's work.",
    ),
    Exercise(
        "52.2", "design: overlaps", "series", "duties", lambda company: (2, 12, 3, 9, 4, 8),
        Tolerance(absolute=0.4),
        mistakes=(
            Mistake((1, 2, 3, 9, 4, 8), "SLIP",
                    "1 and 2 stand in one department, under one head: that is no border."),
            Mistake((3, 9, 4, 8, 10, 12), "SLIP",
                    "10 and 12 are both with sales. Who else looks after those who have bought?"),
            Mistake((3, 9, 2, 12, 4, 8), "SLIP",
                    "The right pairs; order them by their first numbers."),
        ),
        hints=(
            "Look for two lines in different departments for which one would ask the same people "
            "the same thing.",
            "One pair asks customers whether they are content, one studies what they want, one "
            "looks after those who have bought.",
            "The first pair is 2 and 12.",
        ),
        minutes=(3, 5),
        meaning="Each pair has two names, two heads, and one customer.",
    ),
    Exercise(
        "52.3", "brief: 12.2", "series", "share, share, hand-offs",
        lambda company: (0.95**5, 0.95**2, 7),
        mistakes=(
            Mistake((0.75, 0.90, 7), "SLIP",
                    "You took 0.05 off each time; of those that are still there 0.95 go on."),
            Mistake((0.95**5, 0.95**2, 8), "SLIP",
                    "Nobody hands it to himself: seven others, so seven tries."),
            Mistake((0.95**5, 0.95**2, 4), "SLIP",
                    "That would be right if those who have had it were crossed off."),
        ),
        hints=(
            "Multiply 0.95 by itself.",
            "By lot each hand-off is one of the others: how many are they?",
            "0.95 ** 5, 0.95 ** 2, and 8 - 1",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "52.4", "design: by hand", "series", "chance, hand-offs, hand-offs",
        lambda company: (0.2 + 0.8 / 7, 1 / (0.2 + 0.8 / 7), 4),
        mistakes=(
            Mistake((0.2 + 1 / 7, 1 / (0.2 + 1 / 7), 4), "SLIP",
                    "Only the four in five who do not know draw lots."),
            Mistake((0.3, 1 / 0.3, 4), "SLIP", "There are seven others, not eight."),
            Mistake((0.2 + 0.8 / 7, 1 / (0.2 + 0.8 / 7), 7), "SLIP",
                    "Crossed off, it takes one to seven tries, each as likely."),
        ),
        hints=(
            "0.2 hand it to her; of the other 0.8 one in seven hits her by lot.",
            "What happens with chance p takes 1 / p tries. The last number is a mean of 1 to 7.",
            "0.2 + 0.8 / 7; 1 over that; (1 + 7) / 2",
        ),
        minutes=(4, 6),
        meaning="A fifth who know beat a list of those who do not.",
    ),
    Exercise(
        "52.5", "brief: 12.5", "series", "faults, tasks", own_faults, Tolerance(absolute=0.4),
        mistakes=(
            Mistake(lambda company: (3, *faults(company)[1]), "SLIP",
                    "Right tasks; but the first number counts all faults, the second owners and "
                    "the missing R, too."),
            Mistake(lambda company: (24 - faults(company)[0], *faults(company)[1]), "SLIP",
                    "That is how many tasks are sound."),
            Mistake(lambda company: (5, *faults(company)[1]), "SLIP",
                    "A task that nobody does is a fault as well."),
        ),
        hints=(
            "Count the A of each task as in *An empty box*, then the R in the same way.",
            "A task is at fault if it has no A or two, or no R; count those, then list one kind.",
            "owners = (tasks['letter'] == 'A').groupby(tasks['task_id']).sum()",
        ),
        minutes=(5, 8),
    ),
    Exercise(
        "52.6", "design: as if by lot", "series", "cases",
        lambda company: came_back(company)[:2], Tolerance(relative=0.001),
        mistakes=(
            Mistake(lambda company: (came_back(company)[3], came_back(company)[1]), "SLIP",
                    "You looked at from_role only; the last hand-off can come back, too."),
            Mistake(lambda company: (came_back(company)[0], came_back(company)[2]), "SLIP",
                    "Among twelve posts there are eleven others to hand to, not twelve."),
            Mistake(lambda company: (came_back(company)[1], came_back(company)[0]), "SLIP",
                    "The other way round: first what happened, then the lots."),
        ),
        hints=(
            "Two calls: one makes the trips, one gives the chance for each number of hand-offs.",
            "roles.trips(company.handoffs), columns came_back and hand_offs.",
            "roles.chance_of_coming_back(trips['hand_offs']).sum()",
        ),
        minutes=(5, 8),
        meaning="Every company of this world hands on by lot; yours has its own luck.",
    ),
    Exercise(
        "52.7", "design: find the bug", "number", "share", lambda company: lost(company)[0],
        Tolerance(absolute=0.0004),
        mistakes=(
            Mistake(lambda company: lost(company)[1], "SLIP",
                    "That is the colleague's own number: the share of the hand-offs. A case has "
                    "several, and is lost as soon as one of them is."),
            Mistake(lambda company: 1 - lost(company)[0], "SLIP", "Those arrive."),
            Mistake(lambda company: 1 - (1 - lost(company)[1]) ** 2, "SLIP",
                    "That is for two hand-offs each; take every case with its own."),
        ),
        hints=(
            "What is one row of the table?",
            "A case is lost if one of its hand-offs is.",
            "handoffs.groupby('handoff_case')['arrived'].min()",
        ),
        minutes=(8, 12),
        meaning="Five in a hundred for the post that hands on; three times as many for customers.",
    ),
    Exercise(
        "52.8", "design: memo", "memo", "¥ a month", memo_figures, Tolerance(relative=0.02),
        hints=(
            "One sentence each: what to do; what the names save today; with the desk; what you "
            "would look at.",
            "now['cost'] - filled['cost'] has both figures.",
            "Begin: 'I recommend ... As cases wander today, three names save ¥ ...'",
        ),
        minutes=(8, 12),
    ),
    Exercise(
        "52.9", "brief: 12.1", "series", "lines", lambda company: (6, 28, 66),
        Tolerance(absolute=0.1),
        mistakes=(
            Mistake((12, 56, 132), "SLIP", "You counted each line from both of its ends."),
            Mistake((8, 32, 72), "SLIP", "Nobody has a line to himself: n (n - 1), not n times n."),
            Mistake((3, 7, 11), "SLIP", "Those are the lines of one unit."),
        ),
        hints=(
            "Each of n has n - 1 others.",
            "Then each line is counted twice.",
            "4 x 3 / 2 = 6",
        ),
        minutes=(2, 4),
        meaning="Three times as many units, eleven times as many lines.",
    ),
    Exercise(
        "52.10", "brief: 12.3", "series", "people",
        lambda company: (roles.full_time(18_000, 6, hours=147), 22), Tolerance(relative=0.001),
        mistakes=(
            Mistake((21.33, 21), "SLIP", "21 people leave a third of one's work undone."),
            Mistake((1800 / 147, 13), "UTILISATION_100",
                    "So it would be if nobody were ever away or had a free minute."),
            Mistake((1800 / (147 * 0.82 * 0.30), 50), "SLIP",
                    "30 % are away; 70 % are there."),
        ),
        hints=(
            "Hours of work over hours of work that one person can do.",
            "1,800 hours; 147 paid hours, 0.70 of them there, 0.82 of those busy.",
            "1800 / (147 * 0.82 * 0.70)",
        ),
        minutes=(4, 6),
    ),
    Exercise(
        "52.11", "brief: 12.4", "number", "index",
        lambda company: roles.bonus_index([0.5, 0.3, 0.2], [1.10, 0.92, 1.05]),
        Tolerance(absolute=0.0006),
        mistakes=(
            Mistake((1.10 + 0.92 + 1.05) / 3, "SLIP", "The three do not weigh the same."),
            Mistake(1.10, "SLIP", "That is sales alone."),
            Mistake(103.6, "PP_VS_PCT", "1 is as planned, not 100."),
        ),
        hints=(
            "Weight times result, added up.",
            "0.5 x 1.10 + ...",
            "0.55 + 0.276 + 0.21",
        ),
        minutes=(2, 4),
        meaning="Eight per cent of the service missing, and the bonus is above plan.",
    ),
    Exercise(
        "52.12", "design: trial of pay", "number", "points", service_lost,
        Tolerance(absolute=0.02),
        mistakes=(
            Mistake(lambda company: -service_lost(company), "SLIP",
                    "How many points lie between is asked for, without a sign."),
            Mistake(lambda company: service_lost(company) / service(company)[0].loc[0.3],
                    "PP_VS_PCT", "That is a share of the first; points are asked for."),
            Mistake(SERVICE_LOST, "SLIP",
                    "That is the truth of the invented world; your trial is asked for."),
        ),
        hints=(
            "Two means of service_score, and their difference.",
            "roles.pay_trial(company.incentives)['service_score']",
            "service.loc[0.3] - service.loc[0.9]",
        ),
        minutes=(5, 8),
        truth=true_service_lost,
    ),
)  # fmt: skip
