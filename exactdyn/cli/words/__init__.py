"""The words: results in sentences, tables and LaTeX."""
