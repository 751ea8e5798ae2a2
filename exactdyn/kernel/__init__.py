"""The fast kernel: what a run attends, decided by floats where a bound proves it and exactly where not.

Two sides, and one arrow between them: the exact side never reads a float.

- exact: ``values`` (one point and how it moves), ``source`` (the initial state), ``itinerary`` (who attended
  whom, recorded), ``states`` (any exact state, computed from the itinerary when asked for), ``matrix``;
- float: ``shadow`` (positions and directions with an error bound), ``candidates``, ``decide``, ``grid``,
  ``anchor``; what the bound leaves open ``settle`` decides exactly, ``locks`` finds what is settled for ever,
  and ``record`` runs the layers. ``small`` and ``small_record`` do the same for a handful of tokens.

The plain kernel is :mod:`exactdyn.layer.attention`; both give the same sets.
"""
