"""Does a figure of a memo stand beside what it belongs to?

"The wall earns 16,900 and the shops 14,100": each figure follows its name. "16,900 for the wall,
14,100 for the shops": each precedes it. "The wall beats the shops, 16,900 to 14,100": they stand in
one order. Where none of these is plain, the figure is taken for its own.
"""

import re
from itertools import takewhile

_CLAUSE = re.compile(r"[,;:()—–](?=\s)|[。，；：、]")


def places(sentence, groups):
    """Return [(place, group)] of the words in a sentence, in their order.

    groups: tuples of words in small letters; a word may have an ending ("shop" finds "shops").
    """
    text = sentence.lower()
    found = [
        (match.start(), group)
        for group in groups
        for word in group
        for match in re.finditer(rf"(?<![a-z]){re.escape(word)}", text)
    ]
    return sorted(found)


def is_own(group, figures, names, sentence):
    """Whether the figure of a group stands beside its own name in a sentence.

    figures: [(place, group)] of the figures that are asked for; names: the same of the words.
    """
    if {name for _place, name in names} == {group}:
        return True
    found = [
        each
        for each in (_following(figures, names, sentence), _preceding(figures, names, sentence))
        if sorted(map(str, each)) == sorted(str(own) for _place, own in figures)
    ]
    found = found or _in_order(figures, names)
    if found:
        return any((group, group) in zip(_groups(figures), each, strict=True) for each in found)
    return len(figures) == 1 or group in _nearest(group, figures, names)


def _groups(pairs):
    return [group for _place, group in pairs]


def _following(figures, names, sentence):
    """Return the name that each figure follows in its clause, None without one."""
    return [_last(n for n in names if n[0] < at and _together(sentence, n[0], at))
            for at, _own in figures]  # fmt: skip


def _preceding(figures, names, sentence):
    """Return the name that each figure precedes in its clause, None without one."""
    return [_last(n for n in reversed(names) if n[0] > at and _together(sentence, at, n[0]))
            for at, _own in figures]  # fmt: skip


def _in_order(figures, names):
    """Return the names in the order in which they stand before the figures; [] if it is unclear."""
    before = list(takewhile(lambda name: name[0] < figures[0][0], names))
    latest = list(dict.fromkeys(_groups(reversed(before))))[::-1]
    order = latest + [each for each in dict.fromkeys(_groups(names)) if each not in latest]
    return [order] if len(order) == len(figures) > 1 else []


def _nearest(group, figures, names):
    """Return the names on both sides of the figures of a group."""
    own = [at for at, each in figures if each == group]
    return [_last(n for n in names if n[0] < at) for at in own] + [
        _last(n for n in reversed(names) if n[0] > at) for at in own
    ]


def _last(names):
    return next((group for _place, group in reversed(list(names))), None)


def _together(sentence, start, end):
    return _CLAUSE.search(sentence, start, end) is None
