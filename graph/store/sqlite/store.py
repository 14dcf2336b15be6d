"""The embedded store: one SQLite file, standard library only. Each concern is a class of verbs in a file of its own."""

from __future__ import annotations

from graph.store.edited import EditedVerbs
from graph.store.sqlite.counts import CountVerbs
from graph.store.sqlite.forget import ForgetVerbs
from graph.store.sqlite.hops import HopVerbs
from graph.store.sqlite.many import ManyVerbs
from graph.store.sqlite.rings import RingVerbs
from graph.store.sqlite.search import SearchVerbs
from graph.store.sqlite.verify import VerifyVerbs
from graph.store.sqlite.whole import WholeVerbs


class SQLiteStore(
    EditedVerbs, VerifyVerbs, ForgetVerbs, SearchVerbs, RingVerbs, HopVerbs, ManyVerbs, CountVerbs, WholeVerbs
):
    """A store at ``sqlite:///file.db``; see graph.store.base.Store for what its verbs promise."""
