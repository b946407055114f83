"""The exercises of chapter 14: the right answers, and the wrong ones that people give."""

import numpy as np

from crm_course.foundations import customer_view
from crm_course.learning.exercises import Exercise, Mistake, Tolerance, kept

CHAPTER = "14"
SPLIT = 30  # ¥ for one file too many, at the service desk
BITS = {"before": -12.1, "name": (13.6, -2.8), "phone": (16.8, -3.9), "email": (22.2, -2.8),
        "city": (7.8, -16.6)}  # fmt: skip
# exercise 14.2: True agrees, False differs, None is missing
THREE = (
    {"name": True, "phone": None, "email": False, "city": True},
    {"name": False, "phone": None, "email": True, "city": True},
    {"name": False, "phone": True, "email": False, "city": False},
)
DECLARED, RIGHT, TRUE = 480, 432, 540  # exercise 14.3
LISTS = (1200, 900, 540)  # exercise 14.8


@kept
def _links(company):
    """All compared pairs of a company."""
    return customer_view.link_records(company.source_records, threshold=-30)


def _files(company, threshold):
    links = _links(company)
    kept = links[links["match_weight"] >= threshold]
    return customer_view.customer_files(company.source_records, kept)


def price_without_mix_ups(company, *, step=1_000):
    """The first price of a mix-up at which the cheapest threshold leaves none."""
    table = customer_view.threshold_table(
        company.source_records, _links(company), company.truth("source_records"),
        thresholds=range(13),
    )  # fmt: skip
    for price in range(0, 1_000_001, step):
        best = customer_view.threshold_costs(table, mix_up=price, split=SPLIT).idxmin()
        if table["mix_ups"][best] == table["mix_ups"].min():
            return price
    raise ValueError("some price must leave no mix-up, got none up to ¥1,000,000. Widen it.")


def three_weights(company, *, before=BITS["before"], missing_differs=False):
    """The weights of the three pairs of exercise 14.2, in bits."""
    total = []
    for pair in THREE:
        said = [BITS[field][0 if agrees else 1] for field, agrees in pair.items()
                if agrees is not None or missing_differs]  # fmt: skip
        total.append(round(before + sum(said), 6))
    return tuple(total)


def only_what_agrees(company):
    """The weights of the fields that agree; what differs is left out."""
    return tuple(round(BITS["before"] + sum(BITS[field][0] for field, agrees in pair.items()
                                            if agrees), 6) for pair in THREE)  # fmt: skip


def quality_by_hand(company):
    """Precision, recall and F1 of exercise 14.3."""
    return RIGHT / DECLARED, RIGHT / TRUE, 2 * RIGHT / (DECLARED + TRUE)


def quality_with_the_plain_mean(company):
    """F1 as the plain mean of precision and recall."""
    return RIGHT / DECLARED, RIGHT / TRUE, (RIGHT / DECLARED + RIGHT / TRUE) / 2


def strangers_of_one_city(company):
    """Of the pairs of records within one system, the share that agrees on the city."""
    records = company.source_records
    same = records.groupby(["source", "city"]).size()
    every = records.groupby("source").size()
    return (same * (same - 1)).sum() / (every * (every - 1)).sum()


def any_two_records_of_one_city(company):
    """The share among all pairs of records, those of one person among them."""
    city = company.source_records["city"].value_counts()
    return (city * (city - 1)).sum() / (city.sum() * (city.sum() - 1))


def paired_with_itself(company):
    """The share where each record is also paired with itself."""
    records = company.source_records
    same = records.groupby(["source", "city"]).size()
    return (same**2).sum() / (records.groupby("source").size() ** 2).sum()


def expected_quality(company, *, threshold=8):
    """F1 at a threshold as the probabilities of the links expect it."""
    links = _links(company)
    kept = links[links["match_weight"] >= threshold]
    right, true = kept["match_probability"].sum(), links["match_probability"].sum()
    return 2 * right / (len(kept) + true)


def expected_precision(company):
    """The share of the links at 8 bits that the model expects to be right."""
    links = _links(company)
    return links.loc[links["match_weight"] >= 8, "match_probability"].mean()


