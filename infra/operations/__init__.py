"""What an operator does with a running service: `python -m infra.operations --help`."""
