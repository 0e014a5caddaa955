"""How many workers a machine bears, and how much memory one of them may take."""

from __future__ import annotations

import os
import sys
from pathlib import Path

#: memory of one worker at its peak on the largest demonstration region, measured by benchmarks/many_regions.py, and some air
WORKER_MB = 700
_CGROUP = (
    ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
    ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
)


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def free_mb() -> int | None:
    """Memory that programs may still take, containers' bounds included; None where the system does not tell."""
    bounds = [bound for bound in (_available(Path("/proc/meminfo")), *(_left(Path(a), Path(b)) for a, b in _CGROUP)) if bound is not None]
    return min(bounds) if bounds else None


def _available(meminfo: Path) -> int | None:
    try:
        for line in meminfo.read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) >> 10
    except (OSError, ValueError):
        pass
    return None


def _left(limit: Path, used: Path) -> int | None:
    try:
        return max(0, int(limit.read_text()) - int(used.read_text())) >> 20
    except (OSError, ValueError):
        return None


def jobs_for(tasks: int, *, cores: int, free_mb: int | None) -> int:
    """Workers at a time: one a core, no more than the free memory holds, no more than there are tasks, at least one."""
    held = tasks if free_mb is None else free_mb // WORKER_MB
    return max(1, min(cores, held, tasks))


def default_jobs(tasks: int) -> int:
    """`jobs_for` on this machine now."""
    return jobs_for(tasks, cores=cores(), free_mb=free_mb())


def default_memory_mb(jobs: int) -> int:
    """Limit of one worker: four fifths of the machine's memory, shared; 0 where the system does not tell."""
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 0
    return max(1024, int(total * 0.8 / jobs) >> 20)


def limit_memory(megabytes: int) -> None:
    """At most this much data memory for this process; 0 or less: no limit."""
    if megabytes <= 0 or sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = megabytes << 20
    resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
