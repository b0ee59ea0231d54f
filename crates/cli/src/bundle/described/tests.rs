//! Lists that say what documents are, and what is wrong with them.

use super::*;
use fixity::PayloadPath;
use provenance::Item;
use provenance::id::item_id;

mod which;

fn accession(paths: &[(&str, Option<&[u8]>)]) -> Accession {
    let items = paths.iter().map(|(path, raw)| Item {
        path: PayloadPath::new(*path).unwrap(),
        received_as: raw.map(Into::into),
        size_octets: 7,
        modified: None,
        handle: 0,
        given: Vec::new(),
    });
    Accession { items: items.collect(), ..Accession::default() }
}

fn letters() -> Accession {
    accession(&[("data/a.txt", None), ("data/b/CO=4E", Some(b"b/CON")), ("data/c.txt", None)])
}

/// What comes of a list, and the accession that it was laid over.
fn read(text: &str, mut accession: Accession, wish: Wish) -> Result<(Described, Accession), Vec<String>> {
    let table = Table::read_as("list.csv", text.as_bytes(), Repeats::Allowed)
        .map_err(|error| vec![error.to_string()])?;
    let described = of_table(&table, "list.csv", &mut accession, wish)?;
    Ok((described, accession))
}

fn laid_over(text: &str, accession: Accession) -> Result<Vec<(usize, Vec<String>)>, Vec<String>> {
    let (described, accession) = read(text, accession, Wish::default())?;
    let values = accession.items.iter().enumerate().map(|(number, item)| {
        (number, item.given.iter().map(|given| format!("{}={}", given.column, given.value)).collect())
    });
    let values: Vec<(usize, Vec<String>)> =
        values.filter(|(_, given): &(_, Vec<_>)| !given.is_empty()).collect();
    assert!(values.len() as u64 <= described.documents);
    Ok(values)
}

fn laid(text: &str) -> Result<Vec<(usize, Vec<String>)>, Vec<String>> {
    laid_over(text, letters())
}

/// What is laid over the first document, by a list that says nothing of another.
#[track_caller]
fn of_first(text: &str) -> Vec<String> {
    let laid = laid(text).unwrap();
    assert_eq!(laid.len(), 1, "{laid:?}");
    laid[0].1.clone()
}

#[track_caller]
fn refused(text: &str, expected: &str) {
    let problems = laid(text).unwrap_err();
    assert!(problems.iter().any(|problem| problem.contains(expected)), "{expected} is not in {problems:#?}");
}

#[test]
fn comma_semicolon_and_tab_are_told_by_the_header() {
    for text in [
        "path,title,notes\r\na.txt,\"One, two\",'twas; so\r\n",
        "\u{FEFF}path;title;notes\na.txt;One, two;\"'twas; so\"\n\n;;\n",
        "path\ttitle\tnotes\na.txt\tOne, two\t'twas; so",
    ] {
        assert_eq!(of_first(text), ["title=One, two", "notes='twas; so"], "{text}");
    }
}

#[test]
fn the_apostrophe_that_fonds_puts_is_taken_back_and_no_other() {
    let text = "title,path\n'=1+1,a.txt\n'twas,c.txt\n''so,b/CON\n";
    let expected = [(0, "title==1+1"), (1, "title='so"), (2, "title='twas")];
    let expected = expected.map(|(item, value)| (item, vec![value.to_owned()]));
    assert_eq!(laid(text), Ok(expected.to_vec()));
}

#[test]
fn a_document_is_found_by_each_of_its_names() {
    for path in
        ["b/CON", "data/b/CON", "b/CO=4E", "data/b/CO=4E", "./b/CON", "b\\CON", "CON", "/home/x/b/CON"]
    {
        let text = format!("path,title\n{path},x\n");
        assert_eq!(laid(&text), Ok(vec![(1, vec!["title=x".to_owned()])]), "{path}");
    }
    let (described, _) = read("path,title\nCON,x\n", letters(), Wish::default()).unwrap();
    assert_eq!(described.by_name, ["CON is data/b/CO=4E"]);
}

