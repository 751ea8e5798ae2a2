"""The words and numbers on a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from matplotlib.ticker import MaxNLocator

from exactdyn.numbers.domain_number import DomainNumber
from exactdyn.numbers.reading import Rows
from exactdyn.numbers.shown import rounded
from exactdyn.systems.hard_attention import HardAttention
from exactdyn.systems.head import Head
from exactdyn.systems.run import Run

_EXACT_LENGTH = 9
_SHORT, _LONGEST = 4, 7
"""Numbers beside an axis: longer ones are fewer, still longer ones are written as differences."""


def printable(text: str, length: int) -> str:
    """Return a text that any format can hold: what cannot be printed becomes "?", what is too long is cut.

    >>> printable("clear" + chr(0), 16), printable("unforgettable", 7)
    ('clear?', 'unforg…')
    """
    shown = "".join(sign if sign.isprintable() else "?" for sign in text[: length + 1])
    return shown if len(shown) <= length else shown[: length - 1] + "…"


def short(number: Fraction) -> str:
    """Write a number exactly if it is short, else as a decimal of four digits with a sign that says so.

    >>> short(Fraction(-1, 18)), short(Fraction(314159, 1000003))
    ('−1/18', '≈0.3142')
    """
    if isinstance(number, DomainNumber):
        return f"≈{number.nearest():.4g}".replace("-", "−")
    size = max(abs(number.numerator), number.denominator)
    text = str(number) if size < 10**_EXACT_LENGTH else ""
    if not text or len(text) > _EXACT_LENGTH:
        text = f"≈{rounded(number, 4)}"
    return text.replace("-", "−")


def caption(run: Run) -> str:
    """Name the system and the tokens of a run in one line.

    >>> from exactdyn.systems.hardmax import Hardmax
    >>> caption(Hardmax(alpha="1/2").run([[1, 0], [0, 1]], layers=3))
    'A = I, α = 1/2, n = 2, d = 2'
    >>> caption(Hardmax([[-1]], tau="2/(k+2)", mask="causal", ties="first").run([[3], [-1]], layers=3))
    'A = −1, causal mask, first of ties, τ = 2/(k+2), n = 2, d = 1'
    """
    start, system = run.start, run.system
    if isinstance(system, HardAttention):
        named = ", ".join(_parts(system)).replace(";,", ";")
        shown = "" if system.form == "normalised" else "; the normalised form is drawn"
    else:
        named, shown = type(system).__name__, ""
    words = f"{named}, n = {start.count}, d = {start.dimension}{shown}"
    return words.replace("= ≈", "≈ ")


def _parts(system: HardAttention) -> Iterator[str]:
    """Name what a layer is made of: its heads, its step, its ReLU block."""
    if len(system.parts) == 1:
        yield _head(system.parts[0])
    else:
        yield "; ".join(f"head {place}: {_head(head)}" for place, head in enumerate(system.parts)) + ";"
    schedule = system.schedule
    steps = schedule.formula or ", ".join(map(short, schedule.stated))
    last = "" if len(schedule.stated) < 2 else ", …"
    yield f"{'α' if schedule.parameter == 'alpha' else 'τ'} = {steps}{last}"
    if system.relu is not None:
        yield "ReLU block"


def _head(head: Head) -> str:
    value = "" if head.V is None else f", V = {_matrices(head.V)}"
    mask = "" if head.mask is None else ", masked" if head.mask.kind == "rows" else f", {head.mask.kind} mask"
    return f"A = {_matrices(head.A)}{value}{mask}{'' if head.ties == 'mean' else f', {head.ties} of ties'}"


def _matrices(given: tuple[Rows, ...] | None) -> str:
    if given is None:
        return "I"
    shown = [_matrix(rows) for rows in given]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown)}, …"


def _matrix(rows: Rows) -> str:
    if all(x == (i == j) for i, row in enumerate(rows) for j, x in enumerate(row)):
        return "I"
    if len(rows) == 1:
        return short(rows[0][0])
    return f"[{', '.join('[' + ', '.join(map(short, row)) + ']' for row in rows)}]"


def readable_ticks(low: float, high: float, most: int) -> tuple[Sequence[float], list[str]]:
    """Return at most about ``most`` round numbers between two floats, and how they are written.

    Long numbers are fewer. If they cannot be told apart in a few digits, the shortest is written in full and
    at the others how far they are from it, with a sign.

    >>> readable_ticks(-1.2, 1.3, 4)
    ([-1.0, 0.0, 1.0], ['−1', '0', '1'])
    >>> readable_ticks(1e6, 1e6 + 1, 4)[1]
    ['1e6', '+0.5', '+1']
    """
    for count in (most, 2):
        numbers = MaxNLocator(count, steps=[1, 2, 5, 10]).tick_values(low, high)
        values = [float(number) for number in numbers if low <= number <= high]
        texts = [_number(value, 6) for value in values]
        longest = max(map(len, texts), default=0)
        if longest <= _SHORT:
            break
    if longest > _LONGEST or len(set(texts)) < len(texts):
        full = [_number(value, 15) for value in values]
        base = min(range(len(values)), key=lambda place: (len(full[place]), place))
        away = (_number(value - values[base], 3) for value in values)
        texts = [
            full[base] if place == base else text if text.startswith("−") else f"+{text}"
            for place, text in enumerate(away)
        ]
    return values, texts


def _number(value: float, digits: int) -> str:
    """Write a number with these digits, the shorter way: with a power of ten or without."""
    plain = f"{value:.{digits}g}"
    figures, _, power = f"{value:.{digits - 1}e}".partition("e")
    short = figures.rstrip("0").rstrip(".") if "." in figures else figures
    powered = f"{short}e{int(power)}"
    shown = powered if "e" in plain or len(powered) + 2 <= len(plain) > 5 else plain
    return shown.replace("-", "−")
