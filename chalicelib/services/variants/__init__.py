"""Answering variants: stored ones, and those made when first asked for."""
