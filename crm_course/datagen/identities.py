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
from .texts import named, text

DOMAINS = ("example.com", "example.net", "example.org")
AREA_CODES = [code for code in range(200, 1000) if code % 100 != 11]


def is_chinese(draws: Draws, locale: str = "") -> np.ndarray:
    """Which customers are Chinese: a fair coin, or all or none where everybody has one locale."""
    coin = draws.whole("locale", len(LOCALES)) == 1
    return np.full(len(coin), locale == "zh_CN") if locale else coin


@lru_cache(maxsize=1)
def make_identities(draws: Draws, locale: str = "") -> dict:
    """Make locale, name, gender, birth_year, email, phone, city, province, postcode."""
    chinese = is_chinese(draws, locale)
    female = draws.whole("gender", 2) == 0
    name, latin = _names(draws, chinese, female)
    return {
        "locale": named(LOCALES, chinese.astype(int)),
        "name": text(name),
        "gender": named(("m", "f"), female.astype(int)),
        "birth_year": _birth_year(*draws.uniform("birth_year", 2).T),
        "email": text(_email(draws, latin)),
        "phone": text(_phone(draws.customer_id, chinese)),
        **_address(draws, chinese),
    }


def _birth_year(one, other):
    """1940 to 2005, most of them in the middle."""
    return 1940 + np.floor(66 * ((one + other) / 2)).astype(int)


def _names(draws, chinese, female):
    """Full names as written in the locale, and the two Latin parts that a mail begins with."""
    first, last = draws.uniform("first_name"), draws.uniform("last_name")
    # Families come first in Chinese: whatever the locale, a name has one head and one tail.
    head = _pick("head", np.where(chinese, 2, female), np.where(chinese, last, first))
    tail = _pick("tail", np.where(chinese, female, 2), np.where(chinese, first, last))
    written, latin = zip(head, tail, strict=True)
    return _join(*written), latin


def _pick(part, kind, uniform):
    """Written and Latin texts of a part of each name, from the tickets of its kind."""
    written, latin, starts, sizes = _tickets(part)
    ticket = pa.array(starts[kind] + np.floor(uniform * sizes[kind]).astype(int))
    return written.take(ticket), latin.take(ticket)


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
        tuple(_join(pa.scalar(sign), each) for sign, each in zip(before, families, strict=True))
    )
    sizes = np.array([len(written) for written, _ in kinds])
    return *map(pa.concat_arrays, zip(*kinds, strict=True)), np.cumsum(sizes) - sizes, sizes


def _kind_of_tickets(locale, field):
    value, latin, weight = pools.names(locale, field)
    row = pa.array(np.repeat(np.arange(len(weight)), weight))
    return value.take(row), latin.take(row)


def _join(*parts):
    return pc.binary_join_element_wise(*parts, "")


def _email(draws, latin):
    domain = pa.array([f"@{domain}" for domain in DOMAINS])
    domain = domain.take(pa.array(draws.whole("email", len(DOMAINS))))
    return _join(*latin, _text(draws.customer_id), domain)


def _phone(customer_id, chinese):
    """Phones spread over the free ranges by multiplication; none repeats while there are any."""
    us = (customer_id * 30_011) % (len(AREA_CODES) * 100)
    subscriber = (customer_id * 7_654_321) % 10_000_000
    return pc.if_else(pa.array(chinese), _text(1540 * 10_000_000 + subscriber),
                      _american_phones().take(pa.array(us)))  # fmt: skip


@cache
def _american_phones():
    return pa.array([f"{area}-555-01{line:02}" for area in AREA_CODES for line in range(100)])


def _text(numbers):
    return pa.array(numbers).cast(pa.string())


def _address(draws, chinese):
    sizes = np.array([len(pools.places(locale)[0]) for locale in LOCALES])
    row = np.floor(draws.uniform("place") * sizes[chinese.astype(int)]).astype(int)
    row = pa.array(row + np.where(chinese, sizes[0], 0))
    parts = zip(("city", "province", "postcode"), _places(), strict=True)
    return {name: text(part.take(row)) for name, part in parts}


@cache
def _places():
    """City, province and postcode of all places, those of the first locale first."""
    return [pa.concat_arrays(part) for part in zip(*map(pools.places, LOCALES), strict=True)]
