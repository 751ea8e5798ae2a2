"""Translate what Coq extracts as JSON to plain Python: ``python translate.py extracted.json NAME...``.

Printed are these functions and all that they call. Natural numbers, positive ones and integers are an
``int``, a list is a ``tuple``, an option is ``None`` or ``(x,)``, what has one constructor a ``tuple`` of its
members, else with the constructor's name in front. A function that calls itself once at most on every way,
and hands on no function, becomes a loop: no limit of recursion is met.
"""

from __future__ import annotations

import builtins
import json
import keyword
import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

Node: TypeAlias = Mapping[str, Any]
"""An expression, a pattern or a declaration as Coq writes it."""

CALLS = {
    **{"z_add": "({} + {})", "z_mul": "({} * {})", "z_sub": "({} - {})", "z_opp": "(-{})"},
    **{"z_eqb": "({} == {})", "z_leb": "({} <= {})", "z_ltb": "({} < {})", "z_max": "max({}, {})"},
    **{"n_sub": "max({} - {}, 0)", "length": "len({})", "app": "({} + {})", "repeat": "(({},) * {})"},
    **{name: name + "({})" for name in ("z_to_pos", "concat")},
    **{name: name + "({}, {})" for name in ("z_div", "z_gcd", "z_ggcd", "z_lcm", "map", "seq", "combine")},
    **{name: name + "({}, {})" for name in ("flat_map", "forallb", "existsb", "filter", "find")},
    **{name: name + "({}, {}, {})" for name in ("nth", "fold_right")},
}
"""What is Python's own: an expression, or a function of ``native.py``."""

HEADER = '''"""Generated from the proofs by ``generate.sh``; not to be edited."""

# ruff: noqa
# mypy: ignore-errors
from typing import Any

from proofs_checks.verified.native import {}
'''

PAIR = ("", "( , )", "(,)", "( * )")
CONSTANTS = {"0": "0", "1": "1", "[]": "()", "true": "True", "false": "False", "None": "None"}
NUMBERS = {"S": "({} + 1)", "Zpos": "{}", "Zneg": "(-{})", "xI": "(2 * {} + 1)", "xO": "(2 * {})"}
PATTERNS = {
    **{"0": ("{0} == 0",), "1": ("{0} == 1",), "true": ("{0}",), "false": ("not {0}",), "[]": ("not {0}",)},
    **{"S": ("{0} > 0", "({0} - 1)"), "Zpos": ("{0} > 0", "{0}"), "Zneg": ("{0} < 0", "(-{0})")},
    **{"xI": ("{0} > 1 and {0} % 2 == 1", "({0} // 2)"), "xO": ("{0} % 2 == 0", "({0} // 2)")},
    **{
        "None": ("{0} is None",),
        "Some": ("{0} is not None", "{0}[0]"),
        "( :: )": ("{0}", "{0}[0]", "{0}[1:]"),
    },
}
"""When a value is made by a constructor, and its parts."""


@dataclass
class Lines:
    """Statements being written; ``taken``: the names that are in use, those of the whole module first."""

    taken: set[str]
    depth: int = 1
    text: list[str] = field(default_factory=list)

    def put(self, line: str) -> None:
        """Add a line."""
        self.text.append("    " * self.depth + line)

    def block(self, head: str, inside: Lines) -> None:
        """Add lines under a head, or as they are without one."""
        self.text += ["    " * self.depth + head] * bool(head) + inside.text

    def inner(self, deeper: bool = True) -> Lines:
        """Return empty lines that may stand deeper, or be left out."""
        return Lines(self.taken, self.depth + deeper)

    def trial(self) -> Lines:
        """Return empty lines of the same depth that may be left out, and their names then used again."""
        return Lines({*self.taken}, self.depth)

    def name(self, wanted: str) -> str:
        """Return a new name that is like the one wanted."""
        base, count = re.sub(r"\W", "_", wanted).strip("_") or "x", 1
        name = base
        while name in self.taken or keyword.iskeyword(name) or hasattr(builtins, name):
            count += 1
            name = f"{base}_{count}"
        self.taken.add(name)
        return name

    def keep(self, value: str, wanted: str = "it") -> str:
        """Return a name for a value; an entry of what has a name stays as it is."""
        if re.fullmatch(r"\w+(\[\d+\])*", value):
            return value
        name = self.name(wanted)
        self.put(f"{name} = {value}")
        return name


