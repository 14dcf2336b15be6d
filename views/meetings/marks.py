"""Chiffres et ressources: what the documents count and what they refer to, each with its sentence and its meeting."""

from __future__ import annotations

from views import documents, frame, state
from views.correct import say_what_was_done
from views.i18n import number, t
from views.kinds import name, picture
from views.meetings import figures, resources
from views.tabs import tabs


def page() -> None:
    say_what_was_done()
    frame.head(t("common.marks"), t("common.participate"), under=t("marks.about"))
    if not documents.infos():
        frame.nothing_imported()
        return
    store, where = state.store(), state.where()
    counts = {kind: store.count_rows([kind], where) for kind in ("figure", "resource")}
    labels = {kind: f"{picture(kind)} {name(kind, plural=True)} **{number(n)}**" for kind, n in counts.items()}
    chosen, box = tabs(labels)
    frame.counted(chosen)
    with box:
        {"figure": figures.draw, "resource": resources.draw}[chosen]()
