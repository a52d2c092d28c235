"""One module per event source; each runs in a Lambda function of its own."""
