"""Questions that researchers ask of the graph as a corpus. Pure functions over any store."""
