"""Tables in text: pipes, tabs, columns that are drawn or aligned with spaces. Each row keeps the span of every cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import pairwise

from graph.text import fold
from ingest.notes.laid_out import columns_below, headed, placed, rows_below
from ingest.notes.lines import Line
from ingest.notes.ruled import column_starts, cut, is_column_rule

Cell = tuple[int, int]  # span in the text
_SEPARATOR = re.compile(r"^\s*\|?(?:\s*:?-{2,}:?\s*\|)*\s*:?-{2,}:?\s*\|?\s*$")
_FRAME = re.compile(r"^\s*\+(?:[-=]+\+)+\s*$")
_PIPE = re.compile(r"(?<!\\)\|")
_COLUMN = re.compile(r"\S+(?: \S+)*")
_BULLET = re.compile(r"\s*[*•+–—-]\s+\S")
_NUMBERED = re.compile(  # one cell behind a number
    r"\s*\(?(?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,4})\s?[.)°-]\s+\S+(?: \S+)*\s*"
)
# « •\tLe toit », « 1.\tLe four », « o\tLe bassin »
_MARK_AND_TAB = re.compile(r"(?:[^\w\s|]|[o§Øüvqàèlnm]|\(?\d{1,3}(?:\.\d{1,2}){0,3}[.)]\)?|\(?[A-Za-z][.)])\t\s*")
_WIDE_GAP = re.compile(r"\S[^\S\r\n]{3,}(?=\S)")
_MIN_FIXED_ROWS = 3
_RULED_HEAD = 4  # lines in which a ruled table has its head and its first row
_MOST_WRAPPED = 20  # lines of a row whose cells hold line breaks
_MOST_COLUMNS = 100  # made of spaces: each cell of a line is held against each of the first line
_JUDGED_LINES = 12  # of columns made of spaces: a run that is refused costs no more, since the next line tries again
HEADER_WORDS = frozenset(
    """nom noms prenom prenoms fonction structure organisme organisation institution qualite role adresse mail email
    courriel telephone tel statut present presents presence excuse signature qui quoi quand ou comment echeance delai
    action actions responsable pilote porteur theme thematique objet titre date lieu commune territoire type categorie
    description intitule proposition propositions constat constats enjeu enjeux piste pistes remarque remarques
    commentaire commentaires votes avis priorite etat suivi budget cout montant source annee indicateur valeur unite
    numero id question reponse atelier groupe participants name first last surname position who what when where by
    status owner deadline due item topic task lead notes comment organization role decision""".split()
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its line, the span of each cell, whether it names the columns."""

    line: int
    cells: tuple[Cell, ...]
    header: bool = False
    last: int = -1  # its last line, where a cell wraps


@dataclass(frozen=True, slots=True)
class Table:
    """A table between two lines (both included). `rules` are the lines that only draw."""

    first: int
    last: int
    rows: tuple[Row, ...]
    names: tuple[str, ...]
    rules: tuple[int, ...] = ()
    spaced: bool = False  # its columns stand where spaces or a drawn line put them, so that a cell may wrap


def table_at(text: str, lines: list[Line], at: int) -> Table | None:
    """The table that begins at a line, or None. A run that was refused at its first line is not tried again."""
    content, before = lines[at].text, lines[at - 1].text if at else ""
    if is_column_rule(lines[at]) or (at + 1 < len(lines) and is_column_rule(lines[at + 1])):
        return _ruled_table(text, lines, at)
    if "|" in content or _FRAME.match(content):
        return None if "|" in before else _pipe_table(text, lines, at)
    if _has_columns(content):
        return None if _has_columns(before) else _tab_table(text, lines, at)
    if "  " not in content.strip():
        return None
    if len(_columns(lines[at])) > _MOST_COLUMNS:
        return None
    found = [t for t in (_fixed_table(text, lines, at), _laid_table(text, lines, at)) if t is not None]
    return max(found, key=lambda table: table.last, default=None)


def _has_columns(content: str) -> bool:
    """Whether tabs part a line; that behind the mark of a list, as word processors write it, parts nothing."""
    said = content.strip("\t ")
    mark = _MARK_AND_TAB.match(said)
    return "\t" in said[mark.end() if mark else 0 :]


def names_columns(content: str) -> bool:
    """Whether a line is the head of a table, whose rule is no underlining: « Nom      Structure      Rôle »."""
    return "|" in content or len(_WIDE_GAP.findall(content)) > 1


