"""What the writers share: the mark of demonstration data, and cells as text in Indonesian or plain form."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd

MARK = "DATA CONTOH (SINTETIS) — bukan data pegawai nyata"
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip

#: canonical words → what a clerk writes, for the columns where an agency would not write the canonical word
WORDS: dict[str, dict[str, str]] = {
    "sex": {"L": "Laki-laki", "P": "Perempuan"},
    "basis": {"year": "Tahun", "month": "Bulan", "week": "Minggu", "day": "Hari", "hour": "Jam"},
    "regime": {"pp-46-2011": "PP 46/2011", "pp-30-2019": "PP 30/2019", "permenpanrb-6-2022": "PermenPANRB 6/2022"},
    "move_kind": {
        "rotasi": "Rotasi",
        "promosi": "Promosi",
        "demosi": "Demosi",
        "permintaan_sendiri": "Atas Permintaan Sendiri",
        "sanksi": "Sanksi",
    },
}


def column_cells(series: pd.Series, blank: object = "") -> list[object]:
    """The cells of a column as plain Python values: bool, int, float, datetime or str; `blank` for missing."""
    values: list[object] = []
    for value, absent in zip(series.tolist(), series.isna().tolist(), strict=True):
        values.append(blank if absent else value.to_pydatetime() if isinstance(value, pd.Timestamp) else value)
    return values


def worded(series: pd.Series) -> pd.Series:
    """A column of canonical words as a clerk writes them: 'ahli_pertama' → 'Ahli Pertama'."""
    name = str(series.name)
    known = WORDS.get(name, {})
    return series.map(lambda word: known.get(word, _spelled(word)), na_action="ignore")


def _spelled(word: str) -> str:
    return " ".join(part if part in ("dan", "pada") else part.capitalize() for part in word.split("_")) if word.islower() else word


def plain_number(value: float) -> str:
    """A number with a decimal point, shortest form that reads back the same; '81.1250' where '81.125' could mean 81125."""
    if isinstance(value, int) or float(value).is_integer():
        return str(int(value))
    text = repr(float(value))
    return text + "0" if len(text.partition(".")[2]) == 3 else text


def indonesian_number(value: float) -> str:
    """1250.5 → '1.250,5', the shortest form that reads back the same."""
    if isinstance(value, int) or float(value).is_integer():
        return f"{int(value):,}".replace(",", ".")
    text = repr(float(value))
    if "e" in text:
        return text.replace(".", ",")
    whole, _, part = text.partition(".")
    grouped = f"{int(whole):,}".replace(",", ".")
    return f"{'-' if whole == '-0' else ''}{grouped},{part}"


def write_csv(path: Path, rows: Iterable[Sequence[object]], *, delimiter: str = ",", encoding: str = "utf-8", mark: str = "") -> Path:
    """A CSV file with the synthetic mark as its first line and Unix line ends; the same rows give the same bytes."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerow([mark or f"# {MARK}"])
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(buffer.getvalue().encode(encoding))
    return path
