//! Lists of others that describe documents: whose they are, and what becomes of what they say.

use crate::bundles::AT;
use crate::place::Place;
use crate::trees;

fn letters() -> Place {
    let place = Place::new();
    trees::letters(&place);
    place
}

#[test]
fn the_sheet_comes_back_in_every_form_in_which_it_goes_out() {
    let place = letters();
    place.file("list.csv", "path,title,sensitivity,date_created\na.txt,ناقوس,Partner,1988-07-28\n");
    place.fonds(&format!("bundle letters -o bag --describe list.csv {AT}")).ends(0);
    for (option, sheet) in [("", "s.csv"), ("--xlsx", "s.xlsx"), ("--ods", "s.ods")] {
        place.fonds(&format!("sheet bag {option} -o {sheet}")).ends(0);
        let target = format!("out-{}", &sheet[2..]);
        let answer =
            place.fonds(&format!("bundle letters -o {target} --describe {sheet} --format json {AT}"));
        let json = answer.ends(0).json();
        assert_eq!(json["described_by"]["form"], "sheet of fonds", "{json}");
        assert!(json["described_by"]["remarks"].to_string().contains("passed over: date_basis"), "{json}");
        // The digests of the sheet were held against the documents.
        assert_eq!(
            json["checked"]["agreeing"].as_u64().or(json["checked"]["digests"].as_u64()).map(|n| n > 0),
            Some(true),
            "{json}"
        );
        let row = place.text(format!("{target}/metadata/manifest.csv"));
        let row = row.lines().find(|line| line.contains("data/a.txt")).unwrap().to_owned();
        assert!(
            row.contains(",ناقوس,") && row.contains(",partner,") && row.contains(",1988-07-28,"),
            "{row}"
        );
        place.fonds(&format!("verify {target}")).ends(0);
    }
    // Whoever changed a document is found by the sheet of before.
    place.file("letters/a.txt", "Dear nobody,\n");
    place.fonds("bundle letters -o no --describe s.xlsx").ends(1).says("data/a.txt");
    assert!(!place.at("no").exists());
    // One that is gone is told, and the others are packed.
    std::fs::remove_file(place.at("letters/a.txt")).unwrap();
    place
        .fonds(&format!("bundle letters -o fewer --describe s.ods {AT}"))
        .ends(0)
        .remarks("describes 1 files that are not here")
        .remarks("data/a.txt");
}

#[test]
fn a_list_of_ones_own_is_read_in_any_encoding_and_its_dates_are_told_or_refused() {
    let place = letters();
    let text =
        "نام فايل;عنوان;تاريخ\na.txt;گزارش کوتاه از شهر;1402/04/14\n".replace('ی', "ي").replace('ک', "ك");
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    place.file("list.csv", [&[0xFF, 0xFE][..], &utf16].concat());
    let refusal = place.fonds("bundle letters -o no --describe list.csv");
    refusal.ends(2).remarks("may be 2023-07-05 or ");
    let text = text.replace("1402/04/14", "۱۴ تیر ۱۴۰۲");
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    place.file("list.csv", [&[0xFF, 0xFE][..], &utf16].concat());
    let answer = place.fonds(&format!("bundle letters -o bag --describe list.csv {AT}"));
    answer
        .ends(0)
        .says("described  1 documents by the list that was given: plain list (CSV, UTF-16LE, semicolons)");
    let sheet = place.text("bag/metadata/manifest.csv");
    let row = sheet.lines().find(|line| line.contains("data/a.txt")).unwrap();
    assert!(row.contains(",2023-07-05,") && row.contains(",۱۴ تیر ۱۴۰۲,persian,"), "{row}");
    place.file("list.csv", "filename,title,date\na.txt,x,05/07/2023\n");
    place.fonds("bundle letters -o no --describe list.csv").ends(2).says_nothing().remarks("2023-07-05");
    place.file("list.csv", "filename,title,shelf\na.txt,x,12\n");
    place
        .fonds("bundle letters -o no --describe list.csv")
        .ends(2)
        .remarks("found `shelf`")
        .remarks("filename");
    place
        .fonds(&format!("bundle letters -o kept --describe list.csv --keep-columns {AT}"))
        .ends(0)
        .remarks("kept among the notes, under their own names: shelf");
    assert!(place.text("kept/metadata/manifest.csv").contains(",shelf: 12"));
}

