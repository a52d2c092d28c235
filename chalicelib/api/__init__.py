"""One Blueprint per Jellyfin resource; a view reads arguments, calls one service and answers."""
