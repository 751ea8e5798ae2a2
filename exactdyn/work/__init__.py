"""How a list of independent tasks is carried out: here, in processes, on a cluster."""
