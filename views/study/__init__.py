"""The researcher's desk."""
