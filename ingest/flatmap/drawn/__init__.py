"""A mind map drawn on a page: a tree out of places, sizes, boxes and connecting lines."""
