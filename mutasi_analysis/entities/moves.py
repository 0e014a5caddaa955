"""The table of transfers."""

from mutasi_analysis.entities.people import PERSON
from mutasi_analysis.schema import Column, Table

MOVE_KINDS = ("rotasi", "promosi", "demosi", "permintaan_sendiri", "sanksi")


def _step(name: str, indonesian: str, english: str, example: str) -> Column:
    return Column(name, "date", indonesian, english, example=example)


def _unit(name: str, indonesian: str, english: str, required: bool) -> Column:
    return Column(name, "text", indonesian, english, required=required, references="unit_kerja.unit_id", example="PKM-03")


def _post(name: str, indonesian: str, english: str, required: bool) -> Column:
    return Column(name, "text", indonesian, english, required=required, references="jabatan.jabatan_id", example="perawat")


MUTASI = Table(
    "mutasi",
    "satu perpindahan seorang pegawai",
    "one transfer of a person",
    ("person_id", "tmt"),
    (
        PERSON,
        _unit("from_unit_id", "Unit asal", "Origin unit", True),
        _unit("to_unit_id", "Unit tujuan", "Destination unit", True),
        _post("from_jabatan_id", "Jabatan asal", "Origin post", False),
        _post("to_jabatan_id", "Jabatan tujuan", "Destination post", False),
        _step("from_tmt", "TMT jabatan asal", "Start of the origin post", "2018-01-02"),
        Column("tmt", "date", "Terhitung mulai tanggal", "Effective date", required=True, example="2022-07-01"),
        Column("move_kind", "category", "Jenis mutasi", "Kind of transfer", required=True, allowed=MOVE_KINDS, example="rotasi"),
        Column("reason", "text", "Alasan", "Reason", example="Penyesuaian beban kerja"),
        _step("need_analysed_on", "Analisis kebutuhan selesai", "Needs analysis finished", "2022-02-10"),
        _step("proposed_on", "Usulan diterima", "Proposal received", "2022-03-14"),
        _step("assessed_on", "Sidang Tim Penilai Kinerja", "Performance assessment team met", "2022-04-20"),
        _step("decided_on", "Keputusan (SK) ditandatangani", "Decision signed", "2022-06-10"),
        _step("reported_on", "Mulai bertugas di tempat baru", "Reported for duty", "2022-07-04"),
        Column(
            "documents_complete", "integer", "Dokumen lengkap", "Documents present", unit="dari 10", minimum=0, maximum=10, example="10"
        ),
        Column("socialised", "boolean", "Mendapat sosialisasi sebelum pindah", "Socialisation before the move", example="ya"),
        Column(
            "training_hours",
            "number",
            "Pelatihan sebelum pindah",
            "Training before the move",
            unit="jam pelajaran",
            minimum=0,
            maximum=2000,
            example="20",
        ),
    ),
    optional=False,
)
