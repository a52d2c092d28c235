"""Artwork of remote image providers."""
