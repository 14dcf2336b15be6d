"""Participant tables: columns in any order and naming, wrapped rows, empty cells; and tables without a header row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.text import fold
from ingest.document import Block, BlockKind, Document
from ingest.extract.reading import Attendee, Reading, Span
from ingest.extract.who.column_roles import column_role
from ingest.extract.who.descriptions import Piece, is_body, is_function, split_function
from ingest.extract.who.entries import entries_of
from ingest.extract.who.name_words import is_first_name, is_title, proper_case
from ingest.extract.who.names import person_at
from ingest.extract.who.shared_rows import function_told, goes_on, status_alone
from ingest.extract.who.side_by_side import side_by_side
from ingest.extract.who.wordlists import phrases, single_words
from ingest.extract.who.words import words_of

RULE = "people.table@1"
Cell = tuple[int, int]
_DITTO = re.compile(r"idem|id\.?|ditto|[\"″〃]|''|-\"-")


@dataclass
class Row:
    """One person's row: cells by role ("last", "first", "name", "function", "organisation", "status")."""

    block: Block
    cells: dict[str, Cell] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    rest: list[tuple[str, Cell]] = field(default_factory=list)  # what wraps onto the rows below


def attendees_of_tables(reading: Reading) -> Iterator[Attendee]:
    """The attendees of every table of the document that lists people."""
    for rows in _tables(reading.document):
        roles = _roles(reading.document, rows)
        if roles:
            yield from _rows(reading, rows, roles)
        else:
            yield from side_by_side(reading, rows)


def _tables(document: Document) -> Iterator[list[Block]]:
    """Runs of rows; a header begins a new one."""
    run: list[Block] = []
    for block in document.blocks:
        if block.kind is BlockKind.ROW and not (run and block.attributes.get("header")):
            run.append(block)
        elif block.kind is not BlockKind.FURNITURE:
            if run:
                yield run
            run = [block] if block.kind is BlockKind.ROW else []
    if run:
        yield run


def _roles(document: Document, rows: list[Block]) -> list[str]:
    """The role of each column, or nothing where the table is not one of people."""
    cells = rows[0].attributes.get("cells", [])
    header = [document.text[a:b] for _, a, b in cells]
    named = [name for name, _, _ in cells]
    for names in (header, named):
        roles = [column_role(n, document.language) for n in names]
        if "other" in roles and not {"last", "first"} <= set(roles):
            return []
        if {"last", "first"} <= set(roles) or (
            {"name", "last"} & set(roles) and {"function", "organisation", "status", "first"} & set(roles)
        ):
            return ["name" if r == "last" and "first" not in roles else r for r in roles]
    return _roles_by_content(document, rows)


def _roles_by_content(document: Document, rows: list[Block]) -> list[str]:
    """Without headings: a column whose cells are nearly all names of persons, the others by what they hold."""
    texts = [[document.text[a:b] for _, a, b in r.attributes.get("cells", [])] for r in rows]
    width = max(len(t) for t in texts)
    if len(rows) < 3 or width < 2 or any(column_role(n, document.language) == "other" for n in texts[0]):
        return []
    columns = [[t[i] for t in texts if i < len(t) and t[i].strip()] for i in range(width)]
    language = document.language
    shares = [_share(c, lambda x: _is_name(x, language)) for c in columns]
    best = max(range(width), key=lambda i: shares[i])
    if shares[best] < 0.7:
        return []
    roles = [""] * width
    roles[best] = "name"
    for i in range(width):
        if i != best and columns[i]:
            function, body = (
                _share(columns[i], lambda x: is_function(x, language)),
                _share(columns[i], lambda x: is_body(x, language)),
            )
            role = "function" if function >= 0.5 and function >= body - 0.3 else "organisation" if body >= 0.5 else ""
            roles[i] = role if role not in roles else ""
    return roles if any(r in {"function", "organisation"} for r in roles) else []


def _share(cells: list[str], test: object) -> float:
    return sum(bool(test(c)) for c in cells) / len(cells) if cells and callable(test) else 0.0


def _is_name(text: str, language: str) -> bool:
    words = words_of(text)
    name = person_at(text, words, 0, language, listed=True) if words else None
    return name is not None and name.sure and bool(name.last) and name.end == len(words)


