"""The equations of the firm, one function each; every one names the chapter that it comes from.

Where a chapter has the formula as a function, that function is called here. A coefficient that
no chapter has measured is marked *invented*. Units: people, yuan, hours and quarters; satisfaction,
value and culture in steps (standard deviations) from an ordinary customer or branch.
"""

import math
import re

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from crm_course.cases.trade_credit import expected_loss
from crm_course.customers import churn, complaints, customer_care, retention
from crm_course.foundations.customer_economics import constant_retention_clv
from crm_course.organization.culture import poster_effect
from crm_course.organization.culture.slopes import TOTAL
from crm_course.strategy import crm_strategy

from .firm import FIRM

PEOPLE = ndtri((np.arange(41) + 0.5) / 41)  # an ordinary crowd: 41 customers, equally many of each
ANSWERED = (0.09, 0.22)  # what a late and a quick answer add to the chance of staying, truth of 24
CALL = ((0, 0.12, 0.25, 0.45, 0.60, 0.80, 1), (-0.03, -0.03, 0.05, 0.14, 0.10, 0.02, 0.02))


def prospects(base, satisfaction):
    """People who hear of the firm in a quarter: word of mouth (chapter 24).

    base: heard of it if customers are ordinary; satisfaction: steps. The dissatisfied are those
    below one step; the balance of praise and blame moves the number by its power of 0.15
    (invented), half to double at most.

    >>> round(prospects(60_000, 0.0))
    60000
    """
    balance = complaints.word_of_mouth_balance(float(np.clip(ndtr(-1 - satisfaction), 0.01, 0.9)))
    usual = complaints.word_of_mouth_balance(float(ndtr(-1.0)))
    return base * float(np.clip((balance / usual) ** FIRM.word_of_mouth, 0.5, 2.0))


def won(heard, spend, price):
    """Customers won in a quarter: the response to a budget (chapter 33), by the price (chapter 41).

    heard: prospects; spend: yuan for all of them; price: per cent above the usual. Of a price
    one per cent higher one per cent fewer are won (invented; chapter 41 saw no effect at all).

    >>> round(won(60_000, 1_200_000, 0))
    20752
    """
    rate = float(crm_strategy.WINNING.rate(spend / max(heard, 1.0)))
    return heard * rate * (1 + price / 100) ** -FIRM.price_elasticity


def perceived_value(spend, price):
    """What customers think the offer is worth, in steps: care (chapter 33) against price (22, 41).

    spend: yuan a year for each customer; price: per cent above the usual. Care moves the log-odds
    of staying as the curve of chapter 33 does, counted from the usual spending; a price in either
    direction bends (invented: 0.05 steps a per cent, and 0.4 more at ten per cent).

    >>> round(perceived_value(FIRM.usual_care, 0), 3)
    0.0
    """
    kept, usual = (crm_strategy.KEEPING.rate(max(s, 1.0)) for s in (spend, FIRM.usual_care))
    care = math.log(kept / (1 - kept)) - math.log(usual / (1 - usual))
    dear = FIRM.price_value * price + FIRM.price_bend * price * abs(price)
    return float(np.clip(care / retention.TEXTBOOK.value, -2.5, 2.5)) - dear


def renewals(satisfaction, value, answers):
    """Chance of renewing of each of the 41 customers: the retention model (chapter 21).

    satisfaction, value: steps, of the ordinary customer; answers: what answered complaints add,
    as from `answer_gain`. Customers differ in satisfaction by FIRM.spread steps.

    >>> round(float(renewals(0, 0, 0).mean()), 3)
    0.575
    """
    chance = retention.TEXTBOOK.probability(satisfaction + FIRM.spread * PEOPLE, value, 0.0)
    return np.clip(chance + answers, 0.01, 0.99)


def contracts_ending(customers, price):
    """Contracts that end in a quarter: a fourth, and all where a price is steep (22, 41).

    price: per cent above the usual. From 10 per cent on more and more customers may leave at
    once, from 20 per cent on all (invented, like the contract that allows it).

    >>> contracts_ending(200_000, 10), contracts_ending(200_000, 20)
    (50000.0, 200000.0)
    """
    free = min(max((price - 10) / 10, 0.0), 1.0)
    return customers * (0.25 + 0.75 * free)


