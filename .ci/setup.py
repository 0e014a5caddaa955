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

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
LOCK = os.path.join(ROOT, "requirements.lock")
STAMP = os.path.join(VENV, "mutasi-setup.stamp")
BIN = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin")
PYTHON = os.path.join(BIN, "python.exe" if os.name == "nt" else "python")
OLDEST = (3, 11)


def stop(sentence):
    sys.stderr.write("\n" + sentence + "\n")
    sys.exit(2)


def run(*command):
    return subprocess.call(list(command), cwd=ROOT, env=quiet_environment())


def quiet_environment():
    quiet = dict(os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", UV_NO_PROGRESS="1")
    for name in ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "PIP_TARGET", "PIP_PREFIX", "PIP_USER"):
        quiet.pop(name, None)
    return quiet


def wanted_stamp():
    digest = hashlib.sha256(VENV.encode())
    for path in (LOCK, os.path.join(ROOT, "pyproject.toml"), os.path.abspath(__file__)):
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()


def is_current(stamp):
    if not os.path.exists(PYTHON) or not os.path.exists(STAMP):
        return False
    with open(STAMP) as file:
        return file.read() == stamp


def new_enough_python():
    """The interpreter running this, or a newer one on PATH; None where there is none."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for minor in range(20, OLDEST[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)
        if found and subprocess.call([found, "-c", "import venv, ensurepip"], stderr=subprocess.DEVNULL) == 0:
            return found
    return None


def make_environment():
    python = new_enough_python()
    uv = shutil.which("uv")
    if python is None and uv is None:
        stop(
            "Python %d.%d ke atas diperlukan; yang ada di sini %d.%d. Pasang Python baru, lalu jalankan lagi (atau: make PYTHON=/jalan/ke/python3).\n"
            "Python %d.%d or newer is needed; this is %d.%d. Install it and run again (or: make PYTHON=/path/to/python3)."
            % (OLDEST + sys.version_info[:2] + OLDEST + sys.version_info[:2])
        )
    shutil.rmtree(VENV, ignore_errors=True)
    if uv is not None and run(uv, "venv", "-q", "--seed", "--python", python or ">=%d.%d" % OLDEST, VENV) == 0:
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
    with open(LOCK) as file:
        pinned = re.search(r"^uv==.*?(?=^\S|\Z)", file.read(), re.M | re.S)
    if pinned is None:
        return None
    handle, path = tempfile.mkstemp(suffix=".txt")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(pinned.group(0))
        status = run(PYTHON, "-m", "pip", "install", "-q", "--no-deps", "--require-hashes", "-r", path)
    finally:
        os.remove(path)
    own = os.path.join(BIN, "uv.exe" if os.name == "nt" else "uv")
    return own if status == 0 and os.path.exists(own) else None


def install():
    uv = uv_in_environment()
    pip = (PYTHON, "-m", "pip", "install", "-q")
    ways = [(uv, "pip", "install", "-q", "--python", PYTHON)] if uv else []
    for way in [*ways, pip]:
        if run(*way, "--require-hashes", "-r", LOCK) == 0 and run(*way, "--no-deps", "--no-build-isolation", "-e", ROOT) == 0:
            return
        sys.stderr.write("%s did not manage; trying the next way.\n" % os.path.basename(way[0]))
    stop(
        "Paket-paket tidak dapat dipasang; biasanya karena tidak ada sambungan ke internet. Jalankan lagi bila sudah tersambung.\n"
        "The packages could not be installed, mostly because there is no connection. Run again when there is."
    )


def main():
    stamp = wanted_stamp()
    if is_current(stamp):
        return
    started = time.time()
    print("Menyiapkan lingkungan (sekali saja, sekitar satu menit) … / setting up, once, about a minute …", flush=True)
    make_environment()
    install()
    with open(STAMP, "w") as file:
        file.write(stamp)
    print("Lingkungan siap dalam %.0f detik / ready in %.0f seconds." % ((time.time() - started,) * 2), flush=True)


if __name__ == "__main__":
    main()
