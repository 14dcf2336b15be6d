"""Tables of a page: readable HTML, and the same rows as a CSV file that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import streamlit as st

from views.escape import csv_cell, html
from views.i18n import number, t


def to_csv(header: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """UTF-8 with a BOM and semicolons, as French spreadsheets expect; cells that would be formulas are made text."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def csv_button(name: str, header: Sequence[str], rows: Sequence[Sequence[object]], *, key: str = "csv") -> None:
    """The export of what a list shows."""
    st.download_button(
        t("common.csv"),
        to_csv(header, rows),
        file_name=f"{name}.csv",
        mime="text/csv",
        icon=":material/download:",
        key=key,
        on_click="ignore",
        disabled=not rows,
    )


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


def link(address: str, text: str) -> str:
    """An HTML link to a page of the application; both are plain text."""
    return f'<a href="{html(address)}">{html(text)}</a>'


def shown(rows: Sequence[object], key: str, step: int = 50) -> int:
    """How many rows of a long list to draw now; draws the button that shows more under the list when called last."""
    most = int(st.session_state.get(f"shown-{key}", step))
    return min(most, len(rows))


def more_button(total: int, key: str, step: int = 50) -> None:
    """« Voir les 12 autres », under a list cut by `shown`."""
    most = int(st.session_state.get(f"shown-{key}", step))
    if total <= most:
        return

    def more() -> None:
        st.session_state[f"shown-{key}"] = most + step

    st.button(t("common.more", n=total - most), on_click=more, key=f"more-{key}", type="tertiary")