#[test]
fn a_path_that_may_mean_two_documents_means_none() {
    let nested = || accession(&[("data/a", None), ("data/b", None), ("data/data/a", None)]);
    let problems = laid_over("path,title\ndata/a,x\n", nested()).unwrap_err();
    assert!(problems[0].contains("`data/a` or `data/data/a`"), "{problems:?}");
    // Beside others that can be read in one way only, it can be, too.
    assert_eq!(laid_over("path,title\ndata/a,x\ndata/b,y\n", nested()).map(|given| given[0].0), Ok(0));
    assert_eq!(laid_over("path,title\ndata/a,x\nb,y\n", nested()).map(|given| given[1].0), Ok(2));
    let twins = accession(&[("data/x/a.txt", None), ("data/y/a.txt", None)]);
    let problems = laid_over("path,title\na.txt,x\n", twins).unwrap_err();
    assert!(problems[0].contains("only the name is that of `data/x/a.txt` or"), "{problems:?}");
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let text = "path,title,date_created\na.txt,x,05/07/1988\nnone.txt,x,\nc.txt,\"a\u{202E}b\",\n./c.txt,x,\nc.txt,x,y,z\n,x,\nb/CON,#REF!,July\n";
    let problems = laid(text).unwrap_err();
    for expected in [
        "row 2: the date_created `05/07/1988` may be 1988-05-07 or 1988-07-05",
        "row 3: expected the path of a document, found `none.txt`",
        "row 4: the title `a\\xE2\\x80\\xAEb` holds the unsafe character U+202E",
        "row 5: `./c.txt` is described by row 4 already",
        "row 6 has cells beyond the last column",
        "row 7: expected a path, found none",
        "row 8: expected a value in `title`, found `#REF!`",
        "row 8: the date_created `July` is no date in EDTF",
    ] {
        let readings = ["1988-05-07 or 1988-07-05", "1988-07-05 or 1988-05-07"];
        let is_told = |problem: &String| {
            problem.contains(expected) || problem.replace(readings[1], readings[0]).contains(expected)
        };
        assert!(problems.iter().any(is_told), "{expected}: {problems:#?}");
    }
}

#[test]
fn columns_that_nobody_knows_are_refused_or_kept() {
    refused("path,title,colour\na.txt,x,red\n", "found `colour`; --keep-columns");
    refused("path,title,title\na.txt,x,y\n", "found `title` again");
    refused("title\nx\n", "expected a column that names the files (path, file,");
    refused("", "there is nothing in it");
    let keep = Wish { keep_columns: true, ..Wish::default() };
    let (described, accession) = read("path,colour\na.txt,red\n", letters(), keep).unwrap();
    assert_eq!(accession.items[0].given[0].value, "colour: red");
    assert!(described.remarks[0].contains("colour"), "{described:?}");
    let long = format!("path,title\na.txt,{}\n", "x".repeat(1001));
    refused(&long, "1001 octets");
}

#[test]
fn values_of_a_controlled_column_are_those_that_it_has() {
    assert_eq!(of_first("path,sensitivity\na.txt,Restricted\n"), ["sensitivity=restricted"]);
    refused(
        "path,sensitivity\na.txt,secret\n",
        "expected one of public, partner, restricted, sealed as sensitivity",
    );
}

#[test]
fn digests_in_a_sheet_are_to_be_compared_and_a_wrong_size_is_told() {
    let digest = "a".repeat(64);
    let text = format!("path,sha256,md5,size_bytes,title_basis\na.txt,{digest},{},7,x\n", "B".repeat(32));
    refused(&text, "`title_basis`");
    let text =
        format!("path,sha256,md5,size_bytes,date_basis,puid\na.txt,{digest},{},7,x,fmt/1\n", "B".repeat(32));
    let (described, accession) = read(&text, letters(), Wish::default()).unwrap();
    assert_eq!(accession.supplied.len(), 2);
    assert_eq!((accession.supplied[0].item, accession.supplied[0].list), (0, 0));
    assert_eq!(accession.lists, ["list.csv"]);
    assert!(described.remarks[0].contains("passed over: date_basis, puid"), "{described:?}");
    refused("path,sha256\na.txt,12\n", "expected sha256 in hexadecimal");
    refused("path,size_bytes\na.txt,8\n", "expected 8 octets of `data/a.txt`, as the list says, found 7");
    let accept = Wish { accept_damaged: true, ..Wish::default() };
    let (described, accession) = read("path,size_bytes\na.txt,8\n", letters(), accept).unwrap();
    assert_eq!(accession.arrivals[0].outcome, Outcome::Fail);
    assert!(described.remarks[0].contains("found 7"), "{described:?}");
}

