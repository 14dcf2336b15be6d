"""The network picture: its two-way component, what is sent to it, and the file that opens alone."""
