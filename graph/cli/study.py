"""``python -m graph dataset``: the graph as a dataset that can be cited."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from graph.cli.console import opened, tell
from graph.cli.options import Json, Url


def dataset(
    path: Annotated[Path, typer.Argument(metavar="DIR|FILE.zip", help="A new folder, or a new .zip file")],
    store: Url = None,
    as_json: Json = False,
    names: Annotated[bool, typer.Option("--names", help="Keep the names of persons")] = False,
) -> None:
    """A citable dataset: CSV with a codebook, texts, GraphML, GEXF, SKOS, RDF, IRaMuTeQ; persons under pseudonyms."""
    from graph.study.dataset import write_dataset

    with opened(store) as found:
        done = write_dataset(found, path, named=names, progress=_shown if sys.stderr.isatty() else lambda *_: None)
        answer = {
            "path": str(done.path),
            "digest": done.digest,
            "rows": done.rows,
            "files": list(done.files),
            "names": done.named,
        }
        counts = ", ".join(f"{n} {name}" for name, n in done.rows.items())
        tell(as_json, answer, f"wrote {done.path}: {counts}", f"digest {done.digest}")


def _shown(share: float, what: str) -> None:
    sys.stderr.write(f"\r\x1b[K{share:.0%} {what}" + ("\n" if share == 1 else ""))
    sys.stderr.flush()
