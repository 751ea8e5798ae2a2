"""Softmax attention in continuous time: rigorous enclosures, and conclusions for all time drawn from them.

The only room that knows about precision. Everything is a ball: a midpoint and a radius within which the true
number lies. :func:`flow` encloses the solution up to a time T, :func:`state` reads it, :func:`prove` adds
statements about all t >= T, :func:`certificate_data` writes down what proves them.
"""

from exactdyn.softmax.flow.flow import Flow, flow
from exactdyn.softmax.flow.state import State, state
from exactdyn.softmax.for_ever.certificate import certificate_data, certificate_text
from exactdyn.softmax.for_ever.conclude import Proof, prove
from exactdyn.softmax.system import Softmax

__all__ = [
    "Flow",
    "Proof",
    "Softmax",
    "State",
    "certificate_data",
    "certificate_text",
    "flow",
    "prove",
    "state",
]
