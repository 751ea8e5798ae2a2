"""One layer of attention, exactly: scores, attention sets with all ties, the step."""
