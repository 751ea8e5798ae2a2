"""What proves the answer of a hunt: the data of a certificate."""

from __future__ import annotations

from exactdyn.documents.example import read_document
from exactdyn.families.certificate import family_certificate_data, lemma_certificate_data, lemma_claim
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.questions.statement import StatementQuestion, assembled, statement_claim
from exactdyn.families.setting import Setting
from exactdyn.hunts.answer import Answer, narrowing
from exactdyn.hunts.request import Request
from exactdyn.hunts.shrinking.counterexample import Counterexample, Trial, decided_by_run, failing
from exactdyn.numbers.points import Points
from exactdyn.numbers.reading import exact_rows


def counterexample(request: Request, document: dict[str, object]) -> Counterexample:
    """Return the counterexample that a document states, with its verdict computed again.

    Raises ValueError if the statement does not fail there.

    >>> document = {"A": [["-1"]], "alpha": "1", "tokens": [["1"], ["-1"]], "layers": 1}
    >>> request = Request("distinctness-preserved", "general", (), 2, 1, 1)
    >>> counterexample(request, document).verdict.witness["point"]
    [Fraction(0, 1)]
    """
    example = read_document(document, "counterexample")
    layers = example.layers if decided_by_run(request.statement) else request.layers
    A, tokens = example.system.matrix(example.shape[1]), exact_rows(example.tokens, "tokens")
    trial = Trial(A, Setting.of(example.system).around, tokens, layers)
    found = failing(request.statement, trial)
    if found is None:
        raise ValueError(f"{request.statement}: requires a counterexample, got {document!r}")
    return found


def certificate_data(request: Request, answer: Answer) -> dict[str, object] | None:
    """Return the data of a certificate of an answer; None if nothing is proved.

    Source: ``proofs_checks/FORMAT.md``, sections "Statements" and "Statements about all matrices".

    >>> from exactdyn.hunts.answer import gathered
    >>> request = Request("hull-shrinkage", "symmetric", (), 2, 1, 1)
    >>> certificate_data(request, gathered(request, {}))["family"]
    {'class': 'symmetric'}
    """
    if answer.counterexample is not None and answer.counterexample.counterexample is not None:
        return counterexample(request, answer.counterexample.counterexample).certificate
    if answer.status != "none":
        return None
    if answer.lemma is not None:
        return _by_lemma(request, answer.lemma)
    return _closed_tree(request, answer)


def _by_lemma(request: Request, lemma: str) -> dict[str, object]:
    # About all tokens, unless a value matrix or the rows of a mask are about these.
    setting = None if request.system is None else Setting.of(request.system)
    if setting is None or setting.for_all_tokens:
        return lemma_certificate_data(request.statement, request.kind, request.around, narrowing(request))
    matrices = matrix_class(request.kind, request.dimension, request.pattern)
    claim, start = lemma_claim(request.statement, lemma), Points.from_rows(request.given)
    return family_certificate_data(matrices, setting.around, start, 0, claim)


def _closed_tree(request: Request, answer: Answer) -> dict[str, object]:
    tree = assembled(answer.pieces or {})
    if tree is None or request.around is None:
        raise ValueError("requires a closed tree of cases, all of it from one configuration")
    start, layers = Points.from_rows(request.given), request.layers
    matrices = matrix_class(request.kind, request.dimension, request.pattern)
    question = StatementQuestion(request.statement, request.around, start, matrices, layers, request.ties)
    return family_certificate_data(matrices, request.around, start, layers, statement_claim(question, tree))
