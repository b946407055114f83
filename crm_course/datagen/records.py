"""Customers as six systems have them: who is in which, and what went wrong in writing them down."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from crm_course.schema.group import SILOS

from .customers import joined_on, month_starts
from .identities import make_identities
from .processes import quantise
from .streams import BLOCK, Draws
from .texts import named, text

CHUNK = 8_000  # records are shuffled within as many customers, so that a sample stays the beginning
COPIED = ("name", "phone", "email", "city", "postcode")
PRIME, RANGE = 7_654_321, 10_000_000_000  # PRIME has no factor of RANGE: no number comes twice


@dataclass(frozen=True)
class Entries:
    """The records of a block in their shuffled order; one row each.

    cell: where customer and system meet, if one counts row by row
    """

    cell: np.ndarray
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
    owner = {name: owner if name == "phone" else entries.customer for name in COPIED}
    copied = {name: _taken(who[name], rows, entries.missing.get(name))
              for name, rows in owner.items()}  # fmt: skip
    slips = _slip_draws(seed, block, kept).take(entries.cell, axis=0)
    for number, name in enumerate(("name", "email")):
        copied[name] = mistyped(copied[name], entries.typo[name], slips[:, number])
    return pd.DataFrame({
        "record_id": entries.record_id,
        "source": named(SILOS, entries.silo),
        **{name: text(values) for name, values in copied.items()},
        "created_on": _created_on(seed, block, kept, entries),
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


def mistyped(texts: pa.Array, wrong, uniform) -> pa.Array:
    """Texts of which the wrong ones have two neighbours swapped, or a sign left out or doubled."""
    wrong = wrong & ~texts.is_null().to_numpy(zero_copy_only=False)
    right = texts.filter(pa.array(wrong)).to_numpy(zero_copy_only=False)
    slipped = pa.array(slips(right.astype(str), uniform[wrong]).astype(object), texts.type)
    return pc.replace_with_mask(texts, pa.array(wrong), slipped)


def slips(texts, uniform) -> np.ndarray:
    """One slip of the hand within the part of each text before any @; never the text itself.

    >>> slips(np.array(["Anna", "Anna", "Anna"]), np.array([0.0, 0.4, 0.99])).tolist()
    ['nAna', 'nna', 'Annaa']
    """
    width = texts.dtype.itemsize // 4 + 1  # numpy has four bytes for a sign; one more may come
    signs = texts.astype(f"<U{width}").view("<u4").reshape(len(texts), width)
    position = np.arange(width)
    at = np.strings.find(texts, "@")
    length = np.where(at < 0, np.strings.str_len(texts), at)
    kind, place = np.divmod(3 * uniform, 1)
    here = (place * length).astype(int)
    differs = signs[:, :-1] != signs[:, 1:]
    pairs = np.cumsum(differs & (position[1:] < length[:, None]), axis=1)
    swapped = (kind == 0) & (pairs[:, -1] > 0)
    first = np.argmax(pairs > (place * pairs[:, -1]).astype(int)[:, None], axis=1)
    here = np.where(swapped, first, here)[:, None]
    after = np.where(kind == 1, 1, -1)[:, None] * (position > here - (kind == 1)[:, None])
    pair = (position == here) * 1 - (position == here + 1)
    source = position + np.where(swapped[:, None], pair, after)
    signs = np.take_along_axis(signs, np.minimum(source, width - 1), axis=1)
    return signs.view(f"<U{width}").ravel()


@lru_cache(maxsize=1)
def _entries(records, seed, block, kept):
    """The records of a block; kept, because two tables tell of them: do not write into them."""
    draws = Draws(seed, "source_records", block, kept)
    known = draws.uniform("known") < records.share
    is_listed = listed(records, draws.uniform("listed", len(SILOS))) & known[:, None]
    cell = np.flatnonzero(is_listed)
    customer, silo = np.divmod(cell, len(SILOS))
    numbers = (draws.customer_id[customer] * 10 + silo) * PRIME % RANGE
    order = np.argsort((draws.customer_id[customer] - 1) // CHUNK * RANGE + numbers)
    cell, customer, silo = cell[order], customer[order], silo[order]
    # The first of two neighbours has the phone; the second gives it as often as makes up for both.
    chances = {"name": records.typo, "email": records.typo, "phone_missing": records.phone_missing,
               "email_missing": records.email_missing,
               "shared": 2 * records.phone_shared}  # fmt: skip
    met = {name: draws.uniform(name, len(SILOS)).take(cell) < chance
           for name, chance in chances.items()}  # fmt: skip
    return Entries(
        cell, customer, silo, numbers[order], {name: met[name] for name in ("name", "email")},
        {name: met[f"{name}_missing"] for name in ("phone", "email")},
        met["shared"] & (customer % 2 == 1),
    )  # fmt: skip


def _slip_draws(seed, block, kept):
    return Draws(seed, "source_records", block, kept).uniform("slip", len(SILOS), 2).reshape(-1, 2)


def _created_on(seed, block, kept, entries):
    """Up to 120 days after joining, within the observation."""
    lag = Draws(seed, "source_records", block, kept).uniform("created_on", len(SILOS))
    later = np.floor(120 * lag.take(entries.cell)).astype("timedelta64[D]")
    day = joined_on(seed, block, kept)[entries.customer] + later
    return np.minimum(day, month_starts()[-1] - 1).astype("datetime64[us]")


def _taken(texts, rows, gone):
    """The text of each row, none where it is gone."""
    return pa.array(texts).take(pa.array(rows, mask=gone))


MAKERS = {
    "source_records": make_source_records,
    "truth_source_records": make_truth_source_records,
}
