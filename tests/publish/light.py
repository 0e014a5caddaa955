"""Imported by the process that workers of the kill test are forked from: what small notebooks need, and no more."""

import sys
from importlib import import_module

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # as publish/preload.py: 1.4 s of import for nothing

for name in ("execute", "export", "shell"):
    import_module(f"mutasi_analysis.publish.{name}")
