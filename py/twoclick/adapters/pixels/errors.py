"""What can be wrong with an image file, in words for the person who brought it."""


class ImageError(Exception):
    """A file has no image that can be read; the message names the file and says what to do.

    `code` is one of: image-missing (no such file), image-empty (0 bytes), image-unknown (no image,
    or of a kind that is not read here), image-unsupported (an image whose values cannot be shown),
    image-damaged, image-too-large (over the limit of pixels, or over the memory there is),
    image-no-page.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
