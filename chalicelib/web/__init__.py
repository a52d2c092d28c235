"""HTTP round a view: what a request may say and how an answer looks."""
