"""XML as maps and office files hold it."""
