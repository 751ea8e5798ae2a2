"""The attention matrices of real transformers: read, and held against the hypotheses of the theorems.

>>> from exactdyn.transformer import inspect
>>> found = inspect({"Q": [[1, 0]], "K": [[1, 0]], "V": [[2, 0], [0, 1]]})
>>> found.heads[0].hypotheses["good-triple"].outcome
'holds'
"""

from exactdyn.transformer.inspection import Inspection, inspect
from exactdyn.transformer.load import load_transformer
from exactdyn.transformer.weights import HeadWeights, Transformer

__all__ = ["HeadWeights", "Inspection", "Transformer", "inspect", "load_transformer"]
