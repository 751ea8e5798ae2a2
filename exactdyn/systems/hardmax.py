"""The system of the paper: one head and a step towards the mean, without feed-forward part."""

from __future__ import annotations

from fractions import Fraction

from exactdyn.errors import InputError
from exactdyn.layer.head import Ties
from exactdyn.layer.mask import Mask
from exactdyn.numbers.reading import Rows
from exactdyn.systems.hard_attention import ALPHA, Form, HardAttention
from exactdyn.systems.head import Head
from exactdyn.systems.run import Run

__all__ = ["Form", "Hardmax", "hardmax_of"]


class Hardmax(HardAttention):
    """The dynamics of n tokens z_i in Q^d that step towards the mean of the tokens they attend.

    C_i = { j : <A z_i, z_j> maximal }, c_i the mean of z_j over j in C_i, then with tau = alpha/(1+alpha)

        normalised      z_i <- z_i + tau (c_i - z_i)
        unnormalised    z_i <- z_i + alpha c_i          (= (1+alpha) times the normalised step)

    ``A``: d x d exact numbers, any square matrix; None (the default) is the identity of whatever dimension
    the tokens have. ``alpha``: an exact number other than -1. ``form``: which of the two forms
    :meth:`~exactdyn.systems.run.Run.tokens` shows. The attention sets are the same in both, and verdicts and
    limits are always about the normalised form.

    This is :class:`~exactdyn.systems.hard_attention.HardAttention` with one
    :class:`~exactdyn.systems.head.Head` and no ReLU block: A may also be a list of matrices, alpha a list or
    a formula, and ``tau``, ``V``, ``mask``, ``ties``, ``period`` are those defined there.

    Raises :class:`~exactdyn.errors.InputError` for a matrix that is not square, for alpha = -1 and for what
    is no exact number.
    Source: arXiv 2407.01602, equations (1.1) to (1.3).

    >>> run = Hardmax(alpha=1).run([[1, 1], [1, -1], ["1/2", 0]], layers=2)
    >>> run.tokens(1)[2]
    [Fraction(3, 4), Fraction(0, 1)]
    >>> Hardmax(tau="2/(k+2)", mask="causal").run([[1], [2], [4]], layers=1).tokens(1)[1]
    [Fraction(2, 1)]
    """

    def __init__(
        self,
        A: object = None,
        alpha: object = ALPHA,
        form: object = "normalised",
        *,
        tau: object = None,
        V: object = None,
        mask: object = None,
        ties: object = "mean",
        period: object = 1,
    ) -> None:
        head = Head(A, V, mask, ties)
        self._settle((head,), alpha, tau, None, period, form, head.lengths)

    @property
    def A(self) -> Rows | None:  # noqa: N802 - its name in the paper
        """The matrix of scores; None for the identity.

        Raises :class:`~exactdyn.errors.InputError` where it is not the same at all layers.

        >>> Hardmax([[2]]).A
        ((Fraction(2, 1),),)
        """
        given = self.parts[0].A
        if given is not None and len(given) > 1:
            raise InputError(f"A: requires one matrix for all layers here, got a list of {len(given)}")
        return None if given is None else given[0]

    @property
    def V(self) -> tuple[Rows, ...] | None:  # noqa: N802 - its name in the paper
        """The value matrices of the layers, of which the last ``period`` repeat; None for the identity.

        >>> Hardmax(V=[[2]]).V
        (((Fraction(2, 1),),),)
        """
        return self.parts[0].V

    @property
    def mask(self) -> Mask | None:
        """Which tokens a token may see; None: everybody.

        >>> Hardmax(mask="causal").mask
        Mask(causal)
        """
        return self.parts[0].mask

    @property
    def ties(self) -> Ties:
        """What a tie means.

        >>> Hardmax().ties
        'mean'
        """
        return self.parts[0].ties

    @property
    def alpha(self) -> Fraction:
        """The coefficient alpha = tau/(1-tau) of all layers.

        Raises :class:`~exactdyn.errors.InputError` where it is not the same at all layers, and for tau = 1.

        >>> Hardmax(alpha="1/2").alpha
        Fraction(1, 2)
        """
        tau = self._constant("alpha")
        if tau == 1:
            raise InputError("alpha: requires tau other than 1, which belongs to no alpha, got 1")
        return tau / (1 - tau)

    @property
    def tau(self) -> Fraction:
        """The step tau = alpha/(1+alpha) of all layers, in the normalised form.

        Raises :class:`~exactdyn.errors.InputError` where it is not the same at all layers.
        Source: arXiv 2407.01602, equation (1.1).

        >>> Hardmax(alpha="1/2").tau
        Fraction(1, 3)
        """
        return self._constant("tau")

    def _constant(self, name: str) -> Fraction:
        if self.schedule.constant is None:
            raise InputError(f"{name}: requires one {name} for all layers here, got {self.schedule.text}")
        return self.schedule.constant

    @property
    def plain(self) -> bool:
        """Whether this is the system of the paper: one A, one alpha, and nothing else.

        >>> Hardmax().plain, Hardmax(ties="first").plain
        (True, False)
        """
        head = self.parts[0]
        one = self.schedule.constant not in (None, 1) and (head.A is None or len(head.A) == 1)
        return one and head.V is None and head.mask is None and head.ties == "mean"

    def _place(self, head: int) -> str:
        return ""  # there is one, so its fields need no place

    def __repr__(self) -> str:
        head = self.parts[0]
        one = head.A is not None and len(head.A) == 1
        shown: dict[str, object] = {"A": head.A[0] if head.A is not None and one else head.A}
        if self.schedule.constant in (None, 1):
            shown["schedule"] = self.schedule.text
        else:
            shown["alpha"] = self.alpha
        shown["form"] = self.form
        beyond = {"V": (head.V, None), "mask": (head.mask, None), "ties": (head.ties, "mean")}
        shown |= {name: own for name, (own, usual) in beyond.items() if own != usual}
        if self.period != 1:
            shown["period"] = self.period
        return f"Hardmax({', '.join(f'{name}={own!r}' for name, own in shown.items())})"


def hardmax_of(run: Run, asker: str) -> Hardmax:
    """Return the system of a run for what is made for the system of the paper only.

    ``asker``: what it is, for the message. Raises :class:`~exactdyn.errors.InputError` for another kind.

    >>> hardmax_of(Hardmax(alpha=2).run([[1]]), "certificates").alpha
    Fraction(2, 1)
    """
    system = run.system
    if not isinstance(system, Hardmax):
        raise InputError(f"{_REQUIRED.format(asker)} got {type(system).__name__}")
    if not system.plain:
        raise InputError(f"{_REQUIRED.format(asker)} got {_beyond(system)}")
    return system


_REQUIRED = "system: {} requires Hardmax, one A and one alpha for all layers,"


def _beyond(system: Hardmax) -> str:
    """Say what a system has beyond that of the paper."""
    head = system.parts[0]
    said = {
        "a matrix A for every layer": head.A is not None and len(head.A) > 1,
        "a value matrix V": head.V is not None,
        "a mask": head.mask is not None,
        f"ties = {head.ties}": head.ties != "mean",
        system.schedule.text: system.schedule.constant in (None, 1),
    }
    return " and ".join(words for words, so in said.items() if so)
