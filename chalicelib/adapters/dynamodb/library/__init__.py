"""Items of the library as rows."""
