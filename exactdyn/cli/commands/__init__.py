"""The commands, one module each; a new one is named once more, in :mod:`exactdyn.cli.app`."""
