//! Tags, attributes and what is passed over.

use super::*;

impl<'a> Attributes<'a> for Vec<(Name, &'a str)> {
    fn keep(&mut self, name: Name, value: impl FnOnce() -> &'a str) {
        self.push((name, value()));
    }
}

pub(super) fn markup(text: &str) -> Markup<'_, Vec<(Name, &str)>> {
    Markup::new(text)
}

fn tokens(text: &str) -> Vec<String> {
    let mut markup = markup(text);
    let mut tokens = Vec::new();
    while let Some(token) = markup.next() {
        tokens.push(match token {
            Token::Start(name) => {
                let attributes: Vec<_> =
                    markup.attributes().iter().map(|(name, value)| (name.shown(), *value)).collect();
                format!("<{} {attributes:?}", name.shown())
            }
            Token::End(name) => format!("</{}", name.shown()),
            Token::Text(text) => text.to_owned(),
            Token::Comment(text) => format!("!{text}"),
        });
    }
    tokens
}

#[test]
fn tags_text_and_comments() {
    assert_eq!(
        tokens("<!DOCTYPE html><p class=a id='b > c'>1 < 2<br/></P><!-- so -->"),
        ["<p [(\"class\", \"a\"), (\"id\", \"b > c\")]", "1 < 2", "<br []", "</p", "! so "]
    );
}

#[test]
fn white_space_between_tags_is_told_with_what_follows() {
    let mut markup = markup("<p> <!-- a -->\n<!DOCTYPE html><b>c </b> d <\t<i>");
    let mut spaced = Vec::new();
    while markup.next().is_some() {
        spaced.push(markup.is_spaced());
    }
    assert_eq!(spaced, [false, true, true, false, false, false, false]);
    assert_eq!(
        tokens("<p> <!-- a -->\n<!DOCTYPE html><b>c </b> d <\t<i>"),
        ["<p []", "! a ", "<b []", "c ", "</b", " d <\t", "<i []"]
    );
}

#[test]
fn what_a_script_writes_is_no_markup() {
    assert_eq!(
        tokens("<script>document.write('<h1>no</h1>')</SCRIPT ><h1>yes"),
        ["<script []", "document.write('<h1>no</h1>')", "</script", "<h1 []", "yes"]
    );
    assert_eq!(
        tokens("<script><!-- '</scripts>' --></script\n><b>"),
        ["<script []", "<!-- '</scripts>' -->", "</script", "<b []"]
    );
    assert_eq!(tokens("<STYLE>a > b</styl"), ["<style []", "a > b</styl"]);
}

#[test]
fn attributes_of_any_shape() {
    for (tag, attributes) in [
        ("<p a=1 b='2'c=\"3\" d>", "[(\"a\", \"1\"), (\"b\", \"2\"), (\"c\", \"3\"), (\"d\", \"\")]"),
        ("<p\r\n\tA = 'x\r\ny'\x0Cb>", "[(\"a\", \"x\\r\\ny\"), (\"b\", \"\")]"),
        ("<p a=\"'>\" b='\"'>", "[(\"a\", \"'>\"), (\"b\", \"\\\"\")]"),
        ("<p a=b/c/>", "[(\"a\", \"b/c/\")]"),
        ("<p a= b>", "[(\"a\", \"b\")]"),
        ("<p a=>", "[(\"a\", \"\")]"),
        ("<p a/b>", "[(\"a\", \"\"), (\"b\", \"\")]"),
        ("<p data-something=1 a=2>", "[(\"a\", \"2\")]"),
        ("<p \"a>", "[(\"\\\"a\", \"\")]"),
    ] {
        assert_eq!(tokens(&format!("{tag}x")), [format!("<p {attributes}"), "x".to_owned()], "{tag}");
    }
}

#[test]
fn the_attributes_are_those_of_the_last_tag() {
    let mut markup = markup("<p a=1 b=2><br/>");
    assert!(markup.attributes().is_empty());
    assert_eq!(markup.next(), Some(Token::Start(Name::of(b"p"))));
    assert_eq!(markup.attributes(), &[(Name::of(b"a"), "1"), (Name::of(b"b"), "2")]);
    assert!(!markup.closes_itself());
    assert_eq!(markup.next(), Some(Token::Start(Name::of(b"br"))));
    assert!(markup.attributes().is_empty() && markup.closes_itself());
}

#[test]
fn nothing_that_is_left_open_hurts() {
    assert_eq!(tokens("<"), ["<"]);
    assert_eq!(tokens("a</"), ["a</"]);
    assert_eq!(tokens("<p"), ["<p []"]);
    assert_eq!(tokens("</p"), ["</p"]);
    assert_eq!(tokens("</ p>x"), ["x"]);
    assert_eq!(tokens("<!--"), ["!"]);
    assert_eq!(tokens("<!-- a"), ["! a"]);
    assert_eq!(tokens("<p a=\"b>c"), ["<p [(\"a\", \"b\")]", "c"]);
    assert_eq!(tokens("<p a='é"), ["<p [(\"a\", \"é\")]"]);
    assert_eq!(tokens("<p =>x"), ["<p []", "x"]);
    assert_eq!(tokens("<title>x"), ["<title []", "x"]);
    assert_eq!(tokens("<script>x"), ["<script []", "x"]);
    assert_eq!(tokens("<p\0a b\0=\0>\0"), ["<pa [(\"b\", \"\\0\")]", "\0"]);
}

#[test]
fn quotes_that_are_never_closed_cost_no_more_than_the_text_is_long() {
    let text = "<p a=\"b>".repeat(100_000);
    assert!(markup(&text).count() < 200_001);
    let text = "<p a='b>".repeat(100_000) + "\"";
    assert!(markup(&text).count() < 200_001);
}

proptest::proptest! {
    /// Whatever is written, all of it is read, and in pieces of it that follow each other.
    #[test]
    fn any_text_is_read_to_its_end(
        text in "(<|>|/|!|--|=|\"|'| |a|p|script|style|é|\0|\n|]){0,40}",
        skips in proptest::bool::ANY,
    ) {
        let mut markup = markup(&text);
        let mut last = 0;
        while let Some(token) = markup.next() {
            proptest::prop_assert!(markup.at > last || matches!(token, Token::Text("")));
            last = markup.at;
            if skips {
                markup.only_scripts();
            }
        }
        proptest::prop_assert_eq!(markup.at, text.len());
    }

    /// White space before a tag is as wide as it is, whatever it is made of.
    #[test]
    fn the_width_of_space_is_counted(text in "(        |\t\t\t\t\t\t\t\t| |\t|\n|\r|\x0B|\x0C|a|<|é){0,12}") {
        let octets = text.as_bytes();
        let careful = octets.iter().take_while(|octet| octet.is_ascii_whitespace()).count();
        proptest::prop_assert_eq!(width_of_space(octets), careful);
    }

    /// An attribute is read the same whether it is written as nearly all are or with room around its sign.
    #[test]
    fn attributes_of_the_usual_form_are_read_as_all_others(
        name in "[a-zA-Z][a-zA-Z-]{0,12}",
        value in "[^\"]{0,20}",
        behind in "( |/|>|x|=|\"|'){0,4}",
    ) {
        let usual = tokens(&format!("<p {name}=\"{value}\"{behind}>z"));
        for (before, after) in [(" ", ""), ("", " "), ("\n", "\t ")] {
            let spaced = format!("<p {name}{before}={after}\"{value}\"{behind}>z");
            proptest::prop_assert_eq!(&tokens(&spaced), &usual);
        }
    }
}
