//! Descriptions of pages in several languages; every person and outlet in them is invented.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use ingest::FormatIdentifier;
use ingest::describe::{ContentDescriber, evidence};
use provenance::Identifier;
use provenance::description::{Describer, Description, Look, RemarkKind};

fn describe(page: &str) -> Description {
    let octets = page.as_bytes();
    let format = FormatIdentifier.identify("page.html", octets, octets.len() as u64);
    ContentDescriber.describe(&Look::whole("page.html", &format, octets))
}

fn title(description: &Description) -> &str {
    description.title.as_ref().map_or("", |title| &title.value)
}

fn creators(description: &Description) -> Vec<&str> {
    description.creators.iter().map(|creator| creator.value.as_str()).collect()
}

fn language(description: &Description) -> &str {
    description.language.as_ref().map_or("", |language| &language.value)
}

#[test]
fn english_with_everything_declared() {
    let description = describe(
        r#"<!DOCTYPE html><html lang="en-GB"><head><title>River rises again | Daily Example</title>
        <meta property="og:title" content="River rises again"><meta property="og:site_name" content="Daily Example">
        <link rel="canonical" href="https://daily.example/2023/07/05/river">
        <meta name="description" content="Water in the lower town.">
        <script type="application/ld+json">{"@type":"NewsArticle","headline":"River rises again",
        "datePublished":"2023-07-05T08:00:00+01:00","author":[{"name":"Jane Sample"},{"name":"John Placeholder"}]}</script>
        </head><body><nav>Home</nav><h1>River rises again</h1><p class="byline">By Jane Sample and John Placeholder</p>
        <time datetime="2023-07-05">5 July 2023</time><p>Text.</p></body></html>"#,
    );
    assert_eq!(title(&description), "River rises again");
    assert_eq!(description.title.as_ref().unwrap().signals, ["heading", "og:title", "json-ld", "title"]);
    assert_eq!(creators(&description), ["Jane Sample", "John Placeholder"]);
    assert_eq!(description.creators[0].signals, ["json-ld", "class", "byline", "byline after the text"]);
    assert_eq!(description.dates.published.as_deref(), Some("2023-07-05"));
    assert_eq!(description.publisher.as_ref().unwrap().value, "Daily Example");
    assert_eq!(description.source_url.as_ref().unwrap().value, "https://daily.example/2023/07/05/river");
    assert_eq!(language(&description), "en-GB");
    assert_eq!(description.summary.as_ref().unwrap().value, "Water in the lower town.");
}

#[test]
fn german_french_and_spanish_by_what_readers_see() {
    let german = describe(
        "<html lang=de><title>Der Fluss steigt wieder – Musterblatt</title><h1>Der Fluss steigt wieder</h1>\
         <div class=autor>Von Erika Muster</div><div>5. Juli 2023</div><p>Text.",
    );
    assert_eq!((title(&german), language(&german)), ("Der Fluss steigt wieder", "de"));
    assert_eq!(creators(&german), ["Erika Muster"]);
    assert_eq!(german.dates.published.as_deref(), Some("2023-07-05"));
    let french = describe(
        "<html lang=fr><h1>Le fleuve monte encore</h1><p>Par Jeanne Exemple, publié le 5 juillet 2023</p><p>Texte.",
    );
    assert_eq!(creators(&french), ["Jeanne Exemple"]);
    assert_eq!(french.dates.published.as_deref(), Some("2023-07-05"));
    let spanish = describe(
        "<html lang=es><h1>El río vuelve a crecer</h1><span class=author>Por Juana Ejemplo</span> <time>5 de julio de 2023</time>",
    );
    assert_eq!(creators(&spanish), ["Juana Ejemplo"]);
    assert_eq!(spanish.dates.published.as_deref(), Some("2023-07-05"));
}

