"""The exact side of the fast kernel: attention as it is kept, and states built from it on demand."""
