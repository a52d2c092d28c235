"""Pixels: the only package that knows Pillow."""
