# ruff: noqa: E501 (a sentence and its translation are easier to compare unbroken)
"""What errors say, in the language of the run. The Indonesian sentence is the key, as in gettext, so that whoever raises it
writes one sentence in place; `{name}` stands for what changes and is taken over as it is.
"""

from __future__ import annotations

import os
import re
from functools import cache

#: names the language of a run to everything that runs in it, kernels too
LANGUAGE = "MUTASI_LANGUAGE"

_EXPECTED = (
    ("I/a … IV/e (PNS) atau I … XVII (PPPK)", "I/a … IV/e (PNS) or I … XVII (PPPK)"),
    ("golongan PNS dengan ruang: I/a … IV/e", "a grade of PNS with its letter: I/a … IV/e"),
    ("golongan PPPK tanpa ruang: I … XVII", "a grade of PPPK without letter: I … XVII"),
    ("ya, tidak", "ya (yes), tidak (no)"),
    ("tanggal seperti 31-12-2023, 2023-12-31 atau 31 Desember 2023 (tahun 1930–2100)", "a day like 31-12-2023, 2023-12-31 or 31 Desember 2023 (years 1930–2100)"),
    ("bulan seperti 2023-05, 05/2023 atau Mei 2023", "a month like 2023-05, 05/2023 or Mei 2023"),
    ("angka seperti 1250 atau 1.250,5", "a number like 1250 or 1.250,5"),
    ("{one} atau {other} (bentuk {form} bermakna dua di kolom ini)", "{one} or {other} (the form {form} has two meanings in this column)"),
    (
        "18 angka sebagai teks: tanggal lahir (8), TMT pengangkatan (6), jenis kelamin 1/2 (1), nomor urut (3)",
        "18 digits as text: day of birth (8), month of appointment (6), sex 1/2 (1), serial number (3)",
    ),
    (
        "18 angka sebagai teks: tanggal lahir (8), TMT pengangkatan (6), jenis kelamin 1/2 (1), nomor urut (3); untuk PNS angka 13–14 adalah bulan",
        "18 digits as text: day of birth (8), month of appointment (6), sex 1/2 (1), serial number (3); for PNS digits 13–14 are a month",
    ),
    ("kode rinci ISCED-F 2013, empat angka sebagai teks (misalnya 0413)", "a detailed code of ISCED-F 2013, four digits as text (for example 0413)"),
    ("persen ditulis 98,5, bukan 0,985 atau sel berformat persen", "percent written as 98,5, not as 0,985 or in cells formatted as percent"),
    ("tahun {first} sampai {last}, yang hari libur nasional dan cuti bersamanya diketahui", "years {first} to {last}, whose public holidays and collective leave are known"),
    ("tugas penunjang di bawah 100 persen waktu kerja tersedia", "support tasks below 100 percent of the available working time"),
)  # fmt: skip
_PLACES = (
    ("sama dengan baris {row} berkas {file}", "the same as row {row} of file {file}"),
    ("sama dengan baris {row} lembar {sheet}", "the same as row {row} of sheet {sheet}"),
    ("sama dengan baris {row}", "the same as row {row}"),
    ("baris {row} memberi kode {code}", "row {row} gives code {code}"),
    ("NIP ini tidak ada di daftar pegawai", "this NIP is not in the list of employees (pegawai)"),
    ("lihat daftar {table}", "see the list {table}"),
    ("nama ini dipakai dua {key}; tulis kodenya", "two {key} share this name; write the code"),
    ('mungkin maksudnya "{name}"', 'perhaps "{name}" is meant'),
    ("harus pada atau sesudah {column} ({day})", "must be on or after {column} ({day})"),
    (
        "kode Kemendagri berawalan {start}, misalnya {example} (BPS {code} adalah {name}, yang kode Kemendagri-nya {right})",
        "a Kemendagri code that begins with {start}, for example {example} (BPS {code} is {name}, whose Kemendagri code is {right})",
    ),
    ("kode Kemendagri berawalan {start}, misalnya {example}", "a Kemendagri code that begins with {start}, for example {example}"),
    (
        "kode Kemendagri seperti 15.08.01 (BPS {code} adalah {name}, yang kode Kemendagri-nya {right})",
        "a Kemendagri code like 15.08.01 (BPS {code} is {name}, whose Kemendagri code is {right})",
    ),
    ("kode Kemendagri seperti 15.08.01", "a Kemendagri code like 15.08.01"),
    (
        "kode Kemendagri berawalan {start}; menurut Kemendagri {code} adalah {name}, mungkin tertukar dengan kode BPS",
        "a Kemendagri code that begins with {start}; for Kemendagri {code} is {name}, perhaps mistaken for the code of BPS",
    ),
    ("kode Kemendagri berawalan {start}", "a Kemendagri code that begins with {start}"),
)
_FILES = (
    ("tautan ini menunjuk ke luar folder data", "this link points out of the data folder"),
    ("judul kolomnya tidak cocok dengan tabel mana pun ({names})", "its column heads fit no table ({names})"),
    ("judul kolomnya tidak cocok dengan jenis mana pun ({names})", "its column heads fit no kind of file ({names})"),
    ("judul kolom untuk {kind} tidak ditemukan", "no column heads of {kind} were found"),
    ("hanya ada judul kolom, tidak ada baris data", "there are column heads only, no rows of data"),
    ("berkas kosong", "the file is empty"),
    ("lebih besar dari {size} MB; bagi menjadi beberapa berkas", "larger than {size} MB; split it into several files"),
    (
        "isinya lebih besar dari {size} MB; bagi menjadi beberapa berkas",
        "its content is larger than {size} MB; split it into several files",
    ),
    ("tidak dapat dibuka ({reason})", "it cannot be opened ({reason})"),
    ("terkunci kata sandi; simpan tanpa kata sandi", "locked by a password; save it without password"),
    (
        "buku kerja Excel rusak; buka di Excel lalu simpan ulang sebagai .xlsx",
        "a damaged Excel workbook; open it in Excel and save it again as .xlsx",
    ),
    ("susunan CSV rusak ({reason})", "the CSV is broken ({reason})"),
    ("bukan berkas teks atau buku kerja Excel", "neither a text file nor an Excel workbook"),
    ("satu pegawai, keadaan pada tanggal data", "one person, as of the date of the data"),
    ("satu unit kerja", "one unit"),
    ("satu nama jabatan", "one kind of post"),
    ("satu perpindahan seorang pegawai", "one transfer of a person"),
)
_UNITS = (
    ("persen", "percent"),
    ("tahun", "years"),
    ("jam pelajaran", "lesson hours"),
    ("JP/minggu", "lesson hours a week"),
    ("orang", "people"),
    ("rombel", "classes"),
    ("ruang", "rooms"),
    ("menit", "minutes"),
    ("jam", "hours"),
    ("derajat", "degrees"),
    ("dari 10", "out of 10"),
)
_RANGES = tuple((f"{{low}} … {{high}} {own}", f"{{low}} … {{high}} {english}") for own, english in _UNITS)
_ENDS = (
    ("satu sel berjalan lebih lama dari {n} detik", "one cell ran longer than {n} seconds"),
    ("kernel mati sebelum buku catatan (notebook) selesai", "the kernel died before the notebook had ended"),
    (
        "buku catatan (notebook) berhenti sebelum sel terakhir (misalnya oleh sys.exit)",
        "the notebook stopped before its last cell (for example by sys.exit)",
    ),
    ("memori tidak cukup di sel {n}", "not enough memory in cell {n}"),
    ("memori tidak cukup", "not enough memory"),
    ("{name} di sel {n}; jalankan dengan --debug untuk melihat jejaknya", "{name} in cell {n}; run with --debug to see the traceback"),
    (
        "{name} saat menyusun laporan; jalankan dengan --debug untuk melihat jejaknya",
        "{name} while the report was put together; run with --debug to see the traceback",
    ),
    (
        "proses berhenti sendiri tanpa menyelesaikan laporan (kode keluar {n})",
        "the process ended by itself without finishing the report (exit code {n})",
    ),
    ("proses mati oleh {name} (galat memori di pustaka)", "the process died by {name} (a memory fault in a library)"),
    (
        "proses mati oleh {name} (dihentikan paksa, mungkin memori habis)",
        "the process died by {name} (killed, perhaps for lack of memory)",
    ),
    ("proses mati oleh sinyal {name} (dihentikan)", "the process died by signal {name} (stopped)"),
    ("proses mati oleh {name} (dihentikan)", "the process died by {name} (stopped)"),
    ("{name}: tabel wajib belum ada: {tables}. Lihat `mutasi dictionary`.", "{name}: required tables are absent: {tables}. See `mutasi dictionary`."),
    ("{name}: tidak ada berkas csv atau xlsx di folder {folder}", "{name}: there is no csv or xlsx file in the folder {folder}"),
    ("Belum ada hasil di data/processed; jalankan dahulu: {command}", "There are no results in data/processed yet; run first: {command}"),
    ("as_of '{day}' bukan tanggal; tulis seperti 2025-12-31, atau kosongkan.", "as_of '{day}' is no day; write it like 2025-12-31, or leave it empty."),
    ("{place}: berkas tidak dapat dibaca; simpan sebagai teks UTF-8.", "{place}: the file cannot be read; save it as UTF-8 text."),
    ("{place}: bukan TOML yang benar ({error}).", "{place}: not correct TOML ({error})."),
    ("{place}: {key} belum diisi.", "{place}: {key} is not filled in yet."),
)  # fmt: skip
SENTENCES: tuple[tuple[str, str], ...] = (*_EXPECTED, *_PLACES, *_FILES, *_RANGES, *_ENDS)


def language_of_run() -> str:
    """The language that the run named; Indonesian where none did."""
    found = os.environ.get(LANGUAGE, "id")
    return found if found in ("id", "en") else "id"


def in_language(text: str, language: str) -> str:
    """A sentence, or a piece of one, in the language; one that is not known stays as it is."""
    if language == "id":
        return text
    for pattern, english in _patterns():
        if found := pattern.fullmatch(text):
            return english.format(**found.groupdict())
    return text


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(_pattern(own), re.S), english) for own, english in SENTENCES)


def _pattern(template: str) -> str:
    pieces = re.split(r"\{(\w+)\}", template)
    return "".join(f"(?P<{piece}>.+?)" if number % 2 else re.escape(piece) for number, piece in enumerate(pieces))
