"""The exercise of the start page: where on the list do the calls earn most?"""

from crm_course import start_here
from crm_course.learning.exercises import Exercise, Mistake, Tolerance

CHAPTER = "0"
POSITIONS = range(0, 85, 5)  # of the slider


def best_position(company):
    """The slider position at which 200 calls earn most."""
    customers = start_here.monday()
    earned = {
        percent: start_here.result(start_here.skip(customers, percent)) for percent in POSITIONS
    }
    return max(earned, key=earned.get)


EXERCISES = (
    Exercise(
        "0.1", "brief: 3.3", "number", "per cent", best_position, Tolerance(absolute=0.5),
        mistakes=(
            Mistake(0, "RISK_IS_UPLIFT",
                    "That is the list of the riskiest, which loses money: a call hardly moves "
                    "somebody who has decided to go."),
            Mistake(80, "RISK_IS_UPLIFT",
                    "Those would have stayed anyway, and some leave because you woke them."),
            Mistake(lambda company: best_position(company) - 5, "SLIP",
                    "Very near: one position further on the calls earn a little more."),
            Mistake(lambda company: best_position(company) + 5, "SLIP",
                    "Very near: one position back the calls earned a little more."),
            Mistake(lambda company: best_position(company) / 100, "PP_VS_PCT",
                    "Type the position as the slider shows it, in per cent: 50, not 0.50."),
        ),
        hints=(
            "Read the sentence above the picture while you move: it gives the money.",
            "The bars are highest where customers hesitate, neither sure to go nor sure to stay.",
            "Move from 0 upwards in fives; stop where the money begins to fall and go one back.",
        ),
        minutes=(1, 2),
        meaning="You spent the calls on people who had not made up their minds.",
    ),
)  # fmt: skip
