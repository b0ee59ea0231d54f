//! `fonds seal`, and who vouches by the word of `verify`: ssh-keygen and openssl agree in both directions. Keys
//! are made here, each time.

use crate::bundles::{AT, packed_letters};
use crate::oracle::Oracle;
use crate::outcome::Outcome;
use crate::place::Place;

/// When somebody signs.
const LATER: &str = "--at 2026-12-01T09:30:00Z";

/// A bundle of letters and two keys: Ada's, and Bo's behind the passphrase `the tide`. `None` without ssh-keygen.
fn place(bundle: &str) -> Option<Place> {
    Oracle::tool("ssh-keygen")?;
    Oracle::tool("openssl")?;
    let place = packed_letters(bundle);
    script(&place, "ssh-keygen -q -t ed25519 -N '' -C ada -f ada");
    script(&place, "ssh-keygen -q -t ecdsa -b 384 -N 'the tide' -C bo -f bo");
    let signers =
        "for who in ada bo; do echo \"$who@archive.example $(cut -d' ' -f1,2 $who.pub)\"; done > signers";
    script(&place, signers);
    Some(place)
}

#[track_caller]
fn script(place: &Place, script: &str) -> Outcome {
    let outcome = place.shell(script).go();
    outcome.ends(0);
    outcome
}

/// The one answer of `verify`.
#[track_caller]
fn verified(place: &Place, line: &str) -> serde_json::Value {
    place.fonds(&format!("verify {line} --format json")).json()["bags"][0].clone()
}

#[track_caller]
fn has_verdict(place: &Place, line: &str, verdict: &str) -> serde_json::Value {
    let answer = verified(place, line);
    assert_eq!(answer["verdict"], verdict, "{line}: {answer:#}");
    answer
}

/// Where the signature lies that a command says it added.
fn added(outcome: &Outcome) -> String {
    outcome.json()["added"][0]["path"].as_str().unwrap().to_owned()
}

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
fn a_signature_is_checked_by_ssh_keygen_and_makes_a_bundle_verified() {
    for bundle in ["bag.zip", "bag"] {
        let Some(place) = place(bundle) else { return };
        has_verdict(&place, bundle, "CONSISTENT");
        let before = (bundle == "bag").then(|| place.snapshot("bag/data"));
        let signed = place.fonds(&format!("seal {bundle} --key ada {LATER} --agent Ada --format json"));
        signed.ends(0).remarks_nothing();
        let path = added(&signed);
        if let Some(before) = before {
            before.expect_same(&place.snapshot("bag/data"));
        }

        let answer = has_verdict(&place, &format!("{bundle} --allowed-signers signers"), "VERIFIED");
        assert_eq!(answer["vouchers"][0]["who"], "ada@archive.example");
        assert_eq!(answer["vouchers"][0]["since"], serde_json::Value::Null);
        let answer = has_verdict(&place, bundle, "CONSISTENT");
        assert_eq!(answer["vouchers"][0]["trust"], "unknown");
        let said = place.fonds(&format!("verify {bundle}"));
        said.ends(0).says("nobody whom you said you know vouches");
        assert!(!said.out.contains("VERIFIED"), "{said}");
        place.fonds(&format!("inspect {bundle}")).ends(0).says(&path).says("not judged");

        let folder = if bundle == "bag" {
            "bag"
        } else {
            script(&place, "unzip -q bag.zip -d out");
            "out/bag"
        };
        let check = format!(
            "ssh-keygen -Y verify -f signers -I ada@archive.example -n 'bundle-root@fonds' -s {folder}/{path} \
             < {folder}/seal/root.txt"
        );
        script(&place, &check).says("Good \"bundle-root@fonds\" signature");

        // A second time with the same key is told; somebody else may sign at any time.
        let again = place.fonds(&format!("seal {bundle} --key ada {LATER} --format json")).ends(0).json();
        assert_eq!(
            (&again["added"], again["already"].as_array().map(Vec::len)),
            (&serde_json::json!([]), Some(1))
        );
        place.file("passphrase", "the tide\n");
        script(
            &place,
            &format!("fonds seal {bundle} --key bo --passphrase-fd 3 --at 2026-12-02 3<passphrase"),
        );
        let answer = has_verdict(&place, &format!("{bundle} --allowed-signers signers"), "VERIFIED");
        assert_eq!(answer["vouchers"].as_array().unwrap().len(), 2);
        assert_eq!(answer["findings"], serde_json::json!([]));
    }
}

#[test]
fn a_wrong_passphrase_is_told_and_changes_nothing() {
    let Some(place) = place("bag.zip") else { return };
    let before = place.octets("bag.zip");
    place.file("wrong", "the ebb\n");
    let said = place.shell("fonds seal bag.zip --key bo --passphrase-fd 3 3<wrong").go();
    said.ends(2).remarks("wrong passphrase").says_nothing();
    // Nobody is there to be asked: the passphrase is needed, and that is all.
    if Oracle::tool("setsid").is_some() {
        place.shell("setsid -w \"$FONDS\" seal bag.zip --key bo # fonds ").go().ends(2).remarks("passphrase");
    }
    place.fonds("seal bag.zip --key ada.pub").ends(2).remarks("a public key");
    place.fonds("seal bag.zip").ends(2).remarks("expected a key or a timestamp");
    assert_eq!(place.octets("bag.zip"), before);
}

