"""Answering from, and passing on to, the Jellyfin server in front of which the service stands."""
