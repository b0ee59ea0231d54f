//! Dates in running text and in addresses.

use ingest::dates::{Hints, Precision, date_in_address, find_dates, read_date};

/// Each date in a text: as written, and its EDTF or `?` with its alternatives.
fn found(text: &str, language: Option<&str>) -> Vec<(String, String)> {
    let hints = Hints { language, ..Hints::default() };
    find_dates(text, &hints)
        .into_iter()
        .map(|found| {
            assert_eq!(&text[found.range.clone()], found.reading.as_written);
            let alternatives = format!("?{}", found.reading.alternatives.join(" | "));
            (found.reading.as_written, found.reading.edtf.unwrap_or(alternatives))
        })
        .collect()
}

/// Checks that a text has exactly those dates.
fn check(language: Option<&str>, text: &str, expected: &[(&str, &str)]) {
    let found = found(text, language);
    let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn in_sentences() {
    check(
        Some("en"),
        "On 28 July 1988 (6 Mordad 1367) the order was given; by September 3, 1988, it was over.",
        &[("28 July 1988 (6 Mordad 1367)", "1988-07-28"), ("September 3, 1988", "1988-09-03")],
    );
    check(
        Some("en"),
        "Between 27 July and 3 September 1988, and again in May 1989. They may 2000 times march.",
        &[("3 September 1988", "1988-09-03"), ("May 1989", "1989-05")],
    );
    check(
        Some("en"),
        "Updated 05/07/2023 10:15. From 27 July – 3 September 1988. During the 1980s, c. 1988, in 1988.",
        &[
            ("05/07/2023 10:15", "?2023-07-05 | 2023-05-07"),
            ("27 July – 3 September 1988", "1988-07-27/1988-09-03"),
            ("1980s", "198X"),
            ("c. 1988", "1988~"),
        ],
    );
    check(
        Some("fa"),
        "به گزارش سازمان، در تاریخ ۶ مرداد ۱۳۶۷ و تابستان ۱۳۶۷؛ همچنین سال ۱۳۶۰ و «بیست‌و‌دوم بهمن ۱۳۵۷».",
        &[
            ("۶ مرداد ۱۳۶۷", "1988-07-28"),
            ("تابستان ۱۳۶۷", "1988-06-22/1988-09-22"),
            ("سال ۱۳۶۰", "1981-03-21/1982-03-20"),
            ("بیست‌و‌دوم بهمن ۱۳۵۷", "1979-02-11"),
        ],
    );
    check(
        Some("ar"),
        "نشر في الأربعاء 5 يوليو/تموز 2023، الموافق 17 ذو الحجة 1444 هـ.",
        &[("الأربعاء 5 يوليو/تموز 2023، الموافق 17 ذو الحجة 1444 هـ", "2023-07-05")],
    );
    check(Some("de"), "Am 05.07.2023 um 10:15 Uhr begann es.", &[("05.07.2023 um 10:15 Uhr", "2023-07-05")]);
    check(Some("de"), "Mehr 1400 als Mehr 1500. Am 31.02.2023 nicht.", &[]);
    check(None, "[05/Jul/2023:10:15:30 +0200] \"GET /\"", &[("05/Jul/2023:10:15:30 +0200", "2023-07-05")]);
    check(
        None,
        "at 2023-07-05T10:15:30Z, or 20230705T101530Z.",
        &[("2023-07-05T10:15:30Z", "2023-07-05"), ("20230705T101530Z", "2023-07-05")],
    );
    check(
        None,
        "5 July 2023, 10:15-11:30; 6 July 2023",
        &[("5 July 2023, 10:15-11:30", "2023-07-05"), ("6 July 2023", "2023-07-06")],
    );
}

#[test]
fn what_only_looks_like_a_date() {
    for text in [
        "SeaMonkey 1.1.11, WordPress 4.8.12 and 1-2-23",
        "192.168.1.1 and 10.1.2.3",
        "version 1.2.2023.4",
        "5/7/2023/8",
        "A/HRC/05/07/2023",
        "https://example.org/2023/07/05/story",
        "call 2023-07-05-1234",
        "$5/7/2023",
        "12345678 20230705 99999999",
        "20230705",
        "1988",
        "5 July and nothing more",
        "ISBN 978-3-16-148410-0",
        "12-31-99-12",
        "3.5.2023.1",
        "July5,2023x",
        "at 10:15:30",
        "7–5 July 2023",
        "31 February 2023",
        "the 31st of February 2023",
        "February 30, 2024",
        "۳۲ مرداد ۱۳۶۷",
        "31/02/2023",
        "1,5 July",
        "12:30 5",
        "میزان ۱۴۰۰ تومان",
        "حمل ۱۴۰۰ تن",
        "تیراندازی ۱۳۶۷",
    ] {
        check(None, text, &[]);
    }
}

#[test]
fn nothing_reaches_across_a_paragraph() {
    check(None, "5\n\nJuly 2023", &[("July 2023", "2023-07")]);
    check(None, &format!("5{}July 2023", " ".repeat(80)), &[("July 2023", "2023-07")]);
    check(None, "5\nJuly 2023", &[("5\nJuly 2023", "2023-07-05")]);
}

#[test]
fn addresses() {
    for (address, expected) in [
        ("https://example.org/2023/07/05/a-story", "2023-07-05"),
        ("https://example.org/2023/7/5/a-story", "2023-07-05"),
        ("https://example.org/news/2023-07-05/story.html?id=20201231", "2023-07-05"),
        ("https://example.org/news/story-2023-07-05.html", "2023-07-05"),
        ("https://example.org/2023/jul/05/story", "2023-07-05"),
        ("https://example.org/2023/0705/story", "2023-07-05"),
        ("https://example.org/20230705/story", "2023-07-05"),
        ("https://example.org/story_20230705", "2023-07-05"),
        ("https://example.org/story-20230705.html", "2023-07-05"),
        ("https://example.org/2023/07/story", "2023-07"),
        ("https://example.org/2023/07/05", "2023-07-05"),
        ("/2023/07/05/", "2023-07-05"),
        ("https://example.ir/1402/04/14/story", "2023-07-05"),
        ("https://example.ir:8080/fa/news/1402-04-14/", "2023-07-05"),
        ("https://example.org/1402/04/14/story", "?2023-07-05 | 1982-02-09~"),
        ("https://web.archive.org/web/20230706/https://example.org/2023/07/05/x", ""),
        ("https://example.org/2023/13/05/story", ""),
        ("https://example.org/2023/02/30/story", ""),
        ("https://example.org/article/12345678", ""),
        ("https://example.org/article/2023", ""),
        ("https://example.org/a2023/07/05", ""),
        ("https://example.org/2023/07/051", "2023-07"),
        ("", ""),
    ] {
        let got = date_in_address(address, &Hints::default()).map_or(String::new(), |reading| {
            let alternatives = format!("?{}", reading.alternatives.join(" | "));
            reading.edtf.unwrap_or(alternatives)
        });
        assert_eq!(got, expected, "{address}");
    }
}

#[test]
fn times_and_zones_stay_as_written() {
    let read = |text| read_date(text, &Hints::default()).unwrap();
    for (text, timestamp, zone) in [
        ("2023-07-05T23:30:00Z", Some("2023-07-05T23:30:00Z"), true),
        ("2023-07-05T00:30:00.5+02:00", Some("2023-07-05T00:30:00+02:00"), true),
        ("2023-07-05T00:30:00", Some("2023-07-05T00:30:00"), false),
        ("2023-07-05T00:30+02:00", None, true),
        ("Wed, 05 Jul 2023 22:15:30 -0430", Some("2023-07-05T22:15:30-04:30"), true),
        ("July 5, 2023 10:15:30 PM EDT", Some("2023-07-05T22:15:30-04:00"), true),
        ("July 5, 2023 12:15:30 AM", Some("2023-07-05T00:15:30"), false),
        ("D:20230705101530+03'30'", Some("2023-07-05T10:15:30+03:30"), true),
        ("20230705101530", Some("2023-07-05T10:15:30"), false),
        ("2023-07-05 10:15 UTC+2", None, true),
        ("2023-07-05 10:15-11:30", None, false),
    ] {
        let reading = read(text);
        assert_eq!(reading.edtf.as_deref(), Some("2023-07-05"), "{text}");
        assert_eq!(reading.timestamp.as_deref(), timestamp, "{text}");
        assert_eq!(reading.has_zone, zone, "{text}");
        assert_eq!(reading.precision, Precision::Time, "{text}");
    }
}

#[test]
fn unix_time_only_where_it_is_told() {
    let hints = Hints { unix: true, ..Hints::default() };
    for text in ["1688552130", "1688552130000", "1688552130.25"] {
        let reading = read_date(text, &hints).unwrap();
        assert_eq!(reading.timestamp.as_deref(), Some("2023-07-05T10:15:30Z"), "{text}");
        assert_eq!(read_date(text, &Hints::default()), None, "{text}");
    }
    assert_eq!(read_date("20230705", &hints).and_then(|reading| reading.edtf).as_deref(), Some("2023-07-05"));
}

#[test]
fn limits_choose_between_readings_and_never_reject() {
    let limit = |day: &str| day.parse().ok();
    let hints = Hints { earliest: limit("1990-01-01"), latest: limit("2023-07-31"), ..Hints::default() };
    let edtf = |text| read_date(text, &hints).and_then(|reading| reading.edtf);
    assert_eq!(edtf("5 July 23").as_deref(), Some("2023-07-05"));
    assert_eq!(edtf("05/09/2023").as_deref(), Some("2023-05-09"));
    assert_eq!(edtf("1402/04/14").as_deref(), Some("2023-07-05"));
    assert_eq!(edtf("05/07/2023"), None);
    assert_eq!(edtf("5 July 1988").as_deref(), Some("1988-07-05"));
}
