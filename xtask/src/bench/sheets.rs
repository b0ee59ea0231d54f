//! Sheets of very many documents: out as CSV and as workbooks, and back in. Each is timed with a quarter
//! of the rows, too, which shows whether time and memory grow with them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::corpus::Corpus;
use super::rounds::{Contestant, Score, play};
use super::{machine, within};
use crate::{Result, dist, oracles, process};

/// What `cargo xtask bench sheets` takes.
#[derive(clap::Args)]
pub struct Args {
    /// Documents of the bundle
    #[arg(long, value_name = "N", default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(400..))]
    rows: u64,
    /// How often each program runs; the medians are compared
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// Where the bundles are made, instead of a memory file system with enough room
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// A program to time, instead of the release that is built first
    #[arg(long, value_name = "FILE")]
    fonds: Option<PathBuf>,
}

/// Octets of each document: its row is what counts.
const DOCUMENT: u64 = 64;
/// Seconds that 100,000 rows may take as CSV.
const CSV_AIM: f64 = 1.0;
/// Octets that a sheet on its way may need in memory, and those more for each row: the container knows all
/// its entries.
const MEMORY_AIM: u64 = 64 << 20;
const MEMORY_OF_ROW: u64 = 400;
/// How many times the time for a quarter of the rows all may take, if the time is linear in them.
const LINEAR_AIM: f64 = 5.0;

/// A sheet out as CSV.
const CSV: &str = "fonds sheet";
/// The same rows out of the ZIP, and counted.
const PYTHON_CSV: &str = "unzip -p, Python csv";
/// A workbook for Excel, and one in `OpenDocument`.
const XLSX: &str = "fonds sheet --xlsx";
const ODS: &str = "fonds sheet --ods";
/// The same cells by somebody else.
const OPENPYXL: &str = "openpyxl, write-only";
/// What came back, held against the bundle.
const PLAN_CSV: &str = "fonds describe, CSV";
const PLAN_XLSX: &str = "fonds describe, XLSX";
const PLAN_ODS: &str = "fonds describe, ODS";
/// Cells that differ, by somebody else.
const PYTHON_PLAN: &str = "Python csv, cell by cell";

const COUNT_ROWS: &str = "import csv, io, sys
rows = csv.reader(io.TextIOWrapper(sys.stdin.buffer, encoding='utf-8-sig', newline=''))
sys.exit(sum(1 for _ in rows) < 2)";

const WRITE_WORKBOOK: &str = "import csv, openpyxl
book = openpyxl.Workbook(write_only=True)
page = book.create_sheet('manifest')
with open('sheet.csv', encoding='utf-8-sig', newline='') as file:
    for row in csv.reader(file):
        page.append(row)
book.save('peer.xlsx')";

const COMPARE: &str = "import csv
def rows(path):
    with open(path, encoding='utf-8-sig', newline='') as file:
        yield from csv.DictReader(file)
known = {row['item_id']: row for row in rows('sheet.csv')}
print(sum(known[row['item_id']][name] != value for row in rows('back.csv') for name, value in row.items()))";

/// Makes two bundles, one with a quarter of the documents, and prints what their sheets cost.
pub fn run(args: &Args) -> Result {
    let fonds = match &args.fonds {
        Some(file) => fs::canonicalize(file)?,
        None => dist::release_binary()?,
    };
    let tools = Tools { fonds, python: oracles::set_up()?.join("bin/python") };
    println!("\n{}", machine::describe());
    let mut measured = Vec::new();
    for rows in [args.rows / 4, args.rows] {
        let corpus = Corpus::tiny(rows, DOCUMENT);
        // A ZIP has names three times for each entry, and a workbook every digest.
        let workshop = machine::workshop(args.dir.as_deref(), rows * 4096)?;
        within(&workshop, false, |workshop| {
            measured.push((rows, tools.measure(&corpus, workshop, args.runs)?));
            Ok(())
        })?;
    }
    if let [(few, quarter), (rows, all)] = measured.as_slice() {
        print(*few, quarter, *rows, all);
    }
    Ok(())
}

struct Tools {
    fonds: PathBuf,
    python: PathBuf,
}

impl Tools {
    fn measure(&self, corpus: &Corpus, workshop: &Path, rounds: u16) -> Result<Vec<Score>> {
        eprintln!("making {} in {}", corpus.title(), workshop.display());
        corpus.make(&workshop.join("corpus"))?;
        let packed =
            ["bundle", "corpus", "-o", "bundle.zip", "--at", "2026-01-02T03:04:05Z", "--agent", "bench"];
        let sheets: [&[&str]; 4] = [
            &packed,
            &["sheet", "bundle.zip", "-o", "sheet.csv"],
            &["sheet", "bundle.zip", "--xlsx", "-o", "back.xlsx"],
            &["sheet", "bundle.zip", "--ods", "-o", "back.ods"],
        ];
        for words in sheets {
            process::run(self.fonds(workshop, words).stdout(Stdio::null()))?;
        }
        let sheet = fs::read_to_string(workshop.join("sheet.csv"))?;
        fs::write(workshop.join("back.csv"), filled_in(&sheet))?;
        play(&self.contestants(workshop), rounds)
    }

