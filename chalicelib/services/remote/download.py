"""Making a picture of another site an image of an owner."""

from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.images import ImageType, StoredImage
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.remote.artwork import URL_FIELD
from chalicelib.errors import InvalidImageError, LimitExceededError, NotFoundError
from chalicelib.services.images.editing import ImageEditing
from chalicelib.services.images.finder import ImageFinder
from chalicelib.services.remote.ports import ImageFetcher


@dataclass(frozen=True, slots=True)
class ArtworkDownload:
    """Fetches a picture within `longest` and uploads it."""

    finder: ImageFinder
    editing: ImageEditing
    fetcher: ImageFetcher
    longest: timedelta

    def save_image(self, owner: OwnerKey, image_type: ImageType, url: str, deadline: Deadline) -> StoredImage:
        """Make the picture behind a URL an image of an owner, exactly as an upload would.

        Raises as ImageFetcher does; NotFoundError when the URL holds no picture or the owner does not exist.
        """
        self.finder.list(owner)
        data = self.fetcher.fetch(url, deadline.within(self.longest))
        try:
            return self.editing.upload(owner, image_type, data, deadline=deadline)
        except InvalidImageError as error:
            raise NotFoundError(f"The {URL_FIELD} does not point to a picture: {error}") from error
        except LimitExceededError as error:
            if error.field != "body":
                raise
            raise LimitExceededError(URL_FIELD, error.measure, error.value, error.limit) from error
