"""The catalogue of labels and sentences: parameters/wording/*.toml, both languages of a key side by side."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

LANGUAGES = ("id", "en")


def _leaves(tree: Mapping[str, object], path: tuple[str, ...] = ()) -> Iterator[tuple[str, dict[str, str]]]:
    for name, value in tree.items():
        if not isinstance(value, Mapping):
            raise ValueError(f"wording key {'.'.join((*path, name))!r} is not a table of languages")
        if any(isinstance(text, str) for text in value.values()):
            yield ".".join((*path, name)), {str(k): str(v) for k, v in value.items()}
        else:
            yield from _leaves(value, (*path, name))


def parse_catalogue(text: str) -> dict[str, dict[str, str]]:
    """Keys ("section.name") → language → text, of one TOML text. Both languages are needed."""
    found = dict(_leaves(tomllib.loads(text)))
    for key, entry in found.items():
        for language in LANGUAGES:
            if not entry.get(language, "").strip():
                raise ValueError(f"wording key {key!r} has no text in {language!r}")
    return found


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Every key of every file of parameters/wording. Raises ValueError where a key stands twice."""
    found: dict[str, Mapping[str, str]] = {}
    folder = files("mutasi_analysis") / "parameters" / "wording"
    for path in sorted((p for p in folder.iterdir() if p.name.endswith(".toml")), key=lambda p: p.name):
        for key, entry in parse_catalogue(path.read_text(encoding="utf-8")).items():
            if key in found:
                raise ValueError(f"wording key {key!r} stands twice")
            found[key] = MappingProxyType(entry)
    return MappingProxyType(found)
