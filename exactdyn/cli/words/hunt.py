"""The answer of a hunt as JSON, in words and as LaTeX: what was found or proved, and what was searched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from exactdyn.cli.words.latex import MATHEMATICAL
from exactdyn.cli.words.sentences import OF_THE_THEOREM, PLAIN, Notation
from exactdyn.documents.example import Example, read_document
from exactdyn.families.questions.guarantees import RANK_LIMIT
from exactdyn.families.setting import Setting
from exactdyn.hunts.answer import Answer, Searched, excluding
from exactdyn.hunts.request import Request
from exactdyn.hunts.shrinking.counterexample import Counterexample
from exactdyn.numbers.reading import exact_rows
from exactdyn.numbers.shown import counted, short
from exactdyn.statements.catalogue import BY_CASES, OF_KINDS
from exactdyn.statements.published.assumed import ASSUMED, lacking
from exactdyn.statements.theorem import about_such_systems
from exactdyn.systems.hardmax import Hardmax

TOKENS_IN_WORDS = {"distinct-tokens": "distinct", "nonzero-tokens": "nonzero"}
"""How tokens are called for which a hypothesis holds."""

_OUTCOMES = {
    "found": "searched up to a counterexample",
    "absent": "proved to have no counterexample",
    "undecided": "gone through without finding one, cases stay open",
    "unfinished": "begun, not gone through",
}


def hunt_data(request: Request, answer: Answer, certificate: Path | None) -> dict[str, object]:
    """Return what ``hunt --json`` prints; ``certificate``: the file that was written, if one was.

    >>> from exactdyn.hunts.answer import gathered
    >>> request = Request("hull-shrinkage", "general", (), 2, 1, 1)
    >>> data = hunt_data(request, gathered(request, {}), None)
    >>> data["status"], data["ties"], data["example"], data["certificate"], data["lemma"]
    ('none', True, None, None, 'convex-step')
    """
    found = answer.counterexample
    return {
        "status": answer.status,
        "ties": request.ties,
        "example": None if found is None else found.counterexample,
        "certificate": None if certificate is None else str(certificate),
        "began": None if found is None else found.began,
        "lemma": answer.lemma,
        "searched": asdict(answer.searched),
    }


def hunt_text(
    request: Request,
    answer: Answer,
    found: Counterexample | None,
    notation: Notation = PLAIN,
    brief: bool = False,
) -> str:
    """Return what ``hunt`` prints; ``found``: the counterexample of the answer, if there is one.

    ``notation``: how numbers of the counterexample are written. ``brief``: without what was searched.

    >>> from exactdyn.hunts.answer import gathered
    >>> request = Request("hull-shrinkage", "general", (), 2, 1, 1)
    >>> print(hunt_text(request, gathered(request, {}), None), end="")
    none: hull-shrinkage holds for all general matrices
      for all alpha > 0, all tokens and every layer, by lemma convex-step
    """
    lines = _outcome(request, answer, found, notation, brief)
    if answer.lemma is None and not brief:
        lines += searched_lines(request, answer.searched)
    return "".join(f"{line}\n" for line in lines)


def hunt_latex(found: Counterexample) -> str:
    r"""Return a counterexample as a paragraph of LaTeX, with the package amsmath.

    >>> from fractions import Fraction
    >>> from exactdyn.hunts.shrinking.counterexample import Trial, failing
    >>> one = Fraction(1)
    >>> trial = Trial(((-one,),), one, ((one,), (-one,)), 1)
    >>> print(hunt_latex(failing("distinctness-preserved", trial)).splitlines()[2])
    Tokens: $z_{0} = (1)$, $z_{1} = (-1)$.
    """
    sentences = (f"{line[0].upper()}{line[1:]}.\n" for line in facts(found, MATHEMATICAL))
    return "% needs \\usepackage{amsmath}\n" + "".join(sentences)


def facts(found: Counterexample, notation: Notation) -> list[str]:
    """Return lines: the system, the tokens, where the statement fails, and what does not hold.

    >>> from fractions import Fraction
    >>> from exactdyn.hunts.shrinking.counterexample import Trial, failing
    >>> one = Fraction(1)
    >>> trial = Trial(((-one,),), one, ((one,), (-one,)), 1)
    >>> for line in facts(failing("distinctness-preserved", trial), PLAIN):
    ...     print(line)
    distinctness-preserved fails: 2 tokens in dimension 1, A = ((-1)), alpha = 1, layers 0..1
    tokens: z0 = (1), z1 = (-1)
    tokens 0 and 1, distinct at layer 0, meet at (0) at layer 1
    hypotheses of the clustering theorem that do not hold: positive-definite
    """
    trial, mark = found.trial, "$" if notation is MATHEMATICAL else ""
    example = Example(f"{found.statement} fails", "", trial.system, trial.tokens)
    tokens = (f"{mark}{notation.token(i)} = {notation.vector(z)}{mark}" for i, z in enumerate(trial.tokens))
    violated = ", ".join(sorted(found.violated)) or "none"
    if not about_such_systems(trial.beginning.facts):
        violated += f"; the theorem is about {OF_THE_THEOREM}"
    return [
        notation.head(example, trial.layers),
        f"tokens: {', '.join(tokens)}",
        notation.why(found.statement, found.verdict),
        f"hypotheses of the clustering theorem that do not hold: {violated}",
        *_published(found),
    ]


def _published(found: Counterexample) -> list[str]:
    # What is found refutes no published theorem where that assumes more.
    assumed = lacking(found.statement, found.trial.run()) if found.statement in ASSUMED else ()
    return [f"as published it does not apply: it assumes {'; '.join(assumed)}"] if assumed else []


def searched_lines(request: Request, searched: Searched) -> list[str]:
    """Return lines that say exactly what was searched.

    >>> searched = Searched(absent={"integers": 2, "lattice": 1}, programs=20)
    >>> for line in searched_lines(Request("norm-growth", "general", (), 2, 1, 3), searched):
    ...     print(line)
    searched: all general matrices; layers 0..3; 2 tokens in dimension 1; alpha > 0 varied; seed 0
      3 configurations proved to have no counterexample: 2 integers, 1 lattice
      20 linear programs, 0 limits
    """
    given = f", {len(request.given)} given" if request.given else ""
    about = [
        matrices_in_words(request),
        f"layers 0..{request.layers}",
        f"{counted(request.count, 'token')} in dimension {request.dimension}{given}",
        _alpha(request),
    ]
    about += [] if request.complete else [f"seed {request.seed}"]
    about += [f"without {', '.join(sorted(request.dropped))}"] if request.dropped else []
    lines = [f"searched: {'; '.join(about)}"]
    for outcome, words in _OUTCOMES.items():
        counts: Mapping[str, int] = getattr(searched, outcome)
        total = sum(counts.values())
        if total:
            kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
            lines.append(f"  {counted(total, 'configuration')} {words}: {kinds}")
    lines += [f"  open: {reason} ({counted(count, 'time')})" for reason, count in searched.reasons.items()]
    looked_at = counted(searched.runs, "run" if request.statement in OF_KINDS else "limit")
    return [*lines, f"  {counted(searched.programs, 'linear program')}, {looked_at}"]


def matrices_in_words(request: Request) -> str:
    """Say which matrices a request is about.

    >>> matrices_in_words(Request("norm-growth", "symmetric", (), 2, 2, 3, pattern="a, 0; 0, b", ties=False))
    'all symmetric matrices of the form a, 0; 0, b without avoidable ties'
    >>> matrices_in_words(Request("convergence", "symmetric", (), 2, 2, 3))
    'small symmetric matrices in integers up to 3'
    >>> matrices_in_words(Request("convergence", "negative-definite", (), 2, 2, 3))
    'all negative-definite matrices'
    """
    form, lemma = "" if request.pattern is None else f" of the form {request.pattern}", excluding(request)
    if request.statement not in BY_CASES and lemma is None:
        return f"small {request.kind} matrices{form} in integers up to {request.bound}"
    form += f" of rank at most {RANK_LIMIT}" if lemma is not None and "low_rank" in lemma.facts else ""
    return f"all {request.kind} matrices{form}{'' if request.ties else ' without avoidable ties'}"


def _outcome(
    request: Request, answer: Answer, found: Counterexample | None, notation: Notation, brief: bool
) -> list[str]:
    # "none" is said with what proves it; "budget" never sounds like a proof.
    if answer.lemma is not None:
        holds = f"none: {request.statement} holds for {matrices_in_words(request)}"
        return [holds, f"  for {_covered(request)} and every layer, by lemma {answer.lemma}"]
    if found is not None:
        head, *rest = facts(found, notation)
        began = [] if brief else _began(answer, notation)
        return [f"found: {head}", *(f"  {line}" for line in [*rest, *began])]
    if answer.status == "none":
        return [f"none: {request.statement} holds for all these matrices, ties included: proved case by case"]
    return [
        f"budget: no counterexample was found, and none is excluded: {_missing(request, answer.searched)}"
    ]


def _began(answer: Answer, notation: Notation) -> list[str]:
    result = answer.counterexample
    if result is None or result.began is None or result.began == result.counterexample:
        return []
    example = read_document(result.began, "shrunk from")
    tokens = ", ".join(map(notation.vector, exact_rows(example.tokens, "tokens")))
    return [f"{notation.head(example, example.layers)}, tokens {tokens}"]


def _missing(request: Request, searched: Searched) -> str:
    if request.statement in OF_KINDS and request.statement not in BY_CASES:
        return f"{request.statement} is proved for one system, not for all matrices of a class"
    if searched.reasons:
        return "cases stay open"
    if request.complete and searched.absent:
        return "ties were skipped"
    return "there are more configurations" if not request.complete else "the search is not at its end"


def setting_in_words(system: Hardmax) -> str:
    """Say what a system is beside its A.

    >>> setting_in_words(Hardmax(tau="2/(k+2)", mask="causal", ties="first"))
    'tau = 2/(k+2), mask causal, ties first'
    """
    said = [system.schedule.text]
    if system.V is not None:
        shown = (PLAIN.matrix([[short(x) for x in row] for row in own]) for own in system.V)
        said += [f"V = {', '.join(shown)}"]
    said += [] if system.mask is None else [f"mask {system.mask.text}"]
    said += [] if system.ties == "mean" else [f"ties {system.ties}"]
    return ", ".join([*said, f"period {system.period}"] if system.period != 1 else said)


def _covered(request: Request) -> str:
    # What a lemma is about beside the matrices.
    lemma = excluding(request)
    narrower = [TOKENS_IN_WORDS[name] for name in (() if lemma is None else lemma.hypotheses)]
    if request.system is None:
        return f"all alpha > 0, {' '.join(['all', *narrower])} tokens"
    tokens = ["all", *narrower] if Setting.of(request.system).for_all_tokens else ["these"]
    return f"{setting_in_words(request.system)}, {' '.join(tokens)} tokens"


def _alpha(request: Request) -> str:
    if request.system is not None:
        return setting_in_words(request.system)
    if request.alpha is not None:
        return f"alpha = {short(request.alpha)}"
    return f"alpha {'<= 0' if 'positive-alpha' in request.dropped else '> 0'} varied"
