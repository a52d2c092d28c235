"""Claims: who may refer to an original, written before its blob and kept as long as any image of it.

They are a superset of the references: an original without claims has no image, one with a claim may have none.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.images.owners import OwnerKey

UPLOAD_TIME = timedelta(seconds=60)
"""How long an upload may take from its claim to its row before it may be made to start again.

Nothing is lost by a shorter or a longer one: an upload whose claim is withdrawn claims and stores anew.
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """An owner's claim to an original.

    It stands without a break `since` one time and was last renewed `at` another. `is_held` tells that an image
    of the last upload was written; until then an upload may be under way.
    """

    original: str
    owner: OwnerKey
    since: datetime
    at: datetime
    is_held: bool = False

    def is_pending(self, now: datetime) -> bool:
        """Tell whether an upload may be under way behind it."""
        return not self.is_held and now - self.at < UPLOAD_TIME
