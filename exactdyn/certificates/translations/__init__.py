"""What a certificate says of finitely many layers, as texts that other programs judge: SMT-LIB and Lean."""
