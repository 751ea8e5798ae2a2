"""Claims about one system: its run, the hypotheses, itineraries that repeat, the statements."""
