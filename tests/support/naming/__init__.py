"""Examples of names in media folders, by the rules of Jellyfin."""
