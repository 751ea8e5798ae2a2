"""Questions about all matrices of a class: who may lead, which itineraries exist, does a statement fail."""
