"""Usage: FOLDER. Writes a mail, a mailbox, a WARC and a WACZ by the standard library alone, and prints for
each document in them: path of the part, its SHA-256, path of what holds it, its address."""

import gzip
import hashlib
import io
import json
import mailbox
import os
import sys
import zipfile
from email.message import EmailMessage

here = sys.argv[1]
os.makedirs(here, exist_ok=True)


def tell(path, data, whole, url=""):
    print(path, hashlib.sha256(data).hexdigest(), whole, url, sep="\t")


def write(name, data):
    with open(os.path.join(here, name), "wb") as file:
        file.write(data)
    return data


def letter(number, data):
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "ada@ellery.example", f"=letter {number}"
    mail.set_content("Dear Bo,\n\nFrom here on it is text.\n")
    mail.add_attachment(data, maintype="application", subtype="pdf", filename="گزارش.pdf")
    return mail


pdf = b"%PDF-1.4\n" + bytes(range(256)) * 40
write("letter.eml", letter(0, pdf).as_bytes())
tell("letter.eml.parts/01 گزارش.pdf", pdf, "letter.eml")

box = mailbox.mbox(os.path.join(here, "all.mbox"))
for number in range(1, 4):
    box.add(letter(number, pdf * number))
box.flush()
for number, key in enumerate(box.keys(), 1):
    tell(f"all.mbox.parts/{number:02}.eml", box.get_bytes(key), "all.mbox")
    tell(f"all.mbox.parts/{number:02}-01 گزارش.pdf", pdf * number, f"all.mbox.parts/{number:02}.eml")


def record(url, body, coding=None):
    coded, field = (gzip.compress(body, mtime=0), b"Content-Encoding: gzip\r\n") if coding else (body, b"")
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + field + b"\r\n" + coded
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2023-07-06T09:14:02Z\r\n"
        f"WARC-Record-ID: <urn:uuid:{hashlib.md5(url.encode()).hexdigest()}>\r\n"
        f"WARC-Block-Digest: sha256:{hashlib.sha256(block).hexdigest()}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)


bells = b"<html><title>Bells</title><p>The bells rang at noon.</p></html>" * 100
urls = ["https://ellery-post.example/bells", "https://ellery-post.example/quay.html"]
warc = write("web.warc.gz", record(urls[0], bells) + record(urls[1], bells[:500], "gzip"))
names = ["01 ellery-post.example-bells.html", "02 ellery-post.example-quay.html"]

archive = io.BytesIO()
with zipfile.ZipFile(archive, "w") as zipped:
    pages = json.dumps({"url": urls[0], "ts": "2023-07-06T09:14:02Z", "title": "=Bells over the quay"}).encode()
    files = {"archive/data.warc.gz": warc, "pages/pages.jsonl": b'{"format": "json-pages-1.0"}\n' + pages}
    listed = [{"path": path, "hash": "sha256:" + hashlib.sha256(data).hexdigest()} for path, data in files.items()]
    files["datapackage.json"] = json.dumps({"resources": listed}).encode()
    for path, data in files.items():
        zipped.writestr(zipfile.ZipInfo(path), data)
write("web.wacz", archive.getvalue())
for whole in ["web.warc.gz", "web.wacz"]:
    for name, body, url in zip(names, [bells, bells[:500]], urls):
        tell(f"{whole}.parts/{name}", body, whole, url)
