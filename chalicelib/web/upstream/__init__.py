"""Requests that are passed on to the Jellyfin server in front of which the service stands."""
