"""Any folder of files through the deployed service, as a stranger would send them."""
