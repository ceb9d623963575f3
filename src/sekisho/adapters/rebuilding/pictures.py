"""Pictures: images built anew from their pixels, and pages drawn as pictures where nothing else is safe."""

import io
from typing import Final

import pikepdf
import pypdfium2
from PIL import Image, ImageOps, UnidentifiedImageError

from sekisho.adapters.rebuilding.outcome import NotJudged, Outcome, Wanted

_FORMATS: Final = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF"}
_DOTS: Final = 150
_POINTS: Final = 72
_QUALITY: Final = 90
_MOST_DRAWN: Final = 20_000_000


def _plain(image: Image.Image, kind: str) -> Image.Image:
    """The pixels alone, turned as they are meant to be seen."""
    turned = ImageOps.exif_transpose(image)
    clear = "A" in turned.getbands() or "transparency" in turned.info
    colours = "RGBA" if clear and kind != "JPEG" else "RGB"
    flat = turned.convert("L") if turned.mode == "L" else turned.convert(colours)
    return Image.frombytes(flat.mode, flat.size, flat.tobytes())


def rebuild_image(data: bytes, kind: str, pixels: int) -> bytes:
    """A new image of the same pixels, without anything beside them.

    Raises:
        NotJudged: It is no such image, or has too many pixels.

    """
    Image.MAX_IMAGE_PIXELS = pixels
    made = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data), formats=[_FORMATS[kind]]) as image:
            if image.width * image.height > pixels:
                raise NotJudged("image_too_large")
            image.load()
            _plain(image, _FORMATS[kind]).save(made, format=_FORMATS[kind], quality=_QUALITY)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise NotJudged("image_too_large") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        raise NotJudged("document_damaged") from None
    return made.getvalue()


def open_image(data: bytes, wanted: Wanted) -> Outcome:
    """Look through an image by building it anew; what cannot be built anew is no image.

    Raises:
        NotJudged: It is damaged or too large.

    """
    made = rebuild_image(data, wanted.kind, wanted.pixels)
    return Outcome(pages=1, removed=frozenset({"metadata"}) if wanted.rebuild else frozenset(), rebuilt=made)


def read_text(data: bytes, wanted: Wanted) -> str:
    """The text of a PDF as its reader sees it, up to so many characters.

    Raises:
        NotJudged: It cannot be read, or holds more.

    """
    parts, length = list[str](), 0
    try:
        document = pypdfium2.PdfDocument(data)
        for number in range(len(document)):
            parts.append(document[number].get_textpage().get_text_range())
            length += len(parts[-1])
            if length > wanted.text:
                raise NotJudged("document_too_heavy")
    except pypdfium2.PdfiumError:
        raise NotJudged("document_damaged") from None
    return "\n".join(parts)


def _drawn(page: pypdfium2.PdfPage) -> tuple[bytes, int, int]:
    """One page as a picture: the bytes, width and height."""
    width, height = page.get_size()
    scale = _DOTS / _POINTS
    if width * height * scale * scale > _MOST_DRAWN:
        scale = (_MOST_DRAWN / (width * height)) ** 0.5
    picture = page.render(scale=scale).to_pil().convert("RGB")
    made = io.BytesIO()
    picture.save(made, format="JPEG", quality=_QUALITY)
    return made.getvalue(), picture.width, picture.height


def _add_page(pdf: pikepdf.Pdf, size: tuple[float, float], picture: tuple[bytes, int, int]) -> None:
    """One page that shows one picture, as large as the page was."""
    data, wide, high = picture
    image = pikepdf.Stream(
        pdf, data, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=wide, Height=high,
        ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    page = pdf.add_blank_page(page_size=size)
    page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Picture=image))
    page.obj["/Contents"] = pikepdf.Stream(pdf, f"q {size[0]} 0 0 {size[1]} 0 0 cm /Picture Do Q".encode())


def draw_pages(data: bytes, wanted: Wanted) -> tuple[int, bytes]:
    """Every page of a PDF as a picture, in a new PDF that holds nothing else; and how many.

    Raises:
        NotJudged: It cannot be drawn, or has too many pages.

    """
    made = io.BytesIO()
    try:
        document, pdf = pypdfium2.PdfDocument(data), pikepdf.new()
        pages = len(document)
        if not 0 < pages <= wanted.pages:
            raise NotJudged("document_too_heavy" if pages else "document_damaged")
        for number in range(pages):
            page = document[number]
            _add_page(pdf, page.get_size(), _drawn(page))
    except pypdfium2.PdfiumError:
        raise NotJudged("document_damaged") from None
    pdf.save(made, deterministic_id=True)
    return pages, made.getvalue()
