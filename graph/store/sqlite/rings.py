"""What several things are linked to, asked at once of the embedded store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from graph.model import Filter, Tied
from graph.questions.ties import tied
from graph.store.base import NO_FILTER
from graph.store.sqlite.base import filter_sql
from graph.store.sqlite.links import LinkVerbs, canonical_ids, counted
from graph.store.sqlite.stored_links import stored_around, stored_steps, strongest


class RingVerbs(LinkVerbs):
    def around(
        self,
        things: Sequence[str],
        kinds: Sequence[str] = (),
        where: Filter = NO_FILTER,
        *,
        limit: int = 200,
        min_passages: int = 1,
    ) -> dict[str, Tied]:
        """See Store.around. Links are stored; within a filter on sources they are counted anew."""
        with self._reading() as con:
            own = sorted(set(canonical_ids(con, things).values())) if limit > 0 else []
            if not filter_sql(where, "source")[0]:
                return stored_around(con, own, (tuple(kinds), where.confirmed, min_passages, False), limit)
            found = counted(con, own, kinds, where, min_passages, limit)
            return tied((row["b"], row["passages"], bool(row["types"])) for row in found)

    def steps(
        self, things: Sequence[str], kinds: Sequence[str] = (), where: Filter = NO_FILTER, *, limit: int = 200
    ) -> dict[str, dict[str, int]]:
        """See Store.steps."""
        with self._reading() as con:
            own = canonical_ids(con, things)
            asked = sorted(set(own.values()))
            if where == NO_FILTER:
                found = stored_steps(con, asked, kinds, limit)
            else:
                near: dict[str, list[str]] = defaultdict(list)
                if filter_sql(where, "source")[0]:
                    for row in counted(con, asked, kinds, where, 1, limit):
                        near[row["a"]].append(row["b"])
                else:
                    wanted = (tuple(kinds), where.confirmed, 1, False)
                    near |= {id_: [row[0] for row in strongest(con, id_, wanted, limit)] for id_ in asked}
                degrees = self.degrees(sorted({b for found in near.values() for b in found}), where)
                found = {a: {b: degrees[b] for b in bs} for a, bs in near.items()}
        return {id_: found.get(one, {}) for id_, one in own.items()}
