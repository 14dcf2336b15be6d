"""JSON from strangers: parsed within bounds, with errors that name the place."""

from __future__ import annotations

import json
from typing import Any

from graph.errors import InputRefused

MAX_VALUES = 4_000_000  # containers and members: each costs some hundred bytes once parsed


def parse_json(name: str, data: bytes, place: str = "") -> Any:
    """The value of a JSON text in UTF-8 or UTF-16. Raises InputRefused for broken, too deep or too large JSON."""
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    if data.count(b",") + data.count(b"[") + data.count(b"{") > MAX_VALUES:
        raise InputRefused(name, f"more than {MAX_VALUES:,} values", place)
    try:
        return json.loads(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise InputRefused(name, f"not {error.encoding.upper()} at byte {error.start}", place) from None
    except RecursionError:
        raise InputRefused(name, "nested too deep", place) from None
    except json.JSONDecodeError as error:
        where = f"{place + ', ' if place else ''}line {error.lineno}, column {error.colno}"
        raise InputRefused(name, f"broken JSON ({error.msg})", where) from None
    except ValueError as error:
        raise InputRefused(name, f"broken JSON ({error})", place) from None