def expected_recall(company):
    """The share of the expected true pairs that is linked at 8 bits."""
    links = _links(company)
    high = links["match_weight"] >= 8
    return links.loc[high, "match_probability"].sum() / links["match_probability"].sum()


def shared_phones(company, *, missing=False, on="phone"):
    """Pairs of a sales and a service record with one phone number."""
    one, other = (_of(company, source) for source in ("sales", "service"))
    if not missing:
        one = one.dropna(subset=[on])
    return len(one.merge(other, on=on))


def _of(company, source):
    records = company.source_records
    return records[records["source"] == source]


def memo_figures(company):
    """What the memo has to quote: how many customer files there are at two thresholds."""
    files = {bits: _files(company, bits)["file_id"].nunique() for bits in (0, 10)}
    return {
        "files, low threshold": ("low", files[0]),
        "files, high threshold": ("high", files[10]),
    }


def unknown_customers(company):
    """Known customers, Chapman's estimate and coverage of exercise 14.8."""
    n1, n2, both = LISTS
    known, everybody = n1 + n2 - both, customer_view.chapman_estimate(n1, n2, both)
    return known, everybody, known / everybody


def counted_twice(company):
    """The same with those on both lists counted twice among the known."""
    n1, n2, _both = LISTS
    everybody = unknown_customers(company)[1]
    return n1 + n2, everybody, (n1 + n2) / everybody


def one_list_only(company):
    """The same with each person of one list only as known."""
    n1, n2, both = LISTS
    everybody = unknown_customers(company)[1]
    known = n1 + n2 - 2 * both
    return known, everybody, known / everybody


def suspicious_files(company):
    """Files at 0 bits that hold two records of one system."""
    return len(customer_view.contradictory_files(company.source_records, _files(company, 0)))


def suspicious_records(company):
    """The records of these files, counted instead of the files."""
    files = customer_view.contradictory_files(company.source_records, _files(company, 0))
    return int(files.to_numpy().sum())


def files_of_many(company):
    """Files that hold two records of any systems: most of them, and rightly."""
    return int((_systems(company).sum(axis=1) > 1).sum())


def _systems(company, threshold=0):
    return customer_view.systems_of(company.source_records, _files(company, threshold))


def everybody_by(company, one="web", other="warranty", *, threshold=0):
    """Chapman's estimate from two systems, matched by customer files."""
    listed = _systems(company, threshold) > 0
    both = (listed[one] & listed[other]).sum()
    return float(customer_view.chapman_estimate(listed[one].sum(), listed[other].sum(), both))


def known_by(company):
    """Those whom web or warranty have, without any estimate."""
    listed = _systems(company) > 0
    return int((listed["web"] | listed["warranty"]).sum())


