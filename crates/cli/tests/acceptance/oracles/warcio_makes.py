"""Usage: FOLDER. warcio writes WARCs, reads them back, and prints of each capture with content: SHA-256 of
what its stream gives, its address."""

import gzip
import hashlib
import io
import os
import sys
import zlib

import brotli
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

here = sys.argv[1]
os.makedirs(here, exist_ok=True)
body = b"<html><title>Bells</title><p>The bells rang at noon.</p></html>" * 30


def chunked(data):
    pieces = [data[at : at + 100] for at in range(0, len(data), 100)]
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


bodies = [
    (body, []),
    (gzip.compress(body), [("Content-Encoding", "gzip")]),
    (zlib.compress(body), [("Content-Encoding", "deflate")]),
    (brotli.compress(body), [("Content-Encoding", "br")]),
    (chunked(body), [("Transfer-Encoding", "chunked")]),
    (chunked(gzip.compress(body)), [("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked")]),
    (b"", [("Location", "/elsewhere")]),
]
for name, compressed, version in [("a.warc.gz", True, "1.1"), ("b.warc", False, "1.0")]:
    path = os.path.join(here, name)
    with open(path, "wb") as file:
        writer = WARCWriter(file, gzip=compressed, warc_version=version)
        writer.write_record(writer.create_warcinfo_record(name, {"software": "warcio"}))
        for number, (data, fields) in enumerate(bodies):
            url = f"https://ellery-post.example/{name}/{number}"
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), *fields], protocol="HTTP/1.1")
            writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(data), http_headers=http))
        url = f"https://ellery-post.example/{name}/resource"
        writer.write_record(
            writer.create_warc_record(url, "resource", io.BytesIO(b"as it is"), warc_content_type="text/plain")
        )
    with open(path, "rb") as file:
        for record in ArchiveIterator(file, check_digests="raise"):
            if record.rec_type in ("response", "resource"):
                # warcio knows the interface of another package by the name of brotli.
                is_brotli = record.http_headers and record.http_headers.get_header("Content-Encoding") == "br"
                content = brotli.decompress(record.raw_stream.read()) if is_brotli else record.content_stream().read()
                if content:
                    print(hashlib.sha256(content).hexdigest(), record.rec_headers["WARC-Target-URI"])
