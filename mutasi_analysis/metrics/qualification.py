"""Qualification match: the field a person studied against the fields a post requires, and proposals for fields nobody coded yet.

Fields are tokens as `fields_of_study` writes them: an ISCED-F 2013 detailed code, with a subject behind a slash where a post
asks for more than the code says ("0114/matematika"). The match is an ordinal of its own, never part of JPM
(PermenPANRB 38/2017 asks for education apart from competencies).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from mutasi_analysis.fields_of_study import clean, field_text, isced_fields, level_ranks, load_professions
from mutasi_analysis.metrics.inputs import WordOrSeries, align, known_word

#: the metrics; proposals and their confirmation beside them are steps of the coding, no measures.
__all__ = ["coverage", "match_rank", "qualification_match"]

#: from the best to the hard stop; "unproven": right field, but the document that the profession needs is not in the string.
MATCHES = ("exact", "narrow", "broad", "other", "unproven", "stop")
#: ranks of the ordinal for open posts; unproven and unknown have none.
RANKS: Mapping[str, float] = {"exact": 3.0, "narrow": 2.0, "broad": 1.0, "other": 0.0, "unproven": float("nan"), "stop": -1.0}
#: subject of a field that a person confirmed: it fits open posts and grants no regulated profession.
CONFIRMED = "dikonfirmasi"
HOW = ("rule", "confirmed", "none", "blank")
_TOKEN = re.compile(r"\d{4}(/[a-z_0-9]+)?")
_YES = frozenset({"ya", "y", "yes", "true", "1", "benar", "setuju"})


def qualification_match(field: Any, required_fields: Any, *, profession: Any = None, level: Any = None) -> WordOrSeries:
    """Match of a field with the required fields of a post: exact, narrow (same narrow field), broad (same broad field), other.

    field: token or Series; required_fields: tokens joined by ";" (or a list of tokens for one post), one per person or one for
    all; the best of them counts. Equal codes are exact unless the post names a subject that the person does not have.
    profession: regulated profession of the post (parameters/fields_of_study/professions.toml), missing for open posts. There
    the answer is exact where the diploma grants it, unproven where the field fits but a second document decides, else stop;
    a field that a person confirmed is never more than unproven. level ("S-1", …), where known, makes unproven of a diploma under
    the profession's lowest level (SMK Keperawatan), and of a stop by a second degree (S-2, S-3), which says nothing of the first.
    Missing (NA) where the field or, for open posts, the requirement is not known. ValueError for tokens that are no code,
    unknown professions and levels. Ordinal: proposal (usulan).
    """
    if isinstance(required_fields, (list, tuple)) and not isinstance(field, (pd.Series, list, tuple, np.ndarray)):
        required_fields = ";".join(required_fields)
    names = {"field": field, "required_fields": required_fields, "profession": profession, "level": level}
    given = align({}, names)
    words = [given.words[name] for name in names]
    codes = np.broadcast_arrays(*(np.atleast_1d(word.codes) for word in words))
    shape = tuple(len(word.unique) + 1 for word in words)
    row_of, different = pd.factorize(np.ravel_multi_index(tuple(code + 1 for code in codes), shape))
    labels = [[None, *word.unique] for word in words]
    matches = [
        _match(*(label[place] for label, place in zip(labels, row, strict=True)))
        for row in zip(*np.unravel_index(different, shape), strict=True)
    ]
    return given.give_words(np.array([*matches, None], dtype=object)[row_of])


def match_rank(match: Any) -> Any:
    """Rank of a match for comparing and adding: exact 3, narrow 2, broad 1, other 0, stop −1; NaN for unproven and unknown."""
    given = align({}, {"match": match})
    return given.give(given.words["match"].numbered(RANKS, "match"))


def coverage(how: pd.Series) -> pd.DataFrame:
    """Share of staff coded by rule, by confirmed proposal, not at all, and left blank: columns how, n, share; always four rows."""
    counts = how.astype("string").value_counts().reindex(list(HOW), fill_value=0)
    share = counts / max(int(counts.sum()), 1) if counts.sum() else counts.astype("float64") * np.nan
    return pd.DataFrame({"how": list(HOW), "n": counts.to_numpy("int64"), "share": share.to_numpy("float64")})


def propose(strings: Sequence[str] | pd.Series, known: Mapping[str, str], *, minimum: float = 0.3, candidates: int = 1) -> pd.DataFrame:
    """The most similar coded strings for strings that no rule knows: a list for a person to confirm, never applied by itself.

    strings: as typed, repeated ones are counted; known: coded string → token. Similarity: cosine of TF-IDF weights of runs of
    two to four characters of the field text (level and abbreviations resolved), 0–1; under `minimum` nothing is proposed. On the collected
    strings, each without its own spelling, the nearest other string has the right code in 63 % (rapidfuzz: 48–53 %): not enough to apply.
    Columns: text n field similar_to similarity regulated (the proposal points to a regulated profession's field: a diploma
    must be seen) confirmed (empty, for the clerk's "ya"); most frequent text first.
    """
    counts = Counter(str(text) for text in strings)
    texts, examples = list(counts), list(known)
    columns = ["text", "n", "field", "similar_to", "similarity", "regulated", "confirmed"]
    if not texts or not examples:
        return pd.DataFrame(columns=columns)
    regulated = {token.split("/")[0] for entry in load_professions().values() for token in entry.grants}
    similarity = cosine_similarity([field_text(text) for text in texts], [field_text(text) for text in examples])
    order = np.argsort(-similarity, axis=1, kind="stable")[:, :candidates]
    rows = []
    for row, text in enumerate(texts):
        for place in order[row]:
            if similarity[row, place] >= minimum:
                code = known[examples[place]].split("/")[0]
                rows.append([text, counts[text], code, examples[place], round(float(similarity[row, place]), 3), code in regulated, ""])
    frame = pd.DataFrame(rows, columns=columns)
    return frame.sort_values(["n", "text", "similarity"], ascending=[False, True, False], kind="stable", ignore_index=True)


def apply_confirmed(frame: pd.DataFrame, confirmed: pd.DataFrame) -> pd.DataFrame:
    """The coded staff with confirmed proposals filled in: a new frame; how becomes "confirmed" where no rule decided.

    frame: as from `code_education` (text field narrow broad token how …); confirmed: columns text, field (ISCED-F 2013 detailed
    code), confirmed ("ya" counts, all else is ignored). Rules win over confirmations, blanks stay blank. ValueError for an
    unknown code (position named) and for two different confirmed codes of one text.
    """
    yes = confirmed[confirmed["confirmed"].astype("string").str.strip().str.lower().isin(_YES).fillna(False).to_numpy(bool)]
    codes = set(isced_fields().query("digits == 4")["code"])
    chosen: dict[str, str] = {}
    for position, (text, field) in enumerate(zip(yes["text"].astype(str), yes["field"].astype(str), strict=True)):
        if field not in codes:
            raise ValueError(f"field {field!r} of confirmed row {position} is no detailed field of ISCED-F 2013 (four digits, as text)")
        if chosen.setdefault(clean(text), field) != field:
            raise ValueError(f"text {text!r} is confirmed with two fields: {chosen[clean(text)]} and {field}")
    result = frame.copy()
    cleaned = frame["text"].fillna("").map({text: clean(str(text)) for text in frame["text"].fillna("").unique()})
    given = cleaned.map(chosen).where(frame["how"] == "none").astype("string")
    new = given.notna()
    for column, value in {"field": given, "narrow": given.str[:3], "broad": given.str[:2], "token": given + f"/{CONFIRMED}"}.items():
        result[column] = frame[column].mask(new, value)
    result["how"] = frame["how"].mask(new, "confirmed")
    return result


def cosine_similarity(left: Sequence[str], right: Sequence[str]) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Cosine of character TF-IDF weights (runs of 2–4 characters, smooth idf over both lists) of every left with every right string."""
    from scipy import sparse

    bags = [Counter(_grams(text)) for text in (*left, *right)]
    vocabulary = {gram: place for place, gram in enumerate(dict.fromkeys(gram for bag in bags for gram in bag))}
    cells = [(row, vocabulary[gram], count) for row, bag in enumerate(bags) for gram, count in bag.items()]
    if not cells:
        return np.zeros((len(left), len(right)))
    rows, columns, values = (np.array(part) for part in zip(*cells, strict=True))
    documents = np.bincount(columns, minlength=len(vocabulary))
    weights = (1 + np.log(values)) * (np.log((1 + len(bags)) / (1 + documents)) + 1)[columns]
    matrix = sparse.csr_matrix((weights, (rows, columns)), shape=(len(bags), len(vocabulary)))
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).reshape(-1))
    matrix = sparse.diags(1 / np.where(length > 0, length, 1)) @ matrix
    return np.asarray((matrix[: len(left)] @ matrix[len(left) :].T).toarray())