class HandedOnError(Exception):
    """A function is handed on in a loop, where it would see values of later turns."""


@dataclass(frozen=True)
class Loop:
    """A function that is written as a loop: its name in Coq, and its parameters."""

    name: str
    parameters: list[str]


Scope: TypeAlias = dict[str, str]
"""The expression for every local name of Coq; for a local function, the form of a call."""


class Translator:
    """All declarations of one extraction."""

    def __init__(self, extracted: Node) -> None:
        self.terms: dict[str, Node] = {}
        self.alone = {*PAIR}
        self.named: list[str] = []
        for entry in extracted["declarations"]:
            made = [constructor["name"] for constructor in entry.get("constructors", [])]
            if len(made) == 1:
                self.alone.add(made[0])
            elif not {*made} & {*PATTERNS}:
                self.named += made
            items = [entry] if entry["what"] == "decl:term" else entry.get("fixlist", [])
            self.terms |= {item["name"]: _without_operators(item["value"]) for item in items}
        self.known = {**{name: self.form(name) for name in self.terms}, **CALLS}
        self.names = {
            *CALLS,
            *(form.partition("(")[0] for form in self.known.values()),
            "unwound",
            "unknown",
            "later",
        }
        self.used: set[str] = set()

    def form(self, name: str) -> str:
        """Return how a call of a global function is written; a constant is its name."""
        python, count = re.sub(r"\W", "_", name), len(_split(self.terms[name])[0])
        python += "_" * (keyword.iskeyword(python) or hasattr(builtins, python) or name in CALLS)
        return _form(python, count) if count else python

    def program(self, roots: Iterable[str]) -> str:
        """Return the module with these functions and all that they need."""
        texts: dict[str, str] = {}
        waiting, natives = [*roots], {"unwound", "unknown"}
        while waiting:
            name = waiting.pop()
            if name in CALLS:
                natives |= {*re.findall(r"^(\w+)\(", CALLS[name])} - {"max", "len"}
            elif name not in texts:
                self.used = set()
                texts[name] = self.definition(name)
                waiting += sorted(self.used)
        parts = [texts[name] for name in self.terms if name in texts]
        head = HEADER.format(", ".join(sorted(natives)))
        return "\n\n".join([head, f"CONSTRUCTORS = {self.named!r}\n", *parts])

    def definition(self, name: str) -> str:
        """Return the text of one function or constant."""
        parameters, body = _split(self.terms[name])
        python = self.known[name].partition("(")[0]
        out = Lines({*self.names})
        if not parameters:
            value = self.value(body, {}, out)
            return "\n".join([*map(str.strip, out.text), f"{python} = {value}\n"])
        own = [out.name(parameter) for parameter in parameters]
        self.function(name, own, body, dict(zip(parameters, own, strict=True)), out)
        return "\n".join([f"def {python}({', '.join(f'{x}: Any' for x in own)}) -> Any:", *out.text, ""])

    def function(self, name: str, own: list[str], body: Node, scope: Scope, out: Lines) -> None:
        """Write the body of a function; as a loop where it calls itself once at most, and hands on values."""
        inside = out.inner()
        if _self_calls(body, name, len(own)) == 1:
            with suppress(HandedOnError):
                self.tail(body, scope, inside, Loop(name, own))
                out.put("later = []")
                out.block("while True:", inside)
                return
        self.tail(body, scope, out, None)

    def tail(self, node: Node, scope: Scope, out: Lines, loop: Loop | None) -> None:
        """Write statements that return the value of an expression."""
        if loop is not None and (around := _around(node, loop.name)) is not None:
            node = _outermost(node, around)  # a "let" or match around the call may as well stand around all
        again, trial = loop is not None and _calls(node, loop.name), out.trial()
        first = node.get("nameval", node.get("expr"))
        if not again:
            value = self.value(node, scope, trial)
            if first is None or not trial.text:
                out.text += trial.text
                out.put(f"return {value}" if loop is None else f"return unwound(later, {value})")
                return
        if loop is not None and again and (first is None or _calls(first, loop.name)):
            self.again(node, scope, out, loop)
            return
        for condition, parts, body in self.cases(node, self.looked_at(node, scope, out)):
            inside = out.inner(bool(condition))
            own = {name: inside.keep(part, name) for name, part in parts.items() if _uses(body, name)}
            self.tail(body, scope | own, inside, loop)
            out.block(f"if {condition}:" if condition else "", inside)

    def again(self, node: Node, scope: Scope, out: Lines, loop: Loop) -> None:
        """Write the next turn of a loop, and what is still to be done with its result."""
        call = _call(node, loop.name)
        if call is not node:
            known, inside, result = {*out.taken}, out.inner(), out.name("result")
            rest = _with(node, call, {"what": "expr:rel", "name": "."})
            value = self.value(rest, {**scope, ".": result}, inside)
            words = {*re.findall(r"\w+", "\n".join([*inside.text, value]))}
            own = [f"{name}={name}" for name in sorted(words & known - self.names)]
            if inside.text:
                done = out.name("done")
                inside.put(f"return {value}")
                out.block(f"def {done}({', '.join([result, *own])}):", inside)
                out.put(f"later.append({done})")
            else:
                out.put(f"later.append(lambda {', '.join([result, *own])}: {value})")
        inside = out.inner(False)
        given = [self.value(argument, scope, inside) for argument in call["args"]]
        if any("lambda" in text or "def " in text for text in [*given, *inside.text]):
            raise HandedOnError
        out.text += inside.text
        new = [pair for pair in zip(loop.parameters, given, strict=True) if pair[0] != pair[1]]
        out.put(f"{', '.join(name for name, _ in new)} = {', '.join(value for _, value in new)}")
        out.put("continue")

    def value(self, node: Node, scope: Scope, out: Lines) -> str:
        """Return an expression, after the statements that it needs."""
        match node["what"]:
            case "expr:rel":
                return _curried(scope[node["name"]], [])
            case "expr:global":
                return self.call(node, [], scope, out)
            case "expr:constructor":
                return self.made(node["name"], [self.value(part, scope, out) for part in node["args"]])
            case "expr:lambda":
                return self.anonymous(node, scope, out)
            case "expr:apply":
                return self.call(node["func"], node["args"], scope, out)
            case "expr:let" | "expr:case":
                return self.chosen(node, scope, out)
            case "expr:fix":
                return _curried(self.local(node, scope, out), [])
            case "unknown":
                return f"unknown({node['value']})"
        raise SystemExit(f"not known: {json.dumps(node)[:200]}")

    def call(self, function: Node, given: list[Node], scope: Scope, out: Lines) -> str:
        """Return a call; where arguments are missing, a function of these."""
        name = function.get("name", "")
        match function["what"]:
            case "expr:global":
                self.used.add(name)
                form = self.known[name]
            case "expr:rel":
                form = scope[name]
            case "expr:fix":
                form = self.local(function, scope, out)
            case _:
                form = self.value(function, scope, out)
        arguments = [self.value(argument, scope, out) for argument in given]
        if len(arguments) < form.count("{}"):
            arguments = [out.keep(argument) for argument in arguments]
        return _curried(form, arguments)

    def anonymous(self, node: Node, scope: Scope, out: Lines) -> str:
        """Return a function that takes one argument after the other."""
        trial = out.trial()
        own = {name: trial.name(name) for name in node["argnames"]}
        value = self.value(node["body"], scope | own, trial)
        if not trial.text:
            return f"({''.join(f'lambda {name}: ' for name in own.values())}{value})"
        own = {name: out.name(name) for name in node["argnames"]}
        name, inside = out.name("function"), out.inner()
        self.tail(node["body"], scope | own, inside, None)
        out.block(f"def {name}({', '.join(own.values())}):", inside)
        return _curried(_form(name, len(own)), [])

    def local(self, node: Node, scope: Scope, out: Lines) -> str:
        """Write a function that calls itself within another one; return how a call is written."""
        (item,) = node["funcs"]
        parameters, body = _split(item["body"])
        own = {name: out.name(name) for name in [item["name"], *parameters]}
        python, *names = own.values()
        form, inside = _form(python, len(names)), out.inner()
        self.function(item["name"], names, body, scope | own | {item["name"]: form}, inside)
        out.block(f"def {python}({', '.join(names)}):", inside)
        return form

    def chosen(self, node: Node, scope: Scope, out: Lines) -> str:
        """Return the value of a "let", or of the case that applies."""
        value, texts = self.looked_at(node, scope, out), list[tuple[str, str]]()
        trial = out.trial()
        for condition, parts, body in self.cases(node, value):
            texts.append((condition, self.value(body, scope | parts, trial)))
        if not trial.text:
            return _conditional(texts)
        name, word = out.name("found"), "if"
        for condition, parts, body in self.cases(node, value):
            inside = out.inner()
            own = {coq: inside.keep(part, coq) for coq, part in parts.items() if _uses(body, coq)}
            inside.put(f"{name} = {self.value(body, scope | own, inside)}")
            out.block(f"{word} {condition}:" if condition else "else:", inside)
            word = "elif"
        return name

    def looked_at(self, node: Node, scope: Scope, out: Lines) -> str:
        """Return the value that a "let" names, or a match looks at; what is true or false needs no name."""
        value = self.value(node.get("nameval", node.get("expr")), scope, out)
        decides = any(case["pat"].get("name") in ("true", "false") for case in node.get("cases", []))
        return value if decides else out.keep(value, node.get("name", "it"))

    def cases(self, node: Node, value: str) -> Iterator[tuple[str, Scope, Node]]:
        """Go through the cases of a match: when each applies, what its pattern names, and what it gives.

        A "let" is one case. The last one applies where no other does; where constructors have names, nothing
        but the last one's applies then, or what is given is no value of the type: that is an error.
        """
        if node["what"] == "expr:let":
            yield "", {node["name"]: value}, node["body"]
            return
        for place, case in enumerate(node["cases"], start=1):
            pattern, condition, parts = case["pat"], "", [value]
            names = pattern.get("argnames", [pattern["name"]] if "name" in pattern else [])
            if pattern["what"] == "pat:constructor":
                condition, *parts = self.pattern(pattern["name"], value, len(names))
            named = condition.endswith("'")
            last = not condition or (place == len(node["cases"]) and not named)
            yield "" if last else condition, dict(zip(names, parts, strict=False)), case["body"]
            if last:
                return
        yield "", {}, {"what": "unknown", "value": value}

    def pattern(self, name: str, value: str, count: int) -> list[str]:
        """Return when a value is made by this constructor, and its parts."""
        if name in PATTERNS:
            return [text.format(value) for text in PATTERNS[name]]
        first = 0 if name in self.alone else 1
        parts = [f"{value}[{place + first}]" for place in range(count)]
        return ["" if name in self.alone else f"{value}[0] == {name!r}", *parts]

    def made(self, name: str, parts: list[str]) -> str:
        """Return what a constructor makes of its parts."""
        if name in CONSTANTS:
            return CONSTANTS[name]
        if name in NUMBERS:
            return NUMBERS[name].format(*parts)
        if name == "( :: )":
            return f"({parts[0]}, *{parts[1]})" if parts[1] != "()" else f"({parts[0]},)"
        own = [] if name in self.alone or name == "Some" else [repr(name)]
        return f"({', '.join([*own, *parts])}{',' * (len(own + parts) == 1)})"


