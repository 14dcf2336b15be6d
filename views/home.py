"""Accueil: what this is, what happened last, what is asked of the reader."""

from __future__ import annotations

from views import frame, state
from views.i18n import t


def page() -> None:
    frame.head(t("common.product"))
    if not state.store().sources():
        frame.nothing_imported()
