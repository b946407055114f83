"""Customers as six systems have them: who is in which, and what went wrong in writing them down."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from crm_course.schema.group import SILOS

from .customers import joined_on, month_starts
from .identities import make_identities
from .processes import quantise
from .streams import BLOCK, Draws
from .texts import named

CHUNK = 8_000  # records are shuffled within as many customers, so that a sample stays the beginning
PRIME, RANGE = 7_654_321, 10_000_000_000  # PRIME has no factor of RANGE: no number comes twice


@dataclass(frozen=True)
class Entries:
    """The records of a block in their shuffled order; one row each."""

    customer: np.ndarray
    silo: np.ndarray
    record_id: np.ndarray
    typo: dict
    missing: dict
    shared: np.ndarray


def make_source_records(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the records of one block, shuffled."""
    entries = _entries(scenario.records, seed, block, kept)
    who = make_identities(Draws(seed, "customers", block, kept), scenario.locale)
    owner = np.where(entries.shared, entries.customer & ~1, entries.customer)
    name, email = (_objects(who[each], entries.customer) for each in ("name", "email"))
    slips = _slip_draws(seed, block, kept)[entries.customer, entries.silo]
    return pd.DataFrame({
        "record_id": entries.record_id,
        "source": named(SILOS, entries.silo),
        "name": mistyped(name, entries.typo["name"], slips[:, 0]),
        "phone": _missing(_objects(who["phone"], owner), entries.missing["phone"]),
        "email": _missing(mistyped(email, entries.typo["email"], slips[:, 1]),
                          entries.missing["email"]),
        "city": _objects(who["city"], entries.customer),
        "postcode": _objects(who["postcode"], entries.customer),
        "created_on": _created_on(seed, block, kept)[entries.customer, entries.silo],
    })  # fmt: skip


def make_truth_source_records(scenario, seed: int, block: int, kept: int) -> pd.DataFrame:
    """Make the customer behind each record, and what went wrong, in the order of the records."""
    entries = _entries(scenario.records, seed, block, kept)
    return pd.DataFrame({
        "record_id": entries.record_id,
        "customer_id": block * BLOCK + 1 + entries.customer,
        "name_typo": entries.typo["name"],
        "email_typo": entries.typo["email"] & ~entries.missing["email"],
        "shared_phone": entries.shared & ~entries.missing["phone"],
    })  # fmt: skip


def listed(records, uniform) -> np.ndarray:
    """Whether each customer is in each system, shape (customers, systems); uniform: same shape.

    Service is drawn given sales, so that the two correlate as much as declared.
    """
    chance = np.tile(records.coverage, (len(uniform), 1))
    sales, service = SILOS.index("sales"), SILOS.index("service")
    p, q = records.coverage[sales], records.coverage[service]
    both = p * q + records.sales_service * (p * (1 - p) * q * (1 - q)) ** 0.5
    in_sales = uniform[:, sales] < p
    chance[:, service] = quantise(np.where(in_sales, both / p, (q - both) / (1 - p)), 6)
    return uniform < chance


def mistyped(texts, wrong, uniform) -> np.ndarray:
    """Texts of which the wrong ones have two neighbours swapped, or a sign left out or doubled."""
    result = np.array(texts, dtype=object)
    for row in np.flatnonzero(wrong):
        result[row] = slip(result[row], uniform[row])
    return result


def slip(text: str, uniform: float) -> str:
    """One slip of the hand within the part before any @; never the text itself.

    >>> slip("Anna", 0.0), slip("Anna", 0.4), slip("Anna", 0.99)
    ('nAna', 'nna', 'Annaa')
    """
    own, at, rest = text.partition("@")
    kind, place = divmod(3 * uniform, 1)
    here = int(place * len(own))
    pairs = [i for i in range(len(own) - 1) if own[i] != own[i + 1]]
    if kind == 0 and pairs:
        i = pairs[int(place * len(pairs))]
        return own[:i] + own[i + 1] + own[i] + own[i + 2 :] + at + rest
    if kind == 1:
        return own[:here] + own[here + 1 :] + at + rest
    return own[: here + 1] + own[here:] + at + rest


def _entries(records, seed, block, kept):
    draws = Draws(seed, "source_records", block, kept)
    known = draws.uniform("known") < records.share
    is_listed = listed(records, draws.uniform("listed", len(SILOS))) & known[:, None]
    customer, silo = np.nonzero(is_listed)
    numbers = (draws.customer_id[customer] * 10 + silo) * PRIME % RANGE
    order = np.lexsort((numbers, (draws.customer_id[customer] - 1) // CHUNK))
    customer, silo = customer[order], silo[order]
    # The first of two neighbours has the phone; the second gives it as often as makes up for both.
    chances = {"name": records.typo, "email": records.typo, "phone_missing": records.phone_missing,
               "email_missing": records.email_missing,
               "shared": 2 * records.phone_shared}  # fmt: skip
    met = {name: (draws.uniform(name, len(SILOS)) < chance)[customer, silo]
           for name, chance in chances.items()}  # fmt: skip
    return Entries(
        customer, silo, numbers[order], {name: met[name] for name in ("name", "email")},
        {name: met[f"{name}_missing"] for name in ("phone", "email")},
        met["shared"] & (customer % 2 == 1),
    )  # fmt: skip


def _slip_draws(seed, block, kept):
    return Draws(seed, "source_records", block, kept).uniform("slip", len(SILOS), 2)


def _created_on(seed, block, kept):
    """Up to 120 days after joining, within the observation."""
    lag = Draws(seed, "source_records", block, kept).uniform("created_on", len(SILOS))
    day = joined_on(seed, block, kept)[:, None] + np.floor(120 * lag).astype("timedelta64[D]")
    return np.minimum(day, month_starts()[-1] - 1).astype("datetime64[us]")


def _objects(texts, rows):
    return np.asarray(texts, dtype=object)[rows]


def _missing(texts, gone):
    return pd.array(np.where(gone, None, texts), dtype="str")


MAKERS = {
    "source_records": make_source_records,
    "truth_source_records": make_truth_source_records,
}