#[test]
fn a_passphrase_is_typed_on_a_terminal_without_being_shown() {
    let Some(place) = place("bag.zip") else { return };
    let script = "import os, pty, sys, time\n\
        child, terminal = pty.fork()\n\
        if child == 0: os.execv(sys.argv[1], ['fonds', 'seal', 'bag.zip', '--key', 'bo'])\n\
        seen = b''\n\
        def until(what):\n\
        \x20   global seen\n\
        \x20   while what not in seen:\n\
        \x20       try: more = os.read(terminal, 4096)\n\
        \x20       except OSError: break\n\
        \x20       if not more: break\n\
        \x20       seen += more\n\
        until(b'Passphrase of bo: ')\n\
        time.sleep(0.5); os.write(terminal, b'the ebb\\n')\n\
        seen = b''; until(b'Passphrase of bo: ')\n\
        time.sleep(0.5); os.write(terminal, b'the tide\\n')\n\
        until(b'never said')\n\
        assert b'the tide' not in seen and b'the ebb' not in seen, seen\n\
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, seen\n";
    let Some(python) = Oracle::python(script) else { return };
    python.agrees(place.root(), &[crate::outcome::FONDS]);
    has_verdict(&place, "bag.zip --allowed-signers signers", "VERIFIED");
}

#[test]
fn an_agent_signs_with_a_key_that_it_holds() {
    let Some(place) = place("bag.zip") else { return };
    let agent = "eval $(ssh-agent -s) > agent.log; trap 'kill $SSH_AGENT_PID' EXIT; ssh-add -q ada && \
                 fonds seal bag.zip --agent-key ada.pub && ! fonds seal bag.zip --agent-key bo.pub";
    let said = place.shell(agent).go();
    said.ends(0).says(".sig").remarks("does not hold the key");
    has_verdict(&place, "bag.zip --allowed-signers signers", "VERIFIED");
    place
        .run("seal bag.zip --agent-key ada.pub")
        .env("SSH_AUTH_SOCK", "")
        .go()
        .ends(2)
        .remarks("SSH_AUTH_SOCK");
}

#[test]
fn certificates_and_timestamps_agree_with_openssl() {
    let Some(place) = place("bag") else { return };
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
    let Some(place) = place("bag") else { return };
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
    script(&place, "sed 's/ssh-ed25519/valid-before=\"20200101Z\" ssh-ed25519/' signers > old");
    let answer = has_verdict(&place, "bag --allowed-signers old", "CONSISTENT");
    assert_eq!(answer["vouchers"][0]["trust"], "out of time");
}

#[test]
fn whoever_changes_what_was_signed_or_takes_a_signature_away_is_noticed() {
    let Some(place) = place("bag") else { return };
    let path = added(place.fonds(&format!("seal bag --key ada {LATER} --format json")).ends(0));
    let signers = "--allowed-signers signers";
    has_verdict(&place, &format!("bag {signers}"), "VERIFIED");
    let altered = |change: &str, codes: &[&str]| {
        script(&place, &format!("rm -rf forged && cp -r bag forged && {change}"));
        let answer = has_verdict(&place, &format!("forged {signers}"), "ALTERED");
        let errors = answer["codes"].as_array().unwrap().iter().filter(|code| code["severity"] == "error");
        let found: Vec<_> = errors.map(|code| code["code"].clone()).collect();
        assert_eq!(found, codes, "{change}: {answer:#}");
        // What is not sound is not signed.
        place.fonds("seal forged --key bo.pub").ends(2);
        place.shell("fonds seal forged --key ada").go().ends(1).remarks("not sealed");
    };
    altered(&format!("rm forged/{path}"), &["E525"]);
    altered(&format!("sed -i '2s/^U1NIU0lH/U1NIU0lI/' forged/{path}"), &["E522", "E525"]);
    altered("sed -i s/^size/Size/ forged/seal/root.txt", &["E512", "E521"]);
    altered("rm forged/seal/root.txt", &["E514", "E521"]);
    altered(
        "sed -i 's/ada@/bo@/;s/SHA256:/SHA256;/' forged/seal/events.csv && \
         head -c -5 forged/seal/events.csv > x && mv x forged/seal/events.csv",
        &["E524"],
    );
    // An insider packs other documents under the same name, and keeps the seal's signature and ledger.
    place.file("letters/a.txt", "another letter\n");
    place.fonds(&format!("bundle letters {AT} -o other")).ends(0);
    let forged = "rm -rf forged && cp -r other forged && cp -r bag/seal/signatures bag/seal/events.csv forged/seal \
                  && sed -i 's/: other$/: bag/' forged/bag-info.txt";
    script(&place, forged);
    let answer = has_verdict(&place, &format!("forged {signers}"), "ALTERED");
    assert!(answer["codes"].as_array().unwrap().iter().any(|code| code["code"] == "E521"), "{answer:#}");
}

