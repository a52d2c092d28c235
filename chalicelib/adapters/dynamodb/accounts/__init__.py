"""Users, tokens and login attempts as rows."""