#[test]
fn the_sheet_of_a_whole_bundle_may_come_with_some_of_its_documents() {
    let id = item_id("data/c.txt");
    let text = format!("item_id,path,title\nitem-0,data/gone.txt,x\n{},,By identifier\n", id.as_str());
    let (described, accession) = read(&text, letters(), Wish::default()).unwrap();
    assert_eq!(described.not_there, ["data/gone.txt"]);
    assert_eq!(described.form, "sheet of fonds");
    assert_eq!(accession.items[2].given[0].value, "By identifier");
    // Its titles are understood, too.
    assert_eq!(of_first("شناسهٔ سند,مسیر,عنوان\n,data/a.txt,بندر\n"), ["title=بندر"]);
}

#[test]
fn lists_in_five_languages_are_understood() {
    for text in [
        "filename,title,date,author\na.txt,Bells,28 July 1988,Ada Quillfeather\n",
        "Nom de fichier;Titre;Date de création;Auteur\na.txt;Bells;28 juillet 1988;Ada Quillfeather\n",
        "archivo,título,fecha,autora\na.txt,Bells,28/07/1988,Ada Quillfeather\n",
        "اسم الملف,العنوان,التاريخ,الكاتب\na.txt,Bells,28/07/1988,Ada Quillfeather\n",
        "نام فایل,عنوان,تاریخ,نویسنده\na.txt,Bells,۶ مرداد ۱۳۶۷,Ada Quillfeather\n",
    ] {
        let values = of_first(text);
        let has = |value: &str| values.iter().any(|known| known == value);
        assert!(has("title=Bells") && has("creator=Ada Quillfeather"), "{text} {values:?}");
        assert!(has("date_created=1988-07-28"), "{text} {values:?}");
        let written = values.iter().find(|value| value.starts_with("date_as_written="));
        assert!(
            written.is_some_and(|written| text.contains(&written["date_as_written=".len()..])),
            "{values:?}"
        );
    }
    let persian = of_first("نام فایل,تاریخ\na.txt,۶ مرداد ۱۳۶۷\n");
    assert!(persian.contains(&"date_calendar=persian".to_owned()), "{persian:?}");
    refused("filename,date\na.txt,05/07/2023\n", "may be 2023-0");
    // What is no address is no source_url, and is not lost.
    assert_eq!(
        of_first("file,source,language\na.txt,a neighbour,Farsi\n"),
        ["notes=source: a neighbour | language: Farsi"]
    );
}

#[test]
fn a_list_of_archivematica_is_understood_and_nothing_of_it_is_lost() {
    let text = "filename,dc.title,dc.subject,dc.subject,dc.date,dcterms.issued,dc.contributor,Shelf,dc.title\n\
        objects/a.txt,Bells,tide,harbour,ca. the flood,1988-07-28,B. Marsh,\"12\n13\",Second\n\
        objects/b/,The folder,,,,,,,\n";
    let (described, accession) = read(text, letters(), Wish::default()).unwrap();
    let values: Vec<_> =
        accession.items[0].given.iter().map(|given| format!("{}={}", given.column, given.value)).collect();
    assert_eq!(
        values,
        [
            "title=Bells",
            "date_published=1988-07-28",
            "date_as_written=ca. the flood",
            "subject=tide | harbour",
            "notes=dc.contributor: B. Marsh | Shelf: 12 13 | dc.title: Second",
        ]
    );
    assert_eq!((described.form, described.of_no_document), ("metadata.csv of Archivematica", 1));
    assert!(accession.arrivals[0].detail.contains("a folder objects/b/: title: The folder"), "{accession:?}");
    assert!(described.remarks.iter().any(|remark| remark.starts_with("1 dates could not be told")));
    refused("filename,dc.title\nobjects/none.txt,x\n", "found `objects/none.txt`");
    refused("filename,dc.date\nobjects/a.txt,05/07/2023\n", "may be 2023-0");
}

