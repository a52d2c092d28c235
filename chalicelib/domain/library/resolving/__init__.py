"""What a tree of media folders holds: its items, their pictures, and why every other picture is left out."""
