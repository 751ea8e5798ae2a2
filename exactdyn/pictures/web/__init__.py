"""Web pages of one file: what all of them share."""
