"""The fast kernel: what a run attends, decided by floats where a bound proves it and exactly where not.

One layer goes like this (:mod:`~exactdyn.kernel.layers`). Floats with a proven error bound, the *shadow* of
the state, give all scores; a lead beyond the bound is a lead (the *filter*). Rows in doubt are settled
exactly, among the few tokens that came close. Points that are proved to attend for ever what they attend now
are *locked* and never looked at again; when all are, the rest of the run is known. Only who attends whom is
recorded: exact states are computed from that, when somebody asks.

- ``exact/``: ``start`` (the initial state), ``sizes`` (the steps), ``point`` (one exact point, how it moves),
  ``matrix`` (A), ``itinerary`` (who attended whom, recorded), ``states`` (any exact state, from the
  itinerary, for threads in turns). This side never decides by a float;
- ``floats/``: ``shadow`` (positions and directions with their bound: the proof is there), ``candidates``
  (whom to compare with at all), ``parts`` (whom each of many rows with), ``filter`` (what is decided, what is
  in doubt), ``lattice`` (where a near-tie can only be a tie), ``double_double`` (a state to 106 bits). This
  side never decides without a bound;
- between the two: ``settle`` (rows in doubt, exactly), ``locks`` (settled for ever), ``fresh_shadow`` (a new
  shadow from the exact state, when the old one has lost too many bits), ``layers`` (runs the layers);
- ``recorder``: the door, which chooses how a run is recorded, and what it hands back;
- ``rounded_states``: the floats next to a state, for which 106 bits mostly do;
- ``heads``: any head at an exact state, asked by the plain kernel (:mod:`exactdyn.systems.plain`);
- ``few/``: the same for a handful of tokens, where a call of numpy costs more than all it computes.

The plain kernel is :mod:`exactdyn.layer.attention`; both give the same sets, and the tests compare them.
"""
