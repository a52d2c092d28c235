"""What every request and answer shares: routes, authentication, parameters, errors."""
