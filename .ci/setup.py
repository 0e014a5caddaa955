"""Makes .venv from requirements.lock. Standard library only; must be readable by any Python 3, to say what is missing.

The lock is installed with hashes, by uv where it is or can be had and by pip otherwise; then the project itself, without
dependencies, so that edits are seen at once. A stamp (hash of lock, pyproject and this file) makes the next run a no-op.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "mutasi-setup.stamp"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
EXE = ".exe" if os.name == "nt" else ""
PYTHON = BIN / f"python{EXE}"
OLDEST = (3, 11)


def stop(sentence):
    sys.stderr.write("\n" + sentence + "\n")
    sys.exit(2)


def run(*command):
    return subprocess.call([str(word) for word in command], cwd=str(ROOT), env=quiet_environment())


def quiet_environment():
    quiet = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", UV_NO_PROGRESS="1")
    for name in ("PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT",
                 "PIP_TARGET", "PIP_PREFIX", "PIP_USER"):  # fmt: skip
        quiet.pop(name, None)
    return quiet


def wanted_stamp():
    digest = hashlib.sha256(str(VENV).encode())
    for path in (LOCK, ROOT / "pyproject.toml", Path(__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current(stamp):
    return PYTHON.exists() and STAMP.exists() and STAMP.read_text() == stamp


def new_enough_python():
    """The interpreter running this, or a newer one on PATH; None where there is none."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for minor in range(20, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and subprocess.call([found, "-c", "import venv, ensurepip"], stderr=subprocess.DEVNULL) == 0:
            return found
    return None


def make_environment():
    python = new_enough_python()
    uv = shutil.which("uv")
    if python is None and uv is None:
        wanted, here = (f"{v[0]}.{v[1]}" for v in (OLDEST, sys.version_info))
        stop(
            f"Python {wanted} ke atas diperlukan; yang ada di sini {here}. Pasang yang baru, lalu: make PYTHON=python{wanted}\n"
            f"Python {wanted} or newer is needed; this is {here}. Install it, then: make PYTHON=python{wanted}"
        )
    shutil.rmtree(VENV, ignore_errors=True)
    if uv is not None and run(uv, "venv", "-q", "--seed", "--python", python or ">=3.11", VENV) == 0:
        return
    if python is None or run(python, "-m", "venv", VENV) != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        stop(
            "Lingkungan Python tidak dapat dibuat. Di Debian dan Ubuntu pasang paketnya dahulu: sudo apt install python3-venv\n"
            "The Python environment could not be made. On Debian and Ubuntu install this first: sudo apt install python3-venv"
        )


def uv_in_environment():
    """uv of the machine, else uv put into the environment with the hashes of the lock; None where neither works."""
    found = shutil.which("uv")
    if found:
        return found
    pinned = re.search(r"^uv==.*?(?=^\S|\Z)", LOCK.read_text(), re.M | re.S)
    if pinned is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        only_uv = Path(folder) / "uv.txt"
        only_uv.write_text(pinned.group(0))
        status = run(PYTHON, "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "-r", only_uv)
    own = BIN / f"uv{EXE}"
    return str(own) if status == 0 and own.exists() else None


def works():
    """Whether the environment that is there can be used: a Python of the right age that starts."""
    check = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    return PYTHON.exists() and run(PYTHON, "-c", check) == 0


def install():
    uv = uv_in_environment()
    pip = (PYTHON, "-m", "pip", "install", "-q")
    # compiled here, as pip does: where Python may not write beside its packages, every run would compile them again for seconds
    ways = [(uv, "pip", "install", "-q", "--compile-bytecode", "--python", PYTHON)] if uv else []
    for way in [*ways, pip]:
        if run(*way, "--require-hashes", "-r", LOCK) == 0 and run(*way, "--no-deps", "--no-build-isolation", "-e", ROOT) == 0:
            return True
        sys.stderr.write(f"{Path(way[0]).name} did not manage; trying the next way.\n")
    return False


def compile_own():
    """The package itself: an editable install leaves that to whoever imports it, and where Python may not write bytecode each process
    would compile it again, a second for five reports. Files compiled before are passed over; a folder that is read only stays as it is."""
    run(PYTHON, "-m", "compileall", "-qq", "mutasi_analysis")


def main():
    stamp = wanted_stamp()
    if is_current(stamp):
        compile_own()
        return
    started = time.time()
    print("Menyiapkan lingkungan (sekali saja, sekitar satu menit) … / setting up, once, about a minute …", flush=True)
    used = works()
    if not used:
        make_environment()
    done = install()
    if used and not done:  # left half made by a stopped run, or not ours: start afresh
        make_environment()
        done = install()
    if not done:
        stop(
            "Paket-paket tidak dapat dipasang; biasanya karena tidak ada sambungan ke internet. Jalankan lagi bila sudah tersambung.\n"
            "The packages could not be installed, mostly because there is no connection. Run again when there is."
        )
    compile_own()
    STAMP.write_text(stamp)
    seconds = time.time() - started
    print(f"Lingkungan siap dalam {seconds:.0f} detik / ready in {seconds:.0f} seconds.", flush=True)


if __name__ == "__main__":
    main()
