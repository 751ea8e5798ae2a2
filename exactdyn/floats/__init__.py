"""Float runs beside the exact one: what floating point makes of a system, and how far off it can be."""
