"""What a log of activities tells: time and work of a case, the map it draws, a sign of a queue."""

import pandas as pd

from crm_course import schema

from .bench import others_on_arrival

HOUR = pd.Timedelta(hours=1)


def case_times(event_log):
    """Return how long each case took and how much of that was work.

    event_log (case_id, activity, started_at, ended_at) -> case_id, came, left (first start, last
    end), lead_hours, work_hours, closed (the log has its close: without it, lead_hours ends with
    the last activity that was written down).
    """
    log = _checked(event_log)
    work = (log["ended_at"] - log["started_at"]) / HOUR
    rows = log.assign(work_hours=work, closed=log["activity"] == "close").groupby("case_id")
    table = rows.agg(came=("started_at", "min"), left=("ended_at", "max"),
                     work_hours=("work_hours", "sum"), closed=("closed", "max"))  # fmt: skip
    table.insert(2, "lead_hours", (table["left"] - table["came"]) / HOUR)
    return table.reset_index()


def hours_by_activity(event_log):
    """Return the hours of an average case: activity, visits, wait_hours, work_hours.

    visits: how often a case meets the activity; wait_hours: from the end of what came before until
    it begins, for an average case and all its visits (below 0 where they overlap); work_hours: the
    same of the work.
    """
    log = _checked(event_log).sort_values(["case_id", "started_at"], kind="stable")
    before = log.groupby("case_id")["ended_at"].shift()
    hours = pd.DataFrame({
        "visits": 1,
        "wait_hours": (log["started_at"] - before) / HOUR,
        "work_hours": (log["ended_at"] - log["started_at"]) / HOUR,
    })  # fmt: skip
    order = log["activity"].drop_duplicates()
    sums = hours.groupby(log["activity"]).sum().loc[order]
    return sums / log["case_id"].nunique()


def directly_follows(event_log):
    """Return which activity follows which, and how often: activity, then, cases, wait_hours.

    cases: how often; wait_hours: mean wait in between. The last row of a case is followed by
    "end". This is the directly-follows graph of process mining (van der Aalst).
    """
    log = _checked(event_log).sort_values(["case_id", "started_at"], kind="stable")
    case = log.groupby("case_id")
    wait = (case["started_at"].shift(-1) - log["ended_at"]) / HOUR
    then = case["activity"].shift(-1).fillna("end")
    table = log.assign(then=then, wait=wait).groupby(["activity", "then"], sort=False)
    return table["wait"].agg(cases="size", wait_hours="mean").reset_index()


def stay_by_others(came, done, *, step=10, rarest=100):
    """Return the mean stay by how many others were there: others, cases, stay_hours.

    came, done: times of the cases of one place, in hours or timestamps; others: from this number
    up, in classes of step; classes with fewer than rarest cases are left out. In a queue each
    other one adds the time of its work; where nobody waits for others the stay does not move.
    """
    others = others_on_arrival(came, done)
    stay = pd.Series(done).to_numpy() - pd.Series(came).to_numpy()
    hours = stay / HOUR if stay.dtype.kind == "m" else stay
    rows = pd.DataFrame({"others": others // step * step, "stay_hours": hours})
    table = rows.groupby("others")["stay_hours"].agg(cases="size", stay_hours="mean")
    return table[table["cases"] >= rarest].reset_index()


def _checked(event_log):
    columns = ["case_id", "activity", "started_at", "ended_at"]
    schema.require(event_log, columns, name="event_log")
    early = event_log["ended_at"] < event_log["started_at"]
    if early.any():
        raise ValueError(
            f"event_log['ended_at'] must not lie before started_at, got that in row "
            f"{early.idxmax()}. Correct or drop such rows."
        )
    return event_log
