"""The three ways in which a certificate is refused."""

from __future__ import annotations


class MalformedError(ValueError):
    """The text is not a certificate in the sense of FORMAT.md; nothing can be said about its claims."""


class RejectedError(Exception):
    """A claim of a well-formed certificate is not established by what the certificate says."""


class TooMuchWorkError(Exception):
    """Checking costs more than a certificate of this length may; nothing is said about its claims."""
