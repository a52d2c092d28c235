"""Who mentions a named item: places, counted in tallies, and the lists of names that follow."""
