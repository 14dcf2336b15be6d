"""Property lists from strangers, XML or binary: parsed within bounds, with errors of one line."""

from __future__ import annotations

import plistlib
import struct
from typing import Any
from xml.parsers.expat import ExpatError

from graph.errors import InputRefused

_BROKEN = (
    plistlib.InvalidFileException, ExpatError, ValueError, TypeError, KeyError, IndexError, OverflowError, EOFError,
    AttributeError, struct.error,
)  # fmt: skip


def parse_plist(name: str, data: bytes, place: str = "") -> Any:
    """The value of a property list. Entities are refused; an object may stand in several places, or in itself."""
    try:
        return plistlib.loads(data)
    except RecursionError:
        raise InputRefused(name, "nested too deep", place) from None
    except MemoryError:
        raise InputRefused(name, "the property list announces more than it holds", place) from None
    except _BROKEN as error:
        reason = " ".join(str(error).split())[:120]
        raise InputRefused(name, f"broken property list ({reason or type(error).__name__})", place) from None
