# ruff: noqa: SIM905 (a list of words is read as a text)
"""Frequent words of both languages, to find a sentence of the one in a text of the other.

Left out are words that both have ("data", "status", "area"), the names of ratings that the law gives (Baik, Cukup, Kurang) and
words that English keeps for what has no other name (mutasi, kecamatan).
"""

import re

INDONESIAN = frozenset(
    "yang dan atau dari dengan untuk pada dalam oleh tidak adalah ini itu sebagai karena bila jika sudah belum dapat lebih "
    "menurut menyebut sampai sekitar sebutan usulan paket praktik penilaian berkas bahan pelatihan sumber selang gabungan "
    "perkiraan putusan tahun bulan hari orang pegawai beban gambar tabel catatan nilai angka rata wilayah laporan halaman "
    "lampiran dicetak dibaca terbaca hitungan sendiri jam menit minggu golongan bawah atas sama seimbang keluaran gagal dibuat "
    "perbandingan diukur ada lain setiap semua paling banyak sedikit antara tepi naskah kedua sumbu guru kelas dihitung "
    "khusus biasanya makalah lazim dikutip dipakai pula ukuran penerapan pemerintah pasal ayat jo matriks hasil perilaku "
    "peraturan kepala jabatan kinerja kompetensi daerah mis dahulu kali dokumen rasio tingkat terendah bukan serta "
    "jalankan ubah sekurang kurangnya sesuai ekspektasi predikat".split()
)
ENGLISH = frozenset(
    "the of and with from for by are is was were not this that which than between under over shown table figure median region "
    "regions transfer transfers staff notes source report page year years value values estimate none missing on at it its "
    "their has have been only each other these those where when".split()
)
FOREIGN = {"id": ENGLISH, "en": INDONESIAN}


def foreign(text: str, language: str, *, besides: tuple[str, ...] = ()) -> set[str]:
    """The words of the other language in a text of this one; `besides` are names that may stand in it."""
    for name in sorted(besides, key=len, reverse=True):
        text = text.replace(name, " ")
    return set(re.findall(r"[a-z]+", text.lower())) & FOREIGN[language]
