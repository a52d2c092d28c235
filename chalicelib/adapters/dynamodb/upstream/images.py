"""The images kept for an owner of the upstream server: the rows of one partition."""

from chalicelib.adapters.dynamodb.images.reading import whole_images
from chalicelib.adapters.dynamodb.images.rows import PLACE, UPSTREAM, ImagesRow
from chalicelib.domain.images.images import OwnerImages


class DynamoUpstreamImages:
    """UpstreamImages by a query."""

    def of(self, subject: str) -> tuple[OwnerImages, ...]:
        """Query the partition for rows of images."""
        begins = ImagesRow.sk.startswith(PLACE)
        return tuple(whole_images(ImagesRow.query(UPSTREAM + subject, begins, consistent_read=True)))
