"""The embedded store: one SQLite file, standard library only. Each concern is a class of verbs in a file of its own."""

from __future__ import annotations

from graph.store.sqlite_decisions import DecisionVerbs
from graph.store.sqlite_jobs import JobVerbs
from graph.store.sqlite_links import LinkVerbs
from graph.store.sqlite_search import SearchVerbs
from graph.store.sqlite_verify import VerifyVerbs
from graph.store.sqlite_whole import WholeVerbs
from graph.store.sqlite_write import WriteVerbs


class SQLiteStore(VerifyVerbs, WriteVerbs, SearchVerbs, LinkVerbs, DecisionVerbs, WholeVerbs, JobVerbs):
    """A store at ``sqlite:///file.db``; see graph.store.base.Store for what its verbs promise."""