def _pipe_table(text: str, lines: list[Line], at: int) -> Table | None:
    last_of = _wrapped(lines, at) or {n: n for n in _run(lines, at, _is_piped)}
    run = list(last_of)
    rules = tuple(n for n in run if _is_pipe_rule(lines[n]))
    body = [n for n in run if n not in rules]
    if (len(body) < 2 and not rules) or not body:
        return None
    rows = [(n, _split_at(_joined(text, lines, n, last_of[n]), _PIPE)) for n in body]
    if not rules and (min(len(c) for _, c in rows) < 2 or sum(lines[n].text.strip().startswith("|") for n in body) < 2):
        return None
    if max(len(c) for _, c in rows) < 2:
        return None
    ruled = any(body[0] < n < (body[1] if len(body) > 1 else n + 1) for n in rules)
    table = _table(text, rows, run, rules, header=ruled or _names_columns(text, rows))
    made = tuple(replace(row, last=last_of[row.line]) for row in table.rows)
    return replace(table, rows=made, last=last_of[table.last])


def _joined(text: str, lines: list[Line], first: int, last: int) -> Line:
    start, end = lines[first].start, lines[last].end
    return lines[first] if first == last else Line(first, start, end, text[start:end])


def _is_piped(line: Line) -> bool:
    return "|" in line.text or bool(_FRAME.match(line.text))


def _is_pipe_rule(line: Line) -> bool:
    return bool(_SEPARATOR.match(line.text) or _FRAME.match(line.text))


def _wrapped(lines: list[Line], at: int) -> dict[int, int]:
    """The first and last line of each row, where cells hold line breaks and a rule proves the table; else nothing."""
    rows: dict[int, int] = {}
    n = at
    while n < len(lines) and not lines[n].blank and _is_piped(lines[n]):
        rows[n] = _closing(lines, n)
        n = rows[n] + 1
    wraps = any(first != last for first, last in rows.items())
    return rows if wraps and any(_is_pipe_rule(lines[n]) for n in rows) else {}


def _closing(lines: list[Line], first: int) -> int:
    """The line whose pipe closes a row that a pipe opens."""
    opened = lines[first].content
    if not opened.startswith("|") or (len(opened) > 1 and opened.endswith("|")):
        return first
    for n in range(first + 1, min(first + _MOST_WRAPPED, len(lines))):
        if lines[n].blank or lines[n].content.startswith("|"):
            return first
        if lines[n].content.endswith("|"):
            return n
    return first


