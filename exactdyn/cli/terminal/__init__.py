"""The terminal: what is printed and where, how a process ends, what is shown while it works."""
