"""Log lines, metrics, and the ledger of where a request spent its time."""
