"""What several rules ask of the same text is computed once: remembered while a document is read, then forgotten."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
# Characters of text that one function remembers: some two hundred pages. Words weigh about fifty bytes a character.
MAX_KEPT = 1_000_000
_ENTRY = 64  # an empty text weighs too
_NOT_ASKED = object()
_kept: list[_Answers] = []


class _Answers(dict[Any, Any]):
    weight = 0

    def keep(self, text: str, key: Any, answer: Any) -> None:
        self.weight += len(text) + _ENTRY
        if self.weight > MAX_KEPT:
            self.clear()
            self.weight = len(text) + _ENTRY
        self[key] = answer

    def forget(self) -> None:
        self.clear()
        self.weight = 0


def remembered(function: Callable[Concatenate[str, P], R]) -> Callable[Concatenate[str, P], R]:
    """Remember a pure function of a text (and of other hashable arguments). Its answers must not change."""
    answers = _Answers()
    _kept.append(answers)

    @wraps(function)
    def asked(text: str, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (text, *args, *sorted(kwargs.items())) if args or kwargs else text
        answer = answers.get(key, _NOT_ASKED)
        if answer is _NOT_ASKED:
            answer = function(text, *args, **kwargs)
            answers.keep(text, key, answer)
        return answer  # type: ignore[no-any-return]

    return asked


def forget() -> None:
    """Called when a document has been extracted or previewed: nothing of it stays."""
    for answers in _kept:
        answers.forget()
