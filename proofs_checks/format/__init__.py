"""The format: errors, rational numbers, reading of fields, claims, and the envelope of every certificate."""