EXERCISES = (
    Exercise(
        "14.1", "design: explorer", "number", "¥", price_without_mix_ups, Tolerance(absolute=1),
        mistakes=(
            Mistake(lambda company: price_without_mix_ups(company) - 1_000, "SLIP",
                    "There the cheapest threshold still leaves mix-ups: go one step on."),
            Mistake(lambda company: price_without_mix_ups(company) + 1_000, "SLIP",
                    "Mix-ups are gone there already: go back to the first price without one."),
            Mistake(6_000, "SLIP",
                    "That is today's price, where the cheapest threshold leaves two mix-ups."),
            Mistake(16_050, "SLIP",
                    "That is where the two thresholds cost the same; give the first position of "
                    "the slider, in whole thousands, that lies above it."),
            Mistake(lambda company: price_without_mix_ups(company) / 1_000, "SLIP",
                    "Give the price in ¥, with its thousands."),
        ),
        hints=(
            "Read the sentence under the slider: it names the cheapest threshold and its errors.",
            "Start at 6,000 and press the right arrow: each press is ¥1,000.",
            "Stop at the first price at which the sentence says 0 mix-ups.",
        ),
        minutes=(2, 4),
        meaning="Only a very dear mix-up is worth a thousand files in pieces.",
    ),
    Exercise(
        "14.2", "design: weights by hand", "series", "bits", three_weights,
        Tolerance(absolute=0.011),
        mistakes=(
            Mistake(lambda company: three_weights(company, missing_differs=True), "SLIP",
                    "You counted a missing field as one that differs; it says nothing."),
            Mistake(lambda company: three_weights(company, before=0.0), "ACCURACY_BASE_RATE",
                    "You left out what is known before looking: nearly all pairs are two people."),
            Mistake(only_what_agrees, "SLIP",
                    "You left out the fields that differ; each of them takes something away."),
        ),
        hints=(
            "Begin each sum with -12.1, then go through name, phone, mail and city.",
            "A field that is missing in one of the two records adds nothing.",
            "The first pair: -12.1 + 13.6 - 2.8 + 7.8.",
        ),
        minutes=(3, 5),
        meaning="One phone shared by two names in two cities is no link.",
    ),
    Exercise(
        "14.3", "brief: 1.2", "series", "share", quality_by_hand, Tolerance(absolute=0.0006),
        mistakes=(
            Mistake(lambda company: (RIGHT / TRUE, RIGHT / DECLARED, quality_by_hand(company)[2]),
                    "SLIP", "You have precision and recall the other way round: precision divides "
                    "by what was declared."),
            Mistake(quality_with_the_plain_mean, "SLIP",
                    "F1 is the harmonic mean, 2 P R / (P + R); the plain mean is larger."),
            Mistake(lambda company: (DECLARED / TRUE, RIGHT / TRUE, quality_by_hand(company)[2]),
                    "SLIP", "Precision asks how many of the declared links are right."),
        ),
        hints=(
            "Precision looks at the links that were declared, recall at the pairs that are true.",
            "Both have the 432 in the numerator.",
            "F1 is 2 times 432, divided by 480 + 540.",
        ),
        minutes=(3, 5),
        meaning="One wrong in ten links, one in five true pairs missed.",
    ),
    Exercise(
        "14.4", "design: strangers", "number", "share", strangers_of_one_city,
        mistakes=(
            Mistake(any_two_records_of_one_city, "SLIP",
                    "Among all pairs are those of one person, who agrees with himself; take "
                    "pairs within one system."),
            Mistake(paired_with_itself, "SLIP",
                    "You paired each record with itself too: n (n - 1), not n times n."),
            Mistake(lambda company: 100 * strangers_of_one_city(company), "PP_VS_PCT",
                    "That is in per cent; give the share."),
            Mistake(lambda company: np.log2(1 / strangers_of_one_city(company)), "SLIP",
                    "That is the weight in bits of a field that never fails; give the share u."),
        ),
        hints=(
            "n records of one city and one system make n (n - 1) / 2 pairs that agree.",
            "Group by source and city for the numerator, by source for the denominator.",
            "same = company.source_records.groupby(['source', 'city']).size(), then "
            "(same * (same - 1)).sum() over the same sum by source alone.",
        ),
        minutes=(5, 8),
        meaning="One pair of strangers in two hundred: agreement on the city is worth 8 bits.",
    ),
    Exercise(
        "14.5", "brief: 1.6", "number", "F1", expected_quality, Tolerance(absolute=0.001),
        mistakes=(
            Mistake(expected_precision, "SLIP",
                    "That is the expected precision alone; F1 also asks what was missed."),
            Mistake(expected_recall, "SLIP",
                    "That is the expected recall alone; F1 also asks what is wrong."),
            Mistake(lambda company: expected_quality(company, threshold=0), "SLIP",
                    "That is F1 at 0 bits; the question is about 8."),
        ),
        hints=(
            "A link with probability 0.9 counts as 0.9 right links: add up probabilities.",
            "Right links: the sum at 8 bits or more. True pairs: the sum over all pairs.",
            "F1 is 2 times the first sum, over the number of links plus the second sum.",
        ),
        minutes=(8, 12),
        meaning="The truth lies some one and a half points lower: pairs that share no phone, mail "
                "or name were never compared, and the model knows nothing of them.",
    ),
    Exercise(
        "14.6", "design: find the bug", "number", "pairs", shared_phones,
        Tolerance(absolute=0.5),
        mistakes=(
            Mistake(lambda company: shared_phones(company, missing=True), "SLIP",
                    "That is the colleague's own number: every missing phone was matched with "
                    "every other missing phone."),
            Mistake(lambda company: shared_phones(company, on="name"), "SLIP",
                    "You joined by name; the question is about the phone."),
            Mistake(lambda company: len(_of(company, "sales")) + len(_of(company, "service"))
                    - shared_phones(company), "SLIP",
                    "Those are the customers of either system; count the pairs of both."),
            Mistake(lambda company: shared_phones(company) / len(_of(company, "sales")), "SLIP",
                    "That is a share of the sales records; the question asks how many pairs."),
        ),
        hints=(
            "Look at the first rows of the colleague's table: which phones are in it?",
            "To merge, a missing value is a value like any other.",
            "sales.dropna(subset=['phone']).merge(service, on='phone'), then count.",
        ),
        minutes=(8, 12),
        meaning="Two blanks are not an agreement: a join on a field with gaps makes crowds.",
    ),
    Exercise(
        "14.7", "design: memo", "memo", "files", memo_figures, Tolerance(relative=0.002),
        hints=(
            "One sentence each: which threshold, the two figures, what you would do about "
            "mix-ups, what you would find out first.",
            "Link at 0 and at 10 bits, make files, and count file_id with nunique().",
            "Begin: 'I recommend ... The low threshold makes ... files, the high one ...'",
        ),
        minutes=(8, 12),
    ),
    Exercise(
        "14.8", "brief: 1.1", "series", "customers", unknown_customers,
        mistakes=(
            Mistake(counted_twice, "SLIP",
                    "You counted those on both lists twice, and so more than there are."),
            Mistake(lambda company: (sum(LISTS[:2]), *unknown_customers(company)[1:]), "SLIP",
                    "Those on both lists are counted twice among the known: subtract them once."),
            Mistake(one_list_only, "SLIP",
                    "You left out those on both lists; they are known too."),
            Mistake(lambda company: (*unknown_customers(company)[:2],
                                     LISTS[2] / LISTS[0]), "SLIP",
                    "Coverage is known customers over all customers."),
        ),
        hints=(
            "Known are those on either list; nobody counts twice.",
            "The estimate is (n1 + 1)(n2 + 1) / (m + 1) - 1.",
            "1,200 + 900 - 540 for the first; 1,201 times 901 over 541, less 1, for the second.",
        ),
        minutes=(3, 5),
    ),
    Exercise(
        "14.9", "design: two of one system", "number", "files", suspicious_files,
        Tolerance(absolute=0.5),
        mistakes=(
            Mistake(suspicious_records, "SLIP",
                    "Those are the records in these files; count the files."),
            Mistake(files_of_many, "SLIP",
                    "A file should hold several records, but of different systems."),
            Mistake(lambda company: suspicious_files(company)
                    / _files(company, 0)["file_id"].nunique(), "SLIP",
                    "That is a share of all files; the question asks how many."),
        ),
        hints=(
            "Link at 0 bits, make files, and ask which of them contradict themselves.",
            "customer_view.contradictory_files returns one row for each such file.",
            "len(customer_view.contradictory_files(company.source_records, files))",
        ),
        minutes=(6, 10),
        meaning="No truth was needed: a rule of the business finds what a threshold cannot.",
    ),
    Exercise(
        "14.10", "design: two lists", "number", "customers", everybody_by,
        mistakes=(
            Mistake(lambda company: everybody_by(company, "sales", "service"),
                    "SELECTION_AS_EFFECT",
                    "Sales and service: whoever is in one is likelier to be in the other, and "
                    "the estimate comes out too low."),
            Mistake(known_by, "SLIP",
                    "Those are the known ones; estimate how many there are in all."),
            Mistake(lambda company: everybody_by(company, threshold=10), "SLIP",
                    "At 10 bits many files are in pieces, so too few are found in both systems."),
        ),
        hints=(
            "Count the files with a web record, with a warranty record, and with both.",
            "listed = customer_view.systems_of(company.source_records, files) > 0",
            "customer_view.chapman_estimate with the two sums and the sum of both columns.",
        ),
        minutes=(6, 10),
    ),
)  # fmt: skip
