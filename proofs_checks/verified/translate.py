"""Translate what Coq extracts as JSON to plain Python.

``python translate.py extracted.json NAME... > checker.py``: these functions and all that they call. A natural
number, a positive one and an integer are an ``int``, a list is a ``tuple``, an option is ``None`` or ``(x,)``,
a record a ``tuple`` of its members, any other constructor a ``tuple`` with its name in front. A function that
calls itself once becomes a loop, so that Python's limit of recursion is never met.
"""

from __future__ import annotations

import builtins
import json
import keyword
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

Node: TypeAlias = Mapping[str, Any]
"""An expression, a pattern or a declaration as Coq writes it."""

INLINE = {
    "z_add": "({} + {})", "z_mul": "({} * {})", "z_sub": "({} - {})", "z_opp": "(-{})", "z_eqb": "({} == {})",
    "z_leb": "({} <= {})", "z_ltb": "({} < {})", "z_max": "max({}, {})", "n_sub": "max({} - {}, 0)",
    "length": "len({})", "app": "({} + {})", "repeat": "(({},) * {})",
}  # fmt: skip
"""Written as an expression of Python."""

NATIVE = {
    "z_div": 2, "z_gcd": 2, "z_ggcd": 2, "z_lcm": 2, "z_to_pos": 1, "nth": 3, "map": 2, "seq": 2, "combine": 2,
    "concat": 1, "flat_map": 2, "fold_right": 3, "forallb": 2, "existsb": 2, "filter": 2, "find": 2,
}  # fmt: skip
"""Functions of ``native.py``, each with the number of its arguments."""

HEADER = '''"""Generated from the proofs by ``translate.py``; not to be edited."""

# ruff: noqa
# mypy: ignore-errors
from proofs_checks.verified.native import unwound, {names}
'''

PAIRS = ("", "( , )", "(,)", "( * )")
ATOM = re.compile(r"[A-Za-z_]\w*(\[\d+\])*")


@dataclass
class Lines:
    """Statements being written, and the names that are taken."""

    taken: set[str]
    depth: int = 1
    text: list[str] = field(default_factory=list)

    def put(self, line: str) -> None:
        """Add a line."""
        self.text.append("    " * self.depth + line)

    def inner(self, depth: int = 0) -> Lines:
        """Return what holds lines that may be left out, or stand deeper."""
        return Lines(self.taken, self.depth + depth)

    def name(self, wanted: str) -> str:
        """Return a name that is not taken yet."""
        base = re.sub(r"\W", "_", wanted)
        found = base if base != "_" else "x"
        count = 1
        while found in self.taken or keyword.iskeyword(found) or hasattr(builtins, found):
            count += 1
            found = f"{base}_{count}"
        self.taken.add(found)
        return found

    def keep(self, value: str, wanted: str = "it") -> str:
        """Return a name for a value, or the value where it is no more than a name."""
        if ATOM.fullmatch(value):
            return value
        name = self.name(wanted)
        self.put(f"{name} = {value}")
        return name


@dataclass(frozen=True)
class Function:
    """A function under its Python name, and how many arguments a call gives."""

    name: str
    arity: int


@dataclass(frozen=True)
class Loop:
    """A function that calls itself at most once on every way: its name in Coq, and its parameters."""

    name: str
    parameters: tuple[str, ...]
    nested: bool


Scope: TypeAlias = dict[str, "str | Function"]


