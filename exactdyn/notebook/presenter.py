"""The presenter: what answers ask when they are to be told, shown, proved or kept."""

from __future__ import annotations

import os
from typing import cast

from exactdyn.notebook.data import certificate_of, data_of
from exactdyn.notebook.drawn import picture_of
from exactdyn.notebook.kept import save
from exactdyn.notebook.tables import latex_of, table_of
from exactdyn.presentation import Picture, Presentable


class AnswerPresenter:
    """Knows every kind of answer; see :class:`~exactdyn.presentation.Presenter`."""

    def data(self, answer: object) -> dict[str, object]:
        """Return it as plain data."""
        return data_of(answer)

    def latex(self, answer: object) -> str:
        """Return it as LaTeX."""
        return latex_of(cast("Presentable", answer))

    def html(self, answer: object) -> str:
        """Return it as HTML."""
        return table_of(cast("Presentable", answer)).html

    def certificate(self, answer: object) -> dict[str, object]:
        """Return the data of its certificate."""
        return certificate_of(answer)

    def picture(self, answer: object, options: dict[str, object]) -> Picture:
        """Draw it."""
        return picture_of(answer, **options)

    def save(self, answer: object, file: str | os.PathLike[str]) -> None:
        """Write it to a file."""
        save(cast("Presentable", answer), file)


PRESENTER = AnswerPresenter()
