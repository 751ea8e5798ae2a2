"""Claims about all matrices of a family: the family, the lemmas (rules), closed trees of cases, claims."""
