"""All values of one parameter at once: alpha, or a number that moves a token or an entry of A."""
