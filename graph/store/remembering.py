"""A store that remembers its answers for as long as they hold, whoever writes; for any thread.

Pages ask the same of a graph at each visit. An answer rests on the sources that its filter leaves: what is written
elsewhere, or who sees a source, does not change it (Store.stamps).
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter
from typing import Any, cast

from graph.decided.identity import is_by_name
from graph.model import Filter, Link, Mention, Thing
from graph.questions.stamped import Stamped
from graph.store.asked import Answer, Rests, copied, filters_in, fixed, question_of, rows_of, tells_members
from graph.store.base import NO_FILTER, Store

REMEMBERED = frozenset(
    """rows names sentences count_rows search evidence claims neighbours links degrees around steps why whys shared
    doubtful unplaced linked unread blocks said_in sources passages passage mentions
    decisions edited_trees counts""".split()
)
WRITING = frozenset("write remove set_visibility decide undo adopt forget".split())
FROM_LOG = frozenset("decisions edited_trees counts".split())  # they tell of corrections: another with each act
OF_SOURCE = frozenset("passages mentions".split())
# They tell of what no source within the filter speaks of: the order of hits; whether an id that is asked is there.
BEYOND = frozenset("search steps around degrees".split())
# What is told source by source: whose each row is, and the order of the rows.
APART: Mapping[str, tuple[Callable[[Any], str], Callable[[Any], Any]]] = {
    "sources": (attrgetter("id"), attrgetter("date", "name", "id")),
    "unread": (attrgetter("source"), attrgetter("source")),
}
FEW = 6  # sources that are asked for one by one, where the others are known
LARGEST = 20_000  # rows of one answer: a longer one is not kept
MOST_ROWS = 100_000  # of all answers together; a thing takes about a kilobyte


def remembering(store: Store) -> Store:
    """The same store, which answers from memory what it answered since the last write."""
    return cast(Store, Remembering(store))


def unkept(store: Store) -> Store:
    """The store below: for work that reads everything once, and would push out what pages ask again."""
    return store._inner if isinstance(store, Remembering) else store


def stamp_of(store: Store, *, seen: bool = True) -> str:
    """What changes when any source says something else, or (`seen`) others see it; where nothing is kept, each act."""
    stamp = getattr(store, "stamp", None)
    return str(stamp(seen=seen) if stamp else store.acts())


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
        self._answers: OrderedDict[Hashable, Answer] = OrderedDict()
        self._rows = 0
        self._of = -1  # the last act that was looked for; every answer held then
        self._stamped = Stamped(())  # the sources since
        self._written = 0  # how often this process wrote: what a thread knows of the last act is then old
        self._thread = threading.local()
        if hasattr(inner, "cypher"):  # said by an attribute of its own: a protocol does not look at __getattr__
            self.cypher = inner.cypher

    def get(self, thing: str) -> Thing | None:
        """See Store.get."""
        return self.things([thing]).get(thing)

    def things(self, ids: Iterable[str]) -> dict[str, Thing]:
        """See Store.things; only those that no earlier question named are asked of the store."""
        found = self._each(ids, lambda id_: ("thing", id_), self._inner.things, lambda: None)
        return {id_: thing for id_, thing in found.items() if thing}

    def firsts(self, ids: Iterable[str], where: Filter = NO_FILTER) -> dict[str, Mention]:
        """See Store.firsts; the same with `evidence`, which then knows the first of each."""
        named = {"limit": 1}
        found = self._each(
            ids,
            lambda id_: question_of("evidence", (id_, where), named),
            lambda asked: {id_: [first] for id_, first in self._inner.firsts(asked, where).items()},
            list,
            where,
        )
        return {id_: said[0] for id_, said in found.items() if said}

    def strongest(
        self, ids: Iterable[str], kinds: Sequence[str] = (), where: Filter = NO_FILTER, **named: Any
    ) -> dict[str, list[Link]]:
        """See Store.strongest; the same with `neighbours`, which then knows those of each."""
        found = self._each(
            ids,
            lambda id_: question_of("neighbours", (id_, fixed(kinds), where), named),
            lambda asked: self._inner.strongest(asked, kinds, where, **named),
            list,
            where,
        )
        return {id_: list(links) for id_, links in found.items() if links}

    def count_within(self, kinds: Sequence[str], filters: Sequence[Filter]) -> list[dict[str, int]]:
        """See Store.count_within; only those filters are asked within which something was written."""
        name, act = "count_within", self.acts()
        given = {where: (fixed(kinds), (where,)) for where in filters}
        known = {where: self._known(question_of(name, own, {}), act) for where, own in given.items()}
        counted = {where: found.value for where, found in known.items() if found}
        missing = [where for where in given if where not in counted]
        rests = {where: self._rests(name, given[where], {}) for where in missing}
        stamps = {where: self._stamp_at(act, rests[where]) for where in missing}
        answers = self._inner.count_within(kinds, missing) if missing else []
        for where, answer in zip(missing, answers, strict=True):
            counted[where] = answer
            self._keep(question_of(name, given[where], {}), stamps[where], act, rests[where], answer)
        return [dict(counted[where]) for where in filters]

    def __getattr__(self, name: str) -> Any:
        verb = getattr(self._inner, name)
        if name in REMEMBERED:
            return lambda *given, **named: self._answer(name, verb, given, named)
        if name in WRITING:
            return lambda *given, **named: self._write(name, verb, given, named)
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

    def stamp(self, where: Filter = NO_FILTER, *, seen: bool = True) -> str:
        """The same for as long as what sources within the filter say, and (`seen`) who sees them; not of the log."""
        act = self.acts()
        self._look(act)
        return self._stamp_at(act, Rests((where,), seen=seen)) or f"{act}"

    def _write(self, name: str, verb: Callable[..., Any], given: tuple[Any, ...], named: Mapping[str, Any]) -> Any:
        try:
            return verb(*given, **named)
        finally:
            with self._lock:
                self._written += 1
                self._of = -1
                if name == "forget":  # at once: what was erased stays in no memory
                    self._answers.clear()
                    self._rows = 0

    def _answer(self, name: str, verb: Callable[..., Any], given: tuple[Any, ...], named: Mapping[str, Any]) -> Any:
        given, named = tuple(map(fixed, given)), {word: fixed(value) for word, value in named.items()}
        asked, act = question_of(name, given, named), self.acts()
        known = self._known(asked, act)
        if known:
            return copied(known.value)
        rests = self._rests(name, given, named)
        stamp = self._stamp_at(act, rests)
        answer = self._apart(name, verb, rests.filters[0], act) if name in APART else verb(*given, **named)
        self._keep(asked, stamp, act, rests, answer)
        return copied(answer)

    def _apart(self, name: str, verb: Callable[..., Any], where: Filter, act: int) -> list[Any]:
        """An answer that is told source by source, asked anew of those only that changed."""
        whose, order = APART[name]
        with self._lock:
            left = self._stamped.left(where) if act == self._of else None
        if left is None:
            return list(verb(where))

        def question(id_: str) -> Hashable:
            return name, id_, where.confirmed

        within = {id_: replace(NO_FILTER, source=id_, confirmed=where.confirmed) for id_ in left}
        known = {id_: found for id_ in left if (found := self._known(question(id_), act))}
        missing = [id_ for id_ in left if id_ not in known]
        if not known or len(missing) > FEW:
            rows, missing = list(verb(where)), left
        else:
            rows = [row for each in known.values() for row in each.value]
            rows += [row for id_ in missing for row in verb(within[id_])]
        own: dict[str, list[Any]] = {id_: [] for id_ in left}
        for row in rows:
            own[whose(row)].append(row)
        for id_ in missing:
            rests = self._rests(name, (within[id_],), {})
            self._keep(question(id_), self._stamp_at(act, rests), act, rests, own[id_])
        return sorted(rows, key=order)

    def _rests(self, name: str, given: tuple[Any, ...], named: Mapping[str, Any]) -> Rests:
        """What the answer to a question rests on; without a filter on sources, all of them."""
        if name in OF_SOURCE and given[0] in self._stamped:
            return Rests((Filter(source=given[0]),), members=False)
        within = [where for value in (*given, *named.values()) for where in filters_in(value)]
        if name in BEYOND:
            within.append(NO_FILTER)
        members = tells_members(name, given, named)
        return Rests(tuple(within) or (NO_FILTER,), name == "sources", name in FROM_LOG, members)

    def _stamp(self, rests: Rests) -> str:
        told = [self._stamped.of(where, seen=rests.seen, members=rests.members) for where in rests.filters]
        return " ".join([*told, f"{self._of}"] if rests.acts else told)

    def _stamp_at(self, act: int, rests: Rests) -> str:
        """The stamp after this act, taken before the store is asked: what is written meanwhile makes it old."""
        with self._lock:
            return self._stamp(rests) if act == self._of else ""

    def _look(self, act: int) -> None:
        """Look at the sources again after an act that was not looked for, and drop the answers that no longer hold."""
        with self._lock:
            if act <= self._of:
                return
        stamped = Stamped(self._inner.stamps())
        with self._lock:
            if act > self._of:
                self._of, self._stamped = act, stamped
                for asked in self._old():
                    self._rows -= self._answers.pop(asked).rows

    def _old(self) -> list[Hashable]:
        """The questions whose answers no longer hold; those that were asked at once rest on one and the same."""
        rests = {id(each.rests): each.rests for each in self._answers.values()}
        stamps = {id_: self._stamp(own) for id_, own in rests.items()}
        return [asked for asked, each in self._answers.items() if each.stamp != stamps[id(each.rests)]]

    def _known(self, asked: Hashable, act: int) -> Answer | None:
        """The answer to a question, where it holds after this act."""
        return self._known_of([asked], act).get(asked)

    def _known_of(self, asked: Iterable[Hashable], act: int) -> dict[Hashable, Answer]:
        """The answers to those of these questions that are known, and hold after this act."""
        self._look(act)
        found: dict[Hashable, Answer] = {}
        with self._lock:
            for each in asked if act == self._of else ():
                if known := self._answers.get(each):
                    self._answers.move_to_end(each)
                    found[each] = known
        return found

    def _each(
        self,
        ids: Iterable[str],
        question: Callable[[str], Hashable],
        ask: Callable[[list[str]], Mapping[str, Any]],
        nothing: Callable[[], Any],
        where: Filter = NO_FILTER,
    ) -> dict[str, Any]:
        """The answer to a question after each; the store is asked of all that are not known at once."""
        asked, act = {id_: question(id_) for id_ in ids}, self.acts()
        known = self._known_of(asked.values(), act)
        out = {id_: known[own].value for id_, own in asked.items() if own in known}
        missing = [id_ for id_ in asked if id_ not in out]
        rests = {members: Rests((where,), members=members) for members in (False, True)}
        stamps = {members: self._stamp_at(act, rests[members]) for members in rests}
        answers = ask(missing) if missing else {}
        out |= {id_: answers.get(id_, nothing()) for id_ in missing}
        new: dict[Hashable, Answer] = {}
        for id_ in missing:
            members = is_by_name(id_)
            new[asked[id_]] = Answer(out[id_], rows_of(out[id_]) + 1, rests[members], stamps[members])
        self._keep_all(act, new)
        return {id_: out[id_] for id_ in asked}

    def _keep(self, asked: Hashable, stamp: str, act: int, rests: Rests, answer: Any) -> None:
        self._keep_all(act, {asked: Answer(answer, rows_of(answer) + 1, rests, stamp)})

    def _keep_all(self, act: int, answers: Mapping[Hashable, Answer]) -> None:
        with self._lock:
            if act != self._of:
                return
            for asked, answer in answers.items():
                if answer.stamp and answer.rows <= LARGEST and asked not in self._answers:
                    self._answers[asked] = answer
                    self._rows += answer.rows
            while self._rows > MOST_ROWS:
                self._rows -= self._answers.popitem(last=False)[1].rows
