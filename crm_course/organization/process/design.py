"""Four steps of designing a process and four ways of improving one, as the handbook lists them."""

import pandas as pd


def jobs():
    """Return eight jobs of one project, each with the method that it belongs to: job, method.

    The four methods are the handbook's; the jobs are invented.
    """
    found = {
        "draw the way of a machine through the hall": "diagnose",
        "print one page: test in this order": "standardise",
        "plot, each month, the share done in two days": "monitor",
        "move the question of scale to the counter": "redesign",
        "ask the testers what keeps them": "diagnose",
        "train the new testers by that page": "standardise",
        "hand out receipt and loan in one go": "redesign",
        "ask customers in March, June, September": "monitor",
    }
    return pd.DataFrame(found.items(), columns=["job", "method"])