#[test]
fn many_bags_and_revisions_are_judged_by_the_same_files() {
    let Some(place) = place("bag.zip") else { return };
    place.file("back.csv", "path,title\ndata/a.txt,A letter\n");
    place.fonds(&format!("describe bag.zip back.csv --apply {LATER}")).ends(0);
    // A revision has a root of its own.
    place.fonds(&format!("seal bag-r2.zip --key ada {LATER}")).ends(0);
    let before = place.octets("bag.zip");
    place.fonds(&format!("seal bag.zip --key ada {LATER} -o signed.zip")).ends(0).says("signed.zip");
    assert_eq!(place.octets("bag.zip"), before);
    let many = place.fonds("verify bag.zip bag-r2.zip signed.zip --allowed-signers signers --format json");
    let bags = many.ends(0).json()["bags"].clone();
    let words: Vec<_> = bags.as_array().unwrap().iter().map(|bag| bag["verdict"].clone()).collect();
    assert_eq!(words, ["CONSISTENT", "VERIFIED", "VERIFIED"]);
    // A signature that was made elsewhere is added and recorded.
    script(
        &place,
        "unzip -q bag.zip -d out && ssh-keygen -q -Y sign -f ada -n 'bundle-root@fonds' out/bag/seal/root.txt",
    );
    place.fonds(&format!("seal bag.zip --signature out/bag/seal/root.txt.sig {LATER}")).ends(0);
    assert_eq!(place.octets("bag.zip"), place.octets("signed.zip"));
    // Of another bundle it is not.
    place.fonds("seal bag-r2.zip --signature out/bag/seal/root.txt.sig").ends(2).remarks("cannot use");
}

#[test]
fn no_key_stands_in_what_is_said_or_written() {
    let Some(place) = place("bag") else { return };
    place.file("passphrase", "the tide");
    let said = place.shell("fonds seal bag --key bo --passphrase-fd 3 --format json 3<passphrase").go();
    said.ends(0);
    let secret: String = place.text("ada").lines().nth(3).unwrap().to_owned();
    let said_too = place.fonds("seal bag --key ada");
    for text in [&said.out, &said.err, &said_too.out, &said_too.err] {
        assert!(!text.contains("the tide") && !text.contains(&secret), "{text}");
    }
    let found = place.shell(&format!("grep -rl -e 'the tide' -e '{secret}' bag")).go();
    found.says_nothing();
}

#[test]
fn an_authority_is_asked_directly_where_there_is_a_network() {
    let Some(place) = place("bag") else { return };
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
    let Some(place) = place("unused.zip") else { return };
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

#[test]
fn a_bundle_is_signed_in_one_go() {
    let Some(place) = place("letters.zip") else { return };
    let told =
        place.fonds(&format!("bundle letters {AT} --sign ada -o signed.zip --format json")).ends(0).json();
    let signature = told["signatures"][0].as_str().unwrap().to_owned();
    assert!(signature.starts_with("seal/signatures/SHA256-"), "{told}");
    let answer = has_verdict(&place, "signed.zip --allowed-signers signers", "VERIFIED");
    assert_eq!(answer["vouchers"][0]["path"], *signature);
    assert_eq!(answer["fingerprint"], told["fingerprint"]);
    // What is no key is found before anything is packed.
    place.fonds(&format!("bundle letters {AT} --sign ada.pub -o none.zip")).ends(2);
    assert!(!place.root().join("none.zip").exists());
}

#[test]
fn who_signed_the_whole_vouches_for_the_documents_of_a_part() {
    let Some(place) = place("letters.zip") else { return };
    place.fonds(&format!("seal letters.zip --key ada {LATER}")).ends(0);
    place.fonds(&format!("disclose letters.zip --select data/a.txt {LATER} -o part.zip")).ends(0);
    let answer = has_verdict(&place, "part.zip --allowed-signers signers", "VERIFIED");
    assert_eq!((&answer["disclosure"]["opened"], &answer["counts"]["warnings"]), (&1.into(), &0.into()));
    let said = place.fonds("verify part.zip --allowed-signers signers");
    said.ends(0)
        .says("slots withheld")
        .says("what the sheets and events say: those are of whoever made this");
    has_verdict(&place, "part.zip", "CONSISTENT");
    // The signature is of this root, and of no other.
    place.fonds(&format!("bundle letters {AT} --identifier other -o other.zip")).ends(0);
    place.fonds(&format!("seal other.zip --key ada {LATER}")).ends(0);
    script(
        &place,
        "unzip -q part.zip && unzip -q -o other.zip && cp other/seal/signatures/*.sig part/seal/signatures/",
    );
    has_verdict(&place, "part --allowed-signers signers", "ALTERED");
}
