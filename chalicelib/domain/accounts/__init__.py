"""Users, tokens and the throttle of logins."""
