"""How long callers wait: Erlang's formula for callers who stay, and for callers who hang up.

Calls come by chance at a steady rate (Poisson), talking times are exponential, and whoever comes
first is served first. After Erlang (1917); with patience, Palm (1957), now called Erlang A.
"""

from dataclasses import dataclass

import numpy as np

HOUR = 3600  # seconds


@dataclass(frozen=True)
class ErlangC:
    """A queue in which nobody hangs up, once it has settled down.

    probability_wait: share of callers who find all agents busy; average_wait_seconds: over all
    callers, those who are answered at once too; infinite if there is more work than agents.
    """

    calls_per_hour: float
    handle_seconds: float
    agents: int
    probability_wait: float
    average_wait_seconds: float

    @property
    def occupancy(self) -> float:
        """The share of the agents' time that is spent talking."""
        return min(self.calls_per_hour * self.handle_seconds / HOUR / self.agents, 1.0)

    def service_level(self, seconds: float) -> float:
        """Return the share of callers answered within so many seconds.

        >>> round(erlang_c(120, 180, 8).service_level(20), 4)
        0.7142
        """
        spare = self.agents - self.calls_per_hour * self.handle_seconds / HOUR
        if spare <= 0:
            return 0.0
        return 1 - self.probability_wait * float(np.exp(-spare * seconds / self.handle_seconds))


@dataclass(frozen=True)
class ErlangA:
    """A queue that callers leave when their patience ends, once it has settled down.

    average_wait_seconds: over all callers, until the answer or the hanging up; lost: share of
    callers who hang up; occupancy: share of the agents' time that is spent talking.
    """

    calls_per_hour: float
    handle_seconds: float
    agents: int
    patience_seconds: float
    probability_wait: float
    average_wait_seconds: float
    lost: float

    @property
    def occupancy(self) -> float:
        """The share of the agents' time that is spent talking."""
        load = self.calls_per_hour * self.handle_seconds / HOUR
        return load * (1 - self.lost) / self.agents


def erlang_c(calls_per_hour: float, handle_seconds: float, agents: int) -> ErlangC:
    """Return the queue of a call centre in which nobody hangs up (Erlang C).

    calls_per_hour: calls that come in; handle_seconds: mean time of a call; agents: at work
    -> .probability_wait .average_wait_seconds .occupancy .service_level(seconds)
    With a load of a = calls x time (in agents) and N agents, P(wait) = top / (sum of a^k / k! for
    k < N + top), top = a^N / N! x N / (N - a); mean wait = P(wait) x time / (N - a).

    >>> queue = erlang_c(120, 180, 8)
    >>> round(queue.probability_wait, 4), round(queue.average_wait_seconds, 1)
    (0.357, 32.1)
    """
    _check(calls_per_hour, handle_seconds, agents)
    load = calls_per_hour * handle_seconds / HOUR
    if load >= agents:
        return ErlangC(calls_per_hour, handle_seconds, agents, 1.0, float("inf"))
    blocked = 1.0  # share of calls refused if nobody could wait, one agent at a time: no factorials
    for agent in range(1, int(agents) + 1):
        blocked = load * blocked / (agent + load * blocked)
    waits = agents * blocked / (agents - load * (1 - blocked))
    wait = waits * handle_seconds / (agents - load)
    return ErlangC(calls_per_hour, handle_seconds, agents, waits, wait)


def erlang_a(
    calls_per_hour: float, handle_seconds: float, agents: int, patience_seconds: float
) -> ErlangA:
    """Return the queue of a call centre in which callers hang up (Erlang A).

    As `erlang_c`; patience_seconds: how long callers would wait on average, exponential
    -> .probability_wait .average_wait_seconds .lost .occupancy; it settles under any load.

    >>> queue = erlang_a(120, 180, 8, 600)
    >>> round(queue.average_wait_seconds, 1), round(queue.lost, 3)
    (16.8, 0.028)
    """
    _check(calls_per_hour, handle_seconds, agents)
    if not 0 < patience_seconds < float("inf"):
        raise ValueError(
            f"patience_seconds must be above 0 and finite, got {patience_seconds}. Give seconds, "
            "or use erlang_c where nobody hangs up."
        )
    if calls_per_hour == 0:
        return ErlangA(0, handle_seconds, agents, patience_seconds, 0.0, 0.0, 0.0)
    callers, share = _steady_state(calls_per_hour, handle_seconds, agents, patience_seconds)
    queueing = float((np.maximum(callers - agents, 0) * share).sum())
    wait = queueing * HOUR / calls_per_hour  # Little's law: queue = rate x wait
    waits = float(share[callers >= agents].sum())
    return ErlangA(calls_per_hour, handle_seconds, agents, patience_seconds, waits, wait,
                   wait / patience_seconds)  # fmt: skip


def _steady_state(calls_per_hour, handle_seconds, agents, patience_seconds):
    """How often so many callers are in talk or waiting -> their numbers, the share of each."""
    most = calls_per_hour * max(handle_seconds, patience_seconds) / HOUR  # were nobody ever to wait
    callers = np.arange(int(most + 12 * np.sqrt(most)) + agents + 20)
    talking, queueing = np.minimum(callers, agents), np.maximum(callers - agents, 0)
    leaving = talking / handle_seconds + queueing / patience_seconds
    steps = np.log(calls_per_hour / HOUR) - np.log(leaving[1:])
    weights = np.concatenate([[0.0], np.cumsum(steps)])
    share = np.exp(weights - weights.max())
    return callers, share / share.sum()


def _check(calls_per_hour, handle_seconds, agents):
    if not 0 <= calls_per_hour < float("inf"):
        raise ValueError(
            f"calls_per_hour must be a number from 0, got {calls_per_hour}. Count calls in an hour."
        )
    if not 0 < handle_seconds < float("inf"):
        raise ValueError(f"handle_seconds must be above 0, got {handle_seconds}. Give seconds.")
    if not agents >= 1 or agents % 1 != 0:
        raise ValueError(f"agents must be a whole number from 1, got {agents}. Count people.")
