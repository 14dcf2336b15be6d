"""``python -m ingest …``: import, extract, outline, formats, and `up`, which needs the standard library only."""

from __future__ import annotations

import sys


def main() -> None:
    """`up` runs before anything third-party is imported: on a fresh machine nothing else is there."""
    if sys.argv[1:2] == ["up"]:
        from ingest.up import main as up

        raise SystemExit(up(sys.argv[2:]))
    from ingest.cli import app

    app(prog_name="python -m ingest")


if __name__ == "__main__":
    main()
