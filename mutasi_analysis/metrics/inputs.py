"""What formulas accept: numbers and words as scalars, lists, arrays or Series, brought to one length and one index.

Liberal in, strict out: one scalar in gives one scalar out, everything else gives a Series with the index of the first
Series among the arguments. Errors name argument, value, position (from 0, never a label: labels may be personal) and
what is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
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
class Words:
    """Words (or other labels) of one argument as codes into their distinct values, sorted; code −1 is missing."""

    codes: npt.NDArray[np.intp]
    unique: Any

    def spelled(self) -> npt.NDArray[np.object_]:
        """The labels themselves, missing as None."""
        return np.array([*self.unique, None], dtype=object)[self.codes]

    def looked_up(self, table: Mapping[str, Any], name: str) -> npt.NDArray[np.object_]:
        """Each word looked up in a table; missing stays None, an unknown word raises ValueError with the nearest."""
        found = [table[known_word(word, table, name)] for word in self.unique]
        return np.array([*found, None], dtype=object)[self.codes]

    def numbered(self, table: Mapping[str, Any], name: str) -> Floats:
        """`looked_up` for tables of numbers; missing is NaN."""
        found = [float(table[known_word(word, table, name)]) for word in self.unique]
        return np.array([*found, np.nan])[self.codes]

    def groups(self, name: str) -> npt.NDArray[np.intp]:
        """The codes, where every row must have a label; otherwise ValueError with the first position."""
        if len(self.codes) and self.codes.min() < 0:
            raise ValueError(f"{name} is missing at position {int(self.codes.argmin())}")
        return self.codes


@dataclass(frozen=True, slots=True)
class Aligned:
    """Arguments of one call: float arrays and words of one length; index is None where all were scalars."""

    numbers: Mapping[str, Floats]
    words: Mapping[str, Words]
    index: pd.Index | None
    extremes: Mapping[str, tuple[float, float]]

    def __getitem__(self, name: str) -> Floats:
        return self.numbers[name]

    def require(
        self, name: str, *, at_least: float | None = None, above: float | None = None, at_most: float | None = None, hint: str = ""
    ) -> None:
        """Raise ValueError with the first offending value and its position. Missing values pass."""
        values = np.atleast_1d(self.numbers[name])
        lowest, highest = self.extremes[name]
        tests = (
            (at_least, "at least", np.less, lowest),
            (above, "above", np.less_equal, lowest),
            (at_most, "at most", np.greater, highest),
        )
        for limit, word, wrong, extreme in tests:
            if limit is not None and wrong(extreme, limit):
                self._complain(name, int(wrong(values, limit).argmax()), f"must be {word} {limit:g}", hint)

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
    arrays = {name: _floats(value, name) for name, value in numbers.items()}
    extremes = {name: _extremes(array, name) for name, array in arrays.items()}
    floats = {name: _fit(array, numbers[name], name, size, index) for name, array in arrays.items()}
    coded = {name: _coded(value, name, size, index) for name, value in (words or {}).items()}
    return Aligned(floats, coded, index, extremes)


def factorize(values: Any) -> tuple[npt.NDArray[np.intp], Any]:
    """Codes and sorted distinct labels, missing −1; whole numbers from 0 on that are not sparse are counted, not hashed."""
    array = values.to_numpy() if isinstance(values, (pd.Series, pd.Index)) and isinstance(values.dtype, np.dtype) else values
    if isinstance(array, np.ndarray) and array.dtype.kind in "iu" and array.size and array.min() >= 0 and array.max() <= 2 * array.size:
        present = np.bincount(array) > 0
        return (np.cumsum(present) - 1)[array], np.flatnonzero(present).astype(array.dtype)
    codes, unique = pd.factorize(values, sort=True)
    return codes, unique


def is_scalar(value: object) -> bool:
    """True for one number or word (a 0-dimensional array too), False for a list, array or Series."""
    return bool(pd.api.types.is_scalar(value)) or (isinstance(value, np.ndarray) and value.ndim == 0)


def floats(value: Numbers, name: str) -> Floats:
    """One argument as an array of finite float64, missing as NaN; a scalar becomes an array of length 1."""
    array = np.atleast_1d(_floats(value, name))
    _extremes(array, name)
    return array


def known_word(word: object, allowed: Mapping[str, Any] | tuple[str, ...], name: str) -> str:
    """The word itself if it is allowed; otherwise ValueError with the nearest allowed word."""
    if isinstance(word, str) and word in allowed:
        return word
    near = get_close_matches(str(word), list(allowed), n=1, cutoff=0.5)
    raise ValueError(f"{name} {word!r} is unknown; allowed: {', '.join(allowed)}{f'; did you mean {near[0]!r}?' if near else ''}")


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
        if not (index.is_unique and value.index.is_unique):
            raise ValueError(f"{name} cannot be matched by index: a row label stands twice")
        where = index.get_indexer(value.index)
        if (where < 0).any():
            raise ValueError(f"{name} is a Series about other rows: its index differs from that of the first Series")
        placed = np.empty_like(array)
        placed[where] = array
        return placed
    return array


def _floats(value: Any, name: str) -> Floats:
    if isinstance(value, pd.DataFrame):
        raise ValueError(f"{name} must be a number or one column of numbers; got a frame")
    if isinstance(value, pd.Series) and pd.api.types.is_numeric_dtype(value.dtype) and not pd.api.types.is_bool_dtype(value.dtype):
        return value.to_numpy(dtype="float64", na_value=np.nan)
    array = np.asarray(value)
    if array.dtype.kind not in "fiu":
        flat = [_number(cell, name, place) for place, cell in enumerate(np.asarray(value, dtype=object).reshape(-1))]
        array = np.array(flat, dtype="float64").reshape(array.shape)
    return np.asarray(array.astype("float64", copy=False))


def _extremes(array: Floats, name: str) -> tuple[float, float]:
    """Smallest and largest number (NaN where there is none); an infinite one raises."""
    if not array.size:
        return float("nan"), float("nan")
    lowest, highest = float(np.fmin.reduce(array, axis=None)), float(np.fmax.reduce(array, axis=None))
    if np.isinf(lowest) or np.isinf(highest):
        raise ValueError(f"{name} must be finite; it holds an infinite number")
    return lowest, highest


def _number(cell: Any, name: str, place: int) -> float:
    if cell is None or cell is pd.NA or cell is pd.NaT:
        return float("nan")
    if not isinstance(cell, (bool, np.bool_)) and isinstance(cell, (Real, Decimal)):
        return float(cell)
    raise ValueError(f"{name} must be a number; got {cell!r} ({type(cell).__name__}) at position {place}. Texts are read by `sources`")


def _coded(value: Any, name: str, size: int, index: pd.Index | None) -> Words:
    """Words of an argument; text, numbers, dates and categories are coded in their own dtype, which is fast."""
    if is_scalar(value):
        values: Any = np.array([value], dtype=object)
    elif isinstance(value, (pd.Series, pd.Index, pd.Categorical, np.ndarray)):
        values = value
    else:
        values = np.empty(len(value), dtype=object)
        values[:] = pd.Series(list(value), dtype=object)
    codes, unique = factorize(values)
    return Words(_fit(codes, value, name, size, index), unique)
