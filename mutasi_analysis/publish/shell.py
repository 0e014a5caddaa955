"""An IPython shell without sockets that keeps what a cell shows, in the form a Jupyter kernel would have sent it."""

from __future__ import annotations

import base64
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from traitlets import Type
from traitlets.config import Config

from mutasi_analysis.publish.surroundings import INLINE


class Sink:
    """Outputs of the running cell, in the order they came. Consecutive text of one stream is one output. That they are what a
    notebook may hold is judged once, of the whole notebook (`execute.cleaned`)."""

    def __init__(self) -> None:
        self.outputs: list[Any] = []

    def stream(self, name: str, text: str) -> None:
        if not text:
            return
        last = self.outputs[-1] if self.outputs else None
        if last is not None and last.output_type == "stream" and last.name == name:
            last.text += text
        else:
            self.outputs.append(_output("stream", name=name, text=text))

    def show(self, kind: str, data: dict[str, Any], metadata: dict[str, Any] | None, **more: Any) -> None:
        self.outputs.append(_output(kind, data=_clean(data), metadata=_clean(metadata or {}), **more))

    def clear(self) -> None:
        self.outputs.clear()


def _output(kind: str, **parts: Any) -> Any:
    return NotebookNode({"output_type": kind, **parts})  # type: ignore[no-untyped-call]


def _clean(value: Any) -> Any:
    """JSON as the kernel protocol sends it: bytes as base64, tuples as lists, keys as text."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, dict):
        return {str(key): _clean(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(entry) for entry in value]
    return value


class _Stream(io.TextIOBase):
    def __init__(self, sink: Sink, name: str) -> None:
        self._sink, self._name = sink, name

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return "utf-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        self._sink.stream(self._name, text)
        return len(text)


def _sink(part: Any) -> Sink:
    """The sink of the shell that a display hook or publisher belongs to."""
    sink: Sink = part.shell.sink
    return sink


class _Hook(DisplayHook):  # type: ignore[misc]
    """Keeps the value of a cell's last expression instead of printing it."""

    def write_output_prompt(self) -> None: ...

    def finish_displayhook(self) -> None:
        self._is_active = False

    def write_format_data(self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None) -> None:
        _sink(self).show("execute_result", format_dict, md_dict, execution_count=self.prompt_count)


class _Publisher(DisplayPublisher):  # type: ignore[misc]
    """Keeps what `display` publishes."""

    def publish(self, data: dict[str, Any], metadata: dict[str, Any] | None = None, source: Any = None, **_: Any) -> None:  # noqa: ARG002
        _sink(self).show("display_data", data, metadata)

    def clear_output(self, wait: bool = False) -> None:  # noqa: ARG002
        _sink(self).clear()


class PageShell(InteractiveShell):  # type: ignore[misc]
    """InteractiveShell whose displays and errors go to `sink`."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def __init__(self, **options: Any) -> None:
        self.sink = Sink()
        super().__init__(**options)  # type: ignore[no-untyped-call]

    def _showtraceback(self, etype: type[BaseException], evalue: BaseException, stb: list[str]) -> None:
        self.sink.outputs.append(_output("error", ename=str(etype.__name__), evalue=str(evalue), traceback=list(stb)))

    def enable_gui(self, gui: Any = None) -> None:
        """No window system here."""


def new_shell() -> PageShell:
    """The shell of this process, without history file, start-up files or terminal. One a process."""
    options = Config()
    options.HistoryManager.enabled = False
    options.HistoryManager.hist_file = ":memory:"
    shell = PageShell.instance(config=options)
    if "matplotlib" in sys.modules:
        _inline_figures(shell)
    return shell  # type: ignore[no-any-return]


def _inline_figures(shell: PageShell) -> None:
    """Figures left open at the end of a cell are shown, as in a Jupyter kernel."""
    from IPython.core.pylabtools import activate_matplotlib
    from matplotlib_inline.backend_inline import configure_inline_support

    activate_matplotlib(INLINE)  # type: ignore[no-untyped-call]
    configure_inline_support(shell, INLINE)  # type: ignore[no-untyped-call]


@contextmanager
def _captured(sink: Sink) -> Iterator[None]:
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Stream(sink, "stdout"), _Stream(sink, "stderr")  # type: ignore[assignment]
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def run_cell(shell: PageShell, cell: Any) -> bool:
    """Run a code cell, set its execution count and outputs; whether it ended without an exception."""
    shell.sink = Sink()
    cell["execution_count"] = shell.execution_count
    with _captured(shell.sink):
        result = shell.run_cell(cell["source"], store_history=True)  # type: ignore[no-untyped-call]
    cell["outputs"] = shell.sink.outputs
    return bool(result.success)