def saved(chances, calls):
    """Share of the contracts that calls save: uplift, most movable group first (chapter 22).

    chances: of renewing, of each of the 41; calls: of 1,000 contracts that end. The uplift by
    risk is the truth of chapter 22, its three groups are called in the order of their means.

    >>> round(float(saved(renewals(0, 0, 0), 300)), 4)
    0.0335
    """
    risk = 1 - chances
    uplift = np.interp(risk, *CALL)
    group = np.digitize(100 * risk, churn.EDGES)
    means = sorted(((uplift[group == g].mean(), g) for g in set(group.tolist())), reverse=True)
    left, total = calls / 1000, 0.0
    for mean, g in means:
        part = min(left, float((group == g).mean()))
        left, total = left - part, total + part * mean
    return total


def call_cost(contracts, calls):
    """Yuan that calls cost (chapter 22).

    >>> call_cost(50_000, 200)
    150000.0
    """
    return contracts * calls / 1000 * churn.COST


def callers(customers, problems):
    """Calls in an hour: questions, and complaints about problems (chapters 23 and 24).

    problems: for each customer in a quarter; half of them are told (chapter 24).

    >>> round(callers(200_000, FIRM.problems), 1)
    213.7
    """
    per_quarter = FIRM.questions + FIRM.voiced * problems
    return customers * per_quarter / FIRM.hours


def handle_seconds(skill):
    """How long a call takes: skill saves time (chapter 54; how much is invented).

    skill: share of what a course can teach, 0 to 1.

    >>> handle_seconds(0.0), handle_seconds(0.5)
    (180.0, 157.5)
    """
    return FIRM.handle * (1 - FIRM.faster * skill)


def queue(calls_per_hour, seconds, agents):
    """The queue for the agents, with callers who hang up: Erlang A (chapter 23).

    -> .probability_wait .average_wait_seconds .lost (share) .occupancy

    >>> round(queue(213.7, 180, 12).probability_wait, 2)
    0.47
    """
    return customer_care.erlang_a(calls_per_hour, seconds, int(agents), FIRM.patience)


def answer_gain(line, problems):
    """What problems and answers do to the chance of staying, over all customers (chapter 24).

    line: a queue; problems: for each customer in a quarter. A problem takes what a quick answer
    gives back (invented). Half of them are told; who gets through at once has a quick answer, who
    waits a late one, who hangs up none. Counted from the firm as it was.

    >>> round(answer_gain(queue(213.7, 180, 16), FIRM.problems), 4)
    0.0143
    """
    late, quick = ANSWERED
    at_once = 1 - line.probability_wait
    mean = quick * at_once + late * max(line.probability_wait - line.lost, 0.0)
    usual = FIRM.problems * (FIRM.voiced * FIRM.usual_answers - quick)
    return problems * (FIRM.voiced * mean - quick) - usual


def next_satisfaction(satisfaction, culture, line, problems):
    """Satisfaction at the end of a quarter: it follows what customers meet (chapters 51 and 24).

    The aim: a step of culture is 0.4 steps of satisfaction; the promise *answered at once* gains
    or loses as the poster of chapter 51 does; each further problem takes 0.5, and the share of
    callers who hang up is taken off (both invented). Two fifths of the way there are gone in a
    quarter (invented).
    """
    promise = poster_effect(1 - line.probability_wait)
    aim = TOTAL * culture + promise
    aim -= FIRM.problem_weight * (problems - FIRM.problems) + line.lost
    return satisfaction + FIRM.following * (aim - satisfaction)


def next_culture(culture, satisfaction, learned, busy):
    """Culture at the end of a quarter (chapter 51): it lasts, and it is worn out slowly.

    It keeps 0.6 of itself in a year; content customers add 0.05 of a step; learning adds, and
    work above 85 per cent of the time takes away (both invented).
    """
    kept = FIRM.culture_kept**0.25 * culture + 0.05 / 4 * satisfaction
    return kept + FIRM.learning_culture * learned - FIRM.worn * max(busy - 0.85, 0.0)


def learning(hours, culture):
    """Share of what is still unknown that a quarter's training brings into the work (chapter 54).

    hours: of training for each employee in a year. The chain of chapter 54, learned times
    applied: who learns follows a curve that is full (invented: 0.8 at most, ten hours), two fifths
    apply it, more where the culture is better.

    >>> round(learning(20, 0.0), 3)
    0.277
    """
    learned = 0.8 * (1 - math.exp(-hours / FIRM.learning_hours))
    applied = min(max(FIRM.applied + 0.1 * culture, 0.1), 0.8)
    return learned * applied  # two leaks of training.leaky_pipe, without a table every quarter


