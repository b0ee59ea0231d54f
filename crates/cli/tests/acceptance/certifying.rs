//! `fonds seal` with certificates and timestamps, and what `verify` believes of them: openssl agrees in both
//! directions.

use crate::keys::{LATER, added, has_verdict, letters_and_keys, script};
use crate::oracle::Oracle;
use crate::place::Place;

/// A certificate authority that issues timestamps, and one of people with somebody of it.
fn authorities(place: &Place) {
    place.file(
        "tsa.cnf",
        "[tsa]\ndefault_tsa=t\n[t]\nserial=./serial\ncrypto_device=builtin\nsigner_cert=./tsa.pem\n\
         certs=./tsa-ca.pem\nsigner_key=./tsa.key\ndefault_policy=1.2.3.4\ndigests=sha256,sha512\n\
         accuracy=secs:1\nsigner_digest=sha256\ness_cert_id_alg=sha256\n[x]\nextendedKeyUsage=critical,timeStamping\n\
         [p]\nbasicConstraints=CA:FALSE\n",
    );
    place.file("serial", "01\n");
    script(
        place,
        "for who in tsa-ca people-ca; do openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=$who \
           -keyout $who.key -out $who.pem; done 2>&1; \
         openssl req -newkey rsa:2048 -nodes -subj /CN=tsa.example -keyout tsa.key -out tsa.csr 2>&1 && \
         openssl x509 -req -in tsa.csr -CA tsa-ca.pem -CAkey tsa-ca.key -CAcreateserial -days 3650 \
           -extfile tsa.cnf -extensions x -out tsa.pem 2>&1 && \
         openssl req -newkey rsa:2048 -nodes -subj /CN=Cara -keyout cara.key -out cara.csr 2>&1 && \
         openssl x509 -req -in cara.csr -CA people-ca.pem -CAkey people-ca.key -CAcreateserial -days 3650 \
           -extfile tsa.cnf -extensions p -out cara.pem 2>&1",
    );
}

/// Has a bundle stamped by the local authority, over its only signature.
fn stamp(place: &Place, bundle: &str) {
    place.fonds(&format!("seal {bundle} --timestamp-request q.tsq {LATER}")).ends(0).says("q.tsq");
    script(place, "openssl ts -reply -config tsa.cnf -queryfile q.tsq -out q.tsr 2>&1");
    let line = format!("seal {bundle} --timestamp-request q.tsq --timestamp-response q.tsr {LATER}");
    place.fonds(&line).ends(0).says(".tsr");
}

#[test]
fn certificates_and_timestamps_agree_with_openssl() {
    let Some(place) = letters_and_keys("bag") else { return };
    authorities(&place);
    let signed =
        place.fonds(&format!("seal bag --key cara.key --certificate cara.pem {LATER} --format json"));
    let path = added(signed.ends(0));
    let check = "openssl cms -verify -binary -inform DER -in bag/PATH -content bag/seal/root.txt -CAfile people-ca.pem \
                 -purpose any -out read && cmp read bag/seal/root.txt";
    script(&place, &check.replace("PATH", &path));
    let answer = has_verdict(&place, "bag --ca people-ca.pem", "VERIFIED");
    assert_eq!(answer["vouchers"][0]["scheme"], "cms");
    assert_eq!(answer["vouchers"][0]["since"], serde_json::Value::Null, "a signer's clock proves nothing");
    has_verdict(&place, "bag --ca tsa-ca.pem", "CONSISTENT");

    stamp(&place, "bag");
    let stem = path.strip_prefix("seal/").unwrap().replace('/', "-");
    script(
        &place,
        &format!(
            "openssl ts -verify -data bag/{path} -in bag/seal/timestamps/{stem}.tsr -CAfile tsa-ca.pem 2>&1"
        ),
    );
    let answer = has_verdict(&place, "bag --ca people-ca.pem --tsa-ca tsa-ca.pem", "VERIFIED");
    assert!(answer["vouchers"][0]["since_by"].as_str().unwrap().contains("tsa.example"), "{answer:#}");
    assert_eq!(answer["vouchers"][1]["at_is_proven"], true);
    let answer = has_verdict(&place, "bag --ca people-ca.pem", "VERIFIED");
    assert_eq!(answer["vouchers"][1]["at_is_proven"], false);
    // Long after the certificates have ended, the timestamp shows that the signature is from their time.
    for (flags, verdict) in
        [("--ca people-ca.pem --tsa-ca tsa-ca.pem", "VERIFIED"), ("--ca people-ca.pem", "CONSISTENT")]
    {
        let line = format!("verify bag {flags} --format json");
        let answer = place.run(&line).env("SOURCE_DATE_EPOCH", "2500000000").go().json();
        assert_eq!(answer["bags"][0]["verdict"], verdict, "{answer:#}");
    }
    // An answer about something else is not taken in.
    place.file("other", "other octets");
    script(
        &place,
        "openssl ts -query -data other -cert -sha256 -out o.tsq 2>&1; \
                    openssl ts -reply -config tsa.cnf -queryfile o.tsq -out o.tsr 2>&1",
    );
    place.fonds("seal bag --timestamp-response o.tsr").ends(2).remarks("cannot use `o.tsr`");
}

