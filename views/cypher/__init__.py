"""Cypher: a question of one's own to a Neo4j store."""