    fn contestants<'a>(&'a self, workshop: &'a Path) -> Vec<Contestant<'a>> {
        let one = |name, output: &str, command: Box<dyn Fn() -> Command + 'a>| Contestant {
            name,
            prepare: Box::new(|| Ok(())),
            command,
            output: workshop.join(output),
        };
        let ours = |name, output: &'static str, words: &'static [&'static str]| {
            one(name, output, Box::new(move || self.fonds(workshop, words)))
        };
        let theirs = |name, output: &'static str, script: &'static str| {
            one(name, output, Box::new(move || self.script(workshop, script)))
        };
        vec![
            ours(CSV, "made.csv", &["sheet", "bundle.zip", "-o", "made.csv"]),
            one(PYTHON_CSV, "none", Box::new(move || self.count_rows(workshop))),
            ours(XLSX, "made.xlsx", &["sheet", "bundle.zip", "--xlsx", "-o", "made.xlsx"]),
            theirs(OPENPYXL, "peer.xlsx", WRITE_WORKBOOK),
            ours(ODS, "made.ods", &["sheet", "bundle.zip", "--ods", "-o", "made.ods"]),
            ours(PLAN_CSV, "none", &["describe", "bundle.zip", "back.csv"]),
            theirs(PYTHON_PLAN, "none", COMPARE),
            ours(PLAN_XLSX, "none", &["describe", "bundle.zip", "back.xlsx"]),
            ours(PLAN_ODS, "none", &["describe", "bundle.zip", "back.ods"]),
        ]
    }

    fn fonds(&self, workshop: &Path, words: &[&str]) -> Command {
        let mut command = Command::new(&self.fonds);
        command.current_dir(workshop).args(words);
        command
    }

    fn script(&self, workshop: &Path, script: &str) -> Command {
        let mut command = Command::new(&self.python);
        command.current_dir(workshop).args(["-c", script]);
        command
    }

    fn count_rows(&self, workshop: &Path) -> Command {
        let mut command = Command::new("sh");
        let line = "unzip -p bundle.zip bundle/metadata/manifest.csv | \"$0\" -c \"$1\"";
        command.current_dir(workshop).args(["-c", line]).arg(&self.python).arg(COUNT_ROWS);
        command
    }
}

/// The sheet with a note in every tenth row; the last column is for notes, and blank in a new bundle.
fn filled_in(sheet: &str) -> String {
    let mut back = String::with_capacity(sheet.len() + sheet.len() / 10);
    for (number, line) in sheet.split_inclusive("\r\n").enumerate() {
        match line.strip_suffix("\r\n") {
            Some(cells) if number > 0 && number % 10 == 0 && cells.ends_with(',') => {
                back.push_str(cells);
                back.push_str("looked at\r\n");
            }
            _ => back.push_str(line),
        }
    }
    back
}

#[expect(clippy::cast_precision_loss, reason = "numbers of rows need no 53 bits")]
fn print(few: u64, quarter: &[Score], rows: u64, all: &[Score]) {
    println!("\n### Sheets of {few} and of {rows} rows\n");
    println!(
        "| program | seconds | for a quarter | times | µs a row | CPU | peak MiB | for a quarter | aim |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for (one, less) in all.iter().zip(quarter) {
        let (wall, cpu) = (one.median(|sample| sample.wall), one.median(|sample| sample.cpu));
        let before = less.median(|sample| sample.wall);
        println!(
            "| {} | **{wall:.2}** | {before:.2} | {:.1} | {:.1} | {cpu:.2} | {} | {} | {} |",
            one.name,
            wall / before,
            wall * 1e6 / rows as f64,
            one.peak() >> 20,
            less.peak() >> 20,
            aims(one, rows, wall, wall / before)
        );
    }
}

/// What is asked of each, and whether it is so.
#[expect(clippy::cast_precision_loss, reason = "numbers of rows need no 53 bits")]
fn aims(score: &Score, rows: u64, wall: f64, times: f64) -> String {
    let word = |is_met: bool| if is_met { "met" } else { "missed" };
    let memory = MEMORY_AIM + MEMORY_OF_ROW * rows;
    match score.name {
        CSV => {
            let aim = CSV_AIM * rows as f64 / 1e5;
            format!("≤ {aim:.2} s: {}", word(wall <= aim))
        }
        XLSX | ODS => format!("≤ {} MiB: {}", memory >> 20, word(score.peak() <= memory)),
        PLAN_CSV | PLAN_XLSX | PLAN_ODS => format!("≤ {LINEAR_AIM} times: {}", word(times <= LINEAR_AIM)),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::filled_in;

    #[test]
    fn every_tenth_row_gets_a_note_and_nothing_else_changes() {
        let sheet: String =
            (0..25).flat_map(|row| [format!("item-{row},data/{row},"), "\r\n".to_owned()]).collect();
        let back = filled_in(&sheet);
        let changed: Vec<_> =
            sheet.lines().zip(back.lines()).filter(|(before, after)| before != after).collect();
        assert_eq!(
            changed,
            [
                ("item-10,data/10,", "item-10,data/10,looked at"),
                ("item-20,data/20,", "item-20,data/20,looked at")
            ]
        );
        assert_eq!(back.lines().count(), 25);
    }
}
