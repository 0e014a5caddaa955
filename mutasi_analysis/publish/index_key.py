"""Whether the overview still shows what stands, told without the libraries that write it: a run that finds nothing to do ends at once."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from mutasi_analysis.publish.failure import FAILURES, failed_names
from mutasi_analysis.publish.hashes import sha256
from mutasi_analysis.publish.manifest import MANIFEST, code_fingerprint
from mutasi_analysis.publish.places import STEMS, Project, index_name
from mutasi_analysis.publish.swap import write_file

_KEY = "index.key"


def index_is_current(project: Project) -> bool:
    """True when the overview is, in every language, as it was written from the reports that stand now. After a failure it is always
    written anew."""
    try:
        remembered = (project.reports / FAILURES / _KEY).read_text(encoding="ascii")
    except (OSError, ValueError):
        return False
    return not failed_names(project) and all(page.is_file() for page in _pages(project)) and remembered == _key(project)


def remember_index(project: Project) -> None:
    """Note from what the overview, just written, was made."""
    folder = project.reports / FAILURES
    folder.mkdir(parents=True, exist_ok=True)
    write_file(folder / _KEY, _key(project).encode("ascii"))


def _pages(project: Project) -> list[Path]:
    return [project.reports / index_name(language) for language in STEMS]


def _key(project: Project) -> str:
    stands = [(path.parent.name, *_stamp(path)) for path in sorted(project.reports.glob(f"*/{MANIFEST}"))]
    made_from = json.dumps([code_fingerprint(), stands, [sha256(page) for page in _pages(project)]])
    return hashlib.sha256(made_from.encode()).hexdigest()


def _stamp(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_mtime_ns, state.st_size
