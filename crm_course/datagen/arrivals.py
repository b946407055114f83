"""When events come and what is chosen, in pure numpy: processes for worlds of your own.

No table of the Lanting group and no chapter is made with them. Each takes a numpy generator and
returns what happened; its test holds it against a closed form.
"""

import numpy as np

from .processes import ar1, choice, softmax


def pareto_nbd(rng, rate, death, span) -> tuple:
    """Pareto/NBD: purchases while active, time of becoming inactive, still active.

    rate, death: intensities of each customer; span: observed time
    Schmittlein, Morrison & Colombo (1987), Management Science 33(1).
    """
    lifetime = rng.standard_exponential(len(rate)) / death
    purchases = rng.poisson(rate * np.minimum(lifetime, span))
    return purchases, lifetime, lifetime > span


def thinned(rng, intensity, peak: float, span: float, customers: int) -> tuple:
    """Non-homogeneous Poisson arrivals: customer and time of each, customer by customer in time.

    intensity: function of an array of times, nowhere above peak
    Lewis & Shedler (1979), Naval Research Logistics 26(3): homogeneous at the peak, then thinned.
    """
    counts = rng.poisson(peak * span, customers)
    customer = np.repeat(np.arange(customers), counts)
    time = span * rng.random(len(customer))
    kept = peak * rng.random(len(customer)) < intensity(time)
    order = np.lexsort((time[kept], customer[kept]))
    return customer[kept][order], time[kept][order]


def hawkes(rng, base: float, branching: float, decay: float, span: float, customers: int) -> tuple:
    """Self-exciting arrivals: each brings `branching` more on average, after exponential waits.

    Returns customer and time, customer by customer in time. All of one generation at once, by the
    cluster representation of Hawkes & Oakes (1974), Journal of Applied Probability 11(3).
    """
    if not 0 <= branching < 1:
        raise ValueError(f"The branching must be from 0 to below 1, got {branching}. Lower it.")
    customer = np.repeat(np.arange(customers), rng.poisson(base * span, customers))
    generations = [(customer, span * rng.random(len(customer)))]
    while len(customer):
        children = rng.poisson(branching, len(customer))
        customer, time = (np.repeat(each, children) for each in generations[-1])
        time = time + rng.standard_exponential(len(time)) / decay
        customer, time = customer[time < span], time[time < span]
        generations.append((customer, time))
    customer, time = map(np.concatenate, zip(*generations, strict=True))
    order = np.lexsort((time, customer))
    return customer[order], time[order]


def usage(rng, mean, persistence: float, spread: float, months: int) -> np.ndarray:
    """Log-normal monthly usage whose logarithm is AR(1), shape (customers, months).

    mean: of each customer, kept in every month. Box & Jenkins (1970), Time Series Analysis, ch. 3.
    """
    log = spread * ar1(rng.standard_normal((len(mean), months)), persistence)
    return np.asarray(mean)[:, None] * np.exp(log - spread**2 / 2)


def logit_choice(rng, utility) -> np.ndarray:
    """Alternative that each row chooses, by the multinomial logit; utility: (choices, options).

    McFadden (1974), in Zarembka (ed.), Frontiers in Econometrics.
    """
    return choice(rng.random(len(utility)), softmax(np.asarray(utility, dtype=float)))
