"""Certificates of what is said of all matrices of a class, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from exactdyn.certificates.envelope import encode
from exactdyn.certificates.general import GENERAL_VERSION, beside
from exactdyn.errors import InputError
from exactdyn.families.classes.matrix_class import MatrixClass
from exactdyn.families.questions.guarantees import ALL, RANK_LIMIT, Narrowing, proving
from exactdyn.families.setting import Around, Setting
from exactdyn.numbers.points import Points
from proofs_checks import FORMAT, VERSION
from proofs_checks.format.claims import EVERY_LAYER


def family_certificate_data(
    matrices: MatrixClass,
    around: Around,
    start: Points,
    layers: int,
    claim: Mapping[str, object],
    each_layer: bool = False,
) -> dict[str, object]:
    """Return a certificate of one claim about all matrices of a class, up to a layer, as plain data.

    ``each_layer``: the claim is about matrices of the class for every layer, rather than one for all.
    Source: ``proofs_checks/FORMAT.md``, section "Family".

    >>> from exactdyn.families.classes.matrix_class import matrix_class
    >>> start, claim = Points.from_rows([[1]]), {"claim": "unrealised"}
    >>> family_certificate_data(matrix_class("general", 1), Fraction(1), start, 0, claim)["family"]
    {'class': 'general', 'alpha': '1', 'tokens': [['1']]}
    """
    setting = Setting.of(around, each_layer)
    plain = setting.alpha is not None and not each_layer
    family: dict[str, object] = {"class": matrices.kind}
    family |= {"alpha": setting.alpha} if plain else _beside(setting, start.count)
    family |= {"each_layer": True} if each_layer else {}
    family["tokens"] = start.rows()
    if not matrices.named:
        family |= {"base": matrices.base, "span": matrices.span}
    version = VERSION if plain else GENERAL_VERSION
    head = {"format": FORMAT, "version": version, "family": encode(family)}
    return {**head, "layers": layers, "claims": [encode(claim)]}


def _beside(setting: Setting, count: int) -> dict[str, object]:
    # What a family of version 2 states beside its class and tokens; what has its default is left out.
    return {"tau": setting.system.schedule.to_dict()} | beside(setting.system, count)


def lemma_certificate_data(
    statement: str, kind: str, around: Around | None = None, narrowing: Narrowing = ALL
) -> dict[str, object]:
    """Return a certificate that a statement holds for all matrices of a class and all tokens.

    ``kind``: the class. ``around``: all of the system but A; None, or any alpha > 0: all alpha > 0.
    ``narrowing``: which matrices and tokens are meant; the certificate is about more, if the lemma is. Raises
    :class:`~exactdyn.errors.InputError` if no lemma says so, and for value matrices and rows of a mask, which
    are about tokens of one dimension or number.
    Source: ``proofs_checks/FORMAT.md``, section "Statements about all matrices".

    >>> lemma_certificate_data("hull-shrinkage", "general")["claims"][0]["lemma"]
    'convex-step'
    >>> lemma_certificate_data("convergence", "positive-semidefinite", narrowing=Narrowing(rank=1))["family"]
    {'class': 'positive-semidefinite', 'rank': 2}
    """
    setting = Setting.of(Fraction(1) if around is None else around)
    lemma = proving(statement, kind, setting.around, narrowing)
    if lemma is None:
        raise InputError(f"statement: requires one that a lemma proves for {kind} matrices, got {statement}")
    if not setting.for_all_tokens:
        raise InputError("V, mask: requires no value matrix and no rows of a mask for all tokens, got some")
    plain, claim = setting.alpha is not None, lemma_claim(statement, lemma.name)
    family = {"class": kind} | ({} if plain else _beside(setting, 0))
    family |= {"rank": RANK_LIMIT} if "low_rank" in lemma.facts else {}
    family |= {"hypotheses": sorted(lemma.hypotheses)} if lemma.hypotheses else {}
    version = VERSION if plain else GENERAL_VERSION
    head = {"format": FORMAT, "version": version, "family": encode(family)}
    return {**head, "layers": 0, "claims": [claim]}


def lemma_claim(statement: str, lemma: str) -> dict[str, object]:
    """Return the claim that a statement holds on every layer, by a lemma.

    Source: ``proofs_checks/FORMAT.md``, section "Statements about all matrices".

    >>> lemma_claim("hull-shrinkage", "convex-step")["scope"]
    'every layer'
    """
    return {"claim": statement, "verdict": "holds", "scope": EVERY_LAYER, "lemma": lemma}
