//! `events.csv`.

use provenance::ledger::StoredEvent;
use provenance::name::is_harmless;
use provenance::{Attribution, LedgerProblem, LedgerVisitor, LedgerWriter, visit_ledger};

/// Characters of what a problem expected, and of what it found.
const LONGEST: usize = 160;

/// A ledger: its problems are harmless and short, and one without a problem is octet for octet what
/// its events are written as.
pub fn ledger(octets: &[u8]) {
    let writer = LedgerWriter::new(Vec::new()).expect("memory takes all");
    let mut visitor = Copying { writer, problems: 0, events: 0 };
    let summary = visit_ledger(octets, &mut visitor).expect("memory can be read");
    assert_eq!(summary.problems, visitor.problems);
    assert!(visitor.events <= summary.rows);
    if visitor.problems == 0 {
        let last_row = visitor.writer.last_row();
        assert!(visitor.writer.finish().expect("memory takes all") == octets, "sound, and not as written");
        assert_eq!(summary.last_row, last_row);
    }
}

/// Writes every event anew.
struct Copying {
    writer: LedgerWriter<Vec<u8>>,
    problems: u64,
    events: u64,
}

impl LedgerVisitor for Copying {
    fn event(&mut self, stored: &StoredEvent<'_>) {
        self.events += 1;
        let by = Attribution {
            agent: stored.agent.map(str::to_owned),
            role: stored.agent_role.to_owned(),
            software: stored.software.to_owned(),
            at: stored.at,
        };
        // Of a ledger with problems not all can be written; what is missing is compared at the end.
        let _ = self.writer.record(&stored.event, &by);
    }

    fn problem(&mut self, problem: LedgerProblem) {
        self.problems += 1;
        let text = problem.to_string();
        assert!(is_harmless(&text), "{text:?}");
        for part in [problem.expected, problem.found] {
            assert!(part.chars().count() <= LONGEST, "{part}");
        }
    }
}
