"""Questions whether a statement fails for some matrix of a class, and certificates of their answers."""

from fractions import Fraction

from exactdyn.certificates.envelope import certificate_text
from exactdyn.families.certificate import family_certificate_data
from exactdyn.families.classes.matrix_class import matrix_class
from exactdyn.families.questions.statement import StatementQuestion, statement_claim
from exactdyn.numbers.points import Points

AROUND = [[1, 0], [0, 1], [-1, -1]]


def asked(statement, tokens, kind="general", layers=1, alpha=1, ties=True, pattern=None):
    start = Points.from_rows(tokens)
    matrices = matrix_class(kind, start.dimension, pattern)
    return StatementQuestion(statement, Fraction(alpha), start, matrices, layers, ties)


def certificate(question, node):
    claim = statement_claim(question, node)
    data = family_certificate_data(question.matrices, question.around, question.start, question.layers, claim)
    return certificate_text(data)
