"""What stands on the pages of a printed document, read by PDFium: twenty times as fast as our own rereading."""

import pypdfium2


def printed_text(pdf: bytes) -> str:
    """The text of all pages, one after the other."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)
