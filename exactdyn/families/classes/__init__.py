"""Classes of matrices: general, symmetric, positive or negative (semi)definite, patterns; small members."""
