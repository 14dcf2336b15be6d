"""A store that is filled once and asked many times: a large one takes long to write, and a moment to ask."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path


@dataclass
class Filled:
    """How far a store is filled: sources written, what they held, and how long that took, in milliseconds.

    On the disk after each source, so that filling can be cut short and taken up again.
    """

    path: Path
    sources: int = 0
    items: int = 0
    spent: list[float] = field(default_factory=lambda: [0.0, 0.0])  # on the clock, of processor in this process

    @classmethod
    def at(cls, path: Path) -> Filled:
        """What a former run noted there; nothing where there was none."""
        return cls(path, **json.loads(path.read_text("utf-8"))) if path.exists() else cls(path)

    def add(self, items: int, spent: tuple[float, float]) -> None:
        self.sources, self.items = self.sources + 1, self.items + items
        self.spent = [a + b for a, b in zip(self.spent, spent, strict=True)]

    def keep(self) -> None:
        self.path.write_text(json.dumps({k: v for k, v in asdict(self).items() if k != "path"}), "utf-8")
