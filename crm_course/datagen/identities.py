"""Names, addresses, mails and phones from the pools: plausible, consistent, and nobody's.

Mail ends in example.com, .net or .org (RFC 2606) and holds the customer_id, so it is unique.
US phones are 555-01xx of any area code, kept free for fiction; Chinese ones begin with 1540, to our
knowledge given to no operator. First names agree with gender, postcodes with cities.
"""

from functools import lru_cache

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
        "birth_year": 1940 + np.floor(66 * draws.uniform("birth_year", 2).mean(axis=1)).astype(int),
        "email": text(_email(draws, latin)),
        "phone": text(_phone(draws.customer_id, chinese)),
        **_address(draws, chinese),
    }


def _names(draws, chinese, female):
    """Full names as written in the locale, and their Latin part before the customer number."""
    american, western = _full_names(draws, female, "en_US")
    family_first, pinyin = _full_names(draws, female, "zh_CN")
    chinese = pa.array(chinese)
    return pc.if_else(chinese, family_first, american), pc.if_else(chinese, pinyin, western)


def _full_names(draws, female, locale):
    """Name and Latin name; where the family name comes first, its pinyin is the Latin name."""
    first, last = draws.uniform("first_name"), draws.uniform("last_name")
    women, men = _pick(locale, "first_f", first), _pick(locale, "first_m", first)
    given, given_latin = (
        pc.if_else(pa.array(female), w, m) for w, m in zip(women, men, strict=True)
    )
    family, family_latin = _pick(locale, "last", last)
    if locale == "zh_CN":
        return _join(family, given), family_latin
    return _join(given, family, sep=" "), _join(given_latin, family_latin, sep=".")


def _pick(locale, field, uniform):
    value, latin, weight = pools.names(locale, field)
    row = np.repeat(np.arange(len(weight)), weight)
    index = row[np.floor(uniform * len(row)).astype(int)]
    return value.take(pa.array(index)), latin.take(pa.array(index))


def _join(*parts, sep=""):
    return pc.binary_join_element_wise(*parts, sep)


def _email(draws, latin):
    number = pa.array(draws.customer_id).cast(pa.string())
    domain = pa.array(DOMAINS).take(pa.array(draws.whole("email", len(DOMAINS))))
    return _join(_join(latin, number), domain, sep="@")


def _phone(customer_id, chinese):
    """Phones spread over the free ranges by multiplication; none repeats while there are any."""
    us = (customer_id * 30_011) % (len(AREA_CODES) * 100)
    area = pa.array(AREA_CODES).take(pa.array(us // 100)).cast(pa.string())
    american = _join(area, pa.scalar("555"), pc.utf8_lpad(_text(100 + us % 100), 4, "0"), sep="-")
    subscriber = pc.utf8_lpad(_text((customer_id * 7_654_321) % 10_000_000), 7, "0")
    return pc.if_else(pa.array(chinese), _join(pa.scalar("1540"), subscriber), american)


def _text(numbers):
    return pa.array(numbers).cast(pa.string())


def _address(draws, chinese):
    uniform = draws.uniform("place")
    columns = []
    for locale in LOCALES:
        index = np.floor(uniform * len(pools.places(locale)[0])).astype(int)
        columns.append([part.take(pa.array(index)) for part in pools.places(locale)])
    both = [text(pc.if_else(pa.array(chinese), zh, en)) for en, zh in zip(*columns, strict=True)]
    return dict(zip(("city", "province", "postcode"), both, strict=True))