def _rows(reading: Reading, rows: list[Block], roles: list[str]) -> Iterator[Attendee]:
    language = reading.document.language
    above: Row | None = None
    for row in _whole_rows(reading, rows, roles):
        if above is not None:
            _as_above(row, above)
            _under_merged(row, above, roles, language)
        function_told(row.texts, row.cells, language)
        if "organisation" not in row.texts and is_function(row.texts.get("function", ""), language):
            _part_function(row, reading.document.text, language)
        yield from _attendees(row, language)
        above = row


def _whole_rows(reading: Reading, rows: list[Block], roles: list[str]) -> list[Row]:
    """The rows of people, each with what wraps on the lines below and the status that stands over it."""
    whole: list[Row] = []
    text, language, standing = reading.document.text, reading.document.language, ""
    for block in rows:
        if block.attributes.get("header") or (block is rows[0] and _is_header(text, block, language)):
            continue
        row = _row(text, block, roles)
        if status := status_alone(row.texts, language):
            standing = status
        elif whole and _wraps(row, whole[-1]):
            if "status" not in row.cells:  # « absent | Banque alimentaire | »: a row that names nobody
                _continue(whole[-1], row)
        else:
            row.texts |= {"status": standing} if standing and "status" not in row.texts else {}
            whole.append(row)
    return whole


def _row(text: str, block: Block, roles: list[str]) -> Row:
    row = Row(block)
    for role, (_, start, end) in zip(roles, block.attributes.get("cells", []), strict=False):
        if role and end > start and text[start:end].strip(" -–—/*_"):
            row.cells.setdefault(role, (start, end))
            row.texts.setdefault(role, " ".join(text[start:end].strip(" *_").split()))
    return row


def _wraps(row: Row, above: Row) -> bool:
    unnamed = not {"last", "first", "name"} & set(row.cells)
    return unnamed or (bool(row.block.attributes.get("spaced")) and goes_on(row.texts, above.texts))


def _is_header(text: str, block: Block, language: str) -> bool:
    roles = [column_role(text[a:b], language) for _, a, b in block.attributes.get("cells", [])]
    return sum(bool(r) for r in roles) >= 2


def _as_above(row: Row, above: Row) -> None:
    """« idem »: the cell above."""
    for role, text in row.texts.items():
        if _DITTO.fullmatch(fold(text)) and role in above.texts:
            row.texts[role], row.cells[role] = above.texts[role], above.cells[role]


def _under_merged(row: Row, above: Row, roles: list[str], language: str) -> None:
    """An empty cell of a body, left of the name, is what a merged cell leaves: the body above."""
    left = "organisation" in roles and roles.index("organisation") < min(
        roles.index(r) for r in roles if r in {"name", "last", "first"}
    )
    own = words_of(row.texts.get("function", ""))
    alone = bool(own) and own[0].folded in single_words(language, "people", "functions", "own_behalf")
    if left and not alone and "organisation" not in row.texts and "organisation" in above.texts:
        row.texts["organisation"], row.cells["organisation"] = above.texts["organisation"], above.cells["organisation"]


def _continue(row: Row, more: Row) -> None:
    """A wrapped row: its words belong to the cells above."""
    for role, extra in more.texts.items():
        row.texts[role] = f"{row.texts[role]} {extra}" if role in row.texts else extra
        row.rest += [(role, more.cells[role])] if role in row.cells else []
        row.cells.setdefault(role, more.cells[role])


def _attendees(row: Row, language: str) -> Iterator[Attendee]:
    """The person of a row (or the persons of its name cell)."""
    texts = row.texts
    if "name" in texts and (told := _told(row, language)):
        yield told
        return
    if "last" in texts and "first" in texts:
        names = [f"{proper_case(_bare(texts['first'], language))} {proper_case(_bare(texts['last'], language))}"]
        at = (min(row.cells["last"][0], row.cells["first"][0]), max(row.cells["last"][1], row.cells["first"][1]))
    elif name_text := texts.get("name") or texts.get("last") or texts.get("first"):
        role = "name" if "name" in texts else "last" if "last" in texts else "first"
        names, at = names_of_cell(name_text, language), row.cells[role]
    else:
        return
    for name in names:
        yield Attendee(
            "", name, Span(row.block.start, row.block.end, RULE, 0.98),
            texts.get("function"), texts.get("organisation"), _status(texts.get("status", ""), language),
            {**row.cells, "name": at}, rest=row.rest,
        )  # fmt: skip


