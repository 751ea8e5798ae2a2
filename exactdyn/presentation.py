"""What every answer does for its user, whatever it is: it tells, shows, proves and keeps itself.

How that is done takes words, LaTeX and pictures, and those are rooms above the ones that find answers. So an
answer asks a presenter, which the door of the package names: nothing here looks up.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol


class Presenter(Protocol):
    """What knows of every kind of answer how it is told, shown, proved and kept."""

    def data(self, answer: object) -> dict[str, object]:
        """Return it as plain data."""

    def latex(self, answer: object) -> str:
        """Return it as LaTeX."""

    def html(self, answer: object) -> str:
        """Return it as HTML."""

    def certificate(self, answer: object) -> dict[str, object]:
        """Return the data of its certificate."""

    def picture(self, answer: object, options: dict[str, object]) -> Picture:
        """Draw it."""

    def save(self, answer: object, file: str | os.PathLike[str]) -> None:
        """Write it to a file."""


_known: list[Callable[[], Presenter]] = []


def present_by(find: Callable[[], Presenter]) -> None:
    """Say who presents; ``find`` is called when an answer is first asked to show itself.

    >>> before = _known[:]
    >>> present_by(before[0])
    >>> _known == before
    True
    """
    _known[:] = [find]


@dataclass(frozen=True, repr=False)
class Picture:
    """A picture, which a notebook shows as it is.

    ``written``: the bytes of it in a format. ``formats``: those that there are, that of notebooks first.
    ``figure``: that of matplotlib, for changes of one's own; None where it was not drawn with it. ``keep``:
    writes it to a file.

    >>> Picture(lambda format: b"<svg/>", ("svg",), lambda picture, file: None)
    Picture(svg)
    """

    written: Callable[[str], bytes]
    formats: tuple[str, ...]
    keep: Callable[[Picture, str | os.PathLike[str]], None]
    figure: Any = field(default=None, compare=False)

    def save(self, file: str | os.PathLike[str]) -> None:
        """Write it to a file, in the format that the end of the name says.

        Raises :class:`~exactdyn.errors.InputError` for another ending, and
        :class:`~exactdyn.errors.ExactdynError` where the file cannot be written.
        """
        self.keep(self, file)

    def _repr_png_(self) -> bytes | None:
        return self.written("png") if self.formats[0] == "png" else None

    def _repr_svg_(self) -> str | None:
        return self.written("svg").decode() if self.formats[0] == "svg" else None

    def __repr__(self) -> str:
        return f"Picture({', '.join(self.formats)})"


class Presentable:
    """An answer: what the command line says of it is at hand in Python, too."""

    def to_dict(self) -> dict[str, object]:
        """Return it as plain data, what ``--json`` prints: exact numbers are texts such as "1/3".

        >>> from exactdyn import Hardmax, limit
        >>> limit(Hardmax(alpha=1), tokens=[[1], ["1/2"]]).to_dict()["limits"]
        [['1'], ['1']]
        """
        return _known[0]().data(self)

    def to_latex(self) -> str:
        r"""Return it as LaTeX, ready to paste; the first line says which packages it takes.

        >>> from exactdyn import Hardmax, limit
        >>> print(limit(Hardmax(alpha=1), tokens=[[1], ["1/2"]]).to_latex().splitlines()[6])
        0 & $(1)$ \\
        """
        return _known[0]().latex(self)

    @property
    def certificate(self) -> dict[str, object]:
        """The data of a certificate of what is proved, as :func:`exactdyn.verify` takes it.

        Raises :class:`~exactdyn.errors.InputError` where there is nothing that a certificate can claim.

        >>> from exactdyn import Hardmax, limit, verify
        >>> verify(limit(Hardmax(alpha=1), tokens=[[1], ["1/2"]]).certificate).verdict
        'accepted'
        """
        return _known[0]().certificate(self)

    def plot(self, **options: object) -> Picture:
        """Draw it: a picture that a notebook shows, with ``save(file)``.

        ``options``: those of the function that draws, such as ``labels``, ``title``, and ``layers`` of a run.
        Raises :class:`~exactdyn.errors.InputError` where there is no picture of such an answer.

        >>> from exactdyn import Hardmax
        >>> Hardmax(alpha=1).run([[1], ["1/2"]], layers=3).plot(labels=["a", "b"])
        Picture(png, svg, pdf)
        """
        return _known[0]().picture(self, options)

    def save(self, file: str | os.PathLike[str]) -> None:
        """Write it to a file (.json) with its certificate; :func:`exactdyn.load` reads it.

        Raises :class:`~exactdyn.errors.ExactdynError` where the file cannot be written.
        """
        _known[0]().save(self, file)

    def _repr_html_(self) -> str:
        return _known[0]().html(self)
