"""Items, named items, queries, and names of files and folders."""
