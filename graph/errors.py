"""Errors of the project: one base, one child per situation that a caller can act on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

NOT_TEXT = "half of a surrogate pair is not text"
_LONGEST = 400  # characters of a reason: parsers quote what they choke on, whatever its length


def one_line(text: str, longest: int = _LONGEST) -> str:
    """What a person is told, on one line of printable characters, its middle left out where it is too long.

    >>> one_line("a\\nb\\x1b"), one_line("x" * 20 + "end", 9)
    ('a b\\ufffd', 'xxx … end')
    """
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " if c.isspace() else "\ufffd" for c in text)
    if len(text) <= longest:
        return text
    tail = longest // 3
    return f"{text[: longest - tail - 3]} … {text[-tail:]}"


class MaillageError(Exception):
    """Base of every error that is shown to a person as one line, without a traceback."""


class InputRefused(MaillageError):
    """A file that cannot be read: names the file, the place in it and the reason.

    `hint`: the command that helps on, for those who type commands; a page does not show it.
    """

    hint: ClassVar[str] = ""

    def __init__(self, name: str, reason: str, place: str = "") -> None:
        self.name, self.reason, self.place = name, reason, place
        super().__init__(one_line(f"{name}: {f'{one_line(place)}: ' if place else ''}{one_line(reason)}", 2 * _LONGEST))

    def __reduce__(self) -> tuple[type[InputRefused], tuple[str, str, str]]:
        """So that a refusal comes back whole from another process: by default only the message would."""
        return type(self), (self.name, self.reason, self.place)


class EvidenceError(MaillageError):
    """A node or a relation that does not rest on a verbatim piece of its source."""


class StoreError(MaillageError):
    """The store cannot be opened, read or written."""


class NotFound(StoreError):
    """An id or label that nothing in the store answers to."""

    def __init__(self, wanted: str) -> None:
        super().__init__(f"nothing found for {wanted!r}")


class Stale(StoreError):
    """The thing changed after it was read; the correction is told so and nothing is overwritten."""


class DecisionError(MaillageError):
    """A decision that cannot be taken or undone, with the reason."""


class HasDependents(DecisionError):
    """A decision on which later ones depend: they are `dependents`, and are undone with it or before it."""

    def __init__(self, decision: Any, dependents: Sequence[Any]) -> None:
        self.dependents = tuple(dependents)
        named = ", ".join(f"{d.id[:12]} ({d.kind})" for d in dependents[:10])
        more = f" and {len(dependents) - 10} more" if len(dependents) > 10 else ""
        super().__init__(f"{decision.id[:12]} ({decision.kind}): later decisions depend on it: {named}{more}")


class PermissionDenied(MaillageError):
    """An act that the role of its actor does not allow."""


class CypherRefused(MaillageError):
    """A Cypher question that may not run, or that the server could not answer, with the reason."""


class OutputRefused(MaillageError):
    """A file that cannot be written: names the file and the reason."""

    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"{name}: {reason}")