#[test]
fn persian_with_its_calendar_and_arabic() {
    let paragraph = "شورای شهر روز چهارشنبه درباره پیشنهادهای کمیسیون بحث کرد و چند اصلاحیه را تصویب کرد که به گفته شهردار از سال آینده اجرا خواهد شد و ساکنان محله نیز در جلسه حضور داشتند.";
    let persian = describe(&format!(
        "<html lang='en-US'><head><meta charset=utf-8><title>رودخانه دوباره بالا آمد</title></head><body dir=rtl>\
         <h1>\u{200F}رودخانه دوباره بالا آمد\u{200F}</h1><div>نوشته: آرش نمونه</div><div>۱۴ تیر ۱۴۰۲</div>\
         <p>{paragraph}</p><p>{paragraph}</p></body></html>"
    ));
    assert_eq!(title(&persian), "رودخانه دوباره بالا آمد");
    assert_eq!(creators(&persian), ["آرش نمونه"]);
    assert_eq!(persian.dates.published.as_deref(), Some("2023-07-05"));
    assert_eq!(persian.dates.calendar, Some("persian"));
    assert_eq!(persian.dates.as_written.as_deref(), Some("۱۴ تیر ۱۴۰۲"));
    let suggested = persian.language.as_ref().unwrap();
    assert_eq!((suggested.value.as_str(), suggested.signals.as_slice()), ("fa", ["detected"].as_slice()));
    let arabic =
        describe("<html lang=ar><h1>النهر يرتفع من جديد</h1><p>بقلم سلمى مثال</p><p>٥ يوليو ٢٠٢٣</p>");
    assert_eq!(creators(&arabic), ["سلمى مثال"]);
    assert_eq!(arabic.dates.published.as_deref(), Some("2023-07-05"));
}

#[test]
fn others_on_the_page_are_not_the_article() {
    let description = describe(
        "<html lang=en><h1>River rises again</h1><p>By Jane Sample</p><time datetime=2023-07-05>5 July 2023</time><p>Text.</p>\
         <div class='comment-list'><span class=author>Troll</span> <time datetime=2023-07-09>9 July 2023</time></div>\
         <aside><span class=author>John Other</span> <time datetime=2020-01-01>1 January 2020</time></aside>",
    );
    assert_eq!(creators(&description), ["Jane Sample"]);
    assert_eq!(description.dates.published.as_deref(), Some("2023-07-05"));
}

#[test]
fn what_follows_an_article_is_of_another() {
    let titled = "<title>A heading of several words</title>";
    let heading = "<h1>A heading of several words</h1>";
    let long = "<p>The inquiry heard of many things that are told here at some length.</p>".repeat(40);
    let behind =
        "<div><p>“It was never about that at all,” said Dr. Ada Muster, Director of Other News.</p></div>";
    let named = |page: &str| describe(page).mentions.iter().any(|mention| mention.text.contains("Muster"));
    for element in ["article", "main"] {
        let (open, close) = (format!("<{element}>"), format!("</{element}>"));
        assert!(!named(&[titled, &open, heading, &long, &close, behind].concat()), "{element}");
        // Of it is what stands in it, even where another end tag is one too many.
        assert!(named(&[titled, "<div>", &open, heading, &long, "</div>", behind, &close].concat()));
        // Little is the head of an article whose text stands elsewhere.
        assert!(named(&[titled, &open, heading, &close, &long, behind].concat()), "{element}");
        // Nobody knows what article a heading is of that is not that of the page.
        assert!(named(&[&open, heading, &long, &close, behind].concat()), "{element}");
    }
    let linked = r#"<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2021-03-04", "headline": "A heading of several words"}</script>"#;
    let page = [titled, "<article>", heading, &long, "</article>", behind, linked].concat();
    assert_eq!(describe(&page).dates.published.as_deref(), Some("2021-03-04"));
}

#[test]
fn contradictions_leave_a_blank_and_say_why() {
    let description = describe(
        "<html lang=en><meta property='article:published_time' content='2023-07-05'>\
         <h1>River rises again</h1><time datetime='2019-01-02'>2 January 2019</time>",
    );
    assert_eq!(description.dates.published, None);
    assert!(description.dates.basis.contains("not settled"), "{}", description.dates.basis);
}

#[test]
fn the_day_that_readers_saw_is_that_of_their_clocks() {
    let description = describe(
        "<html lang=de><meta property='article:published_time' content='2023-07-04T22:30:00Z'>\
         <h1>Der Fluss steigt wieder</h1><p>5. Juli 2023</p>",
    );
    assert_eq!(description.dates.published.as_deref(), Some("2023-07-05"));
}

#[test]
fn a_change_is_told_and_no_day_of_publication() {
    let description = describe(
        "<html><meta property='article:modified_time' content='2023-07-05'><h1>River rises again</h1>",
    );
    assert_eq!(description.dates.published, None);
    assert!(description.dates.basis.contains("changed 2023-07-05"), "{}", description.dates.basis);
}

