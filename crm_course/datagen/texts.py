"""Text columns made in Arrow, many times faster than from numpy's or Python's strings."""

import numpy as np
import pandas as pd
import pyarrow as pa


def named(names, code) -> pd.api.extensions.ExtensionArray:
    """Return the name that each code stands for; -1 is missing.

    >>> import numpy as np
    >>> named(("f", "m"), np.array([1, 0, -1])).tolist()
    ['m', 'f', nan]
    """
    return text(pa.array(list(names), pa.large_string()).take(pa.array(code, mask=code < 0)))


def glued(*parts) -> pa.Array:
    """Return texts of several pieces; parts: (pieces to choose from, number of each row's piece).

    Chosen one after the other, pieces are neighbours in memory: where the borders between them
    are left out, they are one text. Joining them would take three times as long.

    >>> glued((pa.array(["a", "b"]), [1, 0]), (pa.array(["x", "yz"]), [0, 1])).to_pylist()
    ['bx', 'ayz']
    """
    choices, numbers = zip(*parts, strict=True)
    starts = np.cumsum([0, *map(len, choices[:-1])])
    row = np.empty((len(numbers[0]), len(parts)), "int32")
    for part, (number, start) in enumerate(zip(numbers, starts, strict=True)):
        np.add(number, start, out=row[:, part], casting="same_kind")
    _, borders, signs = pa.concat_arrays(choices).take(pa.array(row.ravel())).buffers()
    borders = np.frombuffer(borders, "<i4")[: row.size + 1 : len(parts)].copy()
    return pa.StringArray.from_buffers(len(row), pa.py_buffer(borders), signs)


def text(values: pa.Array) -> pd.api.extensions.ExtensionArray:
    """Return Arrow texts as the text column of a table."""
    return pd.array(values, dtype="str")
