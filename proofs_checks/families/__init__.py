"""Claims about all matrices of a family: closed trees of cases (family, rules, cases, claims)."""
