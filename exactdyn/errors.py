"""What can go wrong, as the caller sees it: one root, a few meaningful children."""

from __future__ import annotations


class ExactdynError(Exception):
    """The root of every error that exactdyn raises on purpose."""


class InputError(ExactdynError, ValueError):
    """What was given cannot be read: the message names the field, what it requires and what it got."""


class UncertifiedError(RuntimeError):
    """The checker does not accept what exactdyn is about to say: a bug of exactdyn, and nothing is said."""


class NumberError(InputError):
    """A value is not an exact number."""


class LackingError(InputError):
    """A question over a number domain that cannot answer it in this version."""


class ShapeError(InputError):
    """Numbers are fine, but their arrangement is not: ragged rows, a matrix of the wrong size."""
