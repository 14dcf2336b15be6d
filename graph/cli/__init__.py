"""The commands of ``python -m graph``, by subject."""
