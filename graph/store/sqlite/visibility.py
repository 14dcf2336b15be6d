"""Who sees what the sources of the embedded store brought: published or taken back, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Actor, Visibility
from graph.store.sqlite.base import SQLiteBase
from graph.store.sqlite.write import log_act, source_id


class VisibilityVerbs(SQLiteBase):
    def set_visibility(self, sources: Sequence[str], visibility: Visibility, actor: Actor) -> int:
        """See Store.set_visibility."""
        changed = 0
        with self._writing() as con:
            for found in dict.fromkeys(source_id(con, asked) for asked in sources):
                sql = "UPDATE source SET visibility = ? WHERE id = ? AND visibility <> ?"
                moved = con.execute(sql, (str(visibility), found, str(visibility))).rowcount
                if moved:
                    log_act(con, actor.name, str(visibility), found)
                changed += moved
        return changed
