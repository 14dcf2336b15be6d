"""What people decided, laid over what was read: which decisions hold, what they change, what becomes one thing."""
