"""Errors of the project: one base, one child per situation that a caller can act on."""

from __future__ import annotations

NOT_TEXT = "half of a surrogate pair is not text"


class MaillageError(Exception):
    """Base of every error that is shown to a person as one line, without a traceback."""


class InputRefused(MaillageError):
    """A file that cannot be read: names the file, the place in it and the reason."""

    def __init__(self, name: str, reason: str, place: str = "") -> None:
        self.name, self.reason, self.place = name, reason, place
        super().__init__(f"{name}: {f'{place}: ' if place else ''}{reason}")

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


class PermissionDenied(MaillageError):
    """An act that the role of its actor does not allow."""


class CypherRefused(MaillageError):
    """A Cypher question that may not run, or that the server could not answer, with the reason."""


class OutputRefused(MaillageError):
    """A file that cannot be written: names the file and the reason."""

    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"{name}: {reason}")
