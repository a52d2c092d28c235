"""Answers about the server itself."""
