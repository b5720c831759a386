"""How much memory this process takes."""

import resource
from pathlib import Path

_MB = 1 << 20


def memory_mb() -> float:
    """Return the resident memory now, MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / _MB


def peak_memory_mb() -> float:
    """Return the most resident memory there was, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
