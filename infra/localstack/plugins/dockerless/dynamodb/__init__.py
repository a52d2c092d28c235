"""Serve DynamoDB from moto, inside LocalStack's own process: nothing to download, no Java."""
