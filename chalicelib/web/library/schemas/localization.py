"""Languages, countries and ratings."""

from typing import TypedDict


class CultureDto(TypedDict):
    """A language."""

    Name: str
    DisplayName: str
    TwoLetterISOLanguageName: str
    ThreeLetterISOLanguageName: str
    ThreeLetterISOLanguageNames: list[str]


class CountryInfo(TypedDict):
    """A country."""

    Name: str
    DisplayName: str
    TwoLetterISORegionName: str
    ThreeLetterISORegionName: str


class ParentalRatingScore(TypedDict):
    """How old somebody has to be."""

    score: int


class ParentalRating(TypedDict):
    """A rating and the age that it asks for."""

    Name: str
    Value: int
    RatingScore: ParentalRatingScore


class LocalizationOption(TypedDict):
    """A language that the service speaks."""

    Name: str
    Value: str