#[test]
fn a_revoked_key_is_believed_only_for_what_a_timestamp_shows_to_be_older() {
    let Some(place) = letters_and_keys("bag") else { return };
    authorities(&place);
    place.fonds(&format!("seal bag --key ada {LATER}")).ends(0);
    script(&place, "cp ada.pub revoked; echo \"$(cut -d' ' -f1,2 ada.pub) revoked-after=20980101Z\" > later");
    let signers = "bag --allowed-signers signers";
    let answer = has_verdict(&place, &format!("{signers} --revoked revoked"), "CONSISTENT");
    assert_eq!(answer["vouchers"][0]["trust"], "revoked");
    place.fonds(&format!("verify {signers} --revoked revoked")).ends(0).says("was revoked");
    // Without a timestamp the clock of whoever checks is no reason to believe that it is older.
    has_verdict(&place, &format!("{signers} --revoked later"), "CONSISTENT");
    stamp(&place, "bag");
    has_verdict(&place, &format!("{signers} --revoked later"), "CONSISTENT");
    has_verdict(&place, &format!("{signers} --revoked later --ca tsa-ca.pem"), "VERIFIED");
    has_verdict(&place, &format!("{signers} --revoked revoked --ca tsa-ca.pem"), "CONSISTENT");
    // A list that is not understood is not used at all.
    place.file("torn", "ssh-ed25519 AAAA\n");
    place.fonds(&format!("verify {signers} --revoked torn")).ends(2).remarks("cannot use `torn`");
    // Nor is one in which two sorts stand, of which one would be passed over.
    script(
        &place,
        "{ printf -- '-----BEGIN X509 CRL-----\\nMA==\\n-----END X509 CRL-----\\n'; cat revoked; } > mixed",
    );
    let refused = place.fonds(&format!("verify {signers} --revoked mixed"));
    refused.ends(2).remarks("cannot use `mixed`").remarks("nothing else").remarks("in line 4");
    script(&place, "sed 's/ssh-ed25519/valid-before=\"20200101Z\" ssh-ed25519/' signers > old");
    let answer = has_verdict(&place, "bag --allowed-signers old", "CONSISTENT");
    assert_eq!(answer["vouchers"][0]["trust"], "out of time");
}

/// A request speaks of a bundle that is there: it appears with it or not at all.
#[test]
fn a_request_stays_away_with_the_bundle() {
    let Some(place) = letters_and_keys("bag") else { return };
    place.file("taken", "");
    place.fonds(&format!("seal bag --key ada --timestamp-request q.tsq -o taken {LATER}")).ends(2);
    assert!(!place.at("q.tsq").exists());
    place.file("old.tsq", "");
    place
        .fonds(&format!("seal bag --key ada --timestamp-request old.tsq {LATER}"))
        .ends(2)
        .remarks("old.tsq");
    assert!(!place.at("bag/seal/signatures").exists());
    for (inside, line) in [("bag/q.tsq", "--timestamp-request bag/q.tsq"), ("bag/copy", "-o bag/copy")] {
        place.fonds(&format!("seal bag --key ada {line} {LATER}")).ends(2).remarks("it would lie in the bag");
        assert!(!place.at(inside).exists() && !place.at("bag/seal/signatures").exists());
    }
    place.fonds(&format!("seal bag --key ada --timestamp-request q.tsq -o other {LATER}")).ends(0);
    assert!(place.at("q.tsq").exists());
}

