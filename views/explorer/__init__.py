"""Réseau: the network of a chosen thing, as a picture, an outline and a table."""
