"""Claims about one system: its run, hypotheses, itineraries that repeat, rigid places; the statements."""
