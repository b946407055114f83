"""The queue caller by caller, with simpy: slow, and free of the formulas' assumptions."""

import numpy as np
import pandas as pd


def simulate_calls(
    calls_per_hour: float, handle_seconds: float, agents: int, *,
    patience_seconds: float = float("inf"), hours: float = 200, seed: int = 1, steady: bool = False,
) -> pd.DataFrame:  # fmt: skip
    """Simulate a call centre caller by caller (simpy).

    As `erlang_c`; patience_seconds: mean patience, infinite if nobody hangs up; hours: how long;
    steady: every call takes exactly handle_seconds, as if read from a script
    -> one row a caller: wait_seconds (until answered or hanging up), hung_up
    """
    import simpy

    draws, count = np.random.default_rng(seed), int(calls_per_hour * hours)
    at = np.cumsum(draws.exponential(3600 / calls_per_hour, count))
    handle = np.full(count, handle_seconds) if steady else draws.exponential(handle_seconds, count)
    patient = np.isinf(patience_seconds)
    patience = np.full(count, np.inf) if patient else draws.exponential(patience_seconds, count)
    centre = simpy.Environment()
    desk, waited, hung_up = simpy.Resource(centre, agents), np.zeros(count), np.zeros(count, bool)

    def call(caller):
        with desk.request() as turn:
            if patient:
                yield turn
            else:
                yield turn | centre.timeout(patience[caller])
            waited[caller] = centre.now - at[caller]
            hung_up[caller] = not turn.triggered
            if turn.triggered:
                yield centre.timeout(handle[caller])

    def street():
        for caller in range(count):
            yield centre.timeout(at[caller] - centre.now)
            centre.process(call(caller))

    centre.process(street())
    centre.run()
    return pd.DataFrame({"wait_seconds": waited, "hung_up": hung_up})
