"""The places that a synthesis quotes, numbered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from graph.errors import NotFound
from graph.model import Mention, SourceInfo
from graph.store.base import Store
from graph.synthesis.lines import Line, Mark, plain


class Say(Protocol):
    """The words of a language, as a page gives them: `say("open_questions")`, `say("count_proposal", n=3)`."""

    def __call__(self, key: str, /, **values: object) -> str: ...


@dataclass
class References:
    """The places quoted, numbered in the order they are met; the same line of a document keeps its number."""

    store: Store
    say: Say
    lines: list[Line] = field(default_factory=list)
    _numbers: dict[tuple[str, int], int] = field(default_factory=dict)
    _texts: dict[str, str] = field(default_factory=dict)

    def number(self, mention: Mention) -> int:
        """The number of the line that a mention stands in. Raises NotFound where its source was removed meanwhile."""
        place = (mention.source, self.text(mention.source).count("\n", 0, mention.start) + 1)
        if place not in self._numbers:
            self._numbers[place] = len(self._numbers) + 1
            told = f"[{self._numbers[place]}] {self._words(*place)}"
            self.lines.append(Line(Mark.TEXT, told, at=(mention.source, mention.start)))
        return self._numbers[place]

    def read(self, sources: Iterable[str]) -> None:
        """Read their texts, asked of all at once."""
        missing = dict.fromkeys(id_ for id_ in sources if id_ not in self._texts)
        self._texts |= self.store.texts(missing) if missing else {}

    def text(self, id_: str) -> str:
        """The text of a source. Raises NotFound where it was removed meanwhile."""
        self.read([id_])
        if id_ not in self._texts:
            raise NotFound(id_)
        return self._texts[id_]

    @cached_property
    def _infos(self) -> Mapping[str, SourceInfo]:
        return {info.id: info for info in self.store.sources()}

    def _words(self, id_: str, line: int) -> str:
        source = self._infos.get(id_)
        if source is None:
            raise NotFound(id_)
        parts = [plain(source.title or source.name), self.say("day", iso=source.date) if source.date else ""]
        return ", ".join(part for part in (*parts, self.say("line", n=line)) if part)
