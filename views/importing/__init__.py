"""Importer: from dropped files to the graph, each step shown."""
