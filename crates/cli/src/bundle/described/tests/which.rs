//! Which document a row is about, and that it is never about another.

use super::*;

fn two() -> Accession {
    accession(&[("data/a/report.txt", None), ("data/b/report.txt", None), ("data/b/two.txt", None)])
}

fn only_b() -> Accession {
    accession(&[("data/b/report.txt", None), ("data/b/two.txt", None)])
}

fn id(path: &str) -> String {
    item_id(path).as_str().to_owned()
}

#[test]
fn in_a_sheet_with_identifiers_a_document_that_is_not_here_is_told_and_none_gets_its_row() {
    let gone =
        format!("item_id,path,title,sensitivity\n{},data/a/report.txt,x,public\n", id("data/a/report.txt"));
    for text in [
        gone.clone(),
        format!("{gone}{},data/b/report.txt,y,sealed\n", id("data/b/report.txt")),
        gone.replace("data/a/", "data\\a\\"),
        "item_id,path,title\n,report.txt,x\n".to_owned(),
        "item_id,path,title\n,data/a/report.txt,x\n".to_owned(),
    ] {
        let (described, accession) = read(&text, only_b(), Wish::default()).unwrap();
        assert_eq!((described.not_there.len(), described.by_name.len()), (1, 0), "{text} {described:?}");
        let titles = accession.items[0].given.iter().filter(|given| given.column == "title");
        let titles: Vec<&str> = titles.map(|given| given.value.as_str()).collect();
        assert_eq!(titles.first().copied().unwrap_or("y"), "y", "{text}");
        assert!(accession.items[1].given.is_empty(), "{text}");
    }
    // A folder of that name is here, and the document is not.
    let text = format!("item_id,path,title\n{},data/b,x\n", id("data/b"));
    assert_eq!(read(&text, only_b(), Wish::default()).unwrap().0.not_there, ["data/b"]);
    // From the source on it would be the path of another document.
    let text = format!("item_id,path,title\n{},data/b,x\n{},data/c,y\n", id("data/b"), id("data/c"));
    let nested = accession(&[("data/c", None), ("data/data/b", None)]);
    let (described, _) = read(&text, nested, Wish::default()).unwrap();
    assert_eq!((described.documents, described.not_there), (1, vec!["data/b".to_owned()]));
}

#[test]
fn an_identifier_and_a_path_of_two_documents_are_refused() {
    let refused = |id: &str, path: &str, expected: &str| {
        let text = format!("item_id,path,title\n{id},{path},x\n");
        let problems = read(&text, two(), Wish::default()).unwrap_err();
        assert!(problems.iter().any(|problem| problem.contains(expected)), "{expected}: {problems:#?}");
    };
    let (a, b) = (id("data/a/report.txt"), id("data/b/report.txt"));
    refused(
        &a,
        "data/b/report.txt",
        "row 2: expected the path of `data/a/report.txt`, which its item_id names",
    );
    refused(&b, "a/report.txt", "found `a/report.txt`");
    refused(&a, "data/c/report.txt", "found `data/c/report.txt`");
    refused(&a, "two.txt", "found `two.txt`");
    refused(&a, "data/a", "found `data/a`");
    refused("item-0", "data/a/report.txt", "expected the item_id of `data/a/report.txt`, found `item-0`");
    for path in ["data/a/report.txt", "a/report.txt", "", "./data/a/report.txt", "a\\report.txt"] {
        let text = format!("item_id,path,title\n{a},{path},x\n");
        assert_eq!(laid_over(&text, two()), Ok(vec![(0, vec!["title=x".to_owned()])]), "{path}");
    }
}

#[test]
fn an_identifier_tells_a_path_that_may_mean_two_documents() {
    let nested = accession(&[("data/a", None), ("data/b", None), ("data/data/a", None)]);
    let text = format!("item_id,path,title\n{},data/a,x\n", id("data/a"));
    assert_eq!(laid_over(&text, nested), Ok(vec![(0, vec!["title=x".to_owned()])]));
    // Its name in the bundle is now that of a file on the disk.
    let copied = accession(&[("data/CO=3D4E", Some(b"CO=4E"))]);
    let text = format!("item_id,path,title\n{},data/CO=4E,x\n", id("data/CO=4E"));
    assert_eq!(laid_over(&text, copied), Ok(vec![(0, vec!["title=x".to_owned()])]));
}

#[test]
fn a_name_alone_tells_a_document_unless_its_folders_are_others() {
    for (path, here) in [
        ("two.txt", "data/b/two.txt"),
        ("b/two.txt", "data/x/b/two.txt"),
        ("source/b/two.txt", "data/b/two.txt"),
        ("C:\\scans\\b\\two.txt", "data/b/two.txt"),
        ("/srv/uploads/two.txt", "data/two.txt"),
    ] {
        let text = format!("file,title\n{path},x\n");
        let here = accession(&[(here, None)]);
        let (described, accession) = read(&text, here, Wish::default()).unwrap();
        assert_eq!(described.by_name, [format!("{path} is {}", accession.items[0].path)], "{path}");
    }
    for (path, here) in [
        ("a/two.txt", "data/b/two.txt"),
        ("x/b/two.txt", "data/y/b/two.txt"),
        ("/home/x/two.txt", "data/b/two.txt"),
        // All folders from the source on are told.
        ("data/two.txt", "data/b/two.txt"),
        ("data/a/two.txt", "data/two.txt"),
        ("objects/a/two.txt", "data/two.txt"),
        // The folder is here, and the document in it is not.
        ("one/two.txt", "data/two.txt"),
    ] {
        let text = format!("file,title\n{path},x\n");
        let here = accession(&[("data/one/x.txt", None), (here, None)]);
        let problems = read(&text, here, Wish::default()).unwrap_err();
        let told = problems[0].contains("of which only the name is that of `data/");
        assert!(told && problems[0].contains(path), "{path}: {problems:?}");
    }
}
