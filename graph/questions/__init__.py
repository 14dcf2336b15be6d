"""What one asks of a graph: search order, neighbours, paths, pictures, Cypher."""
