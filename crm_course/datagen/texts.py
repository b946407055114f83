"""Text columns made in Arrow, many times faster than from numpy's or Python's strings."""

import pandas as pd
import pyarrow as pa


def named(names, code) -> pd.api.extensions.ExtensionArray:
    """Return the name that each code stands for; -1 is missing.

    >>> import numpy as np
    >>> named(("f", "m"), np.array([1, 0, -1])).tolist()
    ['m', 'f', nan]
    """
    return text(pa.array(list(names), pa.string()).take(pa.array(code, mask=code < 0)))


def text(values: pa.Array) -> pd.api.extensions.ExtensionArray:
    """Return Arrow texts as the text column of a table."""
    return pd.array(values, dtype="str")
