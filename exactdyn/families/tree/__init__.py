"""The finite tree of linear programs that goes through all matrices of a class, layer by layer."""
