"""Many regions: memory flat, time linear, an unchanged rerun under a second.

    python benchmarks/many_regions.py [--regions 50] [--jobs N]

Generated regions: the demonstration data of one region under as many codes as are asked for, so that every one is as large
as the others. First half of them, then all, each once for the time and once for the memory: the time of a report and the memory
must be the same. Then the same command again with nothing changed, then with one file changed.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measured import ROOT, demonstration_data, load, measure, mutasi, peak_mb

TEMPLATE = "alak"


def generated(data_root: Path, count: int) -> list[str]:
    """Regions copied from the demonstration region, each with a profile of its own. Their slugs."""
    raw = data_root / "raw"
    profile = (ROOT / "mutasi_analysis" / "parameters" / "regions" / f"{TEMPLATE}.toml").read_text(encoding="utf-8")
    slugs = [f"uji-{number:03d}" for number in range(count)]
    for slug in slugs:
        shutil.copytree(raw / TEMPLATE, raw / slug)
        (raw / slug / "region.toml").write_text(profile.replace(f'slug = "{TEMPLATE}"', f'slug = "{slug}"'), encoding="utf-8")
    shutil.rmtree(raw / TEMPLATE)
    return slugs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--regions", type=int, default=50)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data_root = demonstration_data(Path(folder) / "data", TEMPLATE).resolve()
        slugs = generated(data_root, arguments.regions)
        measured(slugs, data_root, Path(folder) / "reports", arguments.jobs)


def measured(slugs: list[str], data_root: Path, reports: Path, jobs: int) -> None:
    command = [*mutasi(), "report", "--data-root", str(data_root), "--reports", str(reports), "--jobs", str(jobs)]
    print(f"{len(slugs)} regions like {TEMPLATE}, {jobs} jobs; {load()} at the beginning")
    print(f"{'':28}{'seconds':>9}{'a report':>9}{'CPU s':>9}{'peak MB':>9}")
    half = slugs[: len(slugs) // 2]
    for label, asked in ((f"first {len(half)}", half), (f"all {len(slugs)} with --force", slugs)):
        words = [*command, *asked, "--force"]
        found = measure(words)
        print(f"{label:28}{found.seconds:9.1f}{found.seconds / len(asked):9.2f}{found.cpu:9.1f}{peak_mb(words):9.0f}")
    for label in ("nothing changed, first time", "nothing changed, once more"):
        time.sleep(3)  # files younger than two seconds are read again
        print(f"{label:28}{_seconds([*command, *slugs]):9.2f}")
    with next((data_root / "raw" / slugs[0]).glob("SINTETIS.txt")).open("a", encoding="utf-8") as handle:
        handle.write("\n")
    print(f"{'one region changed':28}{_seconds([*command, *slugs]):9.2f}")
    print(f"{load()} at the end")


def _seconds(words: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=sys.stderr)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
