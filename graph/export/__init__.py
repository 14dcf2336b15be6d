"""The graph as files for other tools, chosen by the extension: as a graph where the format is one, else as a map."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from graph.errors import OutputRefused
from graph.model import Filter
from graph.outline import LeftOut
from graph.store.base import NO_FILTER, Store

if TYPE_CHECKING:
    from graph.export.selection import Selection

# Formats that hold a graph as such; every other one that a map can be written in shows it as a tree with relations.
GRAPHS = {".csv": "graph.export.csv", ".graphml": "graph.export.graphml", ".gexf": "graph.export.gexf"}


def export(
    store: Store,
    path: Path,
    where: Filter = NO_FILTER,
    *,
    around: str = "",
    depth: int = 1,
    kinds: tuple[str, ...] = (),
    language: str = "fr",
) -> tuple[list[Path], tuple[LeftOut, ...]]:
    """Write the graph, or the surroundings of one thing (`around`: id or label), in the format of the extension.

    Returns the files written, replaced where they were, and what the format does not hold. Raises OutputRefused for an
    extension that no format has or a file that cannot be written, NotFound for a thing that is not there.
    """
    from graph.export.registry import writer_for
    from graph.export.selection import Selection, Wanted

    selection = Selection(store, Wanted(around, depth, kinds, where))
    module = GRAPHS.get(path.suffix.lower())
    try:
        if module:
            write: Callable[[Selection, Path], list[Path]] = import_module(module).write
            files = write(selection, path)
            return files, (*selection.left_out, *selection.beside_graph())
        from graph.export.themes import outline_of_graph

        writer = writer_for(path.name)
        written = writer.write(outline_of_graph(selection, language))
        path.write_bytes(written.data)
    except OSError as error:
        raise OutputRefused(str(path), error.strerror or "cannot be written") from None
    return [path], (*selection.left_out, *written.left_out)


def export_bytes(
    store: Store,
    extension: str,
    where: Filter = NO_FILTER,
    *,
    around: str = "",
    depth: int = 1,
    kinds: tuple[str, ...] = (),
    language: str = "fr",
    name: str = "graphe",
) -> tuple[str, bytes, tuple[LeftOut, ...]]:
    """The same for a download: the file's name, its bytes, what was left out. Several files come in one zip."""
    from graph.export.zipped import archive

    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}{extension}"
        files, left_out = export(store, path, where, around=around, depth=depth, kinds=kinds, language=language)
        data = {file.name: file.read_bytes() for file in files}
    if len(data) == 1:
        return *data.popitem(), left_out
    return f"{name}.zip", archive(data), left_out
