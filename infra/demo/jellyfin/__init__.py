"""A stand-in for a Jellyfin server on loopback, written from what Jellyfin documents of its API.

It has items with images that have tags, answers lists and image files, and can be slow, down or change a picture.
Tests and the demo use it in place of a real server.
"""
