"""Cypher: a question of one's own to a Neo4j store, read-only; its answer as a table, a network, a file."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from graph.errors import CypherRefused, MaillageError
from graph.questions.cypher import AnswersCypher, Example, Limits, Table, Value, ask, examples, value_of
from graph.questions.cypher_guard import MOST_CHARACTERS, checked
from views import documents, frame, state
from views.cypher import answer as cypher_answer
from views.escape import md
from views.i18n import language, t

_TEXT, _ANSWER = "cypher-text", "cypher-answer"
_SECONDS, _ROWS = Limits().seconds, Limits().rows
_ADDRESS_MOST = 500  # a longer question does not fit in an address


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was asked last, and what came of it."""

    text: str
    table: Table | None = None
    refused: str = ""


def page() -> None:
    frame.uncounted()
    frame.head(t("common.cypher"), t("common.explore"), under=t("cypher.about"))
    if not documents.infos():
        frame.nothing_imported()
        return
    if not isinstance(state.store(), AnswersCypher):
        st.info(t("cypher.needs"))
        return
    _fill()
    _example_box()
    text = st.text_area(t("cypher.question"), key=_TEXT, height=220, max_chars=MOST_CHARACTERS)
    given = _parameters(text)
    if st.button(t("cypher.run"), type="primary", icon=":material/play_arrow:", disabled=not text.strip()):
        _run(text, given)
    st.caption(t("cypher.limits", seconds=int(_SECONDS), rows=_ROWS))
    _show()


# --- the question ---------------------------------------------------------------------------------------------------


def _fill() -> None:
    """The question of the address, or the first example, the first time that the page is seen."""
    if _TEXT in st.session_state:
        return
    named = next((e for e in examples() if e.key == state.query("example")), None)
    asked = state.query("q")
    if asked and named is None:
        st.session_state[_TEXT] = asked
    else:
        _take(named or examples()[0])


def _take(example: Example) -> None:
    st.session_state[_TEXT] = example.text
    st.session_state["cypher-example"] = example.key
    for name, value in example.parameters.items():
        st.session_state[_box(name)] = str(value)


def _example_box() -> None:
    titles = {e.key: e.title[language()] for e in examples()}

    def chosen() -> None:
        key = st.session_state["cypher-example"]
        _take(next(e for e in examples() if e.key == key))
        state.set_query(example=key, q=None)

    st.selectbox(
        t("cypher.examples"), list(titles), format_func=titles.__getitem__, key="cypher-example", on_change=chosen
    )


def _box(name: str) -> str:
    return f"cypher-with-{name}"


def _parameters(text: str) -> dict[str, Value]:
    """A field for each parameter that the question names."""
    try:
        names = checked(text).parameters
    except CypherRefused:
        return {}  # told when it is run, not at every key
    if not names:
        return {}
    columns = st.columns(min(len(names), 4))
    boxes = {name: columns[i % len(columns)].text_input(f"${md(name)}", key=_box(name)) for i, name in enumerate(names)}
    return {name: value_of(value) for name, value in boxes.items()}


def _run(text: str, given: dict[str, Value]) -> None:
    known = next((e for e in examples() if e.text == text), None)
    state.set_query(example=known.key if known else None, q=text if not known and len(text) <= _ADDRESS_MOST else None)
    cypher_answer.forget()
    try:
        with st.spinner(t("cypher.running")):
            table = ask(state.store(), state.actor(), text, given, Limits(_SECONDS, _ROWS))
        st.session_state[_ANSWER] = _Answer(text, table)
    except MaillageError as error:
        st.session_state[_ANSWER] = _Answer(text, refused=str(error))


def _show() -> None:
    answer: _Answer | None = st.session_state.get(_ANSWER)
    if answer is None:
        return
    if answer.table is None:
        st.error(md(t("cypher.refused", why=answer.refused)))
    else:
        cypher_answer.draw(answer.table)
