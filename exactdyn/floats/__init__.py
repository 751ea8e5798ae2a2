"""Float runs beside the exact one: what floating point makes of a system, and how far off it can be.

- ``attended``: the exact attention sets of a layer as arrays, and whether sets found in floats are these;
- ``runs``: the dynamics in floats, led by the exact sets or left to itself;
- ``bounds``: how far floats that are led can be off, proved;
- ``layers``: one layer of any system in floats: heads, masks, tie rules, values, ReLU blocks;
- ``narrow``: which decisions of a layer may be its narrowest;
- ``margins``: how close the exact decisions of a run are;
- ``comparison``: where floats that are left to themselves first attend somebody else.
"""
