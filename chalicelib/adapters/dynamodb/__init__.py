"""Rows of the one table, behind the ports; models never leave this package."""
