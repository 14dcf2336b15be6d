"""Archives named on the command line as the files they hold, for as long as an import lasts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from graph.errors import InputRefused
from ingest.batch import FileReport
from ingest.bounds.archive import Upload, is_archive, opened
from ingest.files import Input, base_name

_MOST = 200_000_000  # bytes of all archives of one import together


@contextmanager
def unpacked(inputs: Sequence[Input]) -> Iterator[tuple[list[Input], list[FileReport]]]:
    """The inputs with each archive of documents replaced by its files, and what is refused of these.

    An archive that is a format of its own (a map, an office file) is left whole. The files lie in a folder that goes
    away at the end, under names of this program's making.
    """
    with TemporaryDirectory(prefix="maillage-") as folder:
        opening = _Opening(Path(folder))
        yield [found for item in inputs for found in opening.files(item)], opening.refused


class _Opening:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.refused: list[FileReport] = []
        self._count = self._bytes = 0

    def files(self, item: Input) -> Iterator[Input]:
        """The input itself, or the files of the archive that it is."""
        if not _begins_as_zip(item.path):
            yield item
            return
        try:
            raw = item.load()
        except InputRefused:
            yield item  # refused again, and reported, when it is its turn
            return
        if item.reader or not is_archive(raw):
            yield item
            return
        for upload in opened(raw.name, raw.data):
            if path := self._kept(upload, raw.name):
                yield replace(item, path=path, name=base_name(upload.name), named=False)

    def _kept(self, upload: Upload, archive: str) -> Path | None:
        """Where a file was laid down; None for one that is refused, which is reported."""
        why = upload.refused
        self._bytes += len(upload.data)
        if not why and self._bytes > _MOST:
            why = f"the archives unpack to more than {_MOST // 1_000_000} MB together"
        if why:
            named = base_name(upload.name) if upload.archive else ""
            error = InputRefused(archive, why, named)
            self.refused.append(FileReport(named or archive, "refused", reason=str(error)))
            return None
        self._count += 1
        path = self.folder / str(self._count)
        path.write_bytes(upload.data)
        return path


def _begins_as_zip(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(2) == b"PK"
    except OSError:
        return False
