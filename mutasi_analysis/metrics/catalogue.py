"""Every public metric: what it is called, its unit, whose rule it is, how sure that is, and the worked cases that check it.

status: "verified" (read in the text of the law or the paper), "unverified" (read in secondary sources), "usulan" (our own proposal, and
shown as such). A test walks this table: no metric without a row, no row without a function and a worked case.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

COLUMNS = ("name", "function", "unit", "source", "status", "cases")


@dataclass(frozen=True, slots=True)
class Metric:
    """One row: Indonesian name, "module.function" inside `metrics`, unit, source, status, ids of worked cases in tests/cases."""

    name: str
    function: str
    unit: str
    source: str
    status: str
    cases: tuple[str, ...]


_MENPAN75 = "KepMenPAN KEP/75/M.PAN/7/2004"
_ABK = "PermenPANRB 1/2020; KepMenPAN KEP/75/M.PAN/7/2004"
_WISN = "WHO, WISN User's manual (2010)"
_KES = "Permenkes 33/2015 (ABK-Kes)"
_GURU = "Permendiknas 15/2010; PP 74/2008 jo. PP 19/2017"
_JPM = "PermenPANRB 38/2017; laporan penilaian kompetensi"
_IP = "PermenPANRB 38/2018; Peraturan BKN 8/2019"
_OURS = "Usulan paket ini"

METRICS: tuple[Metric, ...] = (
    Metric("Volume setahun", "abk.annual_volume", "hasil/tahun", "PermenPANRB 1/2020", "unverified", ("T-ANN",)),
    Metric("Beban tugas", "abk.task_minutes", "menit/tahun", _ABK, "unverified", ("T-ABK-1-load", "IPB-task", "WISN-text-load")),
    Metric("Beban unit", "abk.unit_minutes", "menit/tahun", _ABK, "unverified", ("T-ABK-1-unit",)),
    Metric("Kebutuhan pegawai", "abk.staffing_need", "FTE", _ABK, "unverified", ("T-ABK-1", "T-ABK-sens", "ABK-sheet")),
    Metric("Kebutuhan: tugas per tugas", "abk.need_by_task", "FTE", _MENPAN75, "unverified", ("BIG-process", "IPB-need", "Laras-baseline")),
    Metric("Kebutuhan: hasil kerja", "abk.need_by_output", "FTE", _MENPAN75, "unverified", ("K75-output", "BIG-output")),
    Metric("Kebutuhan: objek kerja", "abk.need_by_object", "FTE", _MENPAN75, "unverified", ("K75-object", "BIG-object")),
    Metric("Kebutuhan: peralatan kerja", "abk.need_by_equipment", "FTE", _MENPAN75, "unverified", ("K75-equipment", "BIG-equipment")),
    Metric("EJ dan EU", "abk.effectiveness", "rasio", "Permendagri 12/2008", "unverified", ("T-ABK-1-EJ",)),
    Metric("PJ dan PU", "abk.effectiveness_band", "huruf A–E", "Permendagri 12/2008; Depkeu 2002", "unverified", ("T-EJ", "T-EJ-kemenkeu")),
    Metric("Pembulatan pegawai", "abk.round_staff", "orang", _OURS, "usulan", ("K75-round", "Ringkas-round")),
    Metric("Waktu kerja tersedia", "wisn.available_working_time", "jam/tahun", _WISN, "unverified",
           ("T-WISN-1-AWT", "T-WKT-5", "T-WKT-6", "WISN-text-AWT")),
    Metric("Standar beban kerja", "wisn.standard_workload", "hasil/tahun", _WISN, "unverified",
           ("T-WISN-1-SW", "PMIK-SBK", "WISN-unit-bug")),
    Metric("CAF dan STP", "wisn.allowance_factor", "faktor", f"{_WISN}; {_KES}", "unverified",
           ("WISN-text-CAF", "Lamongan-STP", "Laras-STP")),
    Metric("Kebutuhan WISN", "wisn.requirement", "FTE", _WISN, "unverified", ("T-WISN-1", "WISN-text-IAF")),
    Metric("Rasio WISN", "wisn.ratio", "rasio", _WISN, "unverified", ("T-WISN-1-ratio", "WISN-ratio-120")),
    Metric("Selisih WISN", "wisn.difference", "orang", _WISN, "unverified", ("T-WISN-1-diff",)),
    Metric("Faktor tugas penunjang", "wisn.support_percent", "persen", _KES, "unverified", ("Siabeka-FTP",)),
    Metric("Kebutuhan ABK-Kes", "wisn.abk_kes_requirement", "FTE", _KES, "unverified",
           ("T-KES-1", "Siabeka-74760", "Siabeka-85800", "Siabeka-84000")),
    Metric("Kebutuhan WISN lama", "wisn.additive_requirement", "FTE", "Kepmenkes 81/2004", "unverified", ("Kepmenkes-81",)),
    Metric("Kebutuhan guru kelas", "teachers.class_teacher_need", "FTE", _GURU, "unverified", ("KulonProgo", "Ciledug")),
    Metric("Jam pelajaran", "teachers.lesson_hours", "JP/minggu", _GURU, "unverified", ("SD-hours",)),
    Metric("Kebutuhan guru mata pelajaran", "teachers.subject_teacher_need", "FTE", _GURU, "unverified", ("SD-subject", "DKI-48")),
    Metric("Kebutuhan guru BK", "teachers.counselling_need", "FTE", "Permendikbud 15/2018", "unverified", ("BK-150",)),
    Metric("Status kecukupan guru", "teachers.staffing_status", "kata", _GURU, "unverified", ("P2TK-status", "P2TK-special")),
    Metric("Jumlah per kecamatan", "teachers.area_summary", "FTE dan sekolah", _OURS, "usulan", ("Area-sum",)),
    Metric("Indeks beban kerja", "workload.workload_index", "rasio", _OURS, "usulan", ("WI-EJ", "WI-WISN", "WI-vacant")),
    Metric("Selisih pegawai", "workload.gap", "orang", _ABK, "unverified", ("WI-gap",)),
    Metric("Golongan indeks", "workload.workload_band", "kata", _OURS, "usulan", ("WI-band", "WI-band-fte")),
    Metric("Keadaan beban unit", "workload.workload_state", "kata", _OURS, "usulan", ("WI-state",)),
    Metric("Gini", "balance.gini", "0–1", "Gini 1912", "verified", ("Gini-123", "Gini-weights")),
    Metric("Theil T", "balance.theil", "nat", "Theil 1967", "verified", ("Theil-02", "Theil-groups")),
    Metric("Ketimpangan pegawai", "balance.imbalance", "orang", _OURS, "usulan", ("Imbalance",)),
    Metric("Jarak indeks dari 1", "balance.index_rmse", "rasio", _OURS, "usulan", ("RMSE",)),
    Metric("Kurva Lorenz", "balance.lorenz_curve", "bagian", "Lorenz 1905", "verified", ("Lorenz",)),
    Metric("Sumbangan mutasi", "contributions.transfer_contributions", "orang", f"Shapley 1953; {_OURS}", "usulan",
           ("Transfer-one", "Transfer-two-into-one")),
    Metric("Sumbangan pada satu unit", "contributions.unit_contribution", "orang", f"Shapley 1953; {_OURS}", "usulan", ("Unit-overshoot",)),
    Metric("JPM", "competency.job_person_match", "persen", _JPM, "unverified", ("T-JPM", "T-JPM-capped", "T-JPM-mean", "JPM-138")),
    Metric("JPM banyak orang", "competency.job_person_match_by", "persen", _JPM, "unverified", ("JPM-by",)),
    Metric("Selisih tingkat kompetensi", "competency.gaps", "tingkat", _JPM, "unverified", ("JPM-gaps",)),
    Metric("Kekurangan kompetensi", "competency.deficits", "tingkat", _JPM, "unverified", ("JPM-deficits",)),
    Metric("Kekurangan banyak orang", "competency.deficits_by", "tingkat", _JPM, "unverified", ("JPM-deficits-by",)),
    Metric("Golongan JPM", "competency.match_band", "kata", "menurut skema", "unverified", ("T-JPMcat", "JPM-brin", "JPM-kkp")),
    Metric("JPM berbobot", "competency.weighted_match", "persen", "Peraturan menteri 35/2020", "unverified", ("JPM-weights",)),
    Metric("Masa berlaku penilaian", "competency.assessment_valid", "ya/tidak", "Praktik, 3 tahun", "unverified", ("Assessment-3",)),
    Metric("Kotak talenta", "competency.nine_box", "1–9", "PermenPANRB 3/2020", "unverified", ("T-BOX", "T-BOX-id")),
    Metric("Tingkat pada sumbu", "competency.axis_level", "kata", "setempat", "unverified", ("BOX-axis", "BOX-axis-local")),
    Metric("Kotak yang keliru", "competency.box_differences", "1–9", "PermenPANRB 3/2020", "unverified", ("BOX-wrong",)),
    Metric("IP ASN: kualifikasi", "competency.qualification_points", "1–25", _IP, "unverified", ("IP-qualification",)),
    Metric("IP ASN: kompetensi", "competency.competency_points", "0–40", _IP, "unverified", ("IP-competency", "IP-competency-pelaksana")),
    Metric("IP ASN: kinerja", "competency.performance_points", "1–30", _IP, "unverified", ("IP-performance",)),
    Metric("IP ASN: disiplin", "competency.discipline_points", "1–5", _IP, "unverified", ("IP-discipline",)),
    Metric("IP ASN", "competency.professionalism_index", "0–100", _IP, "unverified", ("IP-total",)),
    Metric("Kecocokan bidang pendidikan", "qualification.qualification_match", "kata", "ISCED-F 2013; undang-undang profesi; usulan urutan",
           "usulan", ("QM-open", "QM-regulated")),
    Metric("Urutan kecocokan bidang", "qualification.match_rank", "−1 sampai 3", _OURS, "usulan", ("QM-rank",)),
    Metric("Bagian pendidikan yang terbaca", "qualification.coverage", "orang dan bagian", _OURS, "usulan", ("QM-coverage",)),
    Metric("Penempatan terbaik", "assignment.best_assignment", "satuan masukan", "Kuhn 1955; Munkres 1957", "unverified",
           ("Assignment-crossed",)),
    Metric("Bagian perbaikan yang dicapai", "assignment.possible_improvement", "bagian", _OURS, "usulan", ("Improvement-fifth",)),
    Metric("Bidang yang baru bagi pegawai", "career.new_sector", "ya/tidak", _OURS, "usulan", ("Career-return",)),
    Metric("Keluasan pengalaman", "career.breadth", "bidang dan nat", f"Shannon 1948; {_OURS}", "usulan", ("Career-breadth",)),
    Metric("Pelatihan terhadap kekurangan", "career.training_against_gap", "JP per tingkat", _OURS, "usulan", ("Training-40",)),
    Metric("Predikat dari matriks", "performance.predicate_from_matrix", "predikat", "PermenPANRB 6/2022", "unverified",
           ("T-PRED", "T-PRED-id")),
    Metric("Predikat dari nilai", "performance.predicate_from_score", "predikat", "PP 30/2019 Ps 41; PP 46/2011 Ps 17", "unverified",
           ("T-SKP30", "SKP46")),
    Metric("Urutan predikat", "performance.ordinal", "1–5", _OURS, "usulan", ("Ordinal",)),
    Metric("Predikat sebagai angka", "performance.coded", "angka", "menurut pengodean", "unverified", ("Coded", "Coded-credit")),
    Metric("Ridit", "performance.ridit", "0–1", "Bross 1958; usulan pemakaian", "usulan", ("Ridit-national", "Ridit-cells")),
    Metric("Bagian predikat teratas", "performance.top_share", "0–1", _OURS, "usulan", ("Top-national",)),
    Metric("Selisih sebelum dan sesudah", "performance.delta", "satuan masukan", "Student 1908", "verified", ("Student-sleep",)),
    Metric("Nilai PP 30 pada skala PP 46", "regimes.score_as_pp46", "0–100", _OURS, "usulan", ("Crosswalk",)),
    Metric("Tahun penilaian terhadap mutasi", "regimes.rating_phase", "kata", _OURS, "usulan", ("Phase",)),
    Metric("Rezim berubah", "regimes.regime_changed", "ya/tidak", _OURS, "usulan", ("Regime-change",)),
    Metric("IKM", "service.satisfaction_index", "25–100", "PermenPANRB 14/2017; KepMenPAN 25/2004", "unverified", ("T-SKM", "T-SKM-14")),
    Metric("Mutu pelayanan", "service.satisfaction_letter", "huruf A–D", "PermenPANRB 14/2017; KepMenPAN 25/2004", "unverified",
           ("T-SKMcat", "SKM-break-new", "SKM-break-old")),
    Metric("Hari kerja pengaduan", "service.working_days", "hari kerja", _OURS, "usulan",
           ("Complaint-17-August", "Complaint-Lebaran-2024")),
    Metric("Pengaduan dijawab tepat waktu", "service.answered_in_time", "1 = ya, 0 = tidak", _OURS, "usulan", ("Complaint-in-time",)),
    Metric("Hari antarlangkah", "process.step_days", "hari", _OURS, "usulan", ("Steps",)),
    Metric("Hari seluruh proses", "process.total_days", "hari", _OURS, "usulan", ("Steps-total",)),
    Metric("Urutan langkah terbalik", "process.out_of_order", "ya/tidak", _OURS, "usulan", ("Steps-order",)),
    Metric("Masa dalam jabatan", "process.tenure_years", "tahun", _OURS, "usulan", ("Tenure-years",)),
    Metric("Aturan 2 sampai 5 tahun", "process.tenure_check", "kata", "PP 11/2017 Ps 190 (3)", "unverified", ("T-TEN",)),
    Metric("Masa larangan pilkada", "process.in_blackout", "ya/tidak", "UU 10/2016 Ps 71 dan 162", "unverified",
           ("Blackout", "Blackout-Kupang")),
    Metric("Kelengkapan berkas", "process.completeness_index", "0–1", "Peraturan BKN 5/2019 Ps 3", "unverified", ("Documents",)),
)  # fmt: skip


def catalogue() -> pd.DataFrame:
    """The table as a frame: columns COLUMNS, one row per metric, `cases` joined by commas."""
    rows = [[m.name, m.function, m.unit, m.source, m.status, ", ".join(m.cases)] for m in METRICS]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="string")
