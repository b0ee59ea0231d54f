//! What a receipt says in each language: as data, and nothing else.
//!
//! Sentences are short and plain. Commands stand apart from them, since they are typed letter by letter.

/// Everything that is said in one language.
pub(super) struct Words {
    /// Its tag (RFC 5646).
    pub(super) tag: &'static str,
    pub(super) is_right_to_left: bool,
    pub(super) title: &'static str,
    pub(super) intro: &'static str,
    pub(super) bundle: &'static str,
    pub(super) organisation: &'static str,
    pub(super) bagged: &'static str,
    pub(super) files: &'static str,
    pub(super) octets: &'static str,
    pub(super) algorithms: &'static str,
    pub(super) signatures: &'static str,
    pub(super) timestamps: &'static str,
    pub(super) given_by: &'static str,
    pub(super) received_by: &'static str,
    pub(super) place: &'static str,
    pub(super) made: &'static str,
    pub(super) software: &'static str,
    pub(super) root: &'static str,
    pub(super) digest: &'static str,
    pub(super) fingerprint: &'static str,
    pub(super) proves: &'static str,
    pub(super) proof: &'static [&'static str],
    pub(super) compare: &'static str,
    pub(super) with: &'static str,
    pub(super) without: &'static str,
    pub(super) qr: &'static str,
    /// Name, signature, date: what is written in by hand.
    pub(super) by_hand: [&'static str; 3],
    pub(super) block: &'static str,
}

/// What is typed with fonds.
pub(super) const WITH: [&str; 1] = ["fonds verify BUNDLE --receipt RECEIPT"];
/// What is typed without it, inside the unpacked bundle.
pub(super) const WITHOUT: [&str; 2] = ["python3 metadata/verify.py .", "sha256sum seal/root.txt"];

pub(super) const ENGLISH: Words = Words {
    tag: "en",
    is_right_to_left: false,
    title: "Hand-over receipt",
    intro: "This receipt names one bundle of documents by a fingerprint of all that is in it. \
            Keep it apart from the bundle.",
    bundle: "Bundle",
    organisation: "Organisation",
    bagged: "Packed on",
    files: "Documents",
    octets: "Octets in them",
    algorithms: "Digests by",
    signatures: "Signatures (not judged)",
    timestamps: "Timestamps (not judged)",
    given_by: "Given by",
    received_by: "Received by",
    place: "Place",
    made: "Made (by the clock here)",
    software: "By the program",
    root: "Root",
    digest: "SHA-256 of seal/root.txt",
    fingerprint: "Fingerprint",
    proves: "What it proves",
    proof: &[
        "Whoever holds it can tell later whether a bundle is still the one that was handed over. \
         If one letter of one file was changed, added or taken away, the fingerprint is another one.",
        "It does not prove that the documents are true, who made them, or that nothing was left out \
         before. Names and times here are what people and their clocks said.",
    ],
    compare: "How to compare later",
    with: "With fonds, type the line below; or compare the ten groups with those that fonds verify shows:",
    without: "Without fonds, unpack the bundle, and type inside it. The first shows the fingerprint, the \
              second the SHA-256 above. A verify.py from elsewhere is better: one in a changed bundle may \
              be changed, too.",
    qr: "The QR code holds root, fingerprint, time and name as one line, which fonds verify reads as well.",
    by_hand: ["Name", "Signature", "Date"],
    block: "For programs",
};

pub(super) const PERSIAN: Words = Words {
    tag: "fa",
    is_right_to_left: true,
    title: "رسید تحویل",
    intro: "این رسید یک بستهٔ اسناد را با اثر انگشتِ همهٔ محتوای آن مشخص می‌کند. آن را جدا از بسته نگه دارید.",
    bundle: "نام بسته",
    organisation: "سازمان",
    bagged: "تاریخ بسته‌بندی",
    files: "شمار اسناد",
    octets: "حجم آن‌ها به بایت",
    algorithms: "روش چکیده‌سازی",
    signatures: "امضاها (داوری‌نشده)",
    timestamps: "مهر زمانی (داوری‌نشده)",
    given_by: "تحویل‌دهنده",
    received_by: "تحویل‌گیرنده",
    place: "مکان",
    made: "صدور (به ساعت رایانه)",
    software: "با برنامهٔ",
    root: "ریشه",
    digest: "SHA-256 از seal/root.txt",
    fingerprint: "اثر انگشت",
    proves: "این رسید چه چیزی را ثابت می‌کند",
    proof: &[
        "هر کس این رسید را داشته باشد بعدها می‌تواند ببیند که آیا بسته هنوز همان است که تحویل شد. \
         اگر یک حرف از یک پرونده عوض، افزوده یا برداشته شده باشد، اثر انگشت دیگری به دست می‌آید.",
        "این رسید ثابت نمی‌کند که اسناد درست‌اند، چه کسی آن‌ها را ساخته است، یا پیش از آن چیزی کنار \
         گذاشته نشده است. نام‌ها و زمان‌های آن گفتهٔ افراد و ساعت رایانهٔ آنان است.",
    ],
    compare: "بعدها چگونه مقایسه کنیم",
    with: "با fonds، خط زیر را اجرا کنید؛ یا ده گروه رقم را با آنچه fonds verify نشان می‌دهد مقایسه کنید:",
    without: "بدون fonds، بسته را باز کنید و درون آن خط‌های زیر را اجرا کنید. اولی اثر انگشت و دومی چکیدهٔ \
              SHA-256 بالا را نشان می‌دهد. بهتر است verify.py را از جای دیگری بیاورید: در بسته‌ای که دست‌کاری \
              شده، آن هم شاید دست‌کاری شده باشد.",
    qr: "کد QR ریشه، اثر انگشت، زمان و نام را در یک خط دارد که fonds verify آن را هم می‌خواند.",
    by_hand: ["نام", "امضا", "تاریخ"],
    block: "برای برنامه‌ها",
};
