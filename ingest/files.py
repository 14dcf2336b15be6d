"""Which files an import takes: the paths given, folders walked, the litter of systems left alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.errors import InputRefused
from ingest.document import RawFile

MAX_BYTES = 50 * 1024 * 1024
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Input:
    """A file to import; `named` when the person named it, rather than a folder that holds it."""

    path: Path
    named: bool


def is_litter(path: Path) -> bool:
    """Files that systems and office programs leave beside documents."""
    return path.name in _LITTER or path.name.startswith(("~$", "._"))


def collect(paths: Iterable[Path]) -> list[Input]:
    """Every file of the paths, folders in a stable order. A path that does not exist is kept, to be refused by name."""
    out: list[Input] = []
    for path in paths:
        if path.is_dir():
            out += [Input(p, False) for p in _walk(path)]
        else:
            out.append(Input(path, True))
    return out


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not is_litter(path) and not hidden:
            yield path


def load(path: Path) -> RawFile:
    """The bytes of a file. Raises InputRefused when it is missing, unreadable or too large."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputRefused(path.name, f"{size / 1e6:.0f} MB is over the limit of {MAX_BYTES // 1_048_576} MB")
        return RawFile(path.name, path.read_bytes())
    except FileNotFoundError:
        raise InputRefused(str(path), "there is no such file") from None
    except OSError as error:
        raise InputRefused(str(path), error.strerror or "cannot be read") from error
