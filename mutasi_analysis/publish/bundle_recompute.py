"""Recompute every table of this bundle from its CSV files: `python recompute.py` (needs Python 3.11, numpy, pandas, scipy).

Writes tables/*.csv and tables/*.tex anew and says whether they are the same as those that were sent. Exit code 1 where one differs,
2 where a library is missing (python -m pip install -r requirements.txt).
"""

from __future__ import annotations

import sys
from pathlib import Path

CODE = "code"


def recomputed(folder: Path) -> dict[str, str]:
    """File name under tables/ → its text, from data/ alone."""
    import pandas as pd

    from mutasi_analysis.across.journal import FLOATS, journal_tables
    from mutasi_analysis.across.latex import LAYOUTS, cells, latex

    data = {name: pd.read_csv(folder / "data" / f"{name}.csv") for name in ("headline_effects", "outcomes", "moderators", "labels", "seed")}
    tables = journal_tables(data["headline_effects"], data["outcomes"], data["moderators"], seed=int(data["seed"]["seed"].iloc[0]))
    labels = dict(zip(data["labels"]["key"], data["labels"]["label"], strict=True))
    scales = dict(zip(data["outcomes"]["outcome"], data["outcomes"]["scale"], strict=True))
    texts = {}
    for name, table in tables.items():
        texts[f"{name}.csv"] = table.to_csv(index=False, float_format=FLOATS, lineterminator="\n")
        rows = cells(table, LAYOUTS[name], labels, scales)
        texts[f"{name}.tex"] = latex(name, rows, labels.get(f"caption.{name}", name))
    return texts


def main() -> int:
    """Recompute and compare."""
    here = Path(__file__).resolve().parent
    sys.path.insert(0, str(here / CODE))
    try:
        texts = recomputed(here)
    except ModuleNotFoundError as missing:
        sys.stderr.write(f"{missing.name} is not installed; first: python -m pip install -r requirements.txt\n")
        return 2
    differing = []
    for name, text in texts.items():
        path = here / "tables" / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            differing.append(name)
            path.write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"rewritten: {', '.join(differing)}\n" if differing else "all tables are the same as those sent\n")
    return 1 if differing else 0


if __name__ == "__main__":
    raise SystemExit(main())
