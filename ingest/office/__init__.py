"""What office files share."""
