"""Header words of the agencies' files, canonical name → header in file order, one mapping per table and manner."""

from __future__ import annotations

from collections.abc import Mapping

Headers = Mapping[str, Mapping[str, str]]

#: an agency's own lists in plain Indonesian
INDONESIAN: Headers = {
    "pegawai": {
        "person_id": "NIP", "sex": "Jenis Kelamin", "birth_year": "Tahun Lahir", "asn_kind": "Jenis ASN", "golongan": "Golongan/Ruang",
        "education": "Pendidikan Terakhir", "unit_id": "Unit Kerja", "jabatan_id": "Jabatan", "tmt_jabatan": "TMT Jabatan",
        "tmt_cpns": "TMT CPNS", "exit_date": "Tanggal Berhenti", "talent_box": "Kotak Talenta",
    "main_training": "Diklat Kepemimpinan/Fungsional",
        "technical_hours": "JP Diklat Teknis", "seminar": "Seminar/Lokakarya", "sanction": "Hukuman Disiplin",
    },
    "unit_kerja": {
        "unit_id": "Kode Unit Kerja", "unit_name": "Nama Unit Kerja", "unit_kind": "Jenis Unit", "sector": "Bidang Pelayanan",
        "kecamatan_code": "Kode Kecamatan",
    },
    "jabatan": {
        "jabatan_id": "Kode Jabatan", "jabatan_name": "Nama Jabatan", "job_class": "Jenis Jabatan", "job_level": "Jenjang Jabatan",
        "job_family": "Rumpun", "required_education": "Pendidikan yang Disyaratkan",
    },
    "standar_kompetensi": {"jabatan_id": "Jabatan", "competency": "Kompetensi", "required_level": "Tingkat Disyaratkan"},
    "beban_kerja": {
        "unit_id": "Unit Kerja", "jabatan_id": "Jabatan", "year": "Tahun", "task": "Uraian Tugas", "output_unit": "Satuan Hasil",
        "volume": "Beban Kerja", "basis": "Satuan Waktu", "norm_time": "Waktu Penyelesaian", "norm_unit": "Satuan Norma Waktu",
        "is_support": "Tugas Penunjang",
    },
    "sekolah": {
        "unit_id": "Sekolah", "year": "Tahun", "school_level": "Jenjang", "classes": "Rombel", "pupils": "Jumlah Siswa",
        "teachers": "Jumlah Guru", "lesson_hours_w": "JP per Minggu",
    },
    "kompetensi": {"person_id": "NIP", "competency": "Kompetensi", "level": "Tingkat Dicapai", "assessed_on": "Tanggal Penilaian"},
    "mutasi": {
        "person_id": "NIP", "from_unit_id": "Unit Asal", "to_unit_id": "Unit Tujuan", "from_jabatan_id": "Jabatan Asal",
        "to_jabatan_id": "Jabatan Tujuan", "from_tmt": "TMT Jabatan Asal", "tmt": "TMT", "move_kind": "Jenis Mutasi", "reason": "Alasan",
        "need_analysed_on": "Analisis Kebutuhan Selesai", "proposed_on": "Usulan Diterima", "assessed_on": "Sidang TPK",
        "decided_on": "Tanggal SK", "reported_on": "Mulai Bertugas", "documents_complete": "Dokumen Lengkap", "socialised": "Sosialisasi",
        "training_hours": "Jam Pelatihan",
    },
    "kinerja": {
        "person_id": "NIP", "year": "Tahun", "half": "Semester", "regime": "Dasar Penilaian", "predicate": "Predikat Kinerja",
        "score": "Nilai", "output_percent": "Capaian Hasil Kerja (%)",
    },
    "layanan": {"unit_id": "Unit Pelayanan", "month": "Bulan", "indicator": "Indikator", "value": "Nilai", "n": "Jumlah Responden/Kasus"},
    "survei": {"person_id": "NIP", "wave": "Gelombang", "item": "Pertanyaan", "answer": "Jawaban"},
    "aspirasi": {
        "person_id": "NIP", "rank": "Pilihan Ke", "wished_unit_id": "Unit yang Diinginkan", "wished_jabatan_id": "Jabatan yang Diinginkan",
    },
    "relasi": {"person_id": "NIP", "related_person_id": "NIP Keluarga", "relation": "Hubungan"},
}  # fmt: skip

