"""What a worker finds around it: folders of its own, one thread, the drawing of a kernel, a memory limit, a log for what is printed."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from mutasi_analysis.publish.resources import limit_memory
from mutasi_analysis.publish.tasks import Task

#: the drawing of a Jupyter kernel, whatever backend the user's own environment names
INLINE = "module://matplotlib_inline.backend_inline"
#: new objects between two searches for garbage: a worker lives for one report, which makes fewer, and four searches cost it a fiftieth of
#: its time without a smaller peak of memory; one that makes more is still searched
RARELY = 500_000
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


def prepare(task: Task) -> None:
    """Own folders for what Jupyter and IPython keep, one BLAS thread, a memory limit, silence on the terminal."""
    for name in THREADS:
        os.environ[name] = "1"
    for name, folder in (("IPYTHONDIR", "ipython"), ("JUPYTER_RUNTIME_DIR", "runtime")):
        path = task.work / folder
        path.mkdir(parents=True, exist_ok=True)
        os.environ[name] = str(path)
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(Path(__file__).resolve().parents[2]), os.environ.get("PYTHONPATH"))))
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"
    os.environ["MPLBACKEND"] = INLINE
    gc.set_threshold(RARELY, 20, 20)
    task.report_folder.mkdir(parents=True, exist_ok=True)
    limit_memory(task.limits.memory_mb)
    _redirect(task.work / "worker.log")


def _redirect(log: Path) -> None:
    """Whatever C code or a kernel writes to the terminal goes to a file that is thrown away with the work folder."""
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    os.close(handle)
