"""Clients of AWS, and the ports that S3 and SQS fill."""
