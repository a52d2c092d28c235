"""Measurements; `make bench` runs them. No assertions on time live here: figures are printed, people judge."""
