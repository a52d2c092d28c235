"""Stand-ins for the outside world, kept honest by the contract suites that they share with the real ones."""
