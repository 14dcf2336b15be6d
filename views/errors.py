"""The edge of a page: whatever fails, the reader sees one clear sentence and the log has its kind and its place."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath

import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException, StopException

from graph.errors import MaillageError
from views.escape import md
from views.i18n import t
from views.wording import said

log = logging.getLogger("maillage.views")
_FRAMES = 8


@contextmanager
def told() -> Iterator[None]:
    """Turn an error of the block into a message on the page; Streamlit's own flow (stop, rerun) passes through."""
    try:
        yield
    except (RerunException, StopException):
        raise
    except MaillageError as error:
        st.error(md(said(str(error))))
    except Exception as error:  # noqa: BLE001  the edge of a page; its words may name a person, and are not logged
        log.error("a page failed: %s", kind_and_place(error))
        st.error(t("common.unexpected"))


def kind_and_place(error: BaseException) -> str:
    """What failed and where, without a word of what it was about: « KeyError at page.py:12 in draw < app.py:80 … »."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    places = (f"{PurePath(frame.filename).name}:{frame.lineno} in {frame.name}" for frame in reversed(frames))
    return f"{type(error).__name__} at {' < '.join(places)}"
