"""Find the header of a sheet by its words: title rows above are skipped, two header rows are joined, merged cells filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import zip_longest

from mutasi_analysis.schema import Table
from mutasi_analysis.sources.aliases import Aliases, aliases
from mutasi_analysis.sources.cells import is_missing, plain, shown, squeeze
from mutasi_analysis.sources.grids import Grid
from mutasi_analysis.sources.kinds import KINDS, NAME_HINTS

#: per column: the header as written, and the plain texts it may be known by
Labels = tuple[tuple[str, tuple[str, ...]], ...]
SEARCHED_ROWS = 40
#: a required column may come from another column or from the text around the table instead
SUBSTITUTES: Mapping[str, tuple[str, ...]] = {"norm_time": ("norm_minutes", "norm_hours"), "norm_unit": ("norm_minutes", "norm_hours")}
CONTEXTUAL: Mapping[str, frozenset[str]] = {
    "beban_kerja": frozenset({"unit_id", "jabatan_id", "year", "basis", "norm_unit"}),
    "abk": frozenset({"basis", "norm_unit"}),
    "pegawai": frozenset({"asn_kind"}),
    "sekolah": frozenset({"year"}),
    "kinerja": frozenset({"year", "half", "regime"}),
    "layanan": frozenset({"month", "indicator"}),
    "kompetensi": frozenset({"assessed_on"}),
    "survei": frozenset({"wave"}),
}


@dataclass(frozen=True)
class Header:
    """Where the table starts and which column is which.

    kind: key of KINDS; first, last: header rows from 0; columns: canonical or helper name → column from 0;
    melt: column from 0 → word; titles: column from 0 → header as the file writes it; score: larger is surer;
    missing: required columns that neither a header nor the surrounding text can give.
    """

    kind: str
    first: int
    last: int
    columns: Mapping[str, int]
    melt: Mapping[int, str]
    titles: Mapping[int, str]
    score: float
    missing: tuple[str, ...]

    @property
    def canonical(self) -> bool:
        """Whether the file uses the data dictionary's own column names: then nothing is guessed for it."""
        return all(self.titles[index].strip().lower() == name for name, index in self.columns.items()) and not self.melt


def fill_merged(grid: Grid) -> list[list[object]]:
    """The rows with every merged range filled from its first cell."""
    if not grid.merged:
        return grid.rows
    rows = list(grid.rows)
    for (top, left), (bottom, right) in grid.merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        for number, row in enumerate(rows[top : bottom + 1], start=top):
            rows[number] = [*row[:left], *[rows[top][left]] * len(row[left : right + 1]), *row[right + 1 :]]
    return rows


def find_header(rows: Sequence[Sequence[object]], *, names: tuple[str, ...], kinds: Sequence[str] = tuple(KINDS)) -> Header | None:
    """The best header within the first rows, or None. names: file and sheet name, hints that only break ties."""
    best: Header | None = None

    @cache
    def texts(number: int) -> tuple[str, ...]:
        return tuple(["" if is_missing(cell) else squeeze(cell) for cell in rows[number]])

    for first in range(min(SEARCHED_ROWS, len(rows))):
        if best is not None and first > best.last + 5:
            break
        if sum(map(bool, texts(first))) < 2:
            continue
        for last in (first, first + 1):
            if last >= len(rows) or (last > first and not _may_be_header(rows[last])):
                continue
            for match in _matches(_labels([texts(number) for number in range(first, last + 1)]), tuple(kinds)):
                score = match.score + (1.5 * _hint(match.kind, names) - 1.5 * (last - first)) + match.bonus
                if best is None or score > best.score + 1e-9:
                    best = Header(match.kind, first, last, match.columns, match.melt, match.titles, score, match.missing)
    return best


def _may_be_header(row: Sequence[object]) -> bool:
    """A second header row holds words only: a number, a date or a NIP in it means that it is the first record."""
    return all(is_missing(cell) or (isinstance(cell, str) and any(letter.isalpha() for letter in cell)) for cell in row)