def _form(name: str, count: int) -> str:
    return f"{name}({', '.join(['{}'] * count)})"


def _curried(form: str, given: list[str]) -> str:
    # A call; its result takes what is too much, and what is missing is waited for, one after the other.
    count = form.count("{}")
    more = [f"_{place}" for place in range(len(given), count)]
    if not given and count == 1 and form.endswith("({})"):
        return form.removesuffix("({})")
    head = form.format(*given[:count], *more)
    heads = "".join(f"lambda {name}: " for name in more)
    return f"({heads}{head})" if more else head + "".join(f"({argument})" for argument in given[count:])


def _conditional(texts: list[tuple[str, str]]) -> str:
    # The value of the first condition that is true; the last one is always.
    match texts:
        case [(_, only)]:
            return only
        case [(condition, value), (_, "False")]:
            return f"({condition} and {value})"
        case [(condition, "True"), (_, value)]:
            return f"({condition} or {value})"
    *some, (_, last) = texts
    return "(" + "".join(f"{value} if {condition} else " for condition, value in some) + f"{last})"


def _split(node: Node) -> tuple[list[str], Node]:
    return (node["argnames"], node["body"]) if node["what"] == "expr:lambda" else ([], node)


def _parts(node: Any) -> Iterator[Node]:
    if isinstance(node, dict):
        yield node
    for part in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from _parts(part)


