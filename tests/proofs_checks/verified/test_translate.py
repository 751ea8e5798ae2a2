"""The translator, on functions written by hand as Coq would write them; Coq is not needed."""

from __future__ import annotations

from typing import Any

import pytest

from proofs_checks.verified.translate import Translator


def rel(name: str) -> dict[str, Any]:
    return {"what": "expr:rel", "name": name}


def call(name: str, *arguments: Any) -> dict[str, Any]:
    return {"what": "expr:apply", "func": {"what": "expr:global", "name": name}, "args": list(arguments)}


def made(name: str, *parts: Any) -> dict[str, Any]:
    return {"what": "expr:constructor", "name": name, "args": list(parts)}


def function(*names: str, body: Any) -> dict[str, Any]:
    return {"what": "expr:lambda", "argnames": list(names), "body": body}


def match(value: Any, *cases: tuple[str, list[str], Any]) -> dict[str, Any]:
    patterns = [
        ({"what": "pat:constructor", "name": name, "argnames": names}, body) for name, names, body in cases
    ]
    return {
        "what": "expr:case",
        "expr": value,
        "cases": [{"what": "case", "pat": p, "body": b} for p, b in patterns],
    }


def python(name: str, value: Any, *others: tuple[str, Any]) -> Any:
    declared = [
        {"what": "decl:term", "name": name, "value": value} for name, value in [*others, (name, value)]
    ]
    text = Translator({"declarations": declared}).program([name])
    space: dict[str, Any] = {}
    exec(text, space)
    return space[name], text


NUMBER = made("S", made("0"))


def test_a_function_that_calls_itself_is_a_loop_that_no_limit_of_recursion_stops() -> None:
    # sum n = match n with 0 => 0 | S m => n + sum m end
    body = match(
        rel("n"), ("0", [], made("0")), ("S", ["m"], call("z_add", rel("n"), call("total", rel("m"))))
    )
    total, text = python("total", function("n", body=body))
    assert "while True" in text
    assert total(10_000) == 50_005_000


def test_what_is_left_to_do_sees_the_values_of_its_own_turn() -> None:
    # rev-free copy: match l with [] => [] | x :: t => let y := x + 1 in y :: copy t end
    later = {
        "what": "expr:let",
        "name": "y",
        "nameval": call("z_add", rel("x"), NUMBER),
        "body": made("( :: )", rel("y"), call("copy", rel("t"))),
    }
    copy, _ = python(
        "copy", function("l", body=match(rel("l"), ("[]", [], made("[]")), ("( :: )", ["x", "t"], later)))
    )
    assert copy((1, 2, 3)) == (2, 3, 4)


def test_a_match_around_the_call_of_itself_is_taken_outside() -> None:
    # depth l k = match l with [] => k | x :: t => S (match x with true => depth t 0 | false => depth t k end)
    inner = match(
        rel("x"), ("true", [], call("f", rel("t"), made("0"))), ("false", [], call("f", rel("t"), rel("k")))
    )
    body = match(rel("l"), ("[]", [], rel("k")), ("( :: )", ["x", "t"], made("S", inner)))
    f, _ = python("f", function("l", "k", body=body))
    assert f((False, False), 5) == 7
    assert f((False, True), 5) == 2


def test_two_calls_of_itself_stay_calls() -> None:
    # fib n = match n with 0 => 0 | S m => match m with 0 => 1 | S k => fib m + fib k end end
    body = match(
        rel("m"), ("0", [], NUMBER), ("S", ["k"], call("z_add", call("fib", rel("m")), call("fib", rel("k"))))
    )
    fib, text = python("fib", function("n", body=match(rel("n"), ("0", [], made("0")), ("S", ["m"], body))))
    assert "while" not in text
    assert fib(20) == 6765


def test_and_and_or_look_at_their_second_part_only_where_it_counts() -> None:
    fails = match(rel("x"), ("( :: )", ["y", "t"], rel("y")))
    both, _ = python(
        "both", function("x", body=call("(&&)", call("z_eqb", call("length", rel("x")), NUMBER), fails))
    )
    assert both((True,)) is True
    assert both(()) is False


def test_missing_arguments_are_waited_for_and_constants_are_values() -> None:
    add = call("z_add", NUMBER)
    mapped, _ = python("mapped", function("l", body=call("map", add, rel("l"))))
    assert mapped((1, 2)) == (2, 3)
    two, _ = python("two", call("z_add", rel_global("one"), NUMBER), ("one", NUMBER))
    assert two == 2


def rel_global(name: str) -> dict[str, Any]:
    return {"what": "expr:global", "name": name}


def test_names_that_python_has_are_left_to_it() -> None:
    value, text = python("second", function("list", "lambda'", body=rel("lambda'")))
    assert value(1, 2) == 2
    assert "list_2" in text


def test_numbers_have_the_patterns_of_coq() -> None:
    # Z: sign; positive: binary digits
    sign, _ = python(
        "sign",
        function(
            "z",
            body=match(rel("z"), ("0", [], made("0")), ("Zpos", ["p"], rel("p")), ("Zneg", ["p"], rel("p"))),
        ),
    )
    assert [sign(z) for z in (-3, 0, 3)] == [3, 0, 3]
    half, _ = python(
        "half",
        function(
            "p", body=match(rel("p"), ("xI", ["q"], rel("q")), ("xO", ["q"], rel("q")), ("1", [], made("0")))
        ),
    )
    assert [half(p) for p in (1, 2, 3, 4, 5, 12)] == [0, 1, 1, 2, 2, 6]


def test_a_function_that_hands_on_functions_is_no_loop() -> None:
    again = call("f", rel("m"), function("x", body=rel("m")))
    body = match(rel("n"), ("0", [], rel("g")), ("S", ["m"], again))
    f, text = python("f", function("n", "g", body=body))
    assert "while" not in text
    assert f(3, None)(9) == 0


def test_what_is_not_known_is_refused() -> None:
    with pytest.raises(SystemExit, match="not known"):
        python("f", {"what": "expr:magic"})


def test_a_name_that_no_constructor_has_is_an_error_and_not_the_last_case() -> None:
    cases = [("Red", [], NUMBER), ("Green", [], made("0"))]
    for body in (match(rel("c"), *cases), call("z_add", NUMBER, match(rel("c"), *cases))):
        f, _ = python("f", function("c", body=body))
        f(("Green",))
        with pytest.raises(ValueError, match="not a value of Coq: Blue"):
            f(("Blue",))
