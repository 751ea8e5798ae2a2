"""The texts that stand for tokens, and what is said where a letter cannot be drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from matplotlib.font_manager import FontProperties, findfont, get_font

from exactdyn.errors import InputError
from exactdyn.pictures.paper.captions import printable
from exactdyn.pictures.paper.style import FONT
from exactdyn.systems.run import Run

LABEL_LENGTH = 16
"""A longer label is cut."""


@dataclass(frozen=True)
class Labels:
    """A text for every token. ``undrawn``: the tokens whose own text the font has no letters for."""

    texts: tuple[str, ...]
    undrawn: tuple[int, ...] = ()

    @property
    def said(self) -> list[str]:
        """What a picture has to say of its labels, if anything.

        >>> Labels(("0", "dog"), (0,)).said
        ['no letters in DejaVu Sans for the label of token 0: its number stands there']
        """
        if not self.undrawn:
            return []
        numbers = ", ".join(map(str, self.undrawn[:4])) + (", …" if len(self.undrawn) > 4 else "")
        if len(self.undrawn) == 1:
            return [f"no letters in {FONT} for the label of token {numbers}: its number stands there"]
        return [f"no letters in {FONT} for the labels of tokens {numbers}: their numbers stand there"]


def token_labels(run: Run, labels: Sequence[str] | None) -> Labels:
    """Return a printable label for every token: these, or by default those of the run, or the numbers from 0.

    A label with a letter that the font lacks is replaced by the number of its token, and it is said so.

    Raises :class:`~exactdyn.errors.InputError` if there are more or fewer labels than tokens.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> run = Hardmax().run([[1, 0], [0, 1]], layers=0)
    >>> token_labels(run, None).texts, token_labels(run, ["\u732b", "dog"])
    (('0', '1'), Labels(texts=('0', 'dog'), undrawn=(0,)))
    """
    count = run.start.count
    labels = run.labels if labels is None else labels
    if labels is None:
        return Labels(tuple(str(token) for token in range(count)))
    if len(labels) != count:
        raise InputError(f"labels: requires one for each of {count} tokens, got {len(labels)}")
    shown = [printable(label, LABEL_LENGTH) for label in labels]
    known = [drawn(text) for text in shown]
    texts = tuple(
        text if own else str(token) for token, (text, own) in enumerate(zip(shown, known, strict=True))
    )
    return Labels(texts, tuple(token for token, own in enumerate(known) if not own))


def drawn(text: str) -> bool:
    """Return whether the font has every letter of a text.

    >>> drawn("naïve"), drawn("\u732b")
    (True, False)
    """
    return all(ord(letter) in _letters() for letter in text)


@cache
def _letters() -> frozenset[int]:
    return frozenset(get_font(findfont(FontProperties(family=[FONT]))).get_charmap())