def _part_function(row: Row, text: str, language: str) -> None:
    """« adjointe aux écoles à la mairie de Morsan, aime lire » in one cell: what somebody does, and where."""
    told, cell = row.texts["function"], row.cells["function"]
    first, _, rest = told.partition(", ")
    function, body = split_function(Piece(first, 0, len(first)), language)
    if not body and rest and is_body(rest, language) and not is_function(rest, language):
        body = Piece(rest, len(first) + 2, len(told))  # « Élu à la jeunesse, Ville de Morsan »
    if not body:
        function, body = split_function(Piece(told, 0, len(told)), language)
    if body and function.text:
        row.texts |= {"function": function.text, "organisation": body.text}
        row.cells |= {
            "function": _place(text, cell, function.text, last=False),
            "organisation": _place(text, cell, body.text, last=True),
        }


def _place(text: str, cell: Cell, part: str, *, last: bool) -> Cell:
    """Where a part of a cell stands as written, the first or last time; the whole cell where it was wrapped."""
    at = text.rfind(part, *cell) if last else text.find(part, *cell)
    return (at, at + len(part)) if at >= 0 else cell


def _told(row: Row, language: str) -> Attendee | None:
    """« Claire DUPONT (technicienne) », « Claire DUPONT, chargée de mission »: one person whose cell says more."""
    found = entries_of(row.texts["name"], language)
    if len(found) != 1 or not found[0].name.last or not (found[0].function or found[0].organisation):
        return None
    entry, texts = found[0], row.texts
    function = texts.get("function") or (entry.function.text if entry.function else None)
    organisation = texts.get("organisation") or (entry.organisation.text if entry.organisation else None)
    span = Span(row.block.start, row.block.end, RULE, 0.95)
    status = _status(texts.get("status", ""), language)
    return Attendee("", entry.name.display, span, function, organisation, status, dict(row.cells))


def names_of_cell(text: str, language: str) -> list[str]:
    """The display names of a cell that holds one name or several.

    >>> names_of_cell("DURAND Paul", "fr"), names_of_cell("Mme Claire Le Bihan", "fr")
    (['Paul Durand'], ['Claire Le Bihan'])
    """
    out = []
    for part in (p.strip() for p in _several(text, language)):
        words = tuple(w for w in words_of(part) if not is_title(w, language))
        if not words or not any(c.isalpha() for c in part) or part[:1].isdigit():
            continue  # « 12 élèves de 1re »: so many people, none of them named
        if (
            len(words) >= 2
            and not is_first_name(words[0].text)
            and is_first_name(words[-1].text)
            and not words[-1].upper
        ):
            out.append(f"{words[-1].text} {proper_case(' '.join(w.text for w in words[:-1]))}")
            continue
        name = person_at(part, words_of(part), 0, language, listed=True)
        whole = name is not None and name.end == len(words_of(part))
        out.append(name.display if name and whole else proper_case(" ".join(w.text for w in words)))
    return out


def _several(text: str, language: str) -> list[str]:
    """The parts of a name cell: at commas, and at « et » between two whole names."""
    parts = re.split(r"[,;]|\s(?:et|and|&|/)\s", text)
    if all(_is_name(p.strip(), language) for p in parts):
        return parts
    return text.replace(";", ",").split(",")


def _bare(text: str, language: str) -> str:
    """A cell without the title before the name (« MAITRE » may be a surname)."""
    words = words_of(text)
    return text[words[1].start :] if len(words) > 1 and is_title(words[0], language) else text.strip()


def _status(text: str, language: str) -> str:
    """What a presence column says of a row."""
    folded = fold(text).strip(" .")
    if not folded:
        return "present"
    excused = phrases(language, "people", "announcers", "excused")
    return (
        "excused"
        if folded in excused
        or folded.startswith(("excus", "abs", "apolog", "non", "repr"))
        or folded in {"e", "a", "ex", "x excuse", "no"}
        else "present"
    )
