"""Names, addresses, mails and phones from the pools: plausible, consistent, and nobody's.

Mail ends in example.com, .net or .org (RFC 2606) and holds the customer_id, so it is unique.
US phones are 555-01xx of any area code, kept free for fiction; Chinese ones begin with 1540, to our
knowledge given to no operator. First names agree with gender, postcodes with cities.
"""

from functools import cache, lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from crm_course.schema import LOCALES

from . import pools
from .streams import Draws
from .texts import glued, named, text

DOMAINS = ("@example.com", "@example.net", "@example.org")
AREA_CODES = [code for code in range(200, 1000) if code % 100 != 11]


def is_chinese(draws: Draws, locale: str = "") -> np.ndarray:
    """Which customers are Chinese: a fair coin, or all or none where everybody has one locale."""
    if locale:
        return np.full(len(draws.customer_id), locale == "zh_CN")
    return draws.whole("locale", len(LOCALES)) == 1


@lru_cache(maxsize=1)
def make_identities(draws: Draws, locale: str = "") -> dict:
    """Make locale, name, gender, birth_year, email, phone, city, province, postcode."""
    chinese = is_chinese(draws, locale)
    female = draws.whole("gender", 2) == 0
    tickets = _name_tickets(draws, chinese, female)
    return {
        "locale": named(LOCALES, chinese.astype(int)),
        "name": text(_name(*tickets)),
        "gender": named(("m", "f"), female.astype(int)),
        "birth_year": _birth_year(*draws.uniform("birth_year", 2).T),
        "email": text(_email(draws, *tickets)),
        "phone": text(_phone(draws.customer_id, chinese)),
        **_address(draws, chinese),
    }


def _birth_year(one, other):
    """1940 to 2005, most of them in the middle."""
    return 1940 + np.floor(66 * ((one + other) / 2)).astype(int)


def _name_tickets(draws, chinese, female):
    """Number of the ticket that each customer drew for the head and the tail of the name."""
    first, last = draws.uniform("first_name"), draws.uniform("last_name")
    # Families come first in Chinese: whatever the locale, a name has one head and one tail.
    head = _draw("head", np.where(chinese, 2, female), np.where(chinese, last, first))
    tail = _draw("tail", np.where(chinese, female, 2), np.where(chinese, first, last))
    return head, tail


def _draw(part, kind, uniform):
    *_, starts, sizes = _tickets(part)
    return starts[kind] + (uniform * sizes[kind]).astype(int)


def _name(head, tail):
    return glued((_tickets("head")[0], head), (_tickets("tail")[0], tail))


@cache
def _tickets(part):
    """One ticket per weight of each text, written and Latin; where its kind starts; how many.

    Kinds 0 and 1 are given names of men and women, 2 is families.
    """
    american, chinese = LOCALES
    given, family = (american, chinese) if part == "head" else (chinese, american)
    # Between an American's two names stands a blank, in the mail a full stop; in a Chinese mail
    # there is the family alone.
    before = ("", "") if part == "head" else (" ", ".")
    kinds = [_kind_of_tickets(given, field) for field in ("first_m", "first_f")]
    if part == "tail":
        kinds = [(written, pa.array([""] * len(written))) for written, _ in kinds]
    families = _kind_of_tickets(family, "last")
    kinds.append(
        tuple(pc.binary_join_element_wise(sign, each, "")
              for sign, each in zip(before, families, strict=True))
    )  # fmt: skip
    sizes = np.array([len(written) for written, _ in kinds])
    return *map(pa.concat_arrays, zip(*kinds, strict=True)), np.cumsum(sizes) - sizes, sizes


def _kind_of_tickets(locale, field):
    value, latin, weight = pools.names(locale, field)
    row = pa.array(np.repeat(np.arange(len(weight)), weight))
    return value.take(row), latin.take(row)


def _email(draws, head, tail):
    """Two Latin names, the id, a domain."""
    ids = pa.array(draws.customer_id).cast(pa.string())
    return glued(
        (_tickets("head")[1], head),
        (_tickets("tail")[1], tail),
        (ids, np.arange(len(ids))),
        (pa.array(DOMAINS), draws.whole("email", len(DOMAINS))),
    )


def _phone(customer_id, chinese):
    """Phones spread over the free ranges by multiplication; none repeats while there are any."""
    _, place = _divided(customer_id * 30_011, len(AREA_CODES) * 100)
    area, line = _divided(place, 100)
    _, place = _divided(customer_id * 7_654_321, 10_000_000)
    front, end = _divided(place, 10_000)
    fronts, ends = _phone_parts()
    return glued((fronts, np.where(chinese, front, 1_000 + area)),
                 (ends, np.where(chinese, end, 10_000 + line)))  # fmt: skip


def _divided(number, by):
    """Quotient and rest; numpy divides by one number four times faster than np.divmod does."""
    quotient = number // by
    return quotient, number - quotient * by


@cache
def _phone_parts():
    """How phones begin and how they end, the Chinese ones first."""
    fronts = [f"1540{front:03}" for front in range(1_000)]
    ends = [f"{end:04}" for end in range(10_000)]
    return (pa.array(fronts + [f"{area}-555-01" for area in AREA_CODES]),
            pa.array(ends + [f"{line:02}" for line in range(100)]))  # fmt: skip


def _address(draws, chinese):
    sizes = np.array([len(pools.places(locale)[0]) for locale in LOCALES])
    row = (draws.uniform("place") * sizes[chinese.astype(int)]).astype(int)
    row = pa.array(row + np.where(chinese, sizes[0], 0))
    parts = zip(("city", "province", "postcode"), _places(), strict=True)
    return {name: text(part.take(row)) for name, part in parts}


@cache
def _places():
    """City, province and postcode of all places, those of the first locale first."""
    return [pa.concat_arrays(part) for part in zip(*map(pools.places, LOCALES), strict=True)]
