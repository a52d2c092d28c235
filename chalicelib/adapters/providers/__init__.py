"""Sites that offer artwork, each behind the same port; docs/providers.md describes them."""
