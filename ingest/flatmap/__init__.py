"""Mind maps written as lines of text: which lines make a topic, and which topic is above which."""