#[test]
fn a_list_of_atom_is_understood_and_nothing_of_it_is_lost() {
    let text = "legacyId,parentId,identifier,title,levelOfDescription,scopeAndContent,digitalObjectPath,\
        nameAccessPoints,language,eventDates,eventTypes,eventStartDates,eventEndDates,eventActors,culture\n\
        1,,F1,The Ellery fonds,Fonds,All of it,,,,,,,,,en\n\
        2,1,IT-1,Bells,Item,\"They rang.\nAt noon.\",/srv/uploads/a.txt,Ada|Ben,en|fa,\
        ۶ مرداد ۱۳۶۷|in July|later,Creation|Publication|Accumulation,1988-07-28|1988-07-01|1990-00-00,\
        1988-07-28|1988-07-31|NULL,Ada Quillfeather|The Post|Ines,fa\n";
    let (described, accession) = read(text, letters(), Wish::default()).unwrap();
    let values: Vec<_> =
        accession.items[0].given.iter().map(|given| format!("{}={}", given.column, given.value)).collect();
    assert_eq!(
        values,
        [
            "title=Bells",
            "creator=Ada Quillfeather",
            "publisher=The Post",
            "date_published=1988-07",
            "date_created=1988-07-28",
            "date_as_written=۶ مرداد ۱۳۶۷ | in July",
            "date_calendar=persian",
            "language=en | fa",
            "people=Ada | Ben",
            "description=They rang. At noon.",
            "notes=legacyId: 2 | parentId: 1 | identifier: IT-1 | levelOfDescription: Item | culture: fa | \
         event: Accumulation, later, 1990-00-00, Ines",
        ]
    );
    assert_eq!((described.by_name.len(), described.of_no_document), (1, 1));
    let fonds = &accession.arrivals[0].detail;
    assert!(fonds.contains("describes Fonds") && fonds.contains("title: The Ellery fonds"), "{fonds}");
    refused(
        "legacyId,levelOfDescription,digitalObjectPath,eventTypes,eventDates\n1,Item,a.txt,Creation|Creation,1988\n",
        "expected as many values in each of eventTypes",
    );
    refused(
        "legacyId,levelOfDescription,digitalObjectPath,eventStartDates,eventEndDates\n1,Item,a.txt,1367-05-06,1367-05-07\n",
        "may be 1988-07-28/1988-07-29",
    );
    refused("legacyId,levelOfDescription,title\n1,Item,x\n", "expected a column that names the files");
}

/// Lists of all four forms, cut anywhere, with any octet put in: refused or read, never a panic.
#[test]
fn no_octets_break_the_reading_of_lists() {
    let lists = [
        "item_id,path,title,date_created,sha256,size_bytes\nitem-1,data/a.txt,'=x,1988~,ab,7\n",
        "filename,dc.title,dc.date,dc.title\nobjects/a.txt,Bells,1988,\"a\nb\"\n",
        "legacyId,levelOfDescription,digitalObjectPath,eventTypes,eventDates,eventStartDates,eventActors\n\
         1,Item,a.txt,Creation|NULL,۶ مرداد ۱۳۶۷|x,1988-00-00|,Ada|Ben\n",
        "نام فایل;عنوان;تاریخ\na.txt;بندر;1402/04/14\n",
    ];
    for list in lists {
        let octets = list.as_bytes();
        for cut in 0..=octets.len() {
            for other in
                [None, Some(0), Some(b'"'), Some(b','), Some(b'|'), Some(b'/'), Some(0xD8), Some(b'\n')]
            {
                let mut octets = octets[..cut].to_vec();
                octets.extend(other);
                octets.extend(other.map(|_| &list.as_bytes()[cut..]).unwrap_or_default());
                let Ok(table) = Table::read_as("list.csv", &octets, Repeats::Allowed) else { continue };
                let keep = Wish { keep_columns: true, accept_damaged: true };
                let mut accession = letters();
                if let Err(problems) = of_table(&table, "list.csv", &mut accession, keep) {
                    assert!(!problems.is_empty());
                    assert!(accession.items.iter().all(|item| item.given.is_empty()), "refused and laid");
                }
            }
        }
    }
}
