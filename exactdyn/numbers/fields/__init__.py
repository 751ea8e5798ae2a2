"""Real number fields: their numbers, how they are read, and the field that given numbers need."""
