//! Days in a page that are not the day of its publication; every person and place is invented.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use ingest::FormatIdentifier;
use ingest::describe::ContentDescriber;
use provenance::Identifier;
use provenance::description::{Describer, Look};

const TEXT: &str = "<p>The council discussed the matter at length and the residents listened.</p>";

fn published(page: &str) -> Option<String> {
    let octets = page.as_bytes();
    let format = FormatIdentifier.identify("page.html", octets, octets.len() as u64);
    ContentDescriber.describe(&Look::whole("page.html", &format, octets)).dates.published
}

fn of_body(language: &str, body: &str) -> Option<String> {
    published(&format!(
        "<!DOCTYPE html><html lang={language}><head><meta charset=utf-8></head><body>{body}{TEXT}</body></html>"
    ))
}

#[test]
fn the_day_of_reading_is_none() {
    for (language, line) in [
        ("de", "Heute: Sonntag, 22. November 2026"),
        ("en", "Thursday 19 November 2026"),
        ("en", "Today is 19 November 2026"),
        ("fa", "یکشنبه ۱ آذر ۱۴۰۵"),
        ("fa", "امروز ۱ آذر ۱۴۰۵"),
        ("ar", "اليوم الأحد 22 نوفمبر 2026"),
    ] {
        assert_eq!(
            of_body(language, &format!("<div>{line}</div><h1>Council approves budget</h1>")),
            None,
            "{line}"
        );
    }
    for line in [
        "Printed on 22 November 2026 from courier.example",
        "Accessed 22 November 2026",
        "Retrieved on 22 November 2026",
    ] {
        assert_eq!(
            of_body("en", &format!("<h1>Council approves budget</h1>{TEXT}<p>{line}</p>")),
            None,
            "{line}"
        );
    }
}

#[test]
fn a_day_told_in_a_sentence_is_none() {
    for line in [
        "By John Maddock's account, nothing happened on 12 June 1944.",
        "The mill burned on 4 October 1961 and was never rebuilt.",
        "On 4 October 1961 the mill burned.",
        "Edda Marwick (born 3 May 1940) is a poet.",
        "born 3 May 1940",
    ] {
        assert_eq!(of_body("en", &format!("<h1>Memories of the old mill</h1><p>{line}</p>")), None, "{line}");
    }
}

#[test]
fn events_and_deadlines_are_none() {
    let event = "<h1>Concert at the town hall</h1><p>Date: 12 May 2021, 19:30</p><p>Tickets at the door.</p>";
    assert_eq!(of_body("en", event), None);
    for line in ["Deadline: 1 June 2024", "When: 1 June 2024", "Apply by 1 June 2024"] {
        assert_eq!(of_body("en", &format!("<h1>Call for papers</h1><p>{line}</p>")), None, "{line}");
    }
}

#[test]
fn lines_of_publication_stay() {
    for (language, line) in [
        ("en", "5 July 2023"),
        ("en", "Wednesday, 5 July 2023"),
        ("en", "Date: 5 July 2023"),
        ("en", "By Jane Sample, 5 July 2023"),
        ("en", "The river report was published here on 5 July 2023."),
        ("en", "Port Example, 5 July 2023 – The river rose again."),
        ("en", "By Jane Sample July 5, 2023 at 5:30 p.m."),
        ("de", "Von Erika Muster, 5. Juli 2023, 14:05 Uhr"),
        ("fr", "Par Jeanne Exemple, publié le 5 juillet 2023"),
    ] {
        let found = of_body(language, &format!("<h1>River rises again</h1><p>{line}</p>"));
        assert_eq!(found.as_deref(), Some("2023-07-05"), "{line}");
    }
}

#[test]
fn zero_of_a_clock_is_no_day() {
    for zero in [
        "1970-01-01T00:00:00Z",
        "1970-01-01",
        "1970-01-01T01:00:00+01:00",
        "1969-12-31T19:00:00-05:00",
        "0001-01-01T00:00:00Z",
        "1904-01-01T00:00:00Z",
        "1904-01-01T00:00:00",
    ] {
        let head = format!("<meta property=article:published_time content={zero}>");
        assert_eq!(
            published(&format!("<html lang=en><head>{head}</head><h1>A river</h1>{TEXT}")),
            None,
            "{zero}"
        );
        let time = format!("<h1>A river</h1><time datetime={zero}>1 January 1970</time>");
        assert_eq!(of_body("en", &time), None, "{zero}");
    }
    let days = ["1970-01-02T00:00:00Z", "1904-01-02"];
    for day in days {
        let head = format!("<meta property=article:published_time content={day}>");
        assert_eq!(
            published(&format!("<html lang=en><head>{head}</head><h1>A river</h1>{TEXT}")).as_deref(),
            day.get(..10)
        );
    }
}

#[test]
fn a_list_has_the_day_of_none_of_its_teasers() {
    let list = "<h1>News</h1><article><h2>A thing</h2><time datetime=2023-01-01>1 Jan</time><p>By Ada Poe</p></article>\
                <article><h2>B thing</h2><time datetime=2023-01-02>2 Jan</time><p>By Bea Quo</p></article>";
    assert_eq!(of_body("en", list), None);
    let article = "<h1>River rises</h1><time datetime=2023-07-05>5 July</time><h2>Upper town</h2><time datetime=2023-01-01></time>\
                   <h2>Lower town</h2><time datetime=2023-01-02></time>";
    assert_eq!(of_body("en", article).as_deref(), Some("2023-07-05"));
}

#[test]
fn the_day_of_fetching_above_the_article_is_not_that_of_publication() {
    let page = |masthead: &str, below: &str| {
        published(&format!(
            "<html lang=en><title>The river rises again</title><div>{masthead}</div><article><h1>The river rises again</h1>\
             {below}<p>Text of the article.</p></article>"
        ))
    };
    // With its weekday it is today, as mastheads tell it.
    for today in [
        "<div class=date>Thursday, 6 July 2023</div>",
        "<time datetime=2023-07-06>Thursday, 6 July 2023</time>",
    ] {
        assert_eq!(page(today, ""), None, "{today}");
        assert_eq!(
            page(today, "<time datetime=2021-03-04>4 March 2021</time>").as_deref(),
            Some("2021-03-04")
        );
    }
    // Without one it may be that of the article, unless there is another.
    let day = "<div class=date>6 July 2023</div>";
    assert_eq!(page(day, "").as_deref(), Some("2023-07-06"));
    assert_eq!(page(day, "<time datetime=2021-03-04></time>").as_deref(), Some("2021-03-04"));
    assert_eq!(page(day, "<span class=date>4 March 2021</span>").as_deref(), Some("2021-03-04"));
}
