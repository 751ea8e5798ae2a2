"""The atlas of kinds that stands in the documentation, read."""

import json
from pathlib import Path

from exactdyn.hunts.kinds_atlas import KindCell, KindsAtlas

MADE = Path(__file__).resolve().parents[1] / "docs" / "atlas"


def read_kinds(data):
    """Return the atlas that ``kinds_data`` wrote."""
    names = KindCell.__dataclass_fields__
    cells = ({name: entry[name] for name in names} for entry in data["cells"])
    return KindsAtlas(tuple(KindCell(**cell | {"searched": tuple(cell["searched"])}) for cell in cells))


def made():
    return read_kinds(json.loads((MADE / "kinds.json").read_text(encoding="utf-8")))
