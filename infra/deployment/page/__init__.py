"""The page as the function serves it: joined, minified, compressed; and what it takes from npm."""
