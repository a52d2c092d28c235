"""Stand-ins for the providers of artwork, answering on loopback as their documentation says.

Tests and the demo ask them in place of the real sites; whatever id they are asked for, they have pictures.
"""
