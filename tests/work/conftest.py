"""Ctrl-C where tests are about it."""

import signal

import pytest


@pytest.fixture
def hearing():
    """A shell that starts a job in the background makes it deaf to Ctrl-C: here it hears again."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
