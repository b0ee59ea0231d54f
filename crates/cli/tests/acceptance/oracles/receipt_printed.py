"""Usage: LINE FILE... What comes out of a printer is one page of A4, from which a camera reads LINE; so it
reads it from half blocks in text. A page asks nobody for anything, and holds no script."""

import sys

import numpy
import pypdfium2
import zxingcpp

try:
    import weasyprint
except OSError as error:
    sys.exit(f"WeasyPrint needs Pango (Debian: libpangoft2-1.0-0): {error}")

A4 = (595.28, 841.89)


def asked(url, *_):
    raise AssertionError(f"the page asks for {url}")


def printed(path):
    text = open(path, encoding="utf-8").read()
    assert "<script" not in text and "http://" not in text.replace("http://www.w3.org/2000/svg", "")
    document = weasyprint.HTML(string=text, url_fetcher=asked).render()
    pdf = pypdfium2.PdfDocument(document.write_pdf())
    assert len(pdf) == 1, f"{path}: {len(pdf)} pages"
    width, height = pdf[0].get_size()
    assert abs(width - A4[0]) < 1 and abs(height - A4[1]) < 1, (width, height)
    # As an office scanner has it.
    return pdf[0].render(scale=200 / 72).to_numpy()


def drawn(path):
    ink = {" ": (255, 255), "█": (0, 0), "▀": (0, 255), "▄": (255, 0)}
    lines = [line for line in open(path, encoding="utf-8").read().split("\n") if set(line) & set("█▀▄")]
    width = max(map(len, lines)) + 4
    rows = []
    for line in lines:
        pairs = [ink[c] for c in line.ljust(width)]
        rows += [[upper for upper, _ in pairs], [lower for _, lower in pairs]]
    image = numpy.pad(numpy.array(rows, dtype=numpy.uint8), 4, constant_values=255)
    return numpy.kron(image, numpy.ones((6, 6), dtype=numpy.uint8))


line, *paths = sys.argv[1:]
for path in paths:
    image = printed(path) if path.endswith(".html") else drawn(path)
    read = [code.text for code in zxingcpp.read_barcodes(image)]
    assert read == [line], f"{path}: {read}"
