"""Options, geometry and plans of variants, and their keys."""
