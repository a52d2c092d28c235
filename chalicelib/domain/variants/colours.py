"""Colours as a client writes them."""

from chalicelib.errors import InvalidInputError

type Rgba = tuple[int, int, int, int]

_DIGITS = frozenset("0123456789abcdefABCDEF")


def parse_colour(text: str, field: str) -> Rgba:
    """Read `RGB`, `ARGB`, `RRGGBB` or `AARRGGBB`, with or without `#`; raises InvalidInputError."""
    digits = text.strip().removeprefix("#")
    if len(digits) not in {3, 4, 6, 8} or not _DIGITS.issuperset(digits):
        message = f"The value {text[:40]!r} is no colour; write #RGB, #ARGB, #RRGGBB or #AARRGGBB."
        raise InvalidInputError(field, message)
    if len(digits) <= 4:  # noqa: PLR2004  # the short forms, one digit a channel
        digits = "".join(digit * 2 for digit in digits)
    alpha, red, green, blue = bytes.fromhex(digits.rjust(8, "f"))
    return red, green, blue, alpha


def over_black(colour: Rgba) -> Rgba:
    """Return the opaque colour that a translucent one makes on black."""
    red, green, blue, alpha = colour
    return round(red * alpha / 255), round(green * alpha / 255), round(blue * alpha / 255), 255
