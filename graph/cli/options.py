"""Options that many commands of ``python -m graph`` share."""

from __future__ import annotations

from typing import Annotated

import typer

from graph.model import Actor

Url = Annotated[str | None, typer.Option("--store", help="Address of the store, e.g. sqlite:///data/maillage.db")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document")]
Reason = Annotated[str, typer.Option(help="Why; kept in the log")]
ACTOR = Actor()