#[test]
fn an_authority_is_asked_directly_where_there_is_a_network() {
    let Some(place) = letters_and_keys("bag") else { return };
    authorities(&place);
    // Answers two requests, and the third time with something else.
    let server = "import http.server, subprocess\n\
        class Authority(http.server.BaseHTTPRequestHandler):\n\
        \x20   def do_POST(self):\n\
        \x20       assert self.headers['Content-Type'] == 'application/timestamp-query'\n\
        \x20       open('in.tsq', 'wb').write(self.rfile.read(int(self.headers['Content-Length'])))\n\
        \x20       line = 'openssl ts -reply -config tsa.cnf -queryfile in.tsq -out in.tsr'\n\
        \x20       if self.path == '/tsa': subprocess.run(line.split(), check=True, stderr=subprocess.DEVNULL)\n\
        \x20       octets = open('in.tsr', 'rb').read()\n\
        \x20       self.send_response(200)\n\
        \x20       self.send_header('Content-Type', 'application/timestamp-reply')\n\
        \x20       self.send_header('Content-Length', str(len(octets)))\n\
        \x20       self.end_headers()\n\
        \x20       self.wfile.write(octets)\n\
        \x20   def log_message(self, *said): pass\n\
        server = http.server.HTTPServer(('127.0.0.1', 0), Authority)\n\
        open('port.new', 'w').write(str(server.server_port))\n\
        import os; os.rename('port.new', 'port')\n\
        for _ in range(3): server.handle_request()\n";
    if Oracle::python(server).is_none() {
        return;
    }
    place.file("server.py", server);
    let line = format!(
        "python3 server.py & while [ ! -e port ]; do sleep 0.1; done; export NO_PROXY=127.0.0.1; \
         A=http://127.0.0.1:$(cat port); fonds seal bag --key ada --timestamp $A/tsa --timestamp $A/tsa {LATER}; \
         fonds seal bag --timestamp $A/old; echo ended with $?; wait"
    );
    let said = place.shell(&line).go();
    said.ends(0)
        .says(".sig.tsr")
        .says(".sig.2.tsr")
        .says("ended with 2")
        .remarks("cannot get a timestamp from");
    let answer = has_verdict(&place, "bag --allowed-signers signers --ca tsa-ca.pem", "VERIFIED");
    assert_eq!(answer["vouchers"].as_array().unwrap().len(), 3);
    assert!(answer["vouchers"][0]["since"].is_string(), "{answer:#}");
    // A timestamp goes with its signature, and is missed with it.
    script(&place, "rm bag/seal/timestamps/*.2.tsr");
    assert_eq!(has_verdict(&place, "bag", "ALTERED")["codes"][0]["code"], "E525");
}

#[test]
fn a_bag_that_bag_nabit_signed_is_judged_by_the_same_files() {
    let Some(place) = letters_and_keys("unused.zip") else { return };
    authorities(&place);
    let make = "mkdir -p bag/data bag/signatures && echo letter > bag/data/a.txt && cd bag && \
        printf 'BagIt-Version: 1.0\\nTag-File-Character-Encoding: UTF-8\\n' > bagit.txt && \
        sha256sum data/a.txt > manifest-sha256.txt && \
        sha256sum bagit.txt manifest-sha256.txt > tagmanifest-sha256.txt && \
        openssl cms -sign -binary -in tagmanifest-sha256.txt -signer ../cara.pem -inkey ../cara.key -outform PEM \
          -out signatures/tagmanifest-sha256.txt.p7s && \
        openssl ts -query -data signatures/tagmanifest-sha256.txt.p7s -cert -sha256 -out ../n.tsq 2>&1 && cd .. && \
        openssl ts -reply -config tsa.cnf -queryfile n.tsq -out bag/signatures/tagmanifest-sha256.txt.p7s.tsr 2>&1";
    script(&place, make);
    place.shell("cat people-ca.pem tsa-ca.pem > both.pem").go().ends(0);
    let answer = has_verdict(&place, "bag --ca both.pem", "VERIFIED");
    assert!(answer["vouchers"][0]["since"].is_string(), "{answer:#}");
    assert_eq!(has_verdict(&place, "bag", "CONSISTENT")["findings"], serde_json::json!([]));
    // A second tag manifest that nobody signed, and a document that somebody changed with all manifests.
    script(
        &place,
        "cp -r bag two && cd two && sha512sum bagit.txt manifest-sha256.txt > tagmanifest-sha512.txt",
    );
    has_verdict(&place, "two --ca both.pem", "CONSISTENT");
    script(
        &place,
        "cd bag && echo other > data/a.txt && sha256sum data/a.txt > manifest-sha256.txt && \
         sha256sum bagit.txt manifest-sha256.txt > tagmanifest-sha256.txt",
    );
    assert_eq!(has_verdict(&place, "bag --ca both.pem", "ALTERED")["codes"][0]["code"], "E521");
}
