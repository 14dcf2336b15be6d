"""How much work a function does, counted and not timed: the same on a busy machine as on an idle one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def work_of(task: Callable[[], object]) -> int:
    """How many calls (of Python and of the libraries beneath) and lines of Python a task takes."""
    count = 0

    def called(_frame: FrameType, event: str, _of: Any) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    def reached(_frame: FrameType, event: str, _of: Any) -> Any:
        nonlocal count
        count += event == "line"
        return reached

    profiling, tracing = sys.getprofile(), sys.gettrace()
    sys.setprofile(called)
    sys.settrace(reached)
    try:
        task()
    finally:
        sys.settrace(tracing)
        sys.setprofile(profiling)
    return count
