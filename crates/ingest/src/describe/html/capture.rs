//! Captures that are hollow: a wall where a page should be.

use crate::describe::evidence::Evidence;
use crate::describe::linked_data::Work;
use crate::describe::page::{LITTLE, Page};
use crate::describe::{language, prose};
use provenance::description::RemarkKind;

/// Letters below which a page without pictures has no content.
const NOTHING: usize = 40;
/// Octets of text in which a wall says that it is one.
const VISIBLE: usize = 4_000;

/// What walls say, in lower case, and what they are.
const WALLS: [(&str, &[&str]); 4] = [
    (
        "a robot check",
        &[
            "are you a robot",
            "you are human",
            "are human",
            "not a robot",
            "unusual traffic",
            "checking your browser",
            "just a moment",
            "attention required",
            "ddos protection",
            "security check",
            "captcha",
            "kein roboter",
            "pas un robot",
            "no eres un robot",
            "ربات نیستید",
            "لست روبوت",
        ],
    ),
    (
        "a login wall",
        &[
            "log in to continue",
            "log in to see",
            "sign in to continue",
            "you must log in",
            "you must be logged in",
            "please log in",
            "login required",
            "create an account to",
            "bitte melden sie sich an",
            "bitte einloggen",
            "connectez-vous pour",
            "inicia sesión para",
            "برای ادامه وارد شوید",
            "وارد حساب کاربری",
            "سجل الدخول",
            "تسجيل الدخول للمتابعة",
        ],
    ),
    (
        "a consent page",
        &[
            "before you continue",
            "we use cookies",
            "cookies zustimmen",
            "cookie-einstellungen",
            "mit werbung",
            "accept all cookies",
            "accepter et continuer",
            "aceptar cookies",
            "we value your privacy",
            "wir verwenden cookies",
        ],
    ),
    (
        "an error or a blocked page",
        &[
            "404 not found",
            "page not found",
            "403 forbidden",
            "access denied",
            "502 bad gateway",
            "503 service",
            "seite nicht gefunden",
            "page introuvable",
            "página no encontrada",
            "enable javascript",
            "javascript is disabled",
            "javascript aktivieren",
            "صفحه یافت نشد",
            "صفحه مورد نظر یافت نشد",
            "الصفحة غير موجودة",
            "دسترسی به این صفحه",
            "not available in your country",
        ],
    ),
];

/// Remarks on a page that has not the content it should have; `text` is the longest of its lines.
pub(super) fn remark(page: &Page, text: &str, works: &[Work], evidence: &mut Evidence) {
    if page.cut {
        evidence.remark(RemarkKind::GivenUp, "too many elements: only the beginning was read");
    }
    // Most pages have enough in these lines, which lie neither in menus nor in consent.
    if language::ascii_letters(prose::beginning(text, 2 * LITTLE)) >= LITTLE {
        return;
    }
    let letters = page.passed_over + page.letters_up_to(LITTLE.saturating_sub(page.passed_over));
    if letters >= LITTLE {
        return;
    }
    let mut visible = page.title.as_deref().map(str::to_lowercase).unwrap_or_default();
    let most = visible.len() + VISIBLE;
    for (_, line, _) in page.lines() {
        if visible.len() >= most {
            break;
        }
        visible.push_str(&line.to_lowercase());
        visible.push('\n');
    }
    let has_article = works.iter().any(|work| work.is_article && work.published.is_some());
    let wall = WALLS.iter().find(|(_, phrases)| phrases.iter().any(|phrase| visible.contains(phrase)));
    if let Some((what, _)) = wall {
        evidence.is_wall = true;
        evidence.remark(RemarkKind::HollowCapture, format!("little text, and that of {what}"));
    } else if page.passwords > 0 && !has_article && letters < LITTLE / 4 {
        evidence.is_wall = true;
        evidence.remark(RemarkKind::HollowCapture, "little text beside a form for a password");
    } else if letters < NOTHING && page.scripts > 0 && page.media == 0 {
        evidence.remark(RemarkKind::HollowCapture, "no text: scripts were to fetch the content");
    } else if letters < NOTHING && page.media == 0 {
        evidence.remark(RemarkKind::HollowCapture, "hardly any text");
    }
}
