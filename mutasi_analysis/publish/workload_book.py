"""A workbook of one file's workload whose formulas live: change a volume in Excel and need, index and band follow."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from mutasi_analysis.publish.workload_file import FileWorkload

TASK_HEADERS = ("Jabatan", "Uraian tugas", "Satuan hasil", "Volume", "Satuan waktu", "Kali per tahun", "Norma waktu (menit)",
                "Waktu kerja efektif (menit/tahun)", "Beban (menit/tahun)", "Kebutuhan (orang)")  # fmt: skip
POST_HEADERS = ("Jabatan", "Beban (menit/tahun)", "Kebutuhan (orang)", "Pegawai yang ada", "Indeks beban kerja", "Keterangan")
SCHOOL_HEADERS = ("Sekolah", "Kebutuhan guru", "Guru yang ada", "Selisih", "Indeks beban kerja", "Keterangan")
BANDS = {"overloaded": "kekurangan pegawai", "balanced": "seimbang", "underloaded": "kelebihan pegawai",
         "vacant": "kosong: tidak ada pegawai", "empty": "tidak ada kebutuhan dan pegawai"}  # fmt: skip
TITLE_ROW, HEADER_ROW, FIRST_ROW = 0, 2, 3


def write_workload_book(result: FileWorkload, path: Path) -> None:
    """Sheets "Kebutuhan" (posts or schools), "Tugas" (tasks) and "Catatan"; texts are never read as formulas."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": False}) as book:
        book.set_properties({"title": "Kebutuhan pegawai menurut beban kerja", "created": datetime(2000, 1, 1)})
        forms = {"title": book.add_format({"bold": True, "font_size": 14}),
                 "head": book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "text_wrap": True, "valign": "top"}),
                 "fte": book.add_format({"num_format": "0.000"}), "count": book.add_format({"num_format": "#,##0"}),
                 "input": book.add_format({"num_format": "#,##0.##", "bg_color": "#FFF8E1"}),
                 "wrap": book.add_format({"text_wrap": True})}  # fmt: skip
        if len(result.tasks):
            _posts_sheet(book.add_worksheet("Kebutuhan"), result, forms)
            _tasks_sheet(book.add_worksheet("Tugas"), result.tasks, forms)
        else:
            _schools_sheet(book.add_worksheet("Kebutuhan"), result.posts, forms)
        _notes_sheet(book.add_worksheet("Catatan"), result, forms)


def _head(sheet: Any, title: str, headers: tuple[str, ...], forms: dict[str, Any]) -> None:
    sheet.write_string(TITLE_ROW, 0, title, forms["title"])
    for column, header in enumerate(headers):
        sheet.write_string(HEADER_ROW, column, header, forms["head"])
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, len(headers), 16)


def _tasks_sheet(sheet: Any, tasks: pd.DataFrame, forms: dict[str, Any]) -> None:
    _head(sheet, "Uraian tugas; sel kuning boleh diubah", TASK_HEADERS, forms)
    sheet.set_column(1, 1, 60)
    for offset, row in enumerate(tasks.to_dict("records")):
        line = FIRST_ROW + offset
        for column, name in ((0, "post"), (1, "task"), (2, "output_unit"), (4, "basis")):
            sheet.write_string(line, column, "" if pd.isna(row[name]) else str(row[name]), forms["wrap"] if column == 1 else None)
        for column, name in ((3, "volume"), (5, "times_y"), (6, "norm_minutes"), (7, "effective_minutes_y")):
            sheet.write_number(line, column, row[name], forms["input"])
        n = line + 1
        sheet.write_formula(line, 8, f"=D{n}*F{n}*G{n}", forms["count"], row["volume"] * row["times_y"] * row["norm_minutes"])
        sheet.write_formula(line, 9, f"=I{n}/H{n}", forms["fte"], row["need_fte"])


