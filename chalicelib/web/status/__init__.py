"""Answers about the state of the service."""
