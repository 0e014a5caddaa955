"""The two papermill engines: a fresh fork with the imports done (fast), and the stock Jupyter kernel (everywhere).

Both report every cell before it starts, so that whoever waits can show progress and stop an endless one, and note every
cell when it is over, so that a notebook that dies leaves what it had shown.
"""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import Engine, NBClientEngine, papermill_engines

#: receives the number of the cell that starts and how many there are
CellReport = Callable[[int, int], None]
#: receives the number of the cell that is over and the cell
CellNote = Callable[[int, Any], None]

FORK = "mutasi-fork"
KERNEL = "mutasi-kernel"


class NotebookStopped(Exception):  # noqa: N818
    """The notebook did not come to its end: `reason` is "timeout" or "dead_kernel"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class ForkEngine(Engine):  # type: ignore[misc]
    """Runs the cells in this very process, which must be a fresh one and is used once."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,  # noqa: ARG003
        *,
        prepared: Callable[[list[Any]], None],
        report: CellReport,
        note: CellNote,
        **_: Any,
    ) -> None:
        from mutasi_analysis.publish.shell import new_shell, run_cell

        prepared(nb_man.nb.cells)
        shell = new_shell()
        total = len(nb_man.nb.cells)
        for index, cell in enumerate(nb_man.nb.cells):
            report(index, total)
            nb_man.cell_start(cell, index)
            try:
                if cell.cell_type == "code" and cell.source.strip() and not run_cell(shell, cell):
                    nb_man.cell_exception(cell, cell_index=index)
                    break
            finally:
                nb_man.cell_complete(cell, cell_index=index)
                note(index, cell)
        nb_man.nb.metadata["language_info"] = language_info()

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:  # noqa: ARG003
        return "python3"

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:  # noqa: ARG003
        return "python"


class KernelEngine(NBClientEngine):  # type: ignore[misc]
    """Papermill's own engine, with progress, and with a time-out or a dead kernel told instead of hidden."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, *, prepared: Callable[[list[Any]], None], report: CellReport, note: CellNote, **options: Any
    ) -> None:
        prepared(nb_man.nb.cells)
        told, over = nb_man.cell_start, nb_man.cell_complete
        total = len(nb_man.nb.cells)

        def cell_start(cell: Any, cell_index: int = 0, **more: Any) -> None:
            report(cell_index, total)
            told(cell, cell_index, **more)

        def cell_complete(cell: Any, cell_index: int = 0, **more: Any) -> None:
            over(cell, cell_index, **more)
            note(cell_index, cell)

        nb_man.cell_start, nb_man.cell_complete = cell_start, cell_complete
        try:
            super().execute_managed_notebook(nb_man, kernel_name, shutdown_kernel="immediate", **options)
        except CellTimeoutError as problem:
            raise NotebookStopped("timeout") from problem
        except DeadKernelError as problem:
            raise NotebookStopped("dead_kernel") from problem

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:  # noqa: ARG003
        return "python3"

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:  # noqa: ARG003
        return "python"


def language_info() -> dict[str, Any]:
    """What a Python kernel says about its language."""
    return {
        "codemirror_mode": {"name": "ipython", "version": sys.version_info[0]},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": "ipython3",
        "version": platform.python_version(),
    }


def register() -> None:
    """Make both engines known to papermill."""
    papermill_engines.register(FORK, ForkEngine)
    papermill_engines.register(KERNEL, KernelEngine)
