//! What is sealed: whoever changes it is noticed, and revisions, parts and bundles of before keep the rules.

use crate::bundles::AT;
use crate::keys::{LATER, added, has_verdict, letters_and_keys, script};
use crate::place::Place;

#[test]
fn whoever_changes_what_was_signed_or_takes_a_signature_away_is_noticed() {
    let Some(place) = letters_and_keys("bag") else { return };
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
    let Some(place) = letters_and_keys("bag.zip") else { return };
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
fn a_bundle_is_signed_in_one_go() {
    let Some(place) = letters_and_keys("letters.zip") else { return };
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
    let Some(place) = letters_and_keys("letters.zip") else { return };
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

/// Makes of a bundle one of before there were seals, with a tag manifest that knows of it.
fn age(place: &Place, bundle: &str) {
    script(
        place,
        &format!(
            "cd {bundle} && rm -r seal && sed -i '/^Fonds-Seal:/d' bag-info.txt && for bits in 256 512; do \
               sum=$(sha${{bits}}sum bag-info.txt | cut -d' ' -f1) && \
               sed -i \"s/^.*  bag-info.txt/$sum  bag-info.txt/\" tagmanifest-sha$bits.txt; done"
        ),
    );
    place.fonds(&format!("verify {bundle}")).ends(0);
}

#[test]
fn a_bundle_of_before_gets_the_same_root_each_time_that_its_time_is_given() {
    let Some(place) = letters_and_keys("bag") else { return };
    age(&place, "bag");
    script(&place, "for copy in one two epoch drawn again; do cp -r bag $copy; done");
    for bundle in ["one", "two"] {
        place.fonds(&format!("seal {bundle} --key ada {LATER} --threads 2")).ends(0);
    }
    place.run("seal epoch --key ada").env("SOURCE_DATE_EPOCH", "1796117400").go().ends(0);
    script(&place, "diff -r one two").says_nothing();
    let seed = |bundle: &str| place.text(format!("{bundle}/seal/seed.txt"));
    assert_eq!(seed("one"), seed("epoch"));
    has_verdict(&place, "one --allowed-signers signers", "VERIFIED");
    // Without a time nobody can make it again, and other documents have another.
    for bundle in ["drawn", "again"] {
        place.fonds(&format!("seal {bundle} --key ada")).ends(0);
    }
    assert!(seed("drawn") != seed("again") && seed("drawn") != seed("one"));
    place.file("letters/a.txt", "another letter\n");
    place.fonds(&format!("bundle letters {AT} -o other")).ends(0);
    age(&place, "other");
    place.fonds(&format!("seal other --key ada {LATER}")).ends(0);
    assert_ne!(seed("one"), seed("other"));
}
