"""Service measures that an agency may send by unit and month. Apart from the tables, so that a profile is read without pandas."""

#: satisfaction index (0-100), days until a complaint is closed, learning result, share of days attended
INDICATORS = ("ikm", "hari_pengaduan", "hasil_belajar", "kehadiran")
