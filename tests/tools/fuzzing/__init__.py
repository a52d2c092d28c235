"""Broken pictures through the pipeline: whatever a file holds, only our own errors may come out."""
