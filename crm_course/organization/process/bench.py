"""One bench and one queue: what the formula says, the same in simpy, and what four plans cost."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

MACHINES_A_DAY, WORK, SAVED = 15.6, 90.0, 2.25  # come in a day; minutes of a test; of them saved
SENT_HOME = 0.10  # of the machines: a question at the counter shows that they need no test
LOAN, PROGRAM, QUESTION = 9.0, 100.0, 2.0  # ¥ a machine and day; ¥ a day; ¥ a machine
PLANS = {  # minutes of a test that it saves, whether the counter asks first
    "today": (0.0, False),
    "program": (SAVED, False),
    "ask first": (0.0, True),
    "both": (SAVED, True),
}


@dataclass(frozen=True)
class OneServer:
    """A queue with one server, once it has settled down.

    busy: share of the time at work; time: mean stay, waiting and work, in the unit of the rates;
    number: mean number of cases there. Infinite if as much work comes as can be done.
    """

    busy: float
    time: float
    number: float


def one_server(arrival_rate, service_rate):
    """Return the queue of one server with arrivals by chance and exponential times (M/M/1).

    arrival_rate: cases that come, for any unit of time; service_rate: cases that could be done in
    the same unit -> .busy = lambda / mu, .time = 1 / (mu - lambda), .number = lambda x time
    (Little 1961).

    >>> one_server(8, 10)
    OneServer(busy=0.8, time=0.5, number=4.0)
    """
    if not (arrival_rate >= 0 and service_rate > 0):
        raise ValueError(
            f"rates must be cases for a unit of time, got {arrival_rate}, {service_rate}. "
            "Give cases an hour, or a day."
        )
    if arrival_rate >= service_rate:
        return OneServer(1.0, float("inf"), float("inf"))
    time = 1 / (service_rate - arrival_rate)
    return OneServer(arrival_rate / service_rate, time, arrival_rate * time)


def simulate_bench(per_hour, work_minutes, *, machines=10_000, seed=89, steady=False):
    """Let machines come to one bench, one after the other (simpy), and write down when.

    per_hour: machines that come in an hour, on average; work_minutes: mean time on the bench;
    machines: how many come; seed: of the luck, the same machines in the same order whatever the
    rates; steady: each takes exactly work_minutes
    -> one row a machine: machine, came, begun, done (hours since the first day)
    """
    import simpy

    luck = np.random.default_rng(seed)
    gaps = luck.exponential(1 / per_hour, machines)
    varied = luck.exponential(work_minutes / 60, machines)
    work = np.full(machines, work_minutes / 60) if steady else varied
    clock = simpy.Environment()
    bench = simpy.Resource(clock, capacity=1)
    log = []

    def stay(machine):
        came = clock.now
        with bench.request() as turn:
            yield turn
            begun = clock.now
            yield clock.timeout(work[machine])
        log.append((machine, came, begun, clock.now))

    def door():
        for machine in range(machines):
            yield clock.timeout(gaps[machine])
            clock.process(stay(machine))

    clock.process(door())
    clock.run()
    return pd.DataFrame(log, columns=["machine", "came", "begun", "done"])


def others_on_arrival(came, done):
    """Return, for each case, how many others were there when it came.

    came, done: times of the cases of one place, in any order, hours or timestamps, done after came
    -> array.

    >>> others_on_arrival([0, 1, 2, 9], [5, 3, 6, 10]).tolist()
    [0, 1, 2, 0]
    """
    came, done = np.asarray(came), np.asarray(done)
    if came.shape != done.shape or not (done > came).all():
        raise ValueError(
            "done must be later than came for each case, got another. Leave out who did not stay."
        )
    before = np.searchsorted(np.sort(came), came, side="left")
    return before - np.searchsorted(np.sort(done), came, side="right")


def bench_costs(
    machines_a_day=MACHINES_A_DAY, *, loan=LOAN, program=PROGRAM, question=QUESTION,
    sent_home=SENT_HOME,
):  # fmt: skip
    """Return what each of the four plans costs a day: plan, busy, stay_hours, standing, cost.

    machines_a_day: that come to the counter; loan: ¥ for a machine lent, as long as the
    customer's own stands in the hall; program: ¥ a day; question: ¥ for each machine that comes;
    sent_home: share that a question sends home, each sparing an average test.
    stay_hours: of a machine that is tested; standing: mean number in the hall; cost: ¥ a day,
    infinite where more work comes than can be done.
    """
    rows = []
    for plan, (saved, asked) in PLANS.items():
        come = machines_a_day * (1 - sent_home) / 24 if asked else machines_a_day / 24
        queue = one_server(come, 60 / (WORK - saved))
        fees = program * (saved > 0) + question * machines_a_day * asked
        rows.append((plan, queue.busy, queue.time, queue.number, loan * queue.number + fees))
    columns = ["plan", "busy", "stay_hours", "standing", "cost"]
    return pd.DataFrame(rows, columns=columns).set_index("plan")
