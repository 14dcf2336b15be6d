"""The graph of ideas: its model, its stores, and the questions one can ask of it."""
