"""Display preferences in the shape of Jellyfin's DisplayPreferencesDto."""

from chalicelib.domain.accounts.preferences import DisplayPreferences, PreferencesKey
from chalicelib.web.accounts.schemas import DisplayPreferencesDto
from chalicelib.web.protocol.declarations.json_fields import JsonFields
from chalicelib.web.protocol.declarations.shapes import Verbatim
from chalicelib.web.protocol.request import Request

MAX_BODY_BYTES = 65_536
_DIRECTIONS = ("Horizontal", "Vertical")
_ORDERS = ("Ascending", "Descending")


def preferences_dto(key: PreferencesKey, preferences: DisplayPreferences) -> DisplayPreferencesDto:
    """Return preferences as Jellyfin shows them."""
    return {
        "Id": key.id,
        "ViewType": preferences.view_type,
        "SortBy": preferences.sort_by,
        "IndexBy": preferences.index_by,
        "RememberIndexing": preferences.remembers_indexing,
        "PrimaryImageHeight": preferences.image_height,
        "PrimaryImageWidth": preferences.image_width,
        "CustomPrefs": Verbatim(preferences.custom),
        "ScrollDirection": preferences.scroll_direction,
        "ShowBackdrop": preferences.shows_backdrop,
        "RememberSorting": preferences.remembers_sorting,
        "SortOrder": preferences.sort_order,
        "ShowSidebar": preferences.shows_sidebar,
        "Client": key.client,
    }


def preferences_body(request: Request) -> DisplayPreferences:
    """Read preferences; what is left out is Jellyfin's default."""
    fields, default = JsonFields.of_body(request, MAX_BODY_BYTES), DisplayPreferences()
    height, width = (fields.integer(name) for name in ("PrimaryImageHeight", "PrimaryImageWidth"))
    return DisplayPreferences(
        view_type=fields.line("ViewType") or None,
        sort_by=fields.line("SortBy") or default.sort_by,
        index_by=fields.line("IndexBy") or None,
        remembers_indexing=fields.boolean("RememberIndexing") or False,
        image_height=default.image_height if height is None else height,
        image_width=default.image_width if width is None else width,
        custom=fields.notes("CustomPrefs"),
        scroll_direction=fields.word("ScrollDirection", _DIRECTIONS) or default.scroll_direction,
        shows_backdrop=fields.boolean("ShowBackdrop") is not False,
        remembers_sorting=fields.boolean("RememberSorting") or False,
        sort_order=fields.word("SortOrder", _ORDERS) or default.sort_order,
        shows_sidebar=fields.boolean("ShowSidebar") or False,
    )
