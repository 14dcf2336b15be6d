"""Which files an import takes: the paths given, folders walked, the litter of systems left alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from graph.errors import InputRefused
from ingest.document import RawFile

MAX_BYTES = 50 * 1024 * 1024
_LONGEST, _LONGEST_EXTENSION = 200, 20  # characters of a name
_LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class Input:
    """A file to import; `named` when the person named it, rather than a folder that holds it.

    `name`: what it is called, where that is not how it lies on the disk. `reader`, `columns`: what a person chose
    against the guess, as in `RawFile`.
    """

    path: Path
    named: bool
    name: str = ""
    reader: str = ""
    columns: Mapping[str, str] = field(default_factory=dict, hash=False)

    def load(self) -> RawFile:
        """Its bytes, with what was chosen. Raises InputRefused as `load` does."""
        return replace(load(self.path, self.name), reader=self.reader, columns=self.columns)

    @property
    def shown(self) -> str:
        """What it is called."""
        return self.name or self.path.name


def is_litter(path: PurePath) -> bool:
    """Files that systems and office programs leave beside documents."""
    return path.name in _LITTER or path.name.startswith(("~$", "._"))


def base_name(name: str) -> str:
    """What a file that came from elsewhere is called: never a path, nothing that a screen or a disk cannot show.

    >>> base_name("../../etc/passwd"), base_name("C:/notes/a.md"), base_name("..")
    ('passwd', 'a.md', 'file')
    """
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c if c.isprintable() else " " * c.isspace() for c in last).strip()
    stem, dot, extension = shown.rpartition(".")
    if len(shown) > _LONGEST:
        shown = f"{stem[:_LONGEST]}.{extension}" if dot and len(extension) < _LONGEST_EXTENSION else shown[:_LONGEST]
    return shown if shown.strip(".") else "file"


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


def size(item: Input) -> int:
    """Its bytes as they lie on the disk; 0 where it cannot be asked, which is told when it is read."""
    try:
        return item.path.stat().st_size
    except OSError:
        return 0


def load(path: Path, name: str = "") -> RawFile:
    """The bytes of a file, called `name` if given. Raises InputRefused when it is missing, unreadable or too large."""
    shown = name or path.name
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputRefused(shown, f"{size / 1e6:.0f} MB is over the limit of {MAX_BYTES // 1_048_576} MB")
        return RawFile(shown, path.read_bytes())
    except FileNotFoundError:
        raise InputRefused(name or str(path), "there is no such file") from None
    except OSError as error:
        raise InputRefused(name or str(path), error.strerror or "cannot be read") from error
