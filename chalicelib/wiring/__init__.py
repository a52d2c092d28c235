"""Factories that join use cases to adapters, each made once; the only place with local imports."""
