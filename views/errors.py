"""The edge of a page: whatever fails, the reader sees one clear sentence and the log has the rest."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException, StopException

from graph.errors import MaillageError
from views.escape import md
from views.i18n import t
from views.wording import said

log = logging.getLogger("maillage.views")


@contextmanager
def told() -> Iterator[None]:
    """Turn an error of the block into a message on the page; Streamlit's own flow (stop, rerun) passes through."""
    try:
        yield
    except (RerunException, StopException):
        raise
    except MaillageError as error:
        st.error(md(said(str(error))))
    except Exception:  # the edge of a page: logged whole, told short
        log.exception("a page failed")
        st.error(t("common.unexpected"))
