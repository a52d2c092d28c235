"""The page that people see, and web clients that an operator brings: static files and how they are answered."""
