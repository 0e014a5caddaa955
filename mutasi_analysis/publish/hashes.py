"""Fingerprints remembered between runs, so that an unchanged run reads no file again.

A remembered fingerprint counts only for the same file (inode) with the same bytes, modification and change time. Programs
may set the modification time back; the change time is the system's own, every write moves it. A file that changed in the
last seconds before it was read is not remembered, since a second write could fall into the same tick of the clock.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from pathlib import Path
from typing import Any

#: a file younger than this when it is read is read again next time
SETTLED = 2.0
#: stat results whose change time is really the time of making (Windows) say too little
TRUSTED = os.name == "posix"


def sha256(path: Path) -> str:
    """Fingerprint of a file's bytes."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


class Hashes:
    """Fingerprints by path. Without a store nothing is remembered between runs, and nothing is believed."""

    def __init__(self, store: Path | None = None) -> None:
        self._store = store if TRUSTED else None
        self._before = _read(self._store)
        self._seen: dict[str, list[Any]] = {}

    def of(self, path: Path) -> str:
        """sha256 of a file: remembered where nothing about the file moved, else read."""
        if self._store is None:
            return sha256(path)
        key, state = str(path), _state(path)
        known = self._before.get(key)
        if known is not None and known[:-1] == state:
            self._seen[key] = known
            return str(known[-1])
        now = time.time()
        found = sha256(path)
        if _state(path) == state and now - path.stat().st_ctime > SETTLED:
            self._seen[key] = [*state, found]
        return found

    def save(self) -> None:
        """Keep what was seen, and of what was not seen what still exists. A store that cannot be written is no error."""
        if self._store is None or self._seen.items() <= self._before.items():
            return
        kept = {key: value for key, value in self._before.items() if key in self._seen or Path(key).exists()}
        part = self._store.with_name(f"{self._store.name}.{os.getpid()}")
        try:
            self._store.parent.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps(kept | self._seen), encoding="utf-8")
            part.replace(self._store)
        except OSError:
            part.unlink(missing_ok=True)


def _state(path: Path) -> list[int]:
    found = path.stat()
    return [found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns]


def _read(store: Path | None) -> dict[str, list[Any]]:
    try:
        found = json.loads(store.read_text(encoding="utf-8")) if store else {}
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
