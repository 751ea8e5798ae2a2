"""Examples: a system and its tokens, read from documents, tables and the built-in files, and written."""

from exactdyn.documents.builtin import example_names, example_text
from exactdyn.documents.example import Example
from exactdyn.documents.load import load_example
from exactdyn.documents.write import example_document, write_example
from exactdyn.systems.run import DEFAULT_LAYERS

__all__ = [
    "DEFAULT_LAYERS",
    "Example",
    "example_document",
    "example_names",
    "example_text",
    "load_example",
    "write_example",
]
