"""Writes mails and mailboxes into a folder, and prints what its own readers find in them."""
import email.policy, hashlib, mailbox, os, random, sys
from email import message_from_bytes
from email.message import EmailMessage

here = sys.argv[1]
chance = random.Random(1988)


def octets(count):
    return bytes(chance.randrange(256) for _ in range(count))


def letter(number, depth=0):
    mail = EmailMessage()
    mail["From"] = "ada@ellery.example"
    mail["Subject"] = f"letter {number}"
    lines = ["Dear Bo,", "", "From here on it is text.", "-- ", "Ada"] * chance.randrange(1, 4)
    mail.set_content("\n".join(lines))
    if chance.random() < 0.5:
        mail.add_alternative("<p>Dear Bo,</p>" * 9, subtype="html")
    for attachment in range(chance.randrange(0, 5)):
        kind = chance.randrange(5)
        name = chance.choice(["a.bin", "گزارش.pdf", "a b; c=\"d\".txt", "x" * 90 + ".png"])
        if kind == 0:
            mail.add_attachment(octets(chance.randrange(2000)), maintype="application", subtype="pdf", filename=name)
        elif kind == 1:
            text = "\n".join("é = " + "x" * chance.randrange(120) for _ in range(9))
            mail.add_attachment(text, subtype="csv", filename=name, cte="quoted-printable")
        elif kind == 2:
            mail.add_attachment("plain text\nwith lines\n", filename=name, cte="7bit")
        elif kind == 3 and depth < 3:
            mail.add_attachment(letter(number, depth + 1))
        else:
            mail.add_attachment(octets(50), maintype="image", subtype="png", disposition="inline")
    return mail


def parts(mail):
    """Whatever is no multipart and not the text of the mail, in the order in which it stands there."""
    for part in mail.iter_parts() if mail.is_multipart() else []:
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0)
            yield inner, None
            yield from parts(inner)
        elif part.is_multipart():
            yield from parts(part)
        elif part.get_filename() or part.is_attachment() or part.get_content_maintype() != "text":
            yield part, part.get_payload(decode=True)


def tell_parts(prefix, mail):
    for number, (part, data) in enumerate(parts(mail), 1):
        # Python does not keep the octets of a mail within a mail; those of its parts are compared.
        print(f"{prefix}{number:02}", "a mail" if data is None else hashlib.sha256(data).hexdigest())


policy = email.policy.default
for number in range(60):
    raw = letter(number).as_bytes()
    with open(os.path.join(here, f"{number}.eml"), "wb") as file:
        file.write(raw)
    tell_parts(f"{number}.eml.parts/", message_from_bytes(raw, policy=policy))

box = mailbox.mbox(os.path.join(here, "all.mbox"))
for number in range(20):
    box.add(letter(number))
box.flush()
for number, key in enumerate(box.keys(), 1):
    raw = box.get_bytes(key)
    print(f"all.mbox.parts/{number:02}.eml", hashlib.sha256(raw).hexdigest())
    tell_parts(f"all.mbox.parts/{number:02}-", message_from_bytes(raw, policy=policy))
