"""Work on a stranger's bytes in a process of its own, under limits of time and memory.

On Linux and macOS the system counts processor time; memory is bounded by the system on Linux, by a watching thread on
macOS. Windows has neither limit in its standard library: there the elapsed time alone ends the work.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from graph.errors import InputRefused

Result = TypeVar("Result")

_ROOT = Path(__file__).resolve().parents[2]
_SERVE = "from ingest.bounds.aside import serve; serve()"
_OUT_OF_MEMORY = 77  # exit code of a child that its own watcher ended
_WATCHED = 0.05  # seconds between two looks at the memory
_PATIENCE = 4  # elapsed seconds per second of processor time: the machine may be busy elsewhere
_START = 30  # elapsed seconds for a process to begin on a busy machine


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may take: seconds of processor time, bytes of memory, seconds by the clock (0: enough)."""

    seconds: int = 10
    memory: int = 500_000_000
    elapsed: int = 0


def run_aside(name: str, limits: Limits, work: Callable[..., Result], *given: Any) -> Result:
    """What `work` (a function of a module) gives, done in another process. `given` and the result can be pickled.

    Raises InputRefused as `work` does, and where it takes more than its limits.
    """
    order = pickle.dumps((limits, work, given))
    try:
        done = subprocess.run(  # noqa: S603 - this very program; nothing of the file is in the command
            [sys.executable, "-B", "-c", _SERVE], input=order, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            cwd=_ROOT, timeout=limits.elapsed or _START + _PATIENCE * limits.seconds, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise InputRefused(name, _too_long(limits)) from None
    if done.returncode:
        raise InputRefused(name, _stopped(done.returncode, limits))
    result, refusal = pickle.loads(done.stdout)  # noqa: S301 - written by `serve`, below
    if refusal is not None:
        raise refusal
    return result  # type: ignore[no-any-return]  # what `work` gave came through a pickle


def _too_long(limits: Limits) -> str:
    return f"reading it takes more than {limits.seconds} s"


def _stopped(code: int, limits: Limits) -> str:
    if code == _OUT_OF_MEMORY:
        return f"reading it takes more than {limits.memory // 1_000_000} MB of memory"
    if os.name == "posix" and -code in {9, 24}:  # SIGKILL and SIGXCPU: the limit of processor time
        return _too_long(limits)
    if os.name == "posix" and -code in {6, 11}:  # SIGABRT and SIGSEGV: a library that could not have what it asked for
        return "it breaks its reader: it is damaged, or far too large to be read; save it again, or in several parts"
    return f"reading it broke its reader (code {code})"


def serve() -> None:
    """The other process: do the work that comes in, write what it gives."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints goes nowhere
    limits, work, given = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by `run_aside`
    _bound(limits)
    try:
        result, refusal = work(*given), None
    except InputRefused as refused:
        result, refusal = None, refused
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    pickle.dump((result, refusal), out)
    out.flush()
    os._exit(0)  # nothing to tidy up: the process ends with its memory


def _bound(limits: Limits) -> None:
    try:
        import resource
    except ImportError:  # Windows: the elapsed time alone bounds the work
        return
    for what, most in (
        (resource.RLIMIT_CPU, limits.seconds), (resource.RLIMIT_DATA, limits.memory), (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        hard = resource.getrlimit(what)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (bound, hard if what == resource.RLIMIT_CPU else bound))
    if sys.platform == "darwin":  # takes the limit of memory and does not keep to it
        threading.Thread(target=_watch, args=(limits.memory,), daemon=True).start()


def _watch(memory: int) -> None:
    import resource

    while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < memory:  # bytes on macOS
        time.sleep(_WATCHED)
    os._exit(_OUT_OF_MEMORY)
