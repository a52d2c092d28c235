"""`make bench-growth`: what lists and images cost as the library grows; `make seeded`: a library of any size."""
