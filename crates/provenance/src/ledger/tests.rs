//! What is written comes back, and what is changed shows.

use super::*;
use crate::name::spell;
use crate::{Attribution, DigestText, ErrorKind, Event, EventType, Outcome, Sha256Hex};
use chrono::{DateTime, Utc};
use proptest::prelude::*;
use std::collections::HashSet;

const HEX: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn by(agent: &str) -> Attribution {
    Attribution {
        agent: Some(agent.to_owned()).filter(|agent| !agent.is_empty()),
        role: "implementer".to_owned(),
        software: "fonds 0.1.0".to_owned(),
        at: DateTime::from_timestamp(1_688_634_842, 0).unwrap(),
    }
}

fn event<'a>(object_path: &'a str, detail: &'a str) -> Event<'a> {
    Event {
        event_type: EventType::MessageDigestCalculation,
        object_path,
        digest_before: None,
        digest_after: DigestText::new("sha256", HEX),
        outcome: Outcome::Success,
        detail,
    }
}

fn ledger(events: &[(Event<'_>, Attribution)]) -> Vec<u8> {
    let mut writer = LedgerWriter::new(Vec::new()).unwrap();
    for (event, by) in events {
        writer.record(event, by).unwrap();
    }
    writer.finish().unwrap()
}

fn small_ledger() -> Vec<u8> {
    ledger(&[
        (event("data/نامه, \"۱\".txt", "=1+1"), by("سارا")),
        (Event { event_type: EventType::FixityCheck, ..event("data/b", "'tis") }, by("")),
        (Event { outcome: Outcome::Warning, ..event("", "signature, later") }, by("@office")),
    ])
}

fn faults(octets: &[u8]) -> Vec<(u64, LedgerFault)> {
    let mut faults = Vec::new();
    let summary = check_ledger(octets, &mut |problem| {
        faults.push((problem.row, problem.fault));
    })
    .unwrap();
    assert_eq!(summary.problems, faults.len() as u64);
    faults
}

/// Events and attributions as owned text, in the order of the columns.
#[derive(Default)]
struct Collected(Vec<[String; 5]>, Vec<LedgerProblem>);

impl LedgerVisitor for Collected {
    fn event(&mut self, stored: &StoredEvent<'_>) {
        let event = &stored.event;
        self.0.push(
            [stored.agent.unwrap_or(""), stored.agent_role, stored.software, event.object_path, event.detail]
                .map(str::to_owned),
        );
    }
    fn problem(&mut self, problem: LedgerProblem) {
        self.1.push(problem);
    }
}

#[test]
fn the_form_is_fixed_to_the_octet() {
    let stored = String::from_utf8(small_ledger()).unwrap();
    let lines: Vec<_> = stored.split_inclusive("\r\n").collect();
    assert_eq!(lines.len(), 4);
    assert_eq!(
        lines[0],
        "\u{FEFF}event_no,event_id,event_type,event_type_uri,at,agent,agent_role,software,object_path,\
         digest_before,digest_after,outcome,detail,previous\r\n"
    );
    let id = lines[1].split(',').nth(1).unwrap();
    assert_eq!(
        lines[1],
        format!(
            "1,{id},message digest calculation,http://id.loc.gov/vocabulary/preservation/eventType/mes,\
             2023-07-06T09:14:02Z,سارا,implementer,fonds 0.1.0,\"data/نامه, \"\"۱\"\".txt\",,sha256:{HEX},success,'=1+1,{}\r\n",
            Sha256Hex::of(lines[0].as_bytes())
        )
    );
    assert!(
        lines[2].starts_with("2,ev-") && lines[2].contains(",,implementer,"),
        "an unknown agent is blank"
    );
    assert!(lines[2].trim_end().ends_with(Sha256Hex::of(lines[1].as_bytes()).as_str()));
}

#[test]
fn a_sound_ledger_is_summed_up() {
    let stored = small_ledger();
    let mut seen = Collected::default();
    let summary = visit_ledger(&stored[..], &mut seen).unwrap();
    assert_eq!((seen.1, summary.problems, summary.rows), (vec![], 0, 3));
    assert_eq!(seen.0[0][3], "data/نامه, \"۱\".txt");
    assert_eq!(summary.count(EventType::MessageDigestCalculation), 2);
    assert_eq!(summary.count(EventType::FixityCheck), 1);
    assert_eq!(summary.count(EventType::Ingestion), 0);
    assert_eq!(summary.agents.list, ["سارا", "@office"]);
    assert_eq!(summary.software.list, ["fonds 0.1.0"]);
    assert_eq!(summary.first, Some(by("").at));
    let last = stored.split_inclusive(|b| *b == b'\n').next_back().unwrap();
    assert_eq!(summary.last_row, Sha256Hex::of(last));
}

#[test]
fn every_flipped_bit_is_reported() {
    let sound = small_ledger();
    let last_row = sound[..sound.len() - 2].iter().rposition(|b| *b == b'\n').unwrap() + 1;
    let hash = check_ledger(&sound[..], &mut |_| ()).unwrap().last_row;
    let mut unseen_columns = HashSet::new();
    let mut flipped = sound.clone();
    for at in 0..sound.len() {
        for bit in 0..8 {
            flipped[at] ^= 1 << bit;
            let mut problems = 0;
            let summary = check_ledger(&flipped[..], &mut |_| problems += 1).unwrap();
            if problems == 0 {
                assert!(at >= last_row, "octet {at}, bit {bit}: nothing reported");
                unseen_columns.insert(sound[last_row..at].split(|b| *b == b',').count() - 1);
            }
            // Also where no row follows that would tell: the summary does.
            assert!(problems > 0 || summary.last_row != hash, "octet {at}, bit {bit}");
            flipped[at] = sound[at];
        }
    }
    // Only in cells of the last row that nothing else speaks of: agent, role, software, digest_after,
    // and detail, whose comma makes it two.
    assert_eq!(unseen_columns, HashSet::from([5, 6, 7, 10, 12, 13]));
}

#[test]
fn rows_lost_added_or_moved_are_reported() {
    let sound = small_ledger();
    let lines: Vec<_> = sound.split_inclusive(|b| *b == b'\n').collect();
    let rows = |order: &[usize]| faults(&order.iter().flat_map(|at| lines[*at]).copied().collect::<Vec<_>>());
    assert_eq!(rows(&[0, 1, 2, 3]), []);
    assert_eq!(rows(&[0, 1, 3]), [(3, LedgerFault::EventNo), (3, LedgerFault::Previous)]);
    assert!(rows(&[0, 2, 1, 3]).contains(&(2, LedgerFault::Previous)));
    assert!(rows(&[0, 1, 1, 2, 3]).contains(&(3, LedgerFault::Previous)));
    assert_eq!(rows(&[]), [(1, LedgerFault::Header)]);
    assert_eq!(rows(&[0]), []);
    assert_eq!(rows(&[0, 1, 2]), [], "a lost last row shows in the tag manifests only");
    assert_eq!(faults(&sound[..sound.len() - 1]), [(4, LedgerFault::LineEnd)]);
}

/// A one-row ledger whose row has `cell` in place of column `at`, and else is what was written.
fn with_cell(at: usize, cell: &str) -> Vec<(u64, LedgerFault)> {
    let stored = String::from_utf8(ledger(&[(event("data/a", "x"), by("a"))])).unwrap();
    let (header, row) = stored.split_once("\r\n").unwrap();
    let mut cells: Vec<_> = row.trim_end().split(',').collect();
    cells[at] = cell;
    faults(format!("{header}\r\n{}\r\n", cells.join(",")).as_bytes())
}

#[test]
fn each_rule_has_a_fault_of_its_own() {
    use LedgerFault as F;
    for (at, cell, fault) in [
        (0, "01", F::EventNo),
        (1, "ev-00", F::EventId),
        (2, "signing", F::EventType),
        (3, "http://id.loc.gov/vocabulary/preservation/eventType/dig", F::EventTypeUri),
        (4, "2023-07-06T09:14:02+00:00", F::Time),
        (5, "@SUM(1)", F::Formula),
        (5, "'needless", F::Formula),
        (6, "a\u{202E}b", F::Text),
        (7, "\"needless\"", F::Quotes),
        (8, "data/b", F::EventId),
        (9, "sha256:AB", F::Digest),
        (10, "md5", F::Digest),
        (11, "failure", F::Outcome),
        (12, "x,y", F::CellCount),
        (13, HEX, F::Previous),
    ] {
        assert!(with_cell(at, cell).contains(&(2, fault)), "{cell}: {:?}", with_cell(at, cell));
    }
}

#[test]
fn no_line_makes_it_eat_memory() {
    let long = vec![b'x'; 3 * MAX_LINE_OCTETS];
    let mut problems = Vec::new();
    check_ledger(&long[..], &mut |problem| problems.push(problem)).unwrap();
    assert_eq!(problems.len(), 1);
    assert_eq!((problems[0].row, problems[0].fault), (1, LedgerFault::TooLong));
    assert_eq!(problems[0].found.chars().count(), 160);

    let mut writer = LedgerWriter::new(Vec::new()).unwrap();
    let detail = ",".repeat(MAX_LINE_OCTETS);
    assert_eq!(writer.record(&event("a", &detail), &by("")).unwrap_err().kind(), ErrorKind::TooLong);
    let late = Attribution { at: DateTime::<Utc>::MAX_UTC, ..by("") };
    assert_eq!(writer.record(&event("a", ""), &late).unwrap_err().kind(), ErrorKind::Time);
    writer.record(&event("a", ""), &by("")).unwrap();
    assert_eq!(faults(&writer.finish().unwrap()), [], "a refused event leaves no trace");
}

#[test]
fn a_ledger_goes_on_behind_its_last_row() {
    let (old, later) = (small_ledger(), event("data/c", "later"));
    let mut writer = LedgerWriter::resuming(&old[..], Vec::new()).unwrap();
    assert_eq!((writer.events(), writer.last_row()), (3, Sha256Hex::of(last_line(&old))));
    writer.record(&later, &by("Ada")).unwrap();
    let longer = writer.finish().unwrap();
    assert!(longer.starts_with(&old) && longer.len() > old.len());
    assert_eq!(faults(&longer), []);

    let header = ledger(&[]);
    let mut writer = LedgerWriter::resuming(&header[..], Vec::new()).unwrap();
    writer.record(&later, &by("Ada")).unwrap();
    assert_eq!(writer.finish().unwrap(), ledger(&[(later, by("Ada"))]));
}

#[test]
fn nothing_is_written_behind_a_ledger_that_is_not_whole() {
    let whole = small_ledger();
    for cut in 0..whole.len() {
        let is_whole = matches!(&whole[..cut], [.., b'\r', b'\n']);
        let resumed = LedgerWriter::resuming(&whole[..cut], Vec::new());
        assert_eq!(resumed.is_ok(), is_whole, "cut at {cut}");
    }
    let mut bent = whole.clone();
    bent[whole.len() - 3] ^= 1;
    let error = LedgerWriter::resuming(&bent[..], Vec::new()).err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Ledger);
    assert!(error.to_string().contains("row 4"), "{error}");
}

fn last_line(ledger: &[u8]) -> &[u8] {
    let end = ledger[..ledger.len() - 1].iter().rposition(|&octet| octet == b'\n').unwrap();
    &ledger[end + 1..]
}

proptest! {
    #[test]
    fn every_text_comes_back_as_spelt(texts in proptest::collection::vec(
        proptest::array::uniform5("[-=+@',\"\t\r\n＝]{0,3}(?s:.{0,9})"), 1..5)
    ) {
        let events: Vec<_> = texts.iter().map(|[agent, role, software, path, detail]| {
            let by = Attribution { role: role.clone(), software: software.clone(), ..by(agent) };
            (event(path, detail), by)
        }).collect();
        let mut seen = Collected::default();
        visit_ledger(&ledger(&events)[..], &mut seen).unwrap();
        prop_assert_eq!(seen.1, vec![]);
        let spelt: Vec<_> = texts.iter().map(|row| row.each_ref().map(|text| spell(text).into_owned())).collect();
        prop_assert_eq!(seen.0, spelt);
    }

    #[test]
    fn no_octets_make_it_panic(mut octets in proptest::collection::vec(any::<u8>(), 0..200), at in 0..900_usize) {
        faults(&octets);
        let sound = small_ledger();
        octets.splice(0..0, sound[..at.min(sound.len())].iter().copied());
        faults(&octets);
    }
}

#[test]
fn a_ledger_may_go_on_with_another_one() {
    let last_row = Sha256Hex::of(b"the last row of another ledger");
    let mut writer = LedgerWriter::following(last_row, Vec::new()).unwrap();
    writer.record(&event("seal/a", "first"), &by("Ada")).unwrap();
    let begun = writer.finish().unwrap();
    let mut writer = LedgerWriter::resuming_after(&begun[..], Before::Row(last_row), Vec::new()).unwrap();
    writer.record(&event("seal/b", "second"), &by("Ada")).unwrap();
    let stored = writer.finish().unwrap();

    let problems = |before| {
        let mut seen = Collected::default();
        visit_ledger_after(&stored[..], before, &mut seen).unwrap();
        seen.1.into_iter().map(|problem| (problem.row, problem.fault)).collect::<Vec<_>>()
    };
    assert_eq!(problems(Before::Row(last_row)), []);
    assert_eq!(problems(Before::Untold), []);
    assert_eq!(problems(Before::Header), [(2, LedgerFault::Previous)]);
    assert_eq!(problems(Before::Row(Sha256Hex::of(b"another"))), [(2, LedgerFault::Previous)]);
    let wrong = LedgerWriter::resuming_after(&begun[..], Before::Header, Vec::new());
    assert_eq!(wrong.err().map(|error| error.kind()), Some(ErrorKind::Ledger));
}
