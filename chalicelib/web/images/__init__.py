"""Uploads, answers, URLs and entity tags of images."""