#[test]
fn rows_of_higher_levels_stand_in_the_ledger() {
    let place = letters();
    place.file(
        "atom.csv",
        "legacyId,parentId,title,levelOfDescription,digitalObjectPath\n1,,The Ellery fonds,Fonds,\n2,1,Bells,Item,uploads/a.txt\n",
    );
    let answer = place.fonds(&format!("bundle letters -o bag --describe atom.csv {AT}"));
    answer
        .ends(0)
        .remarks("1 rows describe folders or higher levels")
        .remarks("found by their names alone")
        .remarks("  uploads/a.txt is data/a.txt");
    let ledger = place.text("bag/metadata/events.csv");
    let row = ledger.lines().find(|line| line.contains("describes Fonds")).unwrap();
    assert!(
        row.contains("The Ellery fonds") && row.contains(",accession,") && row.contains(",atom.csv,"),
        "{row}"
    );
    place.fonds("verify bag").ends(0).says("CONSISTENT");
}

#[test]
fn a_row_about_a_document_that_is_not_here_is_never_laid_over_another() {
    let place = Place::new();
    place.file("s/a/report.txt", "one\n");
    place.file("s/b/report.txt", "two\n");
    place.fonds(&format!("bundle s -o bag {AT}")).ends(0);
    let sheet = place.text("bag/metadata/manifest.csv");
    let id = |path: &str| {
        let row = sheet.lines().find(|line| line.contains(path)).unwrap();
        row.split(',').next().unwrap().to_owned()
    };
    let (a, b) = (id("data/a/report.txt"), id("data/b/report.txt"));
    place.file("both.csv", format!("item_id,path,title\n{a},data/b/report.txt,x\n"));
    place.fonds("bundle s -o no --describe both.csv").ends(2).remarks("which its item_id names");
    std::fs::remove_file(place.at("s/a/report.txt")).unwrap();
    let gone = format!("item_id,path,title,sensitivity\n{a},data/a/report.txt,Gone,public\n");
    for (target, list) in
        [("one", gone.clone()), ("all", format!("{gone}{b},data/b/report.txt,Here,sealed\n"))]
    {
        place.file("list.csv", list);
        let answer = place.fonds(&format!("bundle s -o {target} --describe list.csv {AT}"));
        answer.ends(0).remarks("describes 1 files that are not here").remarks("data/a/report.txt");
        let sheet = place.text(format!("{target}/metadata/manifest.csv"));
        assert!(!sheet.contains("Gone") && !sheet.contains(",public,"), "{sheet}");
        assert_eq!(sheet.contains("Here"), target == "all", "{sheet}");
    }
    place.file("list.csv", "file,title\na/report.txt,Gone\n");
    place
        .fonds("bundle s -o no --describe list.csv")
        .ends(2)
        .remarks("only the name is that of `data/b/report.txt`");
    place.file("list.csv", "file,title\nreport.txt,Here\n");
    let json = place.fonds(&format!("bundle s -o by --describe list.csv --format json {AT}")).ends(0).json();
    assert_eq!(json["described_by"]["found_by_name"][0], "report.txt is data/b/report.txt", "{json}");
}

#[test]
fn both_ways_in_read_dates_alike() {
    let place = letters();
    place.fonds(&format!("bundle letters -o bag {AT}")).ends(0);
    for (header, date, told) in [
        ("date_created", "1402-12-30", "1982-10-18~"),
        ("date_created", "1402/12/30", "1982-10-18~"),
        ("date_created", "1367~", "1988-03-21~/1989-03-20~"),
        ("date_created", "1367/1368", "1988-03-21/1990-03-20"),
        ("تاریخ ایجاد", "24/3/67", "1988-06-14"),
        ("تاریخ ایجاد", "1402/12/30", "1402/12/30"),
    ] {
        place.file("list.csv", format!("path,{header}\na.txt,{date}\n"));
        place.fonds("bundle letters -o no --describe list.csv").ends(2).remarks(told);
        place.file("back.csv", format!("path,{header}\ndata/a.txt,{date}\n"));
        place.fonds("describe bag back.csv").ends(1).says(told);
    }
    place.file("list.csv", "path,date_created\ndata/a.txt,14/06/1988 10:30\n");
    place.fonds("describe bag list.csv").ends(1).says("its time into date_as_written");
    place.fonds(&format!("bundle letters -o timed --describe list.csv {AT}")).ends(0);
    assert!(place.text("timed/metadata/manifest.csv").contains(",1988-06-14,14/06/1988 10:30,"));
    place.file("list.csv", "path,date_created\ndata/a.txt,1988-06-14 10:30:45\n");
    place.fonds("describe bag list.csv").ends(0).says("1988-06-14T10:30:45");
}
