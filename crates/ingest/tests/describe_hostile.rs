//! Documents made to hurt: bounded work, no panic, the same answer each time.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use ingest::describe::{ContentDescriber, READ};
use proptest::prelude::*;
use provenance::Format;
use provenance::description::{Describer, Description, Look, RemarkKind};

const HTML: Format = Format { media_type: Some("text/html"), puid: None, basis: "" };
const TEXT: Format = Format { media_type: Some("text/plain"), puid: None, basis: "" };

fn describe(page: &str) -> Description {
    ContentDescriber.describe(&Look::whole("page.html", &HTML, page.as_bytes()))
}

fn title(description: &Description) -> &str {
    description.title.as_ref().map_or("", |title| &title.value)
}

#[test]
fn a_hundred_thousand_nested_elements() {
    let description =
        describe(&format!("<title>Deep water</title>{}<h1>Deep water</h1>", "<div>".repeat(100_000)));
    assert_eq!(title(&description), "Deep water");
    let closed = format!("<title>Deep water</title>{}", "</div>".repeat(100_000));
    assert_eq!(title(&describe(&closed)), "Deep water");
}

#[test]
fn too_many_elements_are_told() {
    let description = describe(&format!("<title>Many</title>{}", "<b></b>".repeat(400_000)));
    assert_eq!(title(&description), "Many");
    assert!(description.remarks.iter().any(|remark| remark.kind == RemarkKind::GivenUp));
}

#[test]
fn an_attribute_of_ten_megabytes() {
    let page = format!("<title>Long</title><div class=\"{}\"><h1>Long</h1>", "a ".repeat(5 << 20));
    let description = describe(&page);
    assert_eq!(title(&description), "Long");
    assert!(page.len() > READ);
    assert!(description.remarks.iter().any(|remark| remark.detail.starts_with("too long")));
}

#[test]
fn a_page_of_a_gigabyte_is_its_beginning() {
    let page = "<html lang=en><title>Big</title><h1>Big</h1>";
    let description = ContentDescriber
        .describe(&Look { size_octets: 1 << 30, ..Look::whole("a.html", &HTML, page.as_bytes()) });
    assert_eq!(title(&description), "Big");
    assert!(description.remarks.iter().any(|remark| remark.kind == RemarkKind::GivenUp));
}

#[test]
fn nothing_is_closed_and_there_are_nuls() {
    let description =
        describe("<html lang=en\0><title>Op\0en</title><h1 class='x>Open<p <b <i></ </x <!-- <![CDATA[");
    assert_eq!(title(&description), "Open");
    assert!(describe("\0\0\0<\0h1\0>").title.is_none());
}

#[test]
fn linked_data_nested_ten_thousand_deep() {
    let script = format!("{}1{}", "{\"@graph\":[".repeat(10_000), "]}".repeat(10_000));
    let description =
        describe(&format!("<title>Deep data</title><script type=application/ld+json>{script}</script>"));
    assert_eq!(title(&description), "Deep data");
}

#[test]
fn the_first_of_many_declarations_counts() {
    let metas =
        "<meta property='og:title' content='First'><meta property='og:title' content='Second'>".repeat(5_000);
    assert_eq!(title(&describe(&metas)), "First");
}

#[test]
fn what_scripts_would_write_is_no_content() {
    let description = describe(
        "<script>document.write('<h1>Forged</h1><title>Forged</title>')</script><title>Real words here</title>\
         <style>h1::after{content:'<h1>Forged</h1>'}</style><template><h1>Forged</h1></template>",
    );
    assert_eq!(title(&description), "Real words here");
}

#[test]
fn marks_of_direction_do_not_turn_a_title_round() {
    let description = describe("<title>\u{202E}gpj.exe \u{2066}words\u{2069}</title>");
    assert_eq!(title(&description), "gpj.exe words");
}

#[test]
fn entities_do_not_grow() {
    let description = describe(&format!("<title>{}</title>", "&amp;".repeat(1 << 20)));
    assert!(title(&description).len() < 5_000);
}

#[test]
fn work_grows_with_length_only() {
    for piece in [
        "<a x='",
        "<a x=\"",
        "<!--",
        "<script>",
        "</",
        "<p",
        "&#",
        "<![CDATA[",
        "<time>1",
        "<h1>a b ",
        "By A, ",
        "<title>",
        "{\"@context\":",
    ] {
        let page = piece.repeat(READ / piece.len());
        describe(&page);
        ContentDescriber.describe(&Look::whole("a.txt", &TEXT, page.as_bytes()));
    }
}

proptest! {
    #[test]
    fn any_octets_give_one_answer(octets in proptest::collection::vec(any::<u8>(), 0..2_000), html: bool) {
        let format = if html { HTML } else { TEXT };
        let describe = || ContentDescriber.describe(&Look::whole("a", &format, &octets));
        prop_assert_eq!(describe(), describe());
    }

    #[test]
    fn any_markup_gives_one_answer(pieces in proptest::collection::vec(prop::sample::select(vec![
        "<html lang=en>", "<h1>", "</h1>", "<title>", "</title>", "<meta name=author content='", "'>", "<time datetime=2020-01-01>",
        "</time>", "<div class='author date comment'>", "</div>", "By Jane Sample", "5 July 2023", "<script>", "</script>", "\"", "'",
        "<script type=application/ld+json>{\"@type\":\"Article\",\"headline\":\"", "\"}", "&amp;", "&#x6A9;", "\u{202E}", "۱۴ تیر ۱۴۰۲", "<!--", "-->", "\0", "<svg>",
        "https://a.example/2020/01/02/", "\n", " – ", "گزارش",
    ]), 0..60), html: bool) {
        let page = pieces.concat();
        let format = if html { HTML } else { TEXT };
        let describe = || ContentDescriber.describe(&Look::whole("a", &format, page.as_bytes()));
        prop_assert_eq!(describe(), describe());
    }
}
