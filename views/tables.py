"""Tables of a page: readable HTML, and the same rows as a CSV file that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import streamlit as st
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

from graph.model import Thing
from views import state
from views.escape import csv_cell, html
from views.i18n import number, t


def to_csv(header: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """UTF-8 with a BOM and semicolons, as French spreadsheets expect; cells that would be formulas are made text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


Rows = Sequence[Sequence[object]]
MOST_ROWS = 2000  # drawn of a list, whatever the address asks for
_ROWS = "rows"  # the parameter of the address that says how far its lists were asked for


def csv_button(name: str, header: Sequence[str], rows: Rows | Callable[[], Rows], *, key: str = "csv") -> None:
    """The export of a list: its rows, or what gives all of them, called only when somebody wants the file."""
    st.download_button(
        t("common.csv"),
        later(lambda: to_csv(header, rows())) if callable(rows) else to_csv(header, rows),
        file_name=f"{name}.csv",
        mime="text/csv",
        icon=":material/download:",
        key=key,
        on_click="ignore",
        disabled=not rows,
    )


def later(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """`make` for a file that is made when it is asked for: it then reads filters and language as in the present run.

    Streamlit calls it in a thread that knows no session (its documentation shows this way of lending one).
    """
    session = get_script_run_ctx()

    def made() -> bytes:
        with ThreadPoolExecutor(1, initializer=lambda: add_script_run_ctx(ctx=session)) as thread:
            thread.submit(state.begin).result()
            return thread.submit(make).result()

    return made


def table(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, numeric: Sequence[int] = (), caption: str = ""
) -> None:
    """An HTML table. `header` and `caption` are plain text, cells are HTML already escaped; numbers align right."""

    def cell(i: int, content: str) -> str:
        # On a telephone the head of the table is not shown: each number then says what it counts.
        named = f' class="num" data-label="{html(header[i])}"' if i in numeric else ""
        return f"<td{named}>{content}</td>"

    head = "".join(f"<th scope=col{' class=num' if i in numeric else ''}>{html(h)}</th>" for i, h in enumerate(header))
    body = "".join(f"<tr>{''.join(cell(i, c) for i, c in enumerate(row))}</tr>" for row in rows)
    title = f"<caption>{html(caption)}</caption>" if caption else ""
    st.html(f'<div class="table"><table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>')


def count(value: int) -> str:
    """A number for a cell; nothing is a dash."""
    return number(value) if value else "–"


def link(address: str, text: str, name: str = "") -> str:
    """An HTML link to a page of the application; all are plain text. `name` is what is read aloud: a number alone
    says nothing to who goes from link to link.
    """
    told = f' aria-label="{html(name)}" title="{html(name)}"' if name else ""
    return f'<a href="{html(address)}"{told}>{html(text)}</a>'


def folded(n: int, rest: str) -> str:
    """« Voir les 12 autres », which opens them in place; `rest` is HTML already escaped."""
    return f"<details><summary>{html(t('common.more', n=n))}</summary>{rest}</details>" if n > 0 else ""


def places(thing: Thing) -> str:
    """The last cell of a row: the picture of what surrounds a thing, and the first sentence that names it."""
    there = (("reseau", "common.in_network", {"thing": thing.id}), ("sources", "common.in_source", {"of": thing.id}))
    links = "<br>".join(link(state.href(page, **params), t(text)) for page, text, params in there)
    return f'<span class="when">{links}</span>'  # cells break anywhere: a narrow one would cut each link in two


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of things that may be long: `now` is drawn, of `total`; `every` gives all of it, for a file."""

    now: Sequence[Thing]
    total: int
    every: Callable[[], Sequence[Thing]]


def listed(things: Sequence[Thing], key: str, step: int) -> Listed:
    """A list that was read whole, as far as the reader asked to see it."""
    return Listed(things[: shown(things, key, step)], len(things), lambda: things)


def asked(key: str, step: int) -> int:
    """How many rows of a list the reader asked to see, as the address says: "rows=proposal:45,theme:30"."""
    return max(step, min(_asked().get(key, step), MOST_ROWS))


def _asked() -> dict[str, int]:
    parts = (part.rpartition(":") for part in state.query(_ROWS).split(","))
    return {key: int(rows) for key, _, rows in parts if key and rows.isascii() and rows.isdecimal() and len(rows) < 6}


def shown(rows: Sequence[object], key: str, step: int = 50) -> int:
    """How many rows of a list that was read whole to draw now; `more_button` under it shows more."""
    return min(asked(key, step), len(rows))


def more_button(total: int, key: str, step: int = 50, *, by: int = 0, counted: tuple[int, int] | None = None) -> None:
    """« Voir la suite (25 sur 312) », under a list cut by `shown` or `asked`; `by` more at a time, else `step`.

    `counted` is what it says of rows that hold several: how many of these are drawn, and all of them.
    """
    most = asked(key, step)
    if total <= most:
        return
    if most >= MOST_ROWS:
        st.caption(t("common.most_rows", n=number(most), total=number(total)))
        return

    def more() -> None:
        lists = _asked() | {key: most + (by or step)}
        state.set_query(**{_ROWS: ",".join(f"{name}:{rows}" for name, rows in lists.items())})

    drawn, of = counted or (most, total)
    st.button(t("common.next_rows", shown=drawn, total=of), on_click=more, key=f"more-{key}", type="tertiary")
