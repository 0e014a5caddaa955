"""The data dictionary, printed from the declarations in `entities`: as Markdown, and as a workbook an agency can fill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from mutasi_analysis.entities import DECLARED
from mutasi_analysis.schema import Column, Table

Language = Literal["id", "en"]

EXAMPLE_MARK = "<- CONTOH, tidak dibaca"
TITLE_ROW, LABEL_ROW, EXAMPLE_ROW, HEADER_ROW = 0, 1, 2, 3
LAST_ROW = 20_000
GUIDE_SHEET, CHOICES_SHEET = "Petunjuk", "Petunjuk pilihan"

_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "id": {
            "title": "Kamus data", "row": "Satu baris", "key": "Kunci", "optional": "boleh tidak ada", "needed": "wajib ada",
            "column": "Kolom", "meaning": "Arti", "kind": "Isi", "unit": "Satuan",
            "required": "Wajib", "accepted": "Yang diterima", "example": "Contoh",
            "yes": "ya", "fill": "WAJIB", "may_be_empty": "boleh kosong", "refers": "harus ada di", "personal": "data pribadi",
            "text": "teks", "integer": "bilangan bulat", "number": "angka", "date": "tanggal", "boolean": "ya/tidak", "category": "pilihan",
            "intro": "Dicetak dari deklarasi tabel oleh `mutasi dictionary`; jangan disunting dengan tangan. Kolom wajib harus terisi di "
            "setiap baris. Kode, NIP, dan pengenal adalah teks. NIP hanya ada di berkas mentah; begitu dibaca ia menjadi nama samaran.",
        },
        "en": {
            "title": "Data dictionary", "row": "One row", "key": "Key", "optional": "may be absent", "needed": "needed",
            "column": "Column", "meaning": "Meaning", "kind": "Holds", "unit": "Unit",
            "required": "Required", "accepted": "Accepted", "example": "Example",
            "yes": "yes", "fill": "REQUIRED", "may_be_empty": "may be empty", "refers": "must be in", "personal": "personal data",
            "text": "text", "integer": "whole number", "number": "number", "date": "date", "boolean": "yes/no", "category": "choice",
            "intro": "Printed from the table declarations by `mutasi dictionary`; not edited by hand. A required column is filled in every "
            "row. Codes, NIP and identifiers are text. A NIP stands in raw files only; once read it is a pseudonym.",
        },
    }
)  # fmt: skip

_GUIDE: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": (
            "Cara mengisi",
            "1. Satu lembar untuk satu tabel. Isi mulai baris di bawah judul kolom. Baris kuning di atasnya hanya contoh dan tidak dibaca.",
            "2. Kolom berjudul merah wajib diisi di setiap baris. Kolom lain boleh dikosongkan bila datanya tidak ada; jangan diisi 0.",
            "3. NIP dan kode disimpan sebagai teks. Jangan ubah format kolomnya, supaya 18 angka NIP tidak rusak.",
            "4. Tanggal ditulis hari-bulan-tahun, misalnya 01-07-2022. Kolom pilihan dan ya/tidak punya daftar yang dapat dibuka.",
            "5. Lembar yang tidak Anda punya datanya boleh dikosongkan; laporan akan mengatakan apa yang tidak dapat dihitung.",
            "6. Nama pegawai tidak diperlukan. NIP diganti nama samaran begitu berkas dibaca dan tidak keluar dari komputer ini.",
            "7. Simpan berkas ini di data/raw/<wilayah>/, lalu jalankan: mutasi check <wilayah>",
        ),
        "en": (
            "How to fill this in",
            "1. One sheet for one table. Fill from the row below the header. The yellow row above it is an example and is not read.",
            "2. Columns with a red header are required in every row. Leave others empty where there are no data; do not write 0.",
            "3. NIP and codes are text. Do not change the format of their columns, so that the 18 digits of a NIP stay whole.",
            "4. Dates are day-month-year, for example 01-07-2022. Choice and yes/no columns (ya/tidak) have a list to open.",
            "5. Sheets you have no data for may stay empty; the report says what could not be computed.",
            "6. Names of persons are not needed. A NIP becomes a pseudonym once the file is read and never leaves this computer.",
            "7. Save this file in data/raw/<region>/ and run: mutasi check <region>",
        ),
    }
)
_UNITS_EN = {"tahun": "year", "orang": "persons", "persen": "percent", "jam pelajaran": "lesson hours", "rombel": "classes",
             "JP/minggu": "lesson hours/week", "dari 10": "of 10"}  # fmt: skip


def dictionary_markdown(language: Language = "id") -> str:
    """Every table and column as one Markdown document."""
    words = _WORDS[language]
    lines = [f"# {words['title']}", "", words["intro"], ""]
    for table in DECLARED.values():
        lines += [*_table_markdown(table, language), ""]
    return "\n".join(lines).rstrip() + "\n"


def _table_markdown(table: Table, language: Language) -> list[str]:
    words = _WORDS[language]
    row = table.row_id if language == "id" else table.row_en
    need = words["optional"] if table.optional else words["needed"]
    heads = [words[key] for key in ("column", "meaning", "kind", "unit", "required", "accepted", "example")]
    key = ", ".join(f"`{name}`" for name in table.key)
    lines = [f"## {table.name}", "", f"{words['row']}: {row}. {words['key']}: {key}. ({need})", ""]
    lines += [_markdown_row(heads), _markdown_row(["---"] * len(heads))]
    return lines + [_markdown_row(_cells(column, language)) for column in table.columns]


def _cells(column: Column, language: Language) -> list[str]:
    words = _WORDS[language]
    unit = column.unit if language == "id" else _UNITS_EN.get(column.unit, column.unit)
    return [
        f"`{column.name}`", meaning(column, language), words[column.kind], unit,
        words["yes"] if column.required else "", accepted(column, language), column.example,
    ]  # fmt: skip


def _markdown_row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def meaning(column: Column, language: Language) -> str:
    """What a column means, and whether it is personal data."""
    text = column.description_id if language == "id" else column.description_en
    return f"{text} ({_WORDS[language]['personal']})" if column.personal else text


def accepted(column: Column, language: Language) -> str:
    """What a cell may hold, in words: choices, range, pattern, and the column it must agree with."""
    parts = [column.accepted() or ("ya, tidak" if column.kind == "boolean" else "")]
    if column.references:
        parts.append(f"{_WORDS[language]['refers']} {column.references}")
    return "; ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class _Formats:
    title: Any
    label: Any
    required: Any
    header: Any
    example: Mapping[str, Any]
    body: Mapping[str, Any]
    note: Any


def write_template_workbook(path: str | Path, language: Language = "id") -> None:
    """Write the workbook an agency fills: guide, one sheet per table, choices. Same words in, same bytes out.

    Each sheet: title, label row, one marked example row, header row with the canonical names (required ones red). The
    example stands above the header, where no reader takes it for data. Choices and yes/no are drop-down lists, NIP and
    codes are text cells, dates and numbers are checked while typing.
    """
    import xlsxwriter

    workbook = xlsxwriter.Workbook(str(path), {"default_date_format": "dd-mm-yyyy"})
    workbook.set_properties({"title": _WORDS[language]["title"], "created": datetime(2025, 1, 1)})
    formats = _formats(workbook)
    _write_guide(workbook.add_worksheet(GUIDE_SHEET), formats, language)
    sheets = [(workbook.add_worksheet(table.name), table) for table in DECLARED.values()]
    choices = _write_choices(workbook.add_worksheet(CHOICES_SHEET), formats)
    for sheet, table in sheets:
        _write_table(sheet, table, formats, choices, language)
    workbook.close()


def _formats(workbook: Any) -> _Formats:
    numbers = {"text": "@", "category": "@", "boolean": "@", "integer": "0", "number": "General", "date": "dd-mm-yyyy"}
    head = {"bold": True, "border": 1, "font_color": "white"}
    return _Formats(
        title=workbook.add_format({"bold": True, "font_size": 13}),
        label=workbook.add_format({"italic": True, "text_wrap": True, "valign": "bottom"}),
        required=workbook.add_format({**head, "bg_color": "#9B1C1C"}),
        header=workbook.add_format({**head, "bg_color": "#33475B"}),
        example={kind: workbook.add_format({"bg_color": "#FFF3BF", "italic": True, "num_format": form}) for kind, form in numbers.items()},
        body={kind: workbook.add_format({"num_format": form}) for kind, form in numbers.items()},
        note=workbook.add_format({"text_wrap": True, "valign": "top"}),
    )


def _write_guide(sheet: Any, formats: _Formats, language: Language) -> None:
    words = _WORDS[language]
    sheet.set_column(0, 0, 110)
    title, *lines = _GUIDE[language]
    sheet.write_string(0, 0, title, formats.title)
    for row, line in enumerate(lines, start=1):
        sheet.write_string(row, 0, line, formats.note)
    for row, table in enumerate(DECLARED.values(), start=len(lines) + 2):
        about = table.row_id if language == "id" else table.row_en
        need = words["optional"] if table.optional else words["needed"]
        sheet.write_string(row, 0, f"{table.name} ({need}). {words['row']}: {about}.", formats.note)


def _choice_columns() -> list[tuple[str, tuple[str, ...]]]:
    found = [(f"{t.name}.{c.name}", c.allowed) for t in DECLARED.values() for c in t.columns if c.allowed]
    return [("ya/tidak", ("ya", "tidak")), *found]


def _write_choices(sheet: Any, formats: _Formats) -> dict[str, str]:
    """Write every list of choices under its name, all in one column, so that no reader takes the sheet for a table.

    Gives back the range of each list, for the drop-downs.
    """
    from xlsxwriter.utility import xl_range_abs

    ranges: dict[str, str] = {}
    sheet.set_column(0, 0, 40)
    row = 0
    for name, allowed in _choice_columns():
        sheet.write_string(row, 0, name, formats.title)
        sheet.write_column(row + 1, 0, allowed)
        ranges[name] = f"='{CHOICES_SHEET}'!{xl_range_abs(row + 1, 0, row + len(allowed), 0)}"
        row += len(allowed) + 2
    return ranges


def _write_table(sheet: Any, table: Table, formats: _Formats, choices: Mapping[str, str], language: Language) -> None:
    words = _WORDS[language]
    about = table.row_id if language == "id" else table.row_en
    sheet.write_string(TITLE_ROW, 0, f"{table.name}. {words['row']}: {about}", formats.title)
    sheet.set_row(LABEL_ROW, 62)
    for place, column in enumerate(table.columns):
        _write_column(sheet, place, column, formats, language)
        rule = _validation(column, choices.get(f"{table.name}.{column.name}") or choices["ya/tidak"], language)
        if rule:
            sheet.data_validation(HEADER_ROW + 1, place, LAST_ROW, place, rule)
    last = len(table.columns)
    sheet.set_column(last, last, 28)
    sheet.write_string(EXAMPLE_ROW, last, EXAMPLE_MARK, formats.example["text"])
    sheet.freeze_panes(HEADER_ROW + 1, 1)


def _write_column(sheet: Any, place: int, column: Column, formats: _Formats, language: Language) -> None:
    sheet.set_column(place, place, max(14, len(column.name) + 3, len(column.example) + 2), formats.body[column.kind])
    unit = f" [{column.unit}]" if column.unit else ""
    need = _WORDS[language]["fill" if column.required else "may_be_empty"]
    sheet.write_string(LABEL_ROW, place, f"{need}: {meaning(column, language)}{unit}", formats.label)
    sheet.write_string(HEADER_ROW, place, column.name, formats.required if column.required else formats.header)
    note = accepted(column, language)
    if note:
        sheet.write_comment(HEADER_ROW, place, note[:1000])
    _write_example(sheet, place, column, formats.example[column.kind])


def _write_example(sheet: Any, place: int, column: Column, form: Any) -> None:
    if not column.example:
        sheet.write_blank(EXAMPLE_ROW, place, None, form)
    elif column.kind in ("integer", "number"):
        sheet.write_number(EXAMPLE_ROW, place, float(column.example.replace(",", ".")), form)
    elif column.kind == "date":
        sheet.write_datetime(EXAMPLE_ROW, place, datetime.fromisoformat(column.example), form)
    else:
        sheet.write_string(EXAMPLE_ROW, place, column.example, form)


def _validation(column: Column, choices: str, language: Language) -> dict[str, Any]:
    """The rule a spreadsheet program checks while typing; {} where there is none."""
    message = {"error_title": column.name[:32], "error_message": accepted(column, language)[:255] or _WORDS[language][column.kind]}
    if column.allowed or column.kind == "boolean":
        return {"validate": "list", "source": choices, **message}
    if column.kind == "date":
        return {"validate": "date", "criteria": "between", "minimum": date(1930, 1, 1), "maximum": date(2100, 12, 31), **message}
    if column.kind in ("integer", "number") and column.minimum is not None:
        highest = column.maximum if column.maximum is not None else 1e12
        kind = "integer" if column.kind == "integer" else "decimal"
        return {"validate": kind, "criteria": "between", "minimum": column.minimum, "maximum": highest, **message}
    return {}
