"""What formulas accept: numbers and words as scalars, lists, arrays or Series, brought to one length and one index.

Liberal in, strict out: one scalar in gives one scalar out, everything else gives a Series with the index of the first
Series among the arguments. Errors name argument, value, position (from 0, never a label: labels may be personal) and
what is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from numbers import Real
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

Floats: TypeAlias = npt.NDArray[np.float64]
#: What an argument may be: float, list, tuple, array, Series; missing values are None, NaN or NA.
Numbers: TypeAlias = Any
#: What a formula gives back: float where every argument was a scalar, otherwise a Series.
FloatOrSeries: TypeAlias = Any
#: The same for words: str (pd.NA for missing) or a Series of dtype string.
WordOrSeries: TypeAlias = Any


@dataclass(frozen=True, slots=True)
class Aligned:
    """Arguments of one call: float arrays and word arrays of one length; index is None where all were scalars."""

    numbers: Mapping[str, Floats]
    words: Mapping[str, npt.NDArray[np.object_]]
    index: pd.Index | None

    def __getitem__(self, name: str) -> Floats:
        return self.numbers[name]

    def require(
        self, name: str, *, at_least: float | None = None, above: float | None = None, at_most: float | None = None, hint: str = ""
    ) -> None:
        """Raise ValueError with the first offending value and its position. Missing values pass."""
        tests = ((at_least, "at least", np.less), (above, "above", np.less_equal), (at_most, "at most", np.greater))
        for limit, word, wrong in tests:
            if limit is None:
                continue
            bad = np.atleast_1d(wrong(self.numbers[name], limit))
            if bad.any():
                self._complain(name, int(bad.argmax()), f"must be {word} {limit:g}", hint)

    def _complain(self, name: str, position: int, rule: str, hint: str) -> None:
        value = np.atleast_1d(self.numbers[name])[position]
        where = "" if self.index is None else f" at position {position}"
        raise ValueError(f"{name} {rule}; got {value:g}{where}{'. ' + hint if hint else ''}")

    def give(self, values: Floats) -> FloatOrSeries:
        """A result as float or Series."""
        if self.index is None:
            return float(np.asarray(values).reshape(-1)[0])
        return pd.Series(np.broadcast_to(values, (len(self.index),)), index=self.index, dtype="float64")

    def give_words(self, values: npt.NDArray[np.object_]) -> WordOrSeries:
        """A result of words (None where missing) as str or pd.NA, or as a Series of dtype string."""
        if self.index is None:
            word = np.asarray(values, dtype=object).reshape(-1)[0]
            return pd.NA if word is None else word
        return pd.Series(np.broadcast_to(values, (len(self.index),)), index=self.index, dtype="string")


def align(numbers: Mapping[str, Numbers], words: Mapping[str, Any] | None = None) -> Aligned:
    """Bring arguments to one length and index. Scalars are repeated; Series are matched by index.

    Raises ValueError for a text in a number, an infinite number, different lengths, or Series about different rows.
    """
    given = {**numbers, **(words or {})}
    index = _common_index(given)
    size = 1 if index is None else len(index)
    floats = {name: _fit(_floats(value, name), value, name, size, index) for name, value in numbers.items()}
    texts = {name: _fit(_words(value), value, name, size, index) for name, value in (words or {}).items()}
    return Aligned(floats, texts, index)


def is_scalar(value: object) -> bool:
    """True for one number or word (a 0-dimensional array too), False for a list, array or Series."""
    return bool(pd.api.types.is_scalar(value)) or (isinstance(value, np.ndarray) and value.ndim == 0)


def floats(value: Numbers, name: str) -> Floats:
    """One argument as an array of float64, missing as NaN; a scalar becomes an array of length 1."""
    return np.atleast_1d(_floats(value, name))


def known_word(word: object, allowed: Mapping[str, Any] | tuple[str, ...], name: str) -> str:
    """The word itself if it is allowed; otherwise ValueError with the nearest allowed word."""
    if isinstance(word, str) and word in allowed:
        return word
    near = get_close_matches(str(word), list(allowed), n=1, cutoff=0.5)
    raise ValueError(f"{name} {word!r} is unknown; allowed: {', '.join(allowed)}{f'; did you mean {near[0]!r}?' if near else ''}")


def map_words(words: npt.NDArray[np.object_], table: Mapping[str, Any], name: str) -> npt.NDArray[np.object_]:
    """Each word looked up in a table; missing stays missing (None), an unknown word raises."""
    codes, unique = pd.factorize(np.asarray(words, dtype=object).reshape(-1), use_na_sentinel=True)
    found = [table[known_word(word, table, name)] for word in unique]
    return np.array([*found, None], dtype=object)[codes]


def _common_index(given: Mapping[str, Any]) -> pd.Index | None:
    series = [value for value in given.values() if isinstance(value, pd.Series)]
    if series:
        return series[0].index
    sizes = [len(value) for value in given.values() if not is_scalar(value)]
    return pd.RangeIndex(sizes[0]) if sizes else None


def _fit(array: Any, value: Any, name: str, size: int, index: pd.Index | None) -> Any:
    if is_scalar(value):
        return array.reshape(1) if index is None else np.broadcast_to(array.reshape(-1), (size,))
    if array.ndim != 1:
        raise ValueError(f"{name} must have one dimension; it has {array.ndim}")
    if len(array) != size:
        raise ValueError(f"{name} has {len(array)} values where {size} are expected")
    if isinstance(value, pd.Series) and index is not None and not value.index.equals(index):
        where = index.get_indexer_for(value.index) if index.is_unique and value.index.is_unique else np.array([-1])
        if (where < 0).any():
            raise ValueError(f"{name} is a Series about other rows: its index differs from that of the first Series")
        placed = np.empty_like(array)
        placed[where] = array
        return placed
    return array


def _floats(value: Any, name: str) -> Floats:
    if isinstance(value, pd.DataFrame):
        raise ValueError(f"{name} must be a number or one column of numbers; got a frame")
    array = value.to_numpy() if isinstance(value, pd.Series) and isinstance(value.dtype, np.dtype) else None
    if array is None:
        array = value.to_numpy(dtype=object) if isinstance(value, pd.Series) else np.asarray(value)
    if array.dtype.kind not in "fiu":
        flat = [_number(cell, name, place) for place, cell in enumerate(np.asarray(value, dtype=object).reshape(-1))]
        array = np.array(flat, dtype="float64").reshape(array.shape)
    array = array.astype("float64", copy=False)
    if np.isinf(array).any():
        raise ValueError(f"{name} must be finite; it holds an infinite number")
    return np.asarray(array)


def _number(cell: Any, name: str, place: int) -> float:
    if cell is None or cell is pd.NA or cell is pd.NaT:
        return float("nan")
    if isinstance(cell, Real) and not isinstance(cell, (bool, np.bool_)):
        return float(cell)
    if hasattr(cell, "as_integer_ratio"):
        return float(cell)
    raise ValueError(f"{name} must be a number; got {cell!r} ({type(cell).__name__}) at position {place}. Texts are read by `sources`")


def _words(value: Any) -> npt.NDArray[np.object_]:
    array = np.array([value] if is_scalar(value) else value, dtype=object)
    array[pd.isna(array)] = None
    return array
