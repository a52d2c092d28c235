"""Languages, countries and ratings that a metadata editor offers.

The languages are those with the most speakers and films, by ISO 639-1 and 639-2; the countries by ISO 3166-1.
"""

from chalicelib.web.library.schemas.localization import (
    CountryInfo,
    CultureDto,
    LocalizationOption,
    ParentalRating,
)

_LANGUAGES = """
ar ara Arabic|bg bul Bulgarian|bn ben Bengali|ca cat Catalan|cs ces Czech|da dan Danish|de deu German
el ell Greek|en eng English|es spa Spanish|et est Estonian|eu eus Basque|fa fas Persian|fi fin Finnish
fr fra French|gl glg Galician|he heb Hebrew|hi hin Hindi|hr hrv Croatian|hu hun Hungarian
id ind Indonesian|is isl Icelandic|it ita Italian|ja jpn Japanese|ko kor Korean|lt lit Lithuanian
lv lav Latvian|ml mal Malayalam|ms msa Malay|nb nob Norwegian Bokmål|nl nld Dutch|no nor Norwegian
pl pol Polish|pt por Portuguese|ro ron Romanian|ru rus Russian|sk slk Slovak|sl slv Slovenian
sr srp Serbian|sv swe Swedish|ta tam Tamil|te tel Telugu|th tha Thai|tr tur Turkish|uk ukr Ukrainian
ur urd Urdu|vi vie Vietnamese|zh zho Chinese
"""
_COUNTRIES = """
AE ARE United Arab Emirates|AR ARG Argentina|AT AUT Austria|AU AUS Australia|BE BEL Belgium
BG BGR Bulgaria|BR BRA Brazil|CA CAN Canada|CH CHE Switzerland|CL CHL Chile|CN CHN China|CO COL Colombia
CZ CZE Czechia|DE DEU Germany|DK DNK Denmark|EE EST Estonia|EG EGY Egypt|ES ESP Spain|FI FIN Finland
FR FRA France|GB GBR United Kingdom|GR GRC Greece|HK HKG Hong Kong|HR HRV Croatia|HU HUN Hungary
ID IDN Indonesia|IE IRL Ireland|IL ISR Israel|IN IND India|IR IRN Iran|IS ISL Iceland|IT ITA Italy
JP JPN Japan|KR KOR South Korea|LT LTU Lithuania|LV LVA Latvia|MX MEX Mexico|MY MYS Malaysia
NL NLD Netherlands|NO NOR Norway|NZ NZL New Zealand|PE PER Peru|PH PHL Philippines|PL POL Poland
PT PRT Portugal|RO ROU Romania|RS SRB Serbia|RU RUS Russia|SA SAU Saudi Arabia|SE SWE Sweden
SG SGP Singapore|SI SVN Slovenia|SK SVK Slovakia|TH THA Thailand|TR TUR Türkiye|TW TWN Taiwan
UA UKR Ukraine|US USA United States|VN VNM Vietnam|ZA ZAF South Africa
"""
_RATINGS = {
    "Approved": 0,
    "G": 0,
    "TV-G": 0,
    "TV-Y": 0,
    "TV-Y7": 7,
    "PG": 10,
    "TV-PG": 10,
    "PG-13": 13,
    "TV-14": 14,
    "R": 17,
    "NC-17": 17,
    "TV-MA": 17,
    "XXX": 1000,
}
"""Ratings of the United States by the age from which they let somebody watch."""


def cultures() -> list[CultureDto]:
    """Return the languages."""
    return [
        {
            "Name": name,
            "DisplayName": name,
            "TwoLetterISOLanguageName": two,
            "ThreeLetterISOLanguageName": three,
            "ThreeLetterISOLanguageNames": [three],
        }
        for two, three, name in _table(_LANGUAGES)
    ]


def countries() -> list[CountryInfo]:
    """Return the countries."""
    return [
        {
            "Name": two,
            "DisplayName": name,
            "TwoLetterISORegionName": two,
            "ThreeLetterISORegionName": three,
        }
        for two, three, name in _table(_COUNTRIES)
    ]


def parental_ratings() -> list[ParentalRating]:
    """Return the ratings."""
    return [{"Name": name, "Value": age, "RatingScore": {"score": age}} for name, age in _RATINGS.items()]


def options() -> list[LocalizationOption]:
    """Return the languages in which the service itself speaks: one."""
    return [{"Name": "English", "Value": "en-US"}]


def _table(text: str) -> list[tuple[str, str, str]]:
    rows = (row.split(" ", 2) for row in text.strip().replace("\n", "|").split("|"))
    return [(two, three, name) for two, three, name in rows]
