"""Ids of any type as whole numbers from 0 on, row by row; what a panel in any order of rows is laid out by.

Whole numbers close together are looked up in a table of them. Other whole numbers and text of bounded length go through a table of
slots, all rows at once: every row writes its number into the slot of its hash and reads back who stands there; rows that find another
id than their own try again with another hash, and what still collides after some rounds is left to pandas. Ids are compared, never
only their hashes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Words = NDArray[np.uint64]
LONGEST = 64  # bytes of an id of text; longer ones are left to pandas
ROUNDS = 16  # each leaves some 3 % of the ids for the next, 37 % where every row has its own
MIXERS = tuple(np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93))


def numbered(ids: pd.Series) -> tuple[Integers, int]:
    """Ids without missing values → a code from 0 on for every row, and how many there are. Equal ids, and only they, share a code."""
    if isinstance(ids.dtype, np.dtype) and ids.dtype.kind == "i":
        values = ids.to_numpy().astype(np.int64, copy=False)
        return looked_up(values) or numbered_words([values.view(np.uint64)]) or _by_pandas(ids)
    words = text_words(ids)
    return (numbered_words(words) if words else None) or _by_pandas(ids)


def _by_pandas(ids: pd.Series) -> tuple[Integers, int]:
    codes, distinct = pd.factorize(ids, use_na_sentinel=False)
    return codes.astype(np.int64, copy=False), len(distinct)


def looked_up(values: Integers) -> tuple[Integers, int] | None:
    """Codes in rising order of whole numbers that span no more numbers than there are rows; None where they span more."""
    if not values.size:
        return None
    low, high = int(values.min()), int(values.max())
    if high - low >= values.size:
        return None
    offset = values - low if low else values
    there = np.zeros(high - low + 1, dtype=bool)
    there[offset] = True
    if there.all():
        return offset, there.size
    return (np.cumsum(there) - 1)[offset], int(np.count_nonzero(there))


def numbered_words(words: list[Words]) -> tuple[Integers, int] | None:
    """Codes of ids given as some columns of 64 bits; None where too many collide (an adversary's ids, or chance of next to nothing)."""
    codes = np.empty(words[0].size, dtype=np.int64)
    left: Integers | None = None
    count = 0
    for turn in range(ROUNDS):
        some = words if left is None else [column[left] for column in words]
        head = _heads(some, turn)
        leads = np.flatnonzero(head == np.arange(head.size, dtype=head.dtype))
        number = np.empty(head.size, dtype=head.dtype)
        number[leads] = np.arange(leads.size, dtype=head.dtype)
        code = number[head]
        own = some[0][leads][code] == some[0]
        for column in some[1:]:
            own &= column[leads][code] == column
        codes[slice(None) if left is None else left] = code + np.int64(count)
        count += leads.size
        if own.all():
            return codes, count
        left = np.flatnonzero(~own) if left is None else left[~own]
    return None


def _heads(words: list[Words], turn: int) -> NDArray[np.int32] | Integers:
    """For every row, one row of the same hash."""
    bits = np.uint64(max(int(words[0].size).bit_length(), 4))
    mixed = np.full(words[0].size, turn, dtype=np.uint64)
    for place, column in enumerate(words):
        mixed ^= column
        mixed *= MIXERS[(turn + place) % len(MIXERS)]
        mixed ^= mixed >> np.uint64(32)
    mixed *= MIXERS[turn % len(MIXERS)]
    slot = (mixed >> (np.uint64(64) - bits)).astype(np.int64)
    whole = np.int32 if slot.size < 2**31 else np.int64
    table = np.empty(1 << int(bits), dtype=whole)
    table[slot] = np.arange(slot.size, dtype=whole)
    return np.asarray(table[slot])


def text_words(ids: pd.Series) -> list[Words] | None:
    """Text held by Arrow as columns of 64 bits, padded with zeros, its length last where lengths differ; None for other columns."""
    arrow = _arrow_text(ids)
    if arrow is None or arrow.null_count or not len(arrow):
        return None
    _, offsets, data = arrow.buffers()
    wide = np.int64 if str(arrow.type).startswith("large_") else np.int32
    ends = np.frombuffer(offsets, dtype=wide)[arrow.offset : arrow.offset + len(arrow) + 1].astype(np.int64, copy=False)
    length = np.diff(ends)
    longest = int(length.max())
    if not 0 < longest <= LONGEST:
        return None
    text = np.concatenate([np.frombuffer(data, dtype=np.uint8)[: int(ends[-1])], np.zeros(LONGEST, dtype=np.uint8)])
    every = np.ndarray((text.size - 7,), dtype="<u8", buffer=text.data, strides=(1,))  # the eight bytes from each byte on
    equal = int(length.min()) == longest
    words = [_masked(every[ends[:-1] + start], longest - start if equal else length - start) for start in range(0, longest, 8)]
    return words if equal else [*words, length.view(np.uint64)]


def _arrow_text(ids: pd.Series) -> Any:
    """The column as one Arrow array of (large) strings, or None."""
    handed = getattr(ids.array, "__arrow_array__", None)
    if handed is None or not isinstance(ids.dtype, pd.StringDtype | pd.ArrowDtype) or getattr(ids.dtype, "storage", "pyarrow") != "pyarrow":
        return None
    arrow = handed()
    if str(arrow.type) not in ("string", "large_string"):
        return None
    return arrow.combine_chunks() if hasattr(arrow, "combine_chunks") else arrow


def _masked(word: Words, left: int | Integers) -> Words:
    """The first `left` bytes of each word (little end first), zeros after them."""
    if isinstance(left, int):
        return word if left >= 8 else word & np.uint64((1 << 8 * left) - 1)
    bits = np.clip(8 * left, 0, 64).astype(np.uint64)
    return np.where(bits == 64, word, word & ((np.uint64(1) << (bits & np.uint64(63))) - np.uint64(1)))
