//! Lists that say what documents are, and what is wrong with them.

use super::*;
use fixity::PayloadPath;
use provenance::Item;

fn accession(paths: &[(&str, Option<&[u8]>)]) -> Accession {
    let items = paths.iter().map(|(path, raw)| Item {
        path: PayloadPath::new(*path).unwrap(),
        received_as: raw.map(Into::into),
        size_octets: 0,
        modified: None,
        handle: 0,
        given: Vec::new(),
    });
    Accession { items: items.collect(), ..Accession::default() }
}

/// What is laid over the items, or what is wrong.
fn laid(text: &str, accession: &Accession) -> Result<Vec<(usize, Vec<String>)>, Vec<String>> {
    let given = List::of(text.as_bytes())?.given(accession)?;
    let values = |given: Vec<Given>| {
        given.into_iter().map(|given| format!("{}={}", given.column, given.value)).collect()
    };
    Ok(given.into_iter().map(|(item, given)| (item, values(given))).collect())
}

fn letters() -> Accession {
    accession(&[("data/a.txt", None), ("data/b/CO=4E", Some(b"b/CON")), ("data/c.txt", None)])
}

#[test]
fn comma_semicolon_and_tab_are_told_by_the_header() {
    let expected = Ok(vec![(0, vec!["title=One, two".to_owned(), "notes='twas; so".to_owned()])]);
    for text in [
        "path,title,notes\r\na.txt,\"One, two\",'twas; so\r\n",
        "\u{FEFF}path;title;notes\na.txt;One, two;\"'twas; so\"\n\n;;\n",
        "path\ttitle\tnotes\na.txt\tOne, two\t'twas; so",
    ] {
        assert_eq!(laid(text, &letters()), expected, "{text}");
    }
}

#[test]
fn the_apostrophe_that_fonds_puts_is_taken_back_and_no_other() {
    let text = "title,path\n'=1+1,a.txt\n'twas,c.txt\n''so,b/CON\n";
    let expected = [(0, "title==1+1"), (1, "title='so"), (2, "title='twas")];
    let expected = expected.map(|(item, value)| (item, vec![value.to_owned()]));
    assert_eq!(laid(text, &letters()), Ok(expected.to_vec()));
}

#[test]
fn a_document_is_found_by_each_of_its_names() {
    for path in ["b/CON", "data/b/CON", "b/CO=4E", "data/b/CO=4E", "./b/CON"] {
        let text = format!("path,title\n{path},x\n");
        assert_eq!(laid(&text, &letters()), Ok(vec![(1, vec!["title=x".to_owned()])]), "{path}");
    }
    let raw = accession(&[("data/=E9", Some(b"\xE9"))]);
    assert_eq!(laid("path,title\n\\xE9,x\n", &raw).map(|given| given.len()), Ok(1));
}

#[test]
fn a_path_that_may_mean_two_documents_means_none() {
    let nested = accession(&[("data/a", None), ("data/b", None), ("data/data/a", None)]);
    let problems = laid("path,title\ndata/a,x\n", &nested).unwrap_err();
    assert!(problems[0].contains("`data/a` or `data/data/a`"), "{problems:?}");
    // Beside others that can be read in one way only, it can be, too.
    assert_eq!(laid("path,title\ndata/a,x\ndata/b,y\n", &nested).map(|given| given[0].0), Ok(0));
    assert_eq!(laid("path,title\ndata/a,x\nb,y\n", &nested).map(|given| given[1].0), Ok(2));
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let text = "path,title,date_created\na.txt,x,5 July 1988\nnone.txt,x,\nc.txt,\"a\nb\",\n./c.txt,x,\nc.txt,x\n,x,\n";
    let problems = laid(text, &letters()).unwrap_err();
    for expected in [
        "row 2: the date_created `5 July 1988` is no date in EDTF",
        "row 4: the title `a\\x0Ab` holds the unsafe character U+000A",
        "row 6: expected 3 cells, found 2",
        "row 3: expected the path of a document, found `none.txt`",
        "row 5: `./c.txt` is described by row 4 already",
        "row 7: expected a path, found none",
    ] {
        assert!(problems.iter().any(|problem| problem.contains(expected)), "{expected}: {problems:#?}");
    }
    assert_eq!(problems.len(), 6, "{problems:#?}");
}

#[test]
fn columns_that_describe_nothing_are_refused() {
    let problems = laid("path,sha256,title,title,title_basis,date_basis,colour\n", &letters()).unwrap_err();
    assert_eq!(problems.len(), 5, "{problems:#?}");
    for text in ["", "title\nx\n", "PATH,title\na.txt,x\n"] {
        assert!(laid(text, &letters()).unwrap_err()[0].contains("expected a column `path`"), "{text}");
    }
    assert!(List::of(b"path,title\na,\xE9\n").err().unwrap()[0].contains("UTF-8"));
    let long = format!("path,title\na.txt,{}\n", "x".repeat(1001));
    assert!(laid(&long, &letters()).unwrap_err()[0].contains("1001 octets"));
}

#[test]
fn dates_are_of_edtf() {
    for date in ["1988", "1988-07-28", "198X", "1988~", "1988-07-28?", "1988/..", "1988-21", "[1988,1989]"] {
        assert_eq!(problem("date_created", date), None, "{date}");
    }
    for date in ["1988-13", "1988-02-30", "28/07/1988", "July 1988", "1988-7-8", "۱۳۶۷"] {
        assert!(problem("date_published", date).is_some(), "{date}");
    }
}
