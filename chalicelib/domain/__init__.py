"""Values and rules, in the standard library alone."""
