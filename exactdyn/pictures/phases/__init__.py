"""The phase diagram of cells, with runs beside it, and the raster of two parameters."""
