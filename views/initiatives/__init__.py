"""The map of initiatives: list and map side by side, filters, counts, what a person adds."""