def _labels(header: Sequence[Sequence[str]]) -> Labels:
    """Per column: the header as written, and the plain texts it may be known by, surest first."""
    result: list[tuple[str, tuple[str, ...]]] = []
    carried = ""
    for parts in zip_longest(*header, fillvalue=""):
        if len(parts) == 2:
            carried = parts[0] or carried
            parts = (parts[0] or (carried if parts[1] else ""), parts[1])
        result.append(_label(parts))
    return tuple(result)


@lru_cache(maxsize=4096)
def _label(parts: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    distinct = list(dict.fromkeys(part for part in parts if part))
    known = [" ".join(distinct), *reversed(distinct)]
    known += [text.split("(")[0] for text in known if "(" in text]
    return " ".join(distinct), tuple(dict.fromkeys(plain(text) for text in known if plain(text)))


@dataclass(frozen=True, slots=True)
class _Match:
    """What labels mean as the header of one kind, wherever they stand: fields of Header. bonus: for the data dictionary's own names."""

    kind: str
    columns: Mapping[str, int]
    melt: Mapping[int, str]
    titles: Mapping[int, str]
    score: float
    bonus: int
    missing: tuple[str, ...]


@lru_cache(maxsize=4096)  # the sheets of a form have the same header
def _matches(labels: Labels, kinds: tuple[str, ...]) -> tuple[_Match, ...]:
    said = {text for _, texts in labels for text in texts}
    known = {kind: aliases()[kind] for kind in kinds}
    found = (_match(KINDS[kind], known[kind], labels) for kind in kinds if not known[kind].headers.keys().isdisjoint(said))
    return tuple(match for match in found if match is not None)


def _match(table: Table, known: Aliases, labels: Labels) -> _Match | None:
    columns: dict[str, tuple[int, int]] = {}
    melt: dict[int, str] = {}
    for index, (_, texts) in enumerate(labels):
        match = next((known.headers[text] for text in texts if text in known.headers), None)
        word = next((known.melt[text] for text in texts if text in known.melt), None)
        if match is not None:
            name, priority = match
            if name not in columns or priority < columns[name][1]:
                columns[name] = (index, priority)
        elif word is not None and word not in melt.values():
            melt[index] = word
    if known.into and known.into[0] in columns:
        melt = {}
    if len(columns) + len(melt) < 2 or not columns:
        return None
    given = set(columns) | (set(known.into) if melt else set())
    required = [column.name for column in table.columns if column.required]
    missing = tuple(name for name in required if not _available(name, table.name, given))
    hard = [name for name in required if name not in CONTEXTUAL.get(table.name, frozenset())]
    coverage = 1 - len([name for name in hard if not _available(name, "", given)]) / len(hard)
    if coverage < 0.5:
        return None
    labelled = sum(bool(texts) for _, texts in labels)
    score = 10 * coverage + len(columns) + min(len(melt), 4) + 5 * (len(columns) + len(melt)) / labelled - 2 * len(missing)
    titles = {index: shown(title, personal=False) or "" for index, (title, _) in enumerate(labels)}
    canonical = all(titles[index].lower() == name for name, (index, _) in columns.items())
    bonus = 2 if canonical else 0  # its label row above says the same in words
    return _Match(table.name, {name: index for name, (index, _) in columns.items()}, melt, titles, score, bonus, missing)


def _available(name: str, kind: str, given: set[str]) -> bool:
    return name in given or name in CONTEXTUAL.get(kind, frozenset()) or any(other in given for other in SUBSTITUTES.get(name, ()))


def _hint(kind: str, names: tuple[str, ...]) -> float:
    texts = [plain(name) for name in names]
    if any(text == plain(kind) for text in texts):
        return 2.0
    return 1.0 if any(hint in text and kind == target for text in texts for hint, target in NAME_HINTS.items()) else 0.0
