"""Rows of every sort for the sweep, and how far it has come."""