#: SIASN's upper-case headers
SIASN: Headers = {
    "pegawai": {
        "person_id": "NIP BARU", "sex": "JENIS KELAMIN", "birth_year": "TAHUN LAHIR", "asn_kind": "STATUS ASN",
        "golongan": "GOL AKHIR NAMA",
        "education": "PENDIDIKAN NAMA", "unit_id": "UNOR NAMA", "jabatan_id": "JABATAN NAMA", "tmt_jabatan": "TMT JABATAN",
        "tmt_cpns": "TMT CPNS", "exit_date": "TANGGAL BERHENTI", "talent_box": "KOTAK TALENTA",
    "main_training": "DIKLAT KEPEMIMPINAN/FUNGSIONAL",
        "technical_hours": "JP DIKLAT TEKNIS", "seminar": "SEMINAR/LOKAKARYA", "sanction": "HUKUMAN DISIPLIN",
    },
    "unit_kerja": {
        "unit_id": "UNOR ID", "unit_name": "UNOR NAMA", "unit_kind": "JENIS UNOR", "sector": "BIDANG", "kecamatan_code": "KODE KECAMATAN",
    },
    "jabatan": {
        "jabatan_id": "JABATAN ID", "jabatan_name": "JABATAN NAMA", "job_class": "JENIS JABATAN NAMA", "job_level": "JENJANG JABATAN NAMA",
        "job_family": "RUMPUN JABATAN NAMA", "required_education": "PENDIDIKAN DISYARATKAN",
    },
    "standar_kompetensi": {"jabatan_id": "JABATAN NAMA", "competency": "KOMPETENSI NAMA", "required_level": "LEVEL DISYARATKAN"},
    "beban_kerja": {name: header.upper() for name, header in INDONESIAN["beban_kerja"].items()} | {"unit_id": "UNIT ORGANISASI"},
    "sekolah": {name: header.upper() for name, header in INDONESIAN["sekolah"].items()} | {"unit_id": "UNOR NAMA"},
    "kompetensi": {"person_id": "NIP BARU", "assessed_on": "TANGGAL PENILAIAN"},
    "mutasi": {
        "person_id": "NIP BARU", "from_unit_id": "UNOR LAMA NAMA", "to_unit_id": "UNOR BARU NAMA", "from_jabatan_id": "JABATAN LAMA NAMA",
        "to_jabatan_id": "JABATAN BARU NAMA", "from_tmt": "TMT JABATAN LAMA", "tmt": "TMT MUTASI", "move_kind": "JENIS MUTASI NAMA",
        "reason": "ALASAN MUTASI",
        "need_analysed_on": "TANGGAL ANALISIS KEBUTUHAN", "proposed_on": "TANGGAL USULAN", "assessed_on": "TANGGAL SIDANG TPK",
        "decided_on": "TANGGAL SK", "reported_on": "TANGGAL SPMT", "documents_complete": "JUMLAH DOKUMEN LENGKAP",
        "socialised": "MENDAPAT SOSIALISASI", "training_hours": "JP PELATIHAN",
    },
    "kinerja": {name: header.upper() for name, header in INDONESIAN["kinerja"].items()} | {"person_id": "NIP BARU"},
    "layanan": {name: header.upper() for name, header in INDONESIAN["layanan"].items()} | {"unit_id": "UNOR NAMA"},
    "survei": {name: header.upper() for name, header in INDONESIAN["survei"].items()} | {"person_id": "NIP RESPONDEN"},
    "aspirasi": {name: header.upper() for name, header in INDONESIAN["aspirasi"].items()},
    "relasi": {"person_id": "NIP BARU", "related_person_id": "NIP KELUARGA", "relation": "HUBUNGAN KELUARGA"},
}  # fmt: skip

