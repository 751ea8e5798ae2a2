"""Classes of matrices: general, symmetric, (semi)definite, patterns, and their small members."""
