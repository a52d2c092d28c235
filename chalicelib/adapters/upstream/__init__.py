"""The Jellyfin server in front of which the service stands."""
