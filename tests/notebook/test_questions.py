"""Questions take an example, a run, or a system with tokens, and refuse anything else in one line."""

import json

import pytest

import exactdyn
from exactdyn import (
    Hardmax,
    InputError,
    Softmax,
    attention_spectrum,
    check,
    compare,
    draw_graph,
    explain,
    hunt,
    itineraries,
    lead,
    limit,
    load_example,
    run,
    softmax,
    statements,
    verify,
)
from tests.command import printed

EXAMPLE = load_example("collision-on-a-line")
QUESTIONS = {
    "run": run,
    "check": check,
    "limit": limit,
    "compare": compare,
    "compare with softmax": lambda subject, **tokens: compare(subject, softmax=1, **tokens),
    "lead": lambda subject, **tokens: lead(subject, [0], **tokens),
    "itineraries": lambda subject, **tokens: itineraries(subject, 1, **tokens),
    "hunt": lambda subject, **tokens: hunt("norm-growth", subject, **tokens),
    "cells": exactdyn.cells,
    "draw_graph": lambda subject, **tokens: draw_graph(subject, 0, **tokens),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_takes_an_example_a_run_or_a_system_with_tokens(name):
    ask, tokens = QUESTIONS[name], [[1], [-1]]
    shown = [repr(ask(EXAMPLE)), repr(ask(EXAMPLE.run())), repr(ask(EXAMPLE.system, tokens=tokens))]
    assert len(set(shown)) == 1


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_refuses_a_system_without_tokens_and_what_is_no_subject(name):
    for subject in (Hardmax(), "cyclic", [[1], [2]]):
        with pytest.raises(InputError) as refused:
            QUESTIONS[name](subject)
        assert "\n" not in str(refused.value)


def test_a_run_goes_as_far_as_is_asked():
    assert run(EXAMPLE).layers == EXAMPLE.layers
    assert run(EXAMPLE.run(3), 5) == run(EXAMPLE, 5)
    assert run(EXAMPLE.run(3)).layers == 3
    with pytest.raises(InputError, match="layers: requires an integer"):
        run(EXAMPLE, -1)


def test_as_many_leaders_as_possible_are_proved_to_be_that():
    found = lead(Hardmax(alpha=1), tokens=[[1, 0], [2, 0], [3, 0]])
    assert (found.leaders, found.more.status) == ((2,), "none")
    document = verify(found.certificate).to_dict()
    assert [(claim["claim"], claim["verdict"]) for claim in document["claims"]] == [("unrealised", "holds")]
    with pytest.raises(InputError, match="only: requires leaders"):
        lead(EXAMPLE, only=True)


def test_a_hunt_names_its_parameters_where_it_refuses():
    for arguments, word in [
        ({"count": 0, "dimension": 1}, "count"),
        ({"count": 2, "dimension": 1, "dropped": ["symmetric"]}, "dropped"),
        ({}, "subject"),
        ({"count": 2, "dimension": 1, "layers": 0}, "layers"),
        ({"subject": EXAMPLE, "layers": "two"}, "layers"),
        ({"subject": EXAMPLE, "dropped": ["symmetric"]}, "dropped"),
        ({"subject": EXAMPLE, "alpha": 2}, "alpha"),
    ]:
        with pytest.raises(InputError, match=f"^{word}: "):
            hunt("norm-growth", **arguments)
    for arguments in ({"subject": EXAMPLE}, {"count": 2, "dimension": 1}):
        with pytest.raises(InputError, match=r"^statement: requires one of hull-shrinkage, "):
            hunt("nothing", **arguments)


def test_a_hunt_finds_what_the_command_line_finds():
    found = hunt("distinctness-preserved", EXAMPLE, layers=1)
    asked = ("distinctness-preserved", "--example", "collision-on-a-line", "--layers", 1, "--json")
    data = json.loads(printed("hunt", *asked))
    assert found.to_dict() == data


def test_softmax_takes_what_states_v_q_and_k():
    line = [[1], ["1/2"], [-1]]
    example = load_example("softmax-line")
    assert softmax(example, "1/4", prove=False).statements == {}
    assert softmax(Softmax(), "1/4", tokens=line).flow.time > 0
    for subject, tokens in [(EXAMPLE, None), (Softmax(), None), (example, line), (Hardmax(), line)]:
        with pytest.raises(InputError):
            softmax(subject, 1, tokens=tokens)


def test_a_spectrum_is_that_of_an_example_a_system_or_what_softmax_found():
    line, times = [[1], ["1/2"], [-1]], [0, "1/8"]
    fresh = attention_spectrum(Softmax(), times, tokens=line)
    found = softmax(Softmax(), "1/4", prove=False, tokens=line)
    again = attention_spectrum(found, times)
    assert [now.heads[0].rank for now in fresh.times] == [now.heads[0].rank for now in again.times]
    assert again.run is found.flow
    assert attention_spectrum(load_example("softmax-line"), ["1/64"]).complete
    for subject, asked, tokens, words in [
        (found, [1], None, "times: requires times from 0 to 1/4, got 1"),
        (found, times, line, "tokens: requires a system beside them"),
        (Softmax(), [0], line, "times: requires a time greater than 0"),
        (Softmax(), [], line, "times: requires a time greater than 0"),
        (Softmax(), times, None, "tokens: requires tokens beside a system"),
        (Softmax(), [0.5], line, "times: "),
        (Hardmax(), times, line, "requires an example"),
        (Softmax(step="1/2"), ["1/4", 1], line, "times: requires multiples of the step 1/2, got 1/4"),
    ]:
        with pytest.raises(InputError, match=f"^{words}"):
            attention_spectrum(subject, asked, tokens=tokens)


def test_explain_refuses_a_text_beside_reviews():
    with pytest.raises(InputError, match="text: requires that reviews"):
        explain("handmade", text="good", reviews="handmade")


def test_the_labels_of_an_example_go_with_its_run(tmp_path):
    (tmp_path / "t.csv").write_text("word,x,y\nup,1,0\ndown,0,1\nleft,-1,-1\n")
    example = load_example(tmp_path / "t.csv", alpha=1)
    for found in (run(example), run(example, 2), run(run(example, 2), 3)):
        assert found.labels == ("up", "down", "left")
        assert "<td>1 (down)</td>" in found._repr_html_()
        assert exactdyn.attention_graph(found, 0).nodes[2]["label"] == "left"
        assert "left" in draw_graph(found, 0)._repr_svg_()
        assert "left" in [text.get_text() for axes in found.plot().figure.axes for text in axes.texts]
    assert "<td>2 (left)</td>" in limit(example)._repr_html_()
    assert "left" in check(example).to_latex()
    run(example).save(tmp_path / "run.json")
    assert exactdyn.load(tmp_path / "run.json").labels == ("up", "down", "left")
    assert exactdyn.attention_graph(run(example), 0, labels=["a", "b", "c"]).nodes[0]["label"] == "a"


ASKED = {
    "lead": lambda *subject, **tokens: lead(*subject, [0], **tokens).status,
    "itineraries": lambda *subject, **tokens: itineraries(*subject, layers=1, **tokens).to_dict()["count"],
    "hunt": lambda *subject, **tokens: hunt("norm-growth", *subject, layers=1, **tokens).status,
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_what_is_asked_of_all_matrices_takes_rational_tokens_whatever_the_matrix_is(ask):
    tokens, A = [[2, 1], [0, 1], [-1, "1/3"]], [["sqrt(2)", 1], [1, 3]]
    assert ask(Hardmax(A, alpha=1), tokens=tokens) == ask(Hardmax(alpha=1), tokens=tokens)
    for subject, given in (
        (load_example("heptagon"), {}),
        (Hardmax(alpha=1), {"tokens": [["sqrt(2)"], [1]]}),
        (Hardmax(alpha="sqrt(2)"), {"tokens": tokens}),
    ):
        with pytest.raises(InputError, match="over the rationals only in this version") as caught:
            ask(subject, **given)
        assert "\n" not in str(caught.value)


def test_what_is_missing_is_named_as_python_has_it():
    with pytest.raises(
        InputError, match=r"^subject: requires an example, or count N and dimension D instead$"
    ):
        hunt("norm-growth")
    with pytest.raises(InputError, match=r"^name: requires the name of a statement"):
        statements("convergance")
    with pytest.raises(InputError, match=r"or Softmax with tokens beside it, got 'cyclic'$"):
        softmax("cyclic", 1)
    with pytest.raises(InputError, match=r"^requires the name or the path of an example, got 3$"):
        load_example(3)


def test_a_matrix_for_every_layer_is_asked_for_in_python_as_in_the_commands():
    asked = {"layer": 1, "tokens": [[4], [1], [-2]]}
    assert lead(Hardmax(alpha=1), [1], **asked).status == "none"
    found = lead(Hardmax(alpha=1), [1], **asked, each_layer=True)
    assert found.to_dict()["A"] == [[["-1"]], [["1"]]]
    with pytest.raises(InputError, match="A: requires one matrix for all layers, got 2: see matrices"):
        _ = found.A
    assert verify(found).verdict == "accepted"
    several = itineraries(Hardmax(alpha=1), 2, tokens=[[1], [-1]], each_layer=True)
    assert [len(own.matrices) for own in several.itineraries] == [2] * len(several.itineraries)
    assert verify(several).verdict == "accepted"
    with pytest.raises(InputError, match="plot: requires one matrix for all layers"):
        several.plot()


def test_a_system_with_matrices_of_its_own_may_be_asked_about_where_each_layer_has_one():
    system = Hardmax([[[1]], [[-1]], [[0]]], tau=["1/2", 1, 0], period=3)
    with pytest.raises(InputError, match="A: requires one matrix, as one for all layers is sought"):
        itineraries(system, 2, tokens=[[1], [-1]])
    found = itineraries(system, 2, tokens=[[1], [-1]], each_layer=True)
    assert verify(found).verdict == "accepted"
    for own in found.itineraries:
        run = Hardmax(own.matrices, tau=["1/2", 1], period=2).run([[1], [-1]], 1)
        assert (run.attention(0), run.attention(1)) == own.attention
