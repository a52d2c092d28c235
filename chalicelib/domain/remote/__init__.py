"""Artwork that remote image providers offer, and which addresses may be fetched."""
