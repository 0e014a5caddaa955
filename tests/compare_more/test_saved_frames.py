"""Reading many regions at once gives what reading one after the other gives: order, kinds, quotes, empty files."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from mutasi_analysis.publish.saved_frames import read_frames


def folder(root: Path, slug: str, content: str, kinds: dict[str, str]) -> tuple[Path, dict[str, object]]:
    place = root / slug
    place.mkdir()
    (place / "x.csv").write_text(content, encoding="utf-8")
    return place, {"slug": slug, "name": slug.upper(), "level": "kota", "frames": {"x": {"columns": kinds}}}


def test_rows_stay_in_the_order_of_their_regions_whatever_their_kinds(tmp_path: Path) -> None:
    given = [
        folder(tmp_path, "a", "v,t\n1.5,satu\n", {"v": "number", "t": "text"}),
        folder(tmp_path, "b", 'v,t\n,"dua\nbaris, ""kutip"""\n2,tiga', {"v": "text", "t": "text"}),
        folder(tmp_path, "c", "v,t\n3.5,empat\n", {"v": "number", "t": "text"}),
        folder(tmp_path, "d", "v,t\n", {"v": "number", "t": "text"}),
    ]
    found = read_frames([place for place, _ in given], [fact for _, fact in given])["x"]
    assert found[["slug", "region", "level"]].to_numpy().tolist() == [[s, s.upper(), "kota"] for s in ("a", "b", "b", "c")]
    assert found["t"].tolist() == ["satu", 'dua\nbaris, "kutip"', "tiga", "empat"]
    assert [str(value) for value in found["v"]] == ["1.5", "nan", "2", "3.5"]


def test_a_frame_that_is_empty_everywhere_keeps_its_columns(tmp_path: Path) -> None:
    given = [folder(tmp_path, name, "v,level\n", {"v": "number", "level": "text"}) for name in ("a", "b")]
    found = read_frames([place for place, _ in given], [fact for _, fact in given])["x"]
    assert list(found.columns) == ["slug", "region", "level", "v", "own_level"]
    assert found.empty
    assert pd.api.types.is_float_dtype(found["v"].dtype)