def next_skill(skill, learned):
    """Skill at the end of a quarter, 0 to 1 (chapter 54): a part is forgotten, a part is added.

    >>> round(next_skill(0.4, 0.25), 2)
    0.43
    """
    kept = FIRM.skill_kept * skill
    return kept + (1 - kept) * learned


def training_cost(hours, agents):
    """Yuan of a quarter's training: fee and working time (chapter 54), for all employees.

    >>> training_cost(20, 12)
    71520.0
    """
    return hours / 4 * employees(agents) * FIRM.training_hour


def employees(agents):
    """People who work for the firm: the offices, and enough for so many seats."""
    return FIRM.offices + FIRM.people_a_seat * agents


def credit_sales(limit):
    """Yuan that a retailer buys on credit in a quarter: what it wants, up to the limit (63).

    limit: yuan that may be owed at one time. Wants are lognormal; a limit is used 91 / days of the
    term times in a quarter.

    >>> round(credit_sales(15_000))
    13505
    """
    most = max(limit, 1.0) * FIRM.quarter_days / FIRM.term
    middle, width = math.log(FIRM.wants), FIRM.wants_spread
    d = (math.log(most) - middle) / width
    return FIRM.wants * math.exp(width**2 / 2) * float(ndtr(d - width)) + most * float(ndtr(-d))


def bad_debts(limit, default_chance):
    """Yuan that a retailer is expected to leave unpaid in a quarter (chapter 63).

    default_chance: in a year. Who fails has drawn the line to its end: the exposure is the limit.

    >>> round(bad_debts(20_000, 0.05))
    172
    """
    return expected_loss(default_chance / 4, FIRM.loss_share, limit)


def receivables(sales):
    """Yuan still owed at the end of a quarter: the days of sales outstanding (chapter 63)."""
    return sales * FIRM.term / FIRM.quarter_days


def interest(cash):
    """Yuan that the bank takes in a quarter for cash below zero (63; invented: 3 per cent)."""
    return FIRM.overdraft * max(-cash, 0.0)


def worth_of_customer(margin, retention_rate):
    """Yuan that a customer is worth who has just paid: later margins (chapter 13).

    margin: yuan a year after all that is spent on keeping; retention_rate: of a year.

    >>> round(worth_of_customer(100, 0.6))
    120
    """
    chance = float(np.clip(retention_rate, 0.0, 0.99))
    return constant_retention_clv(max(margin, 0.0), chance, FIRM.discount, first_margin="deferred")


TABLE = (
    (prospects, "24", "the power of word of mouth is invented"),
    (won, "33, 41", "the effect of the price is invented"),
    (perceived_value, "33, 22, 41", "the effect of the price is invented"),
    (renewals, "21", "the textbook's coefficients"),
    (contracts_ending, "22, 41", "invented"),
    (saved, "22", "the invented world's own uplift"),
    (call_cost, "22", "¥15 a call"),
    (callers, "23, 24", "rates invented"),
    (handle_seconds, "54", "a fourth is saved at most: invented"),
    (queue, "23", "Palm (1957)"),
    (answer_gain, "24", "the invented world's own effects; what a problem takes: invented"),
    (next_satisfaction, "51, 24", "speed and weight of problems are invented"),
    (next_culture, "51", "what wears and what mends is invented"),
    (learning, "54", "curve invented, chain from chapter 54"),
    (next_skill, "54", "0.6 of it is left after three months"),
    (training_cost, "54", "¥80 an hour, as there"),
    (credit_sales, "63", "wants invented"),
    (bad_debts, "63", "expected loss; exposure invented"),
    (receivables, "63", "days of sales outstanding"),
    (interest, "63", "invented"),
    (worth_of_customer, "13", "Berger & Nasr (1998)"),
)


def _says(function):
    """First line of the docstring, up to its colon or bracket."""
    return re.split(r"[:(]", function.__doc__.split("\n")[0])[0].strip(" .")


def equation_table():
    """Return every equation: equation, chapters, says, where_from."""
    rows = [
        (function.__name__, chapters, _says(function), source)
        for function, chapters, source in TABLE
    ]
    return pd.DataFrame(rows, columns=["equation", "chapters", "says", "where_from"])

