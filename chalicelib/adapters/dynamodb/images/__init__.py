"""Images, render leases and upload tickets as rows."""
