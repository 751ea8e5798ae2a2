"""Regular polygons with A a rotation by half the angle of a side: every vertex is tied between two."""


def polygon(n):
    """The vertices of a regular n-gon, as text."""
    return [[f"cos(2*pi*{k}/{n})", f"sin(2*pi*{k}/{n})"] for k in range(n)]


def rotation(n):
    """The rotation by pi/n, as text."""
    return [[f"cos(pi/{n})", f"-sin(pi/{n})"], [f"sin(pi/{n})", f"cos(pi/{n})"]]
