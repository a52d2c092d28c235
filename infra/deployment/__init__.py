"""Packaging the service and deploying its stack."""
