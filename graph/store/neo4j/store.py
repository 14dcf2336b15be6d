"""The shared store: a Neo4j database. Each concern is a class of verbs in a file of its own."""

from __future__ import annotations

from graph.store.edited import EditedVerbs
from graph.store.neo4j.counts import CountVerbs
from graph.store.neo4j.cypher import CypherVerbs
from graph.store.neo4j.forget import ForgetVerbs
from graph.store.neo4j.hops import HopVerbs
from graph.store.neo4j.many import ManyVerbs
from graph.store.neo4j.rings import RingVerbs
from graph.store.neo4j.search import SearchVerbs
from graph.store.neo4j.verify import VerifyVerbs
from graph.store.neo4j.whole import WholeVerbs


class Neo4jStore(
    EditedVerbs,
    VerifyVerbs,
    WholeVerbs,
    ForgetVerbs,
    SearchVerbs,
    RingVerbs,
    HopVerbs,
    ManyVerbs,
    CountVerbs,
    CypherVerbs,
):
    """A store at ``neo4j://user:password@host:7687/database``; see graph.store.base.Store for its verbs."""