def _tab_table(text: str, lines: list[Line], at: int) -> Table | None:
    """Rows with the same tabs; one blank line (a page break) may stand between two of them."""
    run, n = [at], at + 1
    while n < len(lines):
        if "\t" in lines[n].text.strip("\t "):
            run.append(n)
        elif not (lines[n].blank and n + 1 < len(lines) and "\t" in lines[n + 1].text.strip("\t ")):
            break
        n += 1
    if len(run) < 2:
        return None
    rows = [(n, _split_at(lines[n], re.compile(r"\t"), keep_first=True)) for n in run]
    counts = [len(cells) for _, cells in rows]
    if max(counts) - min(counts) > max(2, max(counts) // 2):
        return None
    return _table(text, rows, run, (), header=_names_columns(text, rows))


def _ruled_table(text: str, lines: list[Line], at: int) -> Table | None:
    """Rows under a line that draws the columns, up to a blank line; the line over it names them."""
    begun = _run(lines, at, lambda _: True, _RULED_HEAD)
    if sum(not is_column_rule(lines[n]) for n in begun) < 2:
        return None
    run = _run(lines, at, lambda _: True)
    rules = tuple(n for n in run if is_column_rule(lines[n]))
    starts = column_starts(lines[rules[0]])
    rows = [(n, cut(lines[n], starts) or _assign(lines[n], starts)) for n in run if n not in rules]
    under_head = any(n == rows[0][0] + 1 for n in rules)
    return replace(_table(text, rows, run, rules, header=under_head), spaced=True)


def _fixed_table(text: str, lines: list[Line], at: int) -> Table | None:
    """Three lines or more whose cells, two spaces apart, begin near the same columns."""
    head = [first for first, _ in _columns(lines[at])]

    def belongs(line: Line) -> bool:
        return _aligned(head, _columns(line)) or _goes_on(head, _columns(line))

    if not _makes_columns(text, lines, _run(lines, at, belongs, _JUDGED_LINES), head):
        return None
    run = _run(lines, at, belongs)
    rows = [(n, _assign(lines[n], head)) for n in run]
    return replace(_table(text, rows, run, (), header=_names_columns(text, rows)), spaced=True)


def _laid_table(text: str, lines: list[Line], at: int) -> Table | None:
    """A head of known words over columns that its own cells need not be aligned with."""
    if not _names(text[slice(*_cell(lines[at], n))] for n in range(len(_columns(lines[at])))):
        return None
    columns = columns_below(lines, at)
    head = headed(lines[at], columns) if columns else []
    run = rows_below(lines, at, columns) if head else []
    if len(run) < _MIN_FIXED_ROWS:
        return None
    cells = [(at, head), *((n, placed(lines[n], columns)) for n in run)]
    rows = [(n, [(lines[n].start + a, lines[n].start + b) for a, b in row]) for n, row in cells]
    return replace(_table(text, rows, [at, *run], (), header=True), spaced=True)


def _makes_columns(text: str, lines: list[Line], run: list[int], head: list[int]) -> bool:
    if sum(_aligned(head, _columns(lines[n])) for n in run) < _MIN_FIXED_ROWS:
        return False
    if sum(text[slice(*_cell(lines[n], 0))].endswith(":") for n in run) > len(run) // 2:
        return False  # "Date:   Monday" lines are not a table
    if all(_BULLET.match(lines[n].text) for n in run):
        return False  # « * Ouvrir le gymnase     (9 voix) »
    return not all(_NUMBERED.fullmatch(lines[n].text) for n in run)  # « 1.     Inviter le bailleur »


def _columns(line: Line) -> list[tuple[int, int]]:
    return [m.span() for m in _COLUMN.finditer(line.text)]


def _cell(line: Line, n: int) -> Cell:
    first, last = _columns(line)[n]
    return line.start + first, line.start + last


def _aligned(head: list[int], columns: list[tuple[int, int]]) -> bool:
    if not 2 <= len(columns) <= len(head):
        return False
    return sum(min(abs(first - h) for h in head) <= 4 for first, _ in columns) >= max(2, len(columns) - 1)


def _goes_on(head: list[int], columns: list[tuple[int, int]]) -> bool:
    """One cell alone right under a later column: its words go on from the row above."""
    return len(columns) == 1 and len(head) > 2 and any(abs(columns[0][0] - h) <= 1 for h in head[1:])


def _assign(line: Line, head: list[int]) -> list[Cell]:
    """Each cell to the nearest column of the first row, in order; columns without one get an empty span.

    The last column holds all that more cells than columns leave.
    """
    cells: list[Cell] = [(line.start, line.start)] * len(head)
    floor = 0
    columns = _columns(line)
    if len(columns) > len(head):
        columns[len(head) - 1 :] = [(columns[len(head) - 1][0], columns[-1][1])]
    for i, (first, last) in enumerate(columns):
        room = range(floor, len(head) - (len(columns) - 1 - i))
        best = min(room, key=lambda n: abs(head[n] - first))
        cells[best] = (line.start + first, line.start + last)
        floor = best + 1
    return cells


def _run(lines: list[Line], at: int, belongs: Callable[[Line], bool], most: int | None = None) -> list[int]:
    run = []
    for n in range(at, len(lines) if most is None else min(at + most, len(lines))):
        if lines[n].blank or not belongs(lines[n]):
            break
        run.append(n)
    return run


def _split_at(line: Line, separator: re.Pattern[str], *, keep_first: bool = False) -> list[Cell]:
    """The trimmed span between separators; a pipe at either end opens no cell."""
    cuts = [(0, 0), *(m.span() for m in separator.finditer(line.text)), (len(line.text), len(line.text))]
    cells = []
    for (_, first), (last, _) in pairwise(cuts):
        piece = line.text[first:last]
        lead = len(piece) - len(piece.lstrip())
        start = line.start + first + (lead if piece.strip() else 0)
        cells.append((start, start + len(piece.strip())))
    if not keep_first:
        cells = cells[1:] if line.text.lstrip().startswith("|") else cells
        cells = cells[:-1] if line.text.rstrip().endswith("|") else cells
    return cells


def _names_columns(text: str, rows: list[tuple[int, list[Cell]]]) -> bool:
    """Whether the first row names the columns: known words, or capitals above rows that are not."""
    head = [text[a:b] for a, b in rows[0][1] if b > a]
    if not head or len(rows) < 2 or any(len(cell) > 60 for cell in head):
        return False
    if _names(head):
        return True
    below = [text[a:b] for _, cells in rows[1:4] for a, b in cells if b > a]
    return all(cell.isupper() for cell in head) and not all(cell.isupper() for cell in below)


def _names(head: Iterable[str]) -> bool:
    """Whether half of the cells of a head hold a word that names columns."""
    known = [any(w in HEADER_WORDS for w in fold(cell).replace(".", " ").split()) for cell in head]
    return len(known) > 0 and sum(known) * 2 >= len(known)


def _table(
    text: str, rows: list[tuple[int, list[Cell]]], run: list[int], rules: tuple[int, ...], *, header: bool
) -> Table:
    names = tuple(" ".join(text[a:b].split()) for a, b in rows[0][1]) if header else ()
    made = tuple(Row(n, tuple(cells), header and i == 0) for i, (n, cells) in enumerate(rows))
    return Table(run[0], run[-1], made, names, rules)
