"""``python -m graph …``: questions to a store, corrections, proof, copies."""

from __future__ import annotations

import sys


def main(arguments: list[str]) -> None:
    """Plain `stats`, the command that scripts poll, answers before the command line library is loaded."""
    asked = plain_stats(arguments)
    if asked is not None:
        from graph.cli.console import tell_stats

        tell_stats(*asked)
        return
    from graph.cli.main import build

    build(*arguments[:1])(prog_name="python -m graph")


def plain_stats(arguments: list[str]) -> tuple[str | None, bool] | None:
    """(store address, as JSON) where the arguments are those of `stats` and nothing else; otherwise None.

    >>> plain_stats(["stats", "--json", "--store", "sqlite:///a.db"])
    ('sqlite:///a.db', True)
    >>> plain_stats(["stats", "--help"])
    """
    if arguments[:1] != ["stats"]:
        return None
    url, as_json, rest = None, False, arguments[1:]
    while rest:
        if rest[0] == "--json":
            as_json, rest = True, rest[1:]
        elif rest[0] == "--store" and len(rest) > 1 and not rest[1].startswith("-"):
            url, rest = rest[1], rest[2:]
        else:
            return None
    return url, as_json


if __name__ == "__main__":
    main(sys.argv[1:])
