"""A published transformer of 72 heads: its spectra by other means, and its own sentences at layer 0."""

from fractions import Fraction

import numpy as np
import pytest
from flint import acb, arb, fmpz_mat
from mpmath import mp

from exactdyn import Hardmax, from_floats, inspect
from exactdyn.numbers.dyadic import dyadic_matrix
from exactdyn.numbers.precision import working
from exactdyn.transformer import load_transformer
from tests.transformer.published import ABSENT, SENTENCES, Sentences, model_folder, word_pieces

FOLDER = model_folder()
pytestmark = [pytest.mark.slow, pytest.mark.skipif(FOLDER is None, reason=ABSENT)]


@pytest.fixture(scope="module")
def model():
    return load_transformer(FOLDER)


@pytest.fixture(scope="module")
def found():
    return inspect(FOLDER)


@pytest.fixture(scope="module")
def sentences():
    return Sentences(FOLDER)


def test_of_72_heads_23_have_a_positive_leading_eigenvalue_and_7_are_good_triples(found):
    assert (found.layers, found.heads_per_layer, found.dimension, found.width) == (6, 12, 384, 32)
    assert found.kinds == {"negative": 17, "not real": 32, "positive": 23}
    assert found.counts["leading-eigenvalue"] == {"holds": 23, "fails": 49, "undecided": 0}
    assert found.counts["good-triple"] == {"holds": 7, "fails": 65, "undecided": 0}
    assert {own.value.rank for own in found.heads} == {own.scores.rank for own in found.heads} == {32}


def test_numpy_finds_the_spectra_up_to_its_rounding(model, found):
    for (_, _, weights), own in zip(model.all_heads(), found.heads, strict=True):
        for left, right, facts in (
            (weights.output, weights.value, own.value),
            (weights.key.T, weights.query, own.scores),
        ):
            floats = list(np.linalg.eigvals(right @ left))
            radius = float(facts.eigenvalues[0].modulus.mid())
            for eigenvalue in facts.eigenvalues[:-1]:  # the last one is 0
                middle = complex(float(eigenvalue.value.real.mid()), float(eigenvalue.value.imag.mid()))
                nearest = min(floats, key=lambda other: abs(other - middle))
                assert abs(nearest - middle) < 1e-9 * radius
                floats.remove(nearest)
            assert floats == []
            assert facts.eigenvalues[-1].multiplicity == 352


def test_eigenvalues_to_60_digits_lie_inside_the_balls(model, found):
    weights = model.read(3)[9]
    with mp.workdps(60):
        small = mp.matrix(weights.value.tolist()) * mp.matrix(weights.output.tolist())
        parts = [(mp.nstr(own.real, 55), mp.nstr(own.imag, 55)) for own in mp.eig(small)[0]]
    balls = [own.value for own in found.heads[3 * 12 + 9].value.eigenvalues[:-1]]
    with working(256):
        points = [acb(*(arb(part) + arb(0, 1e-50) for part in pair)) for pair in parts]
        assert len(points) == len(balls) == 32
        assert all(sum(ball.overlaps(point) for point in points) == 1 for ball in balls)
        assert all(abs(ball).rad() < 1e-35 for ball in balls)


def test_traces_of_powers_are_the_power_sums_of_the_spectra(model, found):
    for (_, _, weights), own in zip(model.all_heads(), found.heads, strict=True):
        small = dyadic_matrix(weights.value) @ dyadic_matrix(weights.output)
        power = small
        for degree in range(1, 5):
            integers: fmpz_mat = power.integers
            trace = sum(int(integers[i, i]) for i in range(32)) * Fraction(2) ** power.exponent
            with working(256):
                total = sum((e.value**degree * e.multiplicity for e in own.value.eigenvalues), acb(0))
                assert (total.real * trace.denominator).contains(trace.numerator)
            power = power @ small


def test_the_tokenizer_cuts_words_as_the_model_was_trained(sentences):
    pieces = word_pieces("Unhappily, Ishmael's café droghte \u2603.", sentences.vocabulary)
    cut = "[CLS] un ##ha ##pp ##ily , is ##hma ##el ' s cafe dr ##og ##ht ##e [UNK] . [SEP]"
    assert pieces == cut.split()


def test_copies_of_a_word_are_tied_exactly_and_nothing_else_is(sentences):
    tied = 0
    for text in map(sentences.pieces, SENTENCES):
        for tokens, bias in (
            (sentences.word_tokens(text), False),
            (sentences.model_tokens(text, positions=False), True),
        ):
            for own in sentences.decisions(10, tokens, bias):
                words = {text[j] for j in own.attended}
                assert len(words) == 1
                assert own.attended == {j for j, piece in enumerate(text) if piece in words}
                tied += len(own.attended) > 1
        assert all(
            len(own.attended) == 1 for own in sentences.decisions(10, sentences.model_tokens(text), True)
        )
    assert tied > 50


def test_what_a_head_attends_is_what_the_hardmax_run_attends(sentences):
    text = sentences.pieces(SENTENCES[5])
    tokens, own = sentences.word_tokens(text), sentences.heads[2]
    form = dyadic_matrix(own.key).transposed @ dyadic_matrix(own.query)
    A = [[Fraction(int(x)) * Fraction(2) ** form.exponent for x in row] for row in form.integers.tolist()]
    run = Hardmax(A=A, alpha=1).run(from_floats(tokens), layers=0)
    assert run.attention(0) == tuple(d.attended for d in sentences.decisions(2, tokens, False))


def test_at_layer_0_the_argmax_decides_in_one_head_of_twelve(sentences):
    decided = {}
    for head in range(12):
        texts = [sentences.model_tokens(sentences.pieces(text)) for text in SENTENCES]
        decisions = [sentences.decisions(head, tokens, True) for tokens in texts]
        before = [[own.attended == {max(i - 1, 0)} for i, own in enumerate(row)] for row in decisions]
        assert (head == 2) == all(map(all, before))
        rows = [own for row in decisions for own in row]
        assert len(rows) == 200
        decided[head] = sum(own.share > 0.9 for own in rows)
    assert decided.pop(2) == 200
    assert max(decided.values()) <= 3
