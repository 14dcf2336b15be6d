"""``python -m ontology``: the vocabulary as a page; `--write` and `--check` keep docs/vocabulary.md up to date."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ontology.page import vocabulary_page
from ontology.schema import load

PAGE = Path(__file__).resolve().parent.parent / "docs" / "vocabulary.md"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m ontology", description="Print the vocabulary as Markdown.")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--write", action="store_true", help="write docs/vocabulary.md")
    choice.add_argument("--check", action="store_true", help="exit 1 unless docs/vocabulary.md is up to date")
    options = parser.parse_args()
    page = vocabulary_page(load())
    if options.write:
        PAGE.write_text(page, "utf-8")
    elif options.check:
        return check(page)
    else:
        sys.stdout.write(page)
    return 0


def check(page: str) -> int:
    """0 when the written page is this one, 1 with a sentence otherwise."""
    if PAGE.is_file() and PAGE.read_text("utf-8") == page:
        return 0
    print("docs/vocabulary.md is not up to date: run `make docs`", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
