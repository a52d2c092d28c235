"""Copy the items of a Jellyfin server with their images."""