/// What is passed over on pages with an article is looked at where there is none.
#[test]
fn walls_in_menus_and_beside_them_are_seen() {
    let article = "<p>The river rose in the night and took the lower bridge. ".repeat(60);
    for wall in [
        "<div class='cookie-banner'><p>We use cookies.</p><button>Accept</button></div>",
        "<div class='sidebar-login'><p>Members</p><input type=password></div>",
        "<div id='nav-wrapper'><ul><li>Please log in</ul></div>",
    ] {
        let hollow = |page: &str| {
            let remarks = describe(page).remarks;
            remarks.iter().any(|remark| remark.kind == RemarkKind::HollowCapture)
        };
        let page = format!("<html><title>Port Ellery</title><body>{wall}<img src=a.png>");
        assert!(hollow(&page), "{wall}");
        assert!(!hollow(&(page + &article)), "{wall}");
    }
}

#[test]
fn hollow_captures_are_remarked_on() {
    let hollow = |page: &str| {
        let remarks = describe(page).remarks;
        remarks.iter().any(|remark| remark.kind == RemarkKind::HollowCapture)
    };
    assert!(hollow(
        "<html><title>Just a moment...</title><body>Checking your browser before accessing</body></html>"
    ));
    assert!(hollow(
        "<html><body><h1>Sample</h1>Please log in to continue<input type=password></body></html>"
    ));
    assert!(hollow("<html><body><div id=root></div><script src=app.js></script></body></html>"));
    assert!(hollow("<html><title>صفحه یافت نشد</title><body>صفحه یافت نشد</body></html>"));
    let full = "<html><body><p>".to_owned() + &"Words of an article that was captured whole. ".repeat(40);
    assert!(!hollow(&full));
}

#[test]
fn saved_pages_know_where_they_came_from() {
    let description = describe(
        "<!DOCTYPE html><!-- saved from url=(0029)https://daily.example/river/a --><html><h1>River rises again</h1></html>",
    );
    assert_eq!(description.source_url.unwrap().value, "https://daily.example/river/a");
}

#[test]
fn what_cannot_be_described_is_left_blank() {
    let archive = b"7z\xBC\xAF\x27\x1C\0\x04";
    let format = FormatIdentifier.identify("a.7z", archive, 8);
    assert_eq!(ContentDescriber.describe(&Look::whole("a.7z", &format, archive)), Description::default());
}

#[test]
fn legacy_charsets_are_read_and_false_declarations_noted() {
    let page = "<html lang=fa><head><meta charset=windows-1256></head><body><h1>شورای شهر دفترها را باز کرد</h1></body></html>";
    let format = FormatIdentifier.identify("a.html", page.as_bytes(), page.len() as u64);
    let found = evidence(&Look::whole("a.html", &format, page.as_bytes()));
    assert_eq!(found.charset.as_deref(), Some("declares the charset windows-1256 and was read as UTF-8"));
    assert_eq!(found.titles[0].value, "شورای شهر دفترها را باز کرد");
}

#[test]
fn letters_overrule_a_declared_language() {
    let persian = "شورای شهر روز چهارشنبه درباره پیشنهادهای کمیسیون بحث کرد و چند اصلاحیه را تصویب کرد که به گفته شهردار از سال آینده اجرا خواهد شد و ساکنان محله نیز در جلسه حضور داشتند.";
    let page = |declared: &str, title: &str, text: &str| {
        describe(&format!(
            "<html lang={declared}><title>{title}</title><h1>{title}</h1><p>{text} {text} {text}</p>"
        ))
    };
    for declared in ["en-US", "ar", "ar-SA", "de"] {
        let description = page(declared, "گزارش شورای شهر", persian);
        assert_eq!(language(&description), "fa", "{declared}");
        assert_eq!(description.language.unwrap().signals, ["detected"]);
        // Too short to be told, and yet not what is declared.
        assert_eq!(language(&page(declared, "گزارش شورای چهارشنبه", "متن کوتاه")), "", "{declared}");
    }
    assert_eq!(language(&page("fa", "گزارش شورای شهر", persian)), "fa");
    assert_eq!(language(&page("prs", "گزارش شورای شهر", persian)), "prs");
    let english = "The council of the harbour heard the families on Wednesday evening, and it promised them to open the books of that night, which they had asked for since the spring.";
    assert_eq!(language(&page("fa", "The council heard the families", english)), "en");
}

#[test]
fn what_is_called_as_its_site_is_has_the_title_of_its_heading() {
    let page = |heading: &str| {
        describe(&format!(
            "<title>Ellery Post</title><meta property=og:title content='Ellery Post'>\
             <meta property=og:site_name content='Ellery Post'><h1>{heading}</h1><p>Text.</p>"
        ))
    };
    assert_eq!(title(&page("Floods")), "Floods");
    assert_eq!(title(&page("The river rises again")), "The river rises again");
    assert_eq!(title(&page("")), "Ellery Post");
}
