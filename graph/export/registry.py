"""The writers found in ``graph/export/writers/``: from an outline to the bytes of a file.

To add a format: a module there with a ``WRITER``, nothing else. The contract tests find it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import PurePath
from pkgutil import iter_modules
from typing import Protocol

from graph.errors import OutputRefused
from graph.export import writers as package
from graph.export.fit import Fitting
from graph.export.holds import PARTS, Holds
from graph.outline import LeftOut, Outline


@dataclass(frozen=True, slots=True)
class Written:
    """The bytes of a file, and what of the map is not in them."""

    data: bytes
    left_out: tuple[LeftOut, ...]


class Writer(Protocol):
    """One format."""

    @property
    def name(self) -> str:
        """Short; that of its reader."""

    @property
    def label(self) -> str:
        """For people, e.g. "OPML (.opml)"."""

    @property
    def extensions(self) -> tuple[str, ...]:
        """With the dot, lower case; the first is the usual one."""

    @property
    def carries(self) -> tuple[str, ...]:
        """What a file of this format can hold."""

    @property
    def loses(self) -> tuple[str, ...]:
        """What it cannot."""

    def write(self, outline: Outline) -> Written:
        """The file, the same bytes for the same outline, and what had to stay out. The outline is not changed."""


def nothing_more(_fitting: Fitting) -> None:
    """A format whose declaration says it all."""


@dataclass(frozen=True)
class MapWriter:
    """A writer made of a declaration and a function. `adapt` takes out what only this format can tell."""

    name: str
    label: str
    extensions: tuple[str, ...]
    holds: Holds
    render: Callable[[Outline], bytes]
    adapt: Callable[[Fitting], None] = nothing_more
    also_loses: tuple[str, ...] = ()

    @property
    def carries(self) -> tuple[str, ...]:
        return ("topics", "tree", *(part for part in PARTS if part in self.holds.parts))

    @property
    def loses(self) -> tuple[str, ...]:
        limits = (("more than one root", self.holds.one_root), ("more than one link per topic", self.holds.one_link))
        missing = (part for part in PARTS if part not in self.holds.parts)
        return (*missing, *(name for name, limited in limits if limited), *self.also_loses)

    def write(self, outline: Outline) -> Written:
        fitting = Fitting(outline, self.holds)
        self.adapt(fitting)
        return Written(self.render(fitting.outline), fitting.left_out())


def writers() -> Iterator[Writer]:
    """Every writer, by name."""
    yield from _found()


@cache
def _found() -> tuple[Writer, ...]:
    modules = (import_module(f"{package.__name__}.{m.name}") for m in iter_modules(package.__path__))
    found: list[Writer] = [module.WRITER for module in modules if hasattr(module, "WRITER")]
    return tuple(sorted(found, key=lambda writer: writer.name))


def writer_for(name: str) -> Writer:
    """The writer for a file name. Raises OutputRefused where no format has its extension."""
    extension = PurePath(name).suffix.lower()
    for writer in writers():
        if extension in writer.extensions:
            return writer
    known = " ".join(sorted(e for w in writers() for e in w.extensions))
    raise OutputRefused(PurePath(name).name, f"no format for {extension or 'a name without extension'}; known: {known}")
