"""What Z3 and cvc5 answer to a script of SMT-LIB: solvers that share nothing with this project."""

from __future__ import annotations

import re

import cvc5
import z3

STATUS = re.compile(r"\(set-info :status \w+\)\n")
ANSWER = re.compile(r"^(sat|unsat|unknown)$", flags=re.MULTILINE)
PATIENCE = 20_000
"""After so many milliseconds a solver says that it does not know."""

EXPECTED = re.compile(r'^\(echo "[^"]*: (sat|unsat)"\)$', flags=re.MULTILINE)


def expected_answers(script: str) -> list[str]:
    """Return the answers that a script says are expected."""
    return EXPECTED.findall(script)


def answers_of_z3(script: str) -> list[str]:
    """Return what Z3 answers, one word for every question, whatever is expected."""
    context = z3.Context()
    limited = f"(set-option :timeout {PATIENCE})\n{script}"
    return ANSWER.findall(z3.Z3_eval_smtlib2_string(context.ref(), STATUS.sub("", limited)))


def answers_of_cvc5(script: str) -> list[str]:
    """Return the same of cvc5."""
    terms = cvc5.TermManager()
    solver = cvc5.Solver(terms)
    solver.setOption("incremental", "true")
    solver.setOption("tlimit-per", str(PATIENCE))
    names = cvc5.SymbolManager(terms)
    parser = cvc5.InputParser(solver, names)
    parser.setStringInput(cvc5.InputLanguage.SMT_LIB_2_6, STATUS.sub("", script), "script")
    found = []
    while not (command := parser.nextCommand()).isNull():
        found.append(command.invoke(solver, names))
    return ANSWER.findall("".join(found))
