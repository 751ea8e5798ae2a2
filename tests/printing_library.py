"""Libraries that print on stdout as they are imported: from C and from Python, at once and late."""

from __future__ import annotations

from pathlib import Path

from tests.command import ENVIRONMENT

LIBRARIES = ("numpy", "flint", "highspy", "networkx", "matplotlib", "rich", "typer")
"""Whatever of these is imported prints."""

PRINTED = (
    "written to the descriptor",
    "put by C",
    "printed by Python",
    "printed in a thread",
    "put at the end",
)

# Python imports a module of this name as it starts; worker processes do so too.
_SITE = f"""
import atexit, ctypes, os, sys, threading

def loud():
    os.write(1, b"written to the descriptor\\n")
    ctypes.CDLL(None).puts(b"put by C")  # into a buffer, unless this is a terminal
    print("printed by Python")
    thread = threading.Thread(target=print, args=("printed in a thread",))
    thread.start()
    thread.join()

class Loud:
    def find_spec(self, name, path=None, target=None):
        if name in {LIBRARIES}:
            loud()

sys.meta_path.insert(0, Loud())
atexit.register(lambda: ctypes.CDLL(None).puts(b"put at the end"))
"""


def with_printing_libraries(folder: Path) -> dict[str, str]:
    """Return the environment of a process whose libraries print; the folder is to hold how they do."""
    (folder / "sitecustomize.py").write_text(_SITE, encoding="utf-8")
    return ENVIRONMENT | {"PYTHONPATH": str(folder)}
