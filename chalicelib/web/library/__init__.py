"""Bodies, queries and answers of the library."""
