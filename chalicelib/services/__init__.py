"""What the product does, over the ports that adapters fill."""
