"""One module per format that maps are written in; found by ``graph/export/registry.py``."""
