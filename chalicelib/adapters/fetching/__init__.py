"""Requests to other sites: every byte that the service fetches by HTTP comes through here."""
