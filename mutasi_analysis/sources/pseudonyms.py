"""Pseudonyms: a keyed hash of the NIP. Names and NIP stop in `sources`; tables carry only these.

The key lies in `<data root>/pseudonym.key` (made at first use, mode 600, git-ignored): the same person has the same
pseudonym in every file and every run of one data root. A file outside any data root is read with a key that lives as
long as the process: pseudonyms then agree between files of one session and mean nothing afterwards.
"""

from __future__ import annotations

import hmac
import os
import secrets
from collections.abc import Callable
from functools import cache
from pathlib import Path

from mutasi_analysis.errors import UsageError

KEY_NAME = "pseudonym.key"
Pseudonymise = Callable[[str], str]


def pseudonymiser(key: bytes) -> Pseudonymise:
    """NIP digits → 'P-' and 12 hexadecimal digits of HMAC-SHA256 (48 bits: 10,000 persons collide with p < 2e-7)."""

    @cache
    def pseudonym(digits: str) -> str:
        return "P-" + hmac.digest(key, digits.encode("ascii"), "sha256").hex()[:12]

    return pseudonym


def load_key(data_root: Path) -> bytes:
    """The key of a data root, made at first use. Two processes that start together get the same one."""
    path = data_root / KEY_NAME
    if not path.exists():
        try:
            _make_key(path)
        except OSError as error:
            raise UsageError(f"kunci nama samaran ({KEY_NAME}) tidak dapat dibuat di folder data: {error.strerror}") from error
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (ValueError, OSError):
        key = b""
    if len(key) < 16:
        raise UsageError(
            f"{KEY_NAME} rusak atau tidak terbaca. Pulihkan dari cadangan, atau hapus agar dibuat baru (nama samaran berubah)."
        )
    return key


@cache
def session_key() -> bytes:
    """The key of this process, for files outside any data root."""
    return secrets.token_bytes(32)


def find_data_root(path: Path) -> Path | None:
    """The folder above the nearest parent called 'raw', where a key may lie; None where there is none."""
    for parent in path.absolute().parents:
        if parent.name == "raw":
            return parent.parent
    return None


def _make_key(path: Path) -> None:
    draft = path.with_name(f".{KEY_NAME}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(32) + "\n")
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was first: its key counts
    except OSError:  # a file system without hard links
        if not path.exists():
            draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