class Translator:
    """All declarations of one extraction."""

    def __init__(self, extracted: Node) -> None:
        declared = extracted["declarations"]
        self.terms = {entry["name"]: entry["value"] for entry in declared if entry["what"] == "decl:term"}
        groups = [entry["fixlist"] for entry in declared if entry["what"] == "decl:fixgroup"]
        self.terms |= {entry["name"]: entry["value"] for group in groups for entry in group}
        kinds = [entry["constructors"] for entry in declared if entry["what"] == "decl:ind"]
        self.alone = {kind[0]["name"] for kind in kinds if len(kind) == 1}
        self.order = [name for entry in declared for name in _names(entry)]
        self.globals = {self.python(name) for name in self.terms} | {*NATIVE, "unwound", "later"}
        self.used: set[str] = set()

    def program(self, roots: Iterable[str]) -> str:
        """Return the module with these functions and all that they need."""
        texts: dict[str, str] = {}
        waiting, natives = list(roots), set[str]()
        while waiting:
            name = waiting.pop()
            if name in NATIVE:
                natives.add(name)
            if name in texts or name in NATIVE or name in INLINE or name in ("(&&)", "(||)"):
                continue
            self.used = set()
            texts[name] = self.definition(name)
            waiting += sorted(self.used)
        body = "\n\n".join(texts[name] for name in self.order if name in texts)
        return f"{HEADER.format(names=', '.join(sorted(natives)))}\n\n{body}\n"

    def definition(self, name: str) -> str:
        """Return the text of one function or constant."""
        parameters, body = _split(self.terms[name])
        out = Lines(set(self.globals))
        if not parameters:
            value = self.value(body, {}, out)
            return "\n".join([line.strip() for line in out.text] + [f"{self.python(name)} = {value}"])
        own = [out.name(parameter) for parameter in parameters]
        self.function(Function(self.python(name), len(own)), name, own, body, dict(zip(parameters, own, strict=True)), out)
        return f"def {self.python(name)}({', '.join(own)}):\n" + "\n".join(out.text)

    def function(self, made: Function, name: str, own: list[str], body: Node, scope: Scope, out: Lines) -> None:
        """Write the body of a function; as a loop where it calls itself, and nowhere within another function."""
        if _self_calls(body, name, len(own)) != 1:
            self.tail(body, scope, out, None)
            return
        loop = Loop(name, tuple(own), _waits(body, name))
        if loop.nested:
            out.put("later = []")
        out.put("while True:")
        inside = out.inner(1)
        self.tail(body, scope, inside, loop)
        out.text += inside.text

    def tail(self, node: Node, scope: Scope, out: Lines, loop: Loop | None) -> None:
        """Write statements that end with the value of an expression being returned."""
        what = node["what"]
        if what == "expr:let":
            name = out.name(node["name"])
            out.put(f"{name} = {self.value(node['nameval'], scope, out)}")
            self.tail(node["body"], {**scope, node["name"]: name}, out, loop)
        elif what == "expr:case" and not (loop and _calls(node["expr"], loop.name)):
            scrutinee = out.keep(self.value(node["expr"], scope, out))
            for case, (condition, parts) in self.cases(node, scrutinee):
                inside = out.inner(1 if condition else 0)
                if condition:
                    out.put(f"if {condition}:")
                own = {coq: self.bound(part, coq, inside) for coq, part in parts.items() if _free(case["body"], coq)}
                self.tail(case["body"], scope | own, inside, loop)
                out.text += inside.text
        elif loop is None or not _calls(node, loop.name):
            value = self.value(node, scope, out)
            out.put(f"return unwound(later, {value})" if loop and loop.nested else f"return {value}")
        elif (operator := _operator(node)) and not _calls(node["args"][0], loop.name):
            first = self.value(node["args"][0], scope, out)
            test, result = (f"not {first}", "False") if operator == "(&&)" else (first, "True")
            out.put(f"if {test}:")
            out.put(f"    return unwound(later, {result})" if loop.nested else f"    return {result}")
            self.tail(node["args"][1], scope, out, loop)
        else:
            self.again(node, scope, out, loop)

    def again(self, node: Node, scope: Scope, out: Lines, loop: Loop) -> None:
        """Write the next turn of a loop, and what is still to be done with its result."""
        call = _call(node, loop.name)
        binder = _binder(node, call)
        if binder is not None:
            self.tail(_lifted(node, binder), scope, out, loop)
            return
        if call is not node:
            before = out.taken - self.globals
            rest, result = out.inner(1), out.name("result")
            hole = {"what": "expr:rel", "name": "result "}
            value = self.value(_with(node, call, hole), {**scope, "result ": result}, rest)
            kept = sorted(before & set(re.findall(r"\w+", "\n".join([*rest.text, value]))))
            given = "".join(f", {name}={name}" for name in kept)
            if rest.text:
                done = out.name("done")
                out.put(f"def {done}({result}{given}):")
                out.text += [*rest.text, "    " * rest.depth + f"return {value}"]
                out.put(f"later.append({done})")
            else:
                out.put(f"later.append(lambda {result}{given}: {value})")
        inside = out.inner()
        arguments = [self.value(argument, scope, inside) for argument in call["args"]]
        if "lambda" in " ".join(arguments) or any("def " in line for line in inside.text):
            raise SystemExit(f"{loop.name}: a function is handed on in a loop")  # it would see later values
        out.text += inside.text
        changed = [pair for pair in zip(loop.parameters, arguments, strict=True) if pair[0] != pair[1]]
        out.put(f"{', '.join(name for name, _ in changed)} = {', '.join(value for _, value in changed)}")
        out.put("continue")

    def bound(self, part: str, name: str, out: Lines) -> str:
        """Return the name of a part of a value; what is no more than an entry stays as it is."""
        return out.keep(part, name)

    def value(self, node: Node, scope: Scope, out: Lines) -> str:
        """Return an expression, after the statements that it needs."""
        what = node["what"]
        if what == "expr:rel":
            found = scope[node["name"]]
            return found if isinstance(found, str) else self.curried(found.arity, found.name + "({})")
        if what == "expr:global":
            return self.globally(node["name"])
        if what == "expr:constructor":
            return self.constructed(node["name"], [self.value(part, scope, out) for part in node["args"]])
        if what == "expr:lambda":
            return self.anonymous(node, scope, out)
        if what == "expr:apply":
            return self.applied(node, scope, out)
        if what == "expr:let":
            name = out.name(node["name"])
            out.put(f"{name} = {self.value(node['nameval'], scope, out)}")
            return self.value(node["body"], {**scope, node["name"]: name}, out)
        if what == "expr:case":
            return self.chosen(node, scope, out)
        if what == "expr:fix":
            made = self.local(node, scope, out)
            return self.curried(made.arity, made.name + "({})")
        raise SystemExit(f"not known: {json.dumps(node)[:200]}")

    def anonymous(self, node: Node, scope: Scope, out: Lines) -> str:
        """Return a function that takes one argument after the other."""
        own = {name: out.name(name) for name in node["argnames"]}
        heads = "".join(f"lambda {name}: " for name in own.values())
        inside = out.inner(1)
        value = self.value(node["body"], scope | own, inside)
        if not inside.text:
            return f"({heads}{value})"
        name, inside = out.name("function"), out.inner(1)
        self.tail(node["body"], scope | own, inside, None)
        out.put(f"def {name}({', '.join(own.values())}):")
        out.text += inside.text
        return name if len(own) == 1 else self.curried(len(own), name + "({})")

    def local(self, node: Node, scope: Scope, out: Lines) -> Function:
        """Return a function that is defined within another one and calls itself."""
        (item,) = node["funcs"]
        parameters, body = _split(item["body"])
        made = Function(out.name(item["name"]), len(parameters))
        own = {name: out.name(name) for name in parameters}
        inside = out.inner(1)
        within = scope | {item["name"]: made} | own
        self.function(made, item["name"], list(own.values()), body, within, inside)
        out.put(f"def {made.name}({', '.join(own.values())}):")
        out.text += inside.text
        return made

    def applied(self, node: Node, scope: Scope, out: Lines) -> str:
        """Return a call."""
        function, given = node["func"], node["args"]
        if (operator := _operator(node)) is not None:
            return self.short(operator, given, scope, out)
        known = scope.get(function["name"]) if function["what"] == "expr:rel" else None
        if function["what"] == "expr:fix":
            known = self.local(function, scope, out)
        arguments = [self.value(argument, scope, out) for argument in given]
        if isinstance(known, Function) and len(arguments) == known.arity:
            return f"{known.name}({', '.join(arguments)})"
        if function["what"] == "expr:global":
            arity, form = self.form(function["name"])
            if arity and len(arguments) >= arity:
                head = form(arguments[:arity])
                return head + "".join(f"({argument})" for argument in arguments[arity:])
            if arity:
                kept = [out.keep(argument) for argument in arguments]
                more = [out.name("more") for _ in range(arity - len(kept))]
                return f"({''.join(f'lambda {name}: ' for name in more)}{form([*kept, *more])})"
        return self.value(function, scope, out) + "".join(f"({argument})" for argument in arguments)

    def short(self, operator: str, given: list[Node], scope: Scope, out: Lines) -> str:
        """Return "and" or "or", whose second part is looked at only where it counts."""
        first, inside = self.value(given[0], scope, out), out.inner(1)
        second = self.value(given[1], scope, inside)
        if not inside.text:
            return f"({first} {'and' if operator == '(&&)' else 'or'} {second})"
        name = out.name("so")
        out.put(f"{name} = {first}")
        out.put(f"if {name}:" if operator == "(&&)" else f"if not {name}:")
        out.text += [*inside.text, "    " * inside.depth + f"{name} = {second}"]
        return name

    def chosen(self, node: Node, scope: Scope, out: Lines) -> str:
        """Return the value of the case that applies."""
        scrutinee = out.keep(self.value(node["expr"], scope, out))
        values, plain = [], True
        for case, (condition, parts) in self.cases(node, scrutinee):
            inside = out.inner(1)
            values.append((condition, self.value(case["body"], scope | parts, inside)))
            plain = plain and not inside.text
        if plain:
            *some, (_, last) = values
            return "(" + "".join(f"{value} if {condition} else " for condition, value in some) + f"{last})"
        name, word = out.name("found"), "if"
        for case, (condition, parts) in self.cases(node, scrutinee):
            inside = out.inner(1)
            own = {coq: self.bound(part, coq, inside) for coq, part in parts.items() if _free(case["body"], coq)}
            value = self.value(case["body"], scope | own, inside)
            out.put(f"{word} {condition}:" if condition else "else:")
            out.text += [*inside.text, "    " * inside.depth + f"{name} = {value}"]
            word = "elif"
        return name

    def cases(self, node: Node, value: str) -> Iterator[tuple[Node, tuple[str, dict[str, str]]]]:
        """Go through the cases of a match: when each applies, and the parts that its pattern names."""
        last = len(node["cases"]) - 1
        for place, case in enumerate(node["cases"]):
            pattern = case["pat"]
            if pattern["what"] == "pat:constructor":
                condition, parts = self.pattern(pattern["name"], value, len(pattern["argnames"]))
                named = dict(zip(pattern["argnames"], parts, strict=True))
            else:
                condition, named = "", {pattern["name"]: value} if pattern["what"] == "pat:rel" else {}
            yield case, ("" if place == last else condition, named)
            if not condition:
                return

    def pattern(self, name: str, value: str, count: int) -> tuple[str, list[str]]:
        """Return when a value is made by this constructor, and its parts."""
        known: dict[str, tuple[str, list[str]]] = {
            "0": (f"{value} == 0", []), "S": (f"{value} > 0", [f"({value} - 1)"]), "1": (f"{value} == 1", []),
            "Zpos": (f"{value} > 0", [value]), "Zneg": (f"{value} < 0", [f"(-{value})"]),
            "xI": (f"{value} > 1 and {value} % 2 == 1", [f"({value} // 2)"]), "xO": (f"{value} % 2 == 0", [f"({value} // 2)"]),
            "true": (value, []), "false": (f"not {value}", []),
            "None": (f"{value} is None", []), "Some": (f"{value} is not None", [f"{value}[0]"]),
            "[]": (f"not {value}", []), "( :: )": (value, [f"{value}[0]", f"{value}[1:]"]),
        }  # fmt: skip
        if name in known:
            return known[name]
        if name in self.alone or name in PAIRS:
            return "True", [f"{value}[{place}]" for place in range(count)]
        return f"{value}[0] == {name!r}", [f"{value}[{place + 1}]" for place in range(count)]

    def constructed(self, name: str, parts: list[str]) -> str:
        """Return what a constructor makes of its parts."""
        known = {"0": "0", "1": "1", "[]": "()", "true": "True", "false": "False", "None": "None"}
        if name in known:
            return known[name]
        if name in ("S", "Zpos", "Zneg", "xI", "xO"):
            text = {"S": "({} + 1)", "Zpos": "{}", "Zneg": "(-{})", "xI": "(2 * {} + 1)", "xO": "(2 * {})"}[name].format(*parts)
            return str(eval(text)) if re.fullmatch(r"[\d\s()+*-]+", text) else text
        if name == "( :: )":
            first, rest = parts
            return f"({first},)" if rest == "()" else f"({first}, *{rest})"
        own = [] if name in self.alone or name in PAIRS or name == "Some" else [repr(name)]
        return f"({', '.join([*own, *parts])}{',' if len(own + parts) == 1 else ''})"

    def globally(self, name: str) -> str:
        """Return a function or constant as a value."""
        arity, form = self.form(name)
        return form([]) if not arity else self.curried_form(arity, form)

    def form(self, name: str) -> tuple[int, Callable[[list[str]], str]]:
        """Return how many arguments a function takes, and how a call of it is written."""
        if name in INLINE:
            return INLINE[name].count("{}"), lambda given: INLINE[name].format(*given)
        self.used.add(name)
        arity = NATIVE[name] if name in NATIVE else len(_split(self.terms[name])[0])
        python = name if name in NATIVE else self.python(name)
        return arity, lambda given: f"{python}({', '.join(given)})" if arity else python

    def curried(self, arity: int, text: str) -> str:
        """Return a function as a value: it takes one argument after the other."""
        return self.curried_form(arity, lambda given: text.format(", ".join(given)))

    def curried_form(self, arity: int, form: Callable[[list[str]], str]) -> str:
        """Return the same, given how a call is written."""
        if arity == 1 and (whole := re.fullmatch(r"(\w+)\(_\)", form(["_"]))):
            return whole[1]
        names = [f"_{place}" for place in range(arity)]
        return f"({''.join(f'lambda {name}: ' for name in names)}{form(names)})"

    def python(self, name: str) -> str:
        """Return the name of a global function in Python."""
        found = re.sub(r"\W", "_", name)
        return f"{found}_" if keyword.iskeyword(found) or hasattr(builtins, found) else found


