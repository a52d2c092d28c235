"""Where images are in the upstream server, and what limits the asking for them."""
