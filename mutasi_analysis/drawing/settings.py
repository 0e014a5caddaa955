"""matplotlib's settings for a while."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl


@contextmanager
def settings(values: Mapping[Any, Any]) -> Iterator[None]:
    """Inside, matplotlib's settings have these values. (`matplotlib.rc_context` copies all of its 300 and puts them back.)"""
    before = {name: mpl.rcParams[name] for name in values}
    try:
        mpl.rcParams.update(values)
        yield
    finally:
        mpl.rcParams.update(before)
