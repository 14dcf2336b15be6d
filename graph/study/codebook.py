"""The codebook of a dataset: its tables and columns, the kinds and relations of the vocabulary, in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from ontology import Ontology, load

LANGUAGES = ("fr", "en")
_FILE = Path(__file__).with_name("codebook.toml")
_HEADINGS = {
    "fr": ("Livre de codes", "colonne", "ce qu'elle contient", "Genres", "Liens", "de", "vers", "terme standard"),
    "en": ("Codebook", "column", "what it holds", "Kinds", "Links", "from", "to", "standard term"),
}
_NOTES = {
    "fr": """Les fichiers CSV sont en UTF-8 (avec marque d'ordre), séparés par des virgules. Une cellule qu'un tableur
calculerait (elle commence par = + - @) est précédée d'une apostrophe. Les positions comptent les caractères Unicode du
texte de `texts/` : `texte[début:fin]` est la citation. Les choses rejetées par une personne n'y sont pas.""",
    "en": """CSV files are in UTF-8 (with a byte order mark), separated by commas. A cell that a spreadsheet would
calculate (it begins with = + - @) is preceded by an apostrophe. Positions count the Unicode characters of the text in
`texts/`: `text[start:end]` is the quotation. Things that a person rejected are not in it.""",
}


@cache
def _tables() -> Mapping[str, Mapping[str, list[str]]]:
    found: Mapping[str, Mapping[str, list[str]]] = tomllib.loads(_FILE.read_text("utf-8"))
    return found


def tables() -> dict[str, tuple[str, ...]]:
    """The columns of each table, in order."""
    return {name: tuple(column for column in given if column != "about") for name, given in _tables().items()}


def codebook(language: str, ontology: Ontology | None = None) -> str:
    """The whole codebook as Markdown. `language` is one of LANGUAGES."""
    words, at = ontology or load(), LANGUAGES.index(language)
    title, column, holds, kinds, links, from_, to, standard = _HEADINGS[language]
    lines = [f"# {title}", "", _NOTES[language], ""]
    for name, given in _tables().items():
        lines += [f"## {name}.csv", "", given["about"][at], "", *_head(column, holds)]
        lines += [_row(f"`{key}`", said[at]) for key, said in given.items() if key != "about"] + [""]
    lines += [f"## {kinds}", "", *_head("`kind`", language, standard, "attributes"), *_kinds(words, language), ""]
    lines += [f"## {links}", "", *_head("`type`", language, from_, to, standard), *_relations(words, language)]
    return "\n".join(lines) + "\n"


def _kinds(words: Ontology, language: str) -> Iterator[str]:
    for key, spec in words.kinds.items():
        yield _row(f"`{key}`", spec.name(language), f"`{spec.standard}`", ", ".join(spec.attributes))


def _relations(words: Ontology, language: str) -> Iterator[str]:
    for key, spec in words.relations.items():
        ends = (", ".join(k for k in words.kinds if k in kinds) for kinds in (spec.from_kinds, spec.to_kinds))
        yield _row(f"`{key}`", spec.name(language), *ends, f"`{spec.standard}`")


def _head(*names: str) -> list[str]:
    return [_row(*names), _row(*["---"] * len(names))]


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
