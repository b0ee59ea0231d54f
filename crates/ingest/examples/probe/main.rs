#![allow(missing_docs, clippy::all, clippy::print_stdout, clippy::disallowed_methods)]
use ingest::dates::*;
fn main() {
    for (t, l) in [
        (
            "in 1988 and summer of 1988, since 2019. The 1988 massacre; in September 1988; between 1979 and 1986; 3,200 people; on 5 July; December 2019; spring of 1991; 2022-23; from 1981 to 1989; 17 teachers in July",
            "en",
        ),
        (
            "تابستان ۱۳۶۷ و سال ۱۳۶۷ و سال ۶۷ و کشتار ۶۷ در سال ۲۰۱۷ و آذر ۱۳۹۸ و ۱۴ تیر ۱۴۰۲ و از سال ۱۳۶۰ تا ۱۳۶۸ و ۱۳۶۷ و سال‌های ۱۹۹۸ و ۲۰۰۳ و تابستان سال ۱۳۶۷، ۳۲۰۰ نفر و میان ۱۹۷۹ تا ۱۹۸۶",
            "fa",
        ),
    ] {
        let h = Hints { language: Some(l), ..Default::default() };
        for f in find_dates(t, &h) {
            println!(
                "{} -> {:?} {:?} {:?}",
                f.reading.as_written, f.reading.edtf, f.reading.alternatives, f.reading.note
            );
        }
    }
    let text = std::fs::read_to_string("fixtures/articles/en01_press_release.txt").unwrap().repeat(3);
    let t0 = std::time::Instant::now();
    for _ in 0..100 {
        std::hint::black_box(find_dates(&text, &Hints::default()));
    }
    println!("{} octets {:?}", text.len(), t0.elapsed() / 100);
}
