"""The trusted rules for softmax: interval arithmetic in plain integers; see ``FORMAT.md`` here."""
