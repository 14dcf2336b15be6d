"""An import under way as it is read back from a row or node of either store."""

from __future__ import annotations

import json
from typing import Any, Protocol

from graph.errors import Stale
from graph.model import Job


class Kept(Protocol):
    """What was kept of a job, by name."""

    def __getitem__(self, name: str, /) -> Any: ...


def check_seen(options: str | None, seen: int) -> None:
    """Raise Stale where the options of a row as they were kept, None for no row, are of another version."""
    now = int(json.loads(options).get("version", 0)) if options else 0
    if now != seen:
        raise Stale(f"this was written since it was read (version {now}, seen {seen})")


def job_of(kept: Kept) -> Job:
    return Job(
        id=kept["id"],
        state=kept["state"],
        files=tuple(json.loads(kept["files"])),
        options=json.loads(kept["options"]),
        actor=kept["actor"],
        created=kept["created"],
        updated=kept["updated"],
        pid=kept["pid"],
    )