def _names(entry: Node) -> list[str]:
    if entry["what"] == "decl:fixgroup":
        return [item["name"] for item in entry["fixlist"]]
    return [entry["name"]] if entry["what"] == "decl:term" else []


def _split(node: Node) -> tuple[list[str], Node]:
    return (node["argnames"], node["body"]) if node["what"] == "expr:lambda" else ([], node)


def _parts(node: Any) -> Iterator[Node]:
    if isinstance(node, dict):
        yield node
        for part in node.values():
            yield from _parts(part)
    elif isinstance(node, list):
        for part in node:
            yield from _parts(part)


def _named(node: Node, name: str) -> bool:
    return node.get("what") in ("expr:rel", "expr:global") and node.get("name") == name


def _free(node: Node, name: str) -> bool:
    return any(part.get("what") == "expr:rel" and part["name"] == name for part in _parts(node))


def _calls(node: Node, name: str) -> bool:
    return any(_named(part, name) for part in _parts(node))


def _self_calls(node: Node, name: str, arity: int) -> int:
    # How often a function calls itself on one way through it, at most; 2 where it is no plain call.
    what = node["what"]
    if not _calls(node, name):
        return 0
    if what == "expr:case":
        ways = max(_self_calls(case["body"], name, arity) for case in node["cases"])
        return _self_calls(node["expr"], name, arity) + ways
    if what == "expr:let":
        return _self_calls(node["nameval"], name, arity) + _self_calls(node["body"], name, arity)
    if what == "expr:apply":
        own = _named(node["func"], name) and len(node["args"]) == arity
        others = node["args"] if own else [node["func"], *node["args"]]
        return own + sum(_self_calls(part, name, arity) for part in others)
    if what == "expr:constructor":
        return sum(_self_calls(part, name, arity) for part in node["args"])
    return 2


