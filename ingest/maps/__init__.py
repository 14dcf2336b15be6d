"""What the readers of mind maps and outlines share."""