#: DUK-style workbooks
DUK: Headers = {
    "pegawai": {
        "person_id": "NIP BARU", "sex": "JK", "birth_year": "THN LAHIR", "asn_kind": "JENIS ASN", "golongan": "GOLRU",
        "jabatan_id": "JABATAN",
        "tmt_jabatan": "TMT JABATAN", "unit_id": "SATKER", "education": "PENDIDIKAN TERAKHIR", "tmt_cpns": "TMT CPNS",
        "exit_date": "TMT PENSIUN", "talent_box": "BOX TALENTA", "main_training": "DIKLATPIM/DIKLAT FUNGSIONAL",
        "technical_hours": "JP TEKNIS", "seminar": "SEMINAR", "sanction": "HUKDIS",
    },
    "unit_kerja": {
        "unit_id": "KODE SATKER", "unit_name": "NAMA SATKER", "unit_kind": "JENIS SATKER", "sector": "BIDANG",
        "kecamatan_code": "KODE KEC",
    },
    "jabatan": {
        "jabatan_id": "KODE JAB", "jabatan_name": "JABATAN", "job_class": "JENIS JAB", "job_level": "JENJANG JAB", "job_family": "RUMPUN",
        "required_education": "SYARAT PENDIDIKAN",
    },
    "standar_kompetensi": {"jabatan_id": "JABATAN", "competency": "KOMPETENSI", "required_level": "STANDAR"},
    "sekolah": {
        "unit_id": "SATKER", "year": "TAHUN PELAJARAN", "school_level": "BENTUK PENDIDIKAN", "classes": "JML ROMBEL", "pupils": "JML SISWA",
        "teachers": "JML GURU", "lesson_hours_w": "JP/MINGGU",
    },
    "kompetensi": {"person_id": "NIP BARU", "competency": "KOMPETENSI", "level": "CAPAIAN", "assessed_on": "TGL PENILAIAN"},
    "mutasi": {
        "person_id": "NIP BARU", "from_unit_id": "SATKER ASAL", "from_jabatan_id": "JABATAN ASAL", "to_unit_id": "SATKER TUJUAN",
        "to_jabatan_id": "JABATAN TUJUAN", "from_tmt": "TMT ASAL", "tmt": "TMT MUTASI", "move_kind": "JENIS MUTASI", "reason": "ALASAN",
        "need_analysed_on": "TGL ANALISIS KEBUTUHAN", "proposed_on": "TGL USUL", "assessed_on": "TGL SIDANG TPK", "decided_on": "TGL SK",
        "reported_on": "TGL SPMT", "documents_complete": "DOKUMEN LENGKAP", "socialised": "SOSIALISASI", "training_hours": "JP PELATIHAN",
    },
    "kinerja": {
        "person_id": "NIP BARU", "year": "TAHUN", "half": "SEMESTER", "regime": "ATURAN", "predicate": "SEBUTAN", "score": "NILAI SKP",
        "output_percent": "CAPAIAN (%)",
    },
    "layanan": {"unit_id": "SATKER", "month": "PERIODE", "indicator": "UKURAN", "value": "CAPAIAN", "n": "JUMLAH"},
    "survei": {"person_id": "NIP BARU", "wave": "GELOMBANG", "item": "BUTIR", "answer": "JAWABAN"},
    "aspirasi": {
        "person_id": "NIP BARU", "rank": "PILIHAN KE", "wished_unit_id": "SATKER DIINGINKAN",
        "wished_jabatan_id": "JABATAN DIINGINKAN",
    },
    "relasi": {"person_id": "NIP BARU", "related_person_id": "NIP KELUARGA", "relation": "HUBUNGAN"},
}  # fmt: skip