def _grams(text: str) -> list[str]:
    padded = f" {text} " if text else ""
    return [padded[start : start + size] for size in (2, 3, 4) for start in range(len(padded) - size + 1)]


def _match(field: str | None, required: str | None, profession: str | None, level: str | None) -> str | None:
    if field is not None and not _TOKEN.fullmatch(field):
        raise ValueError(f"field {field!r} is no token: four digits of ISCED-F 2013, with /subject where needed")
    if profession is not None:
        return _regulated(field, known_word(profession, load_professions(), "profession"), level)
    wanted = [token.strip() for token in (required or "").split(";") if token.strip()]
    if field is None or not wanted:
        return None
    for token in wanted:
        if not _TOKEN.fullmatch(token):
            raise ValueError(f"required_fields holds {token!r}, which is no token: four digits of ISCED-F 2013, with /subject where needed")
    return min((_closeness(field, token) for token in wanted), key=MATCHES.index)


def _closeness(field: str, wanted: str) -> str:
    if field == wanted or (field[:4] == wanted[:4] and "/" not in wanted):
        return "exact"
    return "narrow" if field[:3] == wanted[:3] else "broad" if field[:2] == wanted[:2] else "other"


def _regulated(field: str | None, profession: str, level: str | None) -> str | None:
    if field is None:
        return None
    entry, ranks = load_professions()[profession], level_ranks()
    rank = None if level is None else ranks[known_word(level, ranks, "level")]
    code, _, subject = field.partition("/")
    vague = subject in ("", CONFIRMED)
    if subject != CONFIRMED and (field in entry.grants or code in entry.grants):
        return "exact" if rank is None or rank >= ranks[entry.lowest_level] else "unproven"
    near = field in entry.near or (vague and code in {token.split("/")[0] for token in (*entry.grants, *entry.near)})
    second = rank is not None and rank >= ranks["S-2"]
    return "unproven" if near or second else "stop"