def _operator(node: Node) -> str | None:
    called = node["func"].get("name") if node["what"] == "expr:apply" else None
    return called if called in ("(&&)", "(||)") and len(node["args"]) == 2 else None


def _waits(node: Node, name: str) -> bool:
    # Whether something is left to do after a call of itself.
    if not _calls(node, name):
        return False
    if node["what"] == "expr:case" and not _calls(node["expr"], name):
        return any(_waits(case["body"], name) for case in node["cases"])
    if node["what"] == "expr:let" and not _calls(node["nameval"], name):
        return _waits(node["body"], name)
    if _operator(node) and not _calls(node["args"][0], name):
        return _waits(node["args"][1], name)
    return not (node["what"] == "expr:apply" and _named(node["func"], name))


def _call(node: Node, name: str) -> Node:
    return next(part for part in _parts(node) if part.get("what") == "expr:apply" and _named(part["func"], name))


def _binder(node: Node, call: Node) -> Node | None:
    # The outermost "let" or match with the call in what it binds names for.
    for part in _parts(node):
        inside = [part["body"]] if part.get("what") == "expr:let" else [case["body"] for case in part.get("cases", [])]
        if any(call is found for body in inside for found in _parts(body)):
            return part
    return None


def _lifted(node: Node, binder: Node) -> Node:
    # The same with that "let" or match outermost; names are bound once in what Coq writes.
    if binder["what"] == "expr:let":
        return {**binder, "body": _with(node, binder, binder["body"])}
    cases = [{**case, "body": _with(node, binder, case["body"])} for case in binder["cases"]]
    return {**binder, "cases": cases}


def _with(node: Any, old: Node, new: Node) -> Any:
    if node is old:
        return new
    if isinstance(node, dict):
        return {key: _with(part, old, new) for key, part in node.items()}
    return [_with(part, old, new) for part in node] if isinstance(node, list) else node


if __name__ == "__main__":
    print(Translator(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))).program(sys.argv[2:]), end="")