def _posts_sheet(sheet: Any, result: FileWorkload, forms: dict[str, Any]) -> None:
    _head(sheet, "Kebutuhan pegawai menurut beban kerja; isi pegawai yang ada di sel kuning", POST_HEADERS, forms)
    last = FIRST_ROW + len(result.tasks)
    posts, load, need = (f"Tugas!${c}${FIRST_ROW + 1}:${c}${last}" for c in "AIJ")
    for offset, row in enumerate(result.posts.to_dict("records")):
        line, n = FIRST_ROW + offset, FIRST_ROW + offset + 1
        sheet.write_string(line, 0, str(row["post"]))
        sheet.write_formula(line, 1, f"=SUMIF({posts},A{n},{load})", forms["count"], row["load_minutes_y"])
        sheet.write_formula(line, 2, f"=SUMIF({posts},A{n},{need})", forms["fte"], row["required_fte"])
        _number_or_blank(sheet, line, 3, row["available"], forms["input"])
        _index_and_band(sheet, line, row, forms)


def _schools_sheet(sheet: Any, posts: pd.DataFrame, forms: dict[str, Any]) -> None:
    _head(sheet, "Kebutuhan guru kelas per sekolah", SCHOOL_HEADERS, forms)
    for offset, row in enumerate(posts.to_dict("records")):
        line, n = FIRST_ROW + offset, FIRST_ROW + offset + 1
        sheet.write_string(line, 0, str(row["post"]))
        _number_or_blank(sheet, line, 1, row["required_fte"], forms["input"])
        _number_or_blank(sheet, line, 2, row["available"], forms["input"])
        known = not (pd.isna(row["required_fte"]) or pd.isna(row["available"]))
        gap = row["available"] - row["required_fte"] if known else ""
        sheet.write_formula(line, 3, f'=IF(OR(B{n}="",C{n}=""),"",C{n}-B{n})', forms["count"], gap)
        _index_and_band(sheet, line, row, forms, need="B", people="C")


def _index_and_band(sheet: Any, line: int, row: dict[Any, Any], forms: dict[str, Any], *, need: str = "C", people: str = "D") -> None:
    """Index = need / people, blank where unknown or nobody; the band by the edges of scheme usulan-10-persen."""
    n = line + 1
    index = "" if pd.isna(row["index"]) else row["index"]
    sheet.write_formula(line, 4, f'=IF(OR({need}{n}="",{people}{n}="",{people}{n}=0),"",{need}{n}/{people}{n})', forms["fte"], index)
    vacant = f'IF(AND({people}{n}=0,{people}{n}<>"",{need}{n}>0),"{BANDS["vacant"]}","")'
    words = f'IF(E{n}>1.1,"{BANDS["overloaded"]}",IF(E{n}>=0.9,"{BANDS["balanced"]}","{BANDS["underloaded"]}"))'
    shown = "" if pd.isna(row["band"]) else BANDS[row["band"]]
    sheet.write_formula(line, 5, f'=IF(E{n}="",{vacant},{words})', None, "" if shown == BANDS["empty"] else shown)


def _number_or_blank(sheet: Any, line: int, column: int, value: float, form: Any) -> None:
    if pd.isna(value):
        sheet.write_blank(line, column, None, form)
    else:
        sheet.write_number(line, column, value, form)


def _notes_sheet(sheet: Any, result: FileWorkload, forms: dict[str, Any]) -> None:
    _head(sheet, "Aturan yang dipakai dan catatan", ("Keluarga", "Skema", "Nilai", "Satuan", "Dasar", "Status"), forms)
    for offset, norm in enumerate(result.norms):
        texts = (norm.family, norm.scheme, str(norm.value), norm.unit, norm.reference, norm.status)
        for column, text in enumerate(texts):
            sheet.write_string(FIRST_ROW + offset, column, text, forms["wrap"])
    for offset, note in enumerate(result.notes):
        sheet.write_string(FIRST_ROW + len(result.norms) + 1 + offset, 0, note)
