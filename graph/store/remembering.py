"""A store that remembers its answers for as long as nothing is written, whoever writes; for any thread.

Pages ask the same of a graph at each visit; between two writes the answers cannot differ.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, cast

from graph.questions.counted import First
from graph.store.base import Store

REMEMBERED = frozenset(
    """get things rows count_rows search evidence claims neighbours links degrees around steps why whys shared
    doubtful unplaced linked unread sources passages passage mentions decisions edited_trees counts""".split()
)
WRITING = frozenset("write remove set_visibility decide undo adopt forget".split())
LARGEST = 20_000  # rows of one answer: a longer one is not kept
MOST_ROWS = 100_000  # of all answers together; a thing takes about a kilobyte


def remembering(store: Store) -> Store:
    """The same store, which answers from memory what it answered since the last write."""
    return cast(Store, Remembering(store))


def renew(store: Store) -> None:
    """A thread begins a piece of work: until the next call, what others write meanwhile is not looked for."""
    begin = getattr(store, "renew", None)
    if begin:
        begin()


class Remembering:
    """See `remembering`; every attribute is that of the store below."""

    def __init__(self, inner: Store) -> None:
        self._inner = inner
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._rows = 0
        self._of = -1  # the act after which they were given
        self._written = 0  # how often this process wrote: what a thread knows of the last act is then old
        self._thread = threading.local()
        if hasattr(inner, "cypher"):  # said by an attribute of its own: a protocol does not look at __getattr__
            self.cypher = inner.cypher

    def __getattr__(self, name: str) -> Any:
        verb = getattr(self._inner, name)
        if name in REMEMBERED:
            return lambda *given, **named: self._answer(name, verb, given, named)
        if name in WRITING:
            return lambda *given, **named: self._write(verb, given, named)
        return verb

    def renew(self) -> None:
        """See `renew`."""
        self._thread.known = (self._written, self._inner.acts())

    def acts(self) -> int:
        """See Store.acts; asked once for a piece of work, unless this process wrote since."""
        written, known = getattr(self._thread, "known", (None, None))
        if known is None:
            return self._inner.acts()
        if written != self._written:
            self.renew()
        return int(self._thread.known[1])

    def _write(self, verb: Callable[..., Any], given: tuple[Any, ...], named: Mapping[str, Any]) -> Any:
        try:
            return verb(*given, **named)
        finally:
            with self._lock:
                self._written += 1
                self._answers.clear()  # at once: what was erased stays in no memory
                self._rows, self._of = 0, -1

    def _answer(self, name: str, verb: Callable[..., Any], given: tuple[Any, ...], named: Mapping[str, Any]) -> Any:
        given, named = tuple(map(_fixed, given)), {word: _fixed(value) for word, value in named.items()}
        asked, act = (name, given, tuple(sorted(named.items()))), self.acts()
        with self._lock:
            if act > self._of:
                self._answers.clear()
                self._rows, self._of = 0, act
            known = self._answers.get(asked) if act == self._of else None
            if known:
                self._answers.move_to_end(asked)
        if known:
            return _copy(known[0])
        answer = verb(*given, **named)
        self._keep(asked, act, answer)
        return _copy(answer)

    def _keep(self, asked: Hashable, act: int, answer: Any) -> None:
        rows = _rows(answer)
        if rows > LARGEST:
            return
        with self._lock:
            if act != self._of or asked in self._answers:
                return
            self._answers[asked] = (answer, rows + 1)
            self._rows += rows + 1
            while self._rows > MOST_ROWS:
                self._rows -= self._answers.popitem(last=False)[1][1]


def _fixed(value: Any) -> Any:
    """A value that can be asked again and compared: lists and whatever is walked once become tuples."""
    return tuple(value) if isinstance(value, Iterable) and not isinstance(value, str | frozenset) else value


def _rows(answer: Any) -> int:
    if isinstance(answer, First):
        return len(answer.rows)
    if isinstance(answer, dict):
        return sum(len(value) if isinstance(value, list | dict) else 1 for value in answer.values())
    return len(answer) if isinstance(answer, list) else 1


def _copy(answer: Any) -> Any:
    """Another list or mapping with the same rows: who asks may change it."""
    return answer.copy() if isinstance(answer, list | dict) else answer
