"""What was read elsewhere: a number and who says it, laws with their dates; and invented plans."""

import pandas as pd


def trail():
    """Return eight documents on how many tests win, as they were read: year, who, says, basis.

    All are real, read in November 2026 in stored copies. says: in our words; basis: what the
    document itself says about where it has the number from; "undated": a page that bears no date.
    """
    rows = [
        ("2011", "founder of a web shop, quoted in a blog",
         "1 of 8 tests drove a significant change",
         "the tests of his own shop; how many is not said"),
        ("undated", "blog of a firm that sells testing software", "only 1 of 8 split tests work",
         "the founder's guest post"),
        ("2013", "blog of a search engine, by its head of experiments",
         "less than a third of ideas move what they should, at the engine fewer",
         "experiments run in the company"),
        ("2016", "blog of a web agency", "the industry's average win rate is about 20 %", "-"),
        ("2018", "four researchers", "about 75 % of effects are truly null",
         "2,101 experiments of the customers of one platform"),
        ("2023", "the head of experiments of 2013, in a talk show",
         "a third succeed at one company, 15 % at its search engine, 8 % at another's search",
         "experiments run under him"),
        ("undated", "blog of a consultancy",
         "only 1 in 8 tests gives results that drive change", "-"),
        ("undated", "blog on apps", "85 % of businesses fail to get significant results",
         "15 % of tests, as reported by the firm that sells testing software"),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["year", "who", "says", "basis"])
    return table.set_axis(pd.RangeIndex(1, len(rows) + 1, name="document"))


def laws():
    """Return five rules on data and automatic decisions: law, since, article, says.

    As read in November 2026, for the date; no legal advice, and not complete.
    """
    rows = [
        ("GDPR, (EU) 2016/679", "25 May 2018", "21",
         "who objects to direct marketing is no longer profiled for it"),
        ("GDPR, (EU) 2016/679", "25 May 2018", "22",
         "no decision by machine alone with legal or similar effect, save by contract, law or "
         "explicit consent; then with a human to turn to"),
        ("PIPL, China", "1 November 2021", "24",
         "decisions by machine are transparent and fair; no unreasonable differences in price; "
         "marketing by machine offers a way out"),
        ("AI Act, (EU) 2024/1689", "2 February 2025", "5",
         "banned: social scoring, manipulation, and others"),
        ("AI Act, (EU) 2024/1689", "2 December 2027", "Annex III",
         "duties for high risk, such as scoring the credit of persons; first due 2 August 2026, "
         "moved by an amendment that the Council approved on 29 June 2026"),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["law", "since", "article", "says"])


def trends():
    """Return six plans in fashion, with invented stakes: trend, works, gain, building, trial.

    works: the chance that it does what it promises; gain: ¥1,000 a year if so; building: ¥1,000
    for all customers; trial: ¥1,000 to find out beforehand, on some.
    """
    rows = [
        ("self-service", 0.50, 400, 150, 30),
        ("journey analytics", 0.30, 500, 200, 60),
        ("customer data platform", 0.25, 900, 600, 250),
        ("predictive model", 0.40, 350, 120, 20),
        ("generative assistant", 0.20, 1500, 400, 40),
        ("privacy-preserving analytics", 0.90, 150, 100, 30),
    ]
    columns = ["trend", "works", "gain", "building", "trial"]
    return pd.DataFrame(rows, columns=columns).set_index("trend")