def _uses(node: Node, name: str) -> bool:
    return any(part.get("what") == "expr:rel" and part["name"] == name for part in _parts(node))


def _is(node: Node, name: str) -> bool:
    return node.get("what") in ("expr:rel", "expr:global") and node["name"] == name


def _calls(node: Node, name: str) -> bool:
    return any(_is(part, name) for part in _parts(node))


def _call(node: Node, name: str) -> Node:
    return next(part for part in _parts(node) if part.get("what") == "expr:apply" and _is(part["func"], name))


def _self_calls(node: Node, name: str, arity: int) -> int:
    # How often a function calls itself on one way through it, at most; 2 where it is no plain call.
    def count(part: Node) -> int:
        return _self_calls(part, name, arity)

    what = node["what"]
    if not _calls(node, name):
        return 0
    if what == "expr:case":
        return count(node["expr"]) + max(count(case["body"]) for case in node["cases"])
    if what == "expr:let":
        return count(node["nameval"]) + count(node["body"])
    if what == "expr:apply":
        own = _is(node["func"], name) and len(node["args"]) == arity
        return own + sum(map(count, node["args"] if own else [node["func"], *node["args"]]))
    return sum(map(count, node["args"])) if what == "expr:constructor" else 2


def _around(node: Node, name: str) -> Node | None:
    # The outermost "let" or match of which a case has the call, unless it is outermost already.
    def has(part: Node) -> bool:
        inside = [part.get("body"), *(case["body"] for case in part.get("cases", []))]
        return part["what"] in ("expr:let", "expr:case") and any(
            _calls(body, name) for body in inside if body
        )

    return next((part for part in _parts(node) if "what" in part and has(part)), None)


