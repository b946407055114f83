"""The firm: what stands still while the quarters go by. All of it is invented, like Lanting."""

from dataclasses import dataclass

QUARTERS = 12


@dataclass(frozen=True)
class Firm:
    """Coefficients of the equations; what each means stands in the equation that uses it."""

    word_of_mouth: float = 0.15
    price_elasticity: float = 1.0
    price_value: float = 0.05
    price_bend: float = 0.004
    spread: float = 1.44
    usual_care: float = 33.0  # ¥ a year and customer
    questions: float = 0.90  # a customer and quarter
    problems: float = 0.534  # 0.178 a month, chapter 24
    voiced: float = 0.50
    hours: float = 1092.0  # that the lines are open in a quarter
    handle: float = 180.0
    patience: float = 600.0
    faster: float = 0.25
    usual_answers: float = 0.155
    problem_weight: float = 0.5
    following: float = 0.4
    culture_kept: float = 0.6  # of a year
    learning_culture: float = 0.05
    worn: float = 1.0
    learning_hours: float = 10.0
    applied: float = 0.40
    skill_kept: float = 0.60
    offices: float = 150.0
    people_a_seat: float = 2.4
    training_hour: float = 80.0  # ¥: the course, and the working time
    wage: float = 40.0  # ¥ an hour and seat, chapter 23
    wants: float = 12_600.0  # ¥ a retailer and quarter, the middle one
    wants_spread: float = 0.7
    term: float = 60.0
    quarter_days: float = 91.0
    loss_share: float = 0.686
    retailers: float = 1_500.0
    goods_margin: float = 0.08
    overdraft: float = 0.03
    discount: float = 0.10
    bill: float = 135.0  # ¥ a customer and quarter
    direct: float = 75.0  # ¥ of it that the service itself costs
    budget: float = 3_000_000.0  # ¥ a quarter for winning and keeping
    fixed: float = 3_000_000.0  # ¥ a quarter


FIRM = Firm()