def _outermost(node: Node, inner: Node) -> Node:
    # The same expression with an inner "let" or match outermost: names are bound once in what Coq writes.
    if "cases" in inner:
        cases = [{**case, "body": _with(node, inner, case["body"])} for case in inner["cases"]]
        return {**inner, "cases": cases}
    return {**inner, "body": _with(node, inner, inner["body"])}


def _with(node: Any, old: Node, new: Node) -> Any:
    if node is old:
        return new
    if isinstance(node, dict):
        return {key: _with(part, old, new) for key, part in node.items()}
    return [_with(part, old, new) for part in node] if isinstance(node, list) else node


def _without_operators(node: Any) -> Any:
    # "and" and "or" as matches: the second part is looked at only where it counts.
    if isinstance(node, list):
        return [_without_operators(part) for part in node]
    if not isinstance(node, dict):
        return node
    node = {key: _without_operators(part) for key, part in node.items()}
    name = node["func"].get("name") if node.get("what") == "expr:apply" else None
    if name not in ("(&&)", "(||)"):
        return node
    first, second = node["args"]
    known: Node = {"what": "expr:constructor", "name": "false" if name == "(&&)" else "true", "args": []}
    ways = {"true": second, "false": known} if name == "(&&)" else {"true": known, "false": second}
    return {
        "what": "expr:case",
        "expr": first,
        "cases": [
            {"what": "case", "pat": {"what": "pat:constructor", "name": way, "argnames": []}, "body": body}
            for way, body in ways.items()
        ],
    }


if __name__ == "__main__":
    extracted = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    print(Translator(extracted).program(sys.argv[2:]), end="")
