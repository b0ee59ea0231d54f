//! Persian words that rules begin at, and words that tell where a name ends.

use super::Sign;
use crate::mentions::words::{Known, folded};
use std::sync::LazyLock;

/// Titles that stand before a name.
const TITLES: &str = "دکتر|آقای|خانم|پروفسور|مهندس|آیت\u{200C}الله|حجت\u{200C}الاسلام|قاضی|وکیل|سرلشکر|سرتیپ|\
    سرهنگ|سردار|ژنرال|استاد|رئیس\u{200C}جمهور|نخست\u{200C}وزیر|بانو|سرکار خانم|جناب آقای|شهید|سناتور|شیخ|ملا|دادستان";

/// Titles that are what somebody is as often: behind them a first name must be one that is known.
const OFFICES: &str = "قاضی|وکیل|رئیس\u{200C}جمهور|نخست\u{200C}وزیر|استاد|مهندس|شهید|دادستان|بانو|ملا|شیخ";

/// First names that are common.
const FIRST_NAMES: &str = "علی|محمد|حسین|حسن|رضا|مهدی|احمد|محمود|عباس|اکبر|اصغر|ابراهیم|اسماعیل|امیر|امین|\
    آرش|آرمان|آرمین|آریا|اردشیر|اسفندیار|افشین|ایرج|بابک|بهرام|بهروز|بهزاد|بهمن|بهنام|بیژن|پرویز|پویا|پیمان|\
    تقی|جعفر|جلال|جمشید|جواد|حامد|حبیب|حمید|حمیدرضا|خسرو|داریوش|داوود|رامین|رحیم|رسول|روح\u{200C}الله|سامان|\
    سجاد|سعید|سهراب|سیامک|سیاوش|شاهین|شهرام|شهریار|صادق|طاهر|عبدالله|عزیز|علیرضا|غلامرضا|فرامرز|فرزاد|\
    فرشاد|فرهاد|فریدون|قاسم|کاظم|کامران|کاوه|کریم|کوروش|کیوان|مجید|محسن|محمدرضا|مرتضی|مسعود|مصطفی|منصور|\
    منوچهر|مهران|مهرداد|موسی|میلاد|نادر|ناصر|نوید|هادی|هاشم|هوشنگ|یاسر|یعقوب|یوسف|یونس|\
    آذر|آزاده|آناهیتا|اعظم|افسانه|الناز|الهام|الهه|بهاره|بهناز|پروانه|پروین|پریسا|پگاه|ترانه|ثریا|دلارام|رؤیا|\
    رویا|زهرا|زینب|ژاله|سارا|سپیده|ستاره|سحر|سمیرا|سمانه|سهیلا|سوسن|سیما|شادی|شهلا|شهناز|شهین|شیرین|\
    شیوا|صدیقه|طاهره|عاطفه|فاطمه|فرح|فرزانه|فرشته|فریبا|کبری|گلناز|لاله|لیلا|مائده|مریم|معصومه|\
    منیژه|مهتاب|مهسا|مهین|مهناز|مینا|نازنین|نرگس|نسترن|نسرین|نسیم|نوشین|نیلوفر|هانیه|هما|یگانه|یاسمن";

/// What somebody is: they follow a name and a comma, or end a name.
const ROLES: &str = "رئیس|مدیر|وکیل|سخنگوی|دبیر|دبیرکل|نماینده|عضو|استاد|پژوهشگر|تاریخ‌نگار|روزنامه‌نگار|خبرنگار|\
    نویسنده|شاعر|معلم|آموزگار|دانشجوی|پزشک|قاضی|دادستان|وزیر|نخست‌وزیر|سفیر|فعال|بنیانگذار|بنیان‌گذار|همسر|مادر|\
    پدر|دختر|پسر|برادر|خواهر|کارگر|مهندس|گزارشگر|حقوقدان|انسان‌شناس|جامعه‌شناس|بازمانده|کارشناس|مسئول|معاون|\
    فرمانده|شهردار|استاندار|مشاور|هماهنگ‌کننده|مترجم|هنرمند|بازیگر|کارگردان|تحلیلگر|پرستار|دانشمند|زندانی|شاهد|فیلسوف";

/// Words that are never part of a name: small words, verbs, and nouns that follow names.
const STOPS: &str = "از|در|به|با|که|را|و|تا|بر|برای|درباره|علیه|نیز|هم|یا|اما|ولی|این|آن|یک|دو|سه|چهار|هر|همه|\
    چند|چه|اگر|چون|پس|پیش|روز|سال|ماه|شب|دیروز|امروز|فردا|صبح|عصر|ظهر|هفته|شنبه|یکشنبه|دوشنبه|سه‌شنبه|چهارشنبه|\
    پنجشنبه|جمعه|گفت|گفته|گفتند|می‌گوید|می‌گفت|افزود|نوشت|اعلام|اظهار|تأکید|تصریح|بیان|اضافه|خبر|هشدار|\
    توضیح|پاسخ|ادامه|شهادت|دستور|خواند|کرد|کرده|کردند|می‌کند|می‌کرد|شد|شده|می‌شود|بود|بوده|است|هست|نیست|داد|\
    داده|می‌دهد|داشت|دارد|خواست|رفت|آمد|آمده|دید|یافت|گرفت|ساخت|نشست|ایستاد|درگذشت|اکنون|سپس|بعد|بعدها|\
    همچنین|هنوز|هرگز|دیگر|خود|خودش|او|وی|ما|شما|من|آنها|آنان|ایشان|سابق|پیشین|فعلی|اسبق|خطاب|درباره‌ی|نسبت|\
    طی|ضمن|هنگام|پشت|روی|زیر|بدون|مانند|مثل|جز|بین|میان|نزد|انجام|خواهد|باید|نباید|شاید|البته|حتی|فقط|تنها|\
    پوزش|رسید|رسیده|برد|برده|زد|زده|کشید|بازداشت|دستگیر|اعدام|محکوم|آزاد|کشته|متولد|متهم|برگزار|\
    عزیز|گرامی|محترم|ها|های|ای|ام|ات|اش|مدافع|سوئدی|ایرانی|آلمانی|فرانسوی|شهر|استان|کشور|زندان|دادگاه|دولت|\
    مجلس|سازمان|بنیاد|کمیته|شورای|وزارت|دانشگاه|حزب|اهل|ساکن|ساله|متن|نام|نامی|منوی|ضد|ویژه";

/// Endings of second surnames, written apart.
const ENDINGS: &str = "پور|زاده|نژاد|نیا|منش|دوست|تبار|پناه|خواه|راد|مهر|اصل|فرد|یگانه|نسب|خانی|آبادی|تهرانی|\
    اصفهانی|شیرازی|تبریزی|کرمانی|یزدی|گیلانی|مقدم|جهرمی|قمی|خراسانی|لاهیجی|رشتی|همدانی|کاشانی|اردبیلی";

/// Prepositions: who stands behind one does not act.
const PREPOSITIONS: &str =
    "به|از|با|در|برای|درباره|علیه|بر|را|پرونده|دادگاه|همراه|نزد|توسط|طریق|مورد|قتل|اعدام";

/// Bodies that are known.
const BODIES: &str = "سازمان ملل متحد|سازمان ملل|شورای حقوق بشر سازمان ملل|شورای حقوق بشر سازمان ملل متحد|\
    شورای حقوق بشر|شورای امنیت|شورای امنیت سازمان ملل|شورای امنیت سازمان ملل متحد|مجمع عمومی سازمان ملل|\
    مجمع عمومی سازمان ملل متحد|کمیساریای عالی حقوق بشر|کمیساریای عالی حقوق بشر سازمان ملل|\
    کمیساریای عالی پناهندگان|دیوان کیفری بین‌المللی|دادگاه کیفری بین‌المللی|دیوان بین‌المللی کیفری|\
    دیوان بین‌المللی دادگستری|عفو بین‌الملل|سازمان عفو بین‌الملل|دیده‌بان حقوق بشر|سازمان دیده‌بان حقوق بشر|\
    صلیب سرخ|کمیته بین‌المللی صلیب سرخ|صلیب سرخ جهانی|هلال احمر|پارلمان اروپا|اتحادیه اروپا|شورای اروپا|\
    کمیسیون اروپا|دادگاه اروپایی حقوق بشر|گزارشگران بدون مرز|سازمان گزارشگران بدون مرز|پزشکان بدون مرز|\
    سازمان بین‌المللی کار|سازمان جهانی بهداشت|یونسکو|یونیسف|سپاه پاسداران|سپاه پاسداران انقلاب اسلامی|\
    شورای ملی مقاومت ایران|کمیته حفاظت از روزنامه‌نگاران|کارگروه ناپدیدشدگان قهری سازمان ملل|\
    هیئت حقیقت‌یاب سازمان ملل|هیئت حقیقت‌یاب|اتحادیه عرب|اتحادیه آفریقا|بانک جهانی|صندوق بین‌المللی پول|\
    آژانس بین‌المللی انرژی اتمی|فدراسیون بین‌المللی جامعه‌های حقوق بشر";

/// Words that a body's name begins with, before its acronym in brackets.
const HEADS: &str = "سازمان|بنیاد|کمیته|شبکه|اتحادیه|انجمن|مرکز|دیوان|دادگاه|کمیسیون|شورای|جبهه|حزب|فدراسیون|\
    کانون|جمعیت|نهاد|مؤسسه|موسسه|بانک|صندوق|آژانس|کارگروه|هیئت|جنبش|ائتلاف|کارزار";

/// Verbs of saying of one word.
const SAYING: &str = "گفت|گفتند|گفته|گفتهاست|میگوید|میگویند|میگفت|میگفتند|افزود|افزودند|افزوده|نوشت|نوشتند|\
    نوشته|مینویسد|گوید|پرسید|میپرسد|پرسیدند|میافزاید|گفتهاند|نوشتهاست|نوشتهاند|میگویم";

/// Nouns that make a verb of saying with one of [`LIGHT`].
const NOUNS: &str = "تاکید|اعلام|اظهار|تصریح|خاطرنشان|بیان|عنوان|اضافه|اذعان|ادعا|یاداوری|تکرار|ابراز|خبر|هشدار|\
    توضیح|پاسخ|ادامه|شهادت|دستور|گزارش|نقل|یاداور|مطرح|روایت|اعتراف";

/// Verbs that do so.
const LIGHT: &str = "کرد|کردند|کرده|کردهاست|داشت|داشتند|داشته|داد|دادند|داده|میکند|میکنند|میدهد|میدهند|میدارد|\
    میکرد|میداد|شد|است";

/// Words before what is a title or a name in quotation marks.
const TITLED: &str = "عنوان|نام|کتاب|فیلم|لقب|مقاله|شعر|ترانه|رمان|گزارش|اصطلاح|واژه|کلمه|شعار|موسوم|معروف|\
    پژوهشگر|همایش|مجله|روزنامه|نشریه|سریال|مستند|نامه|اتهام|جمله|ازجمله";

pub(in crate::mentions) static IS_FIRST_NAME: LazyLock<Known<String>> = LazyLock::new(|| set(FIRST_NAMES));
pub(in crate::mentions) static IS_TITLE: LazyLock<Known<String>> = LazyLock::new(|| set(TITLES));
pub(in crate::mentions) static IS_OFFICE: LazyLock<Known<String>> = LazyLock::new(|| set(OFFICES));
pub(in crate::mentions) static IS_ROLE: LazyLock<Known<String>> = LazyLock::new(|| set(ROLES));
pub(in crate::mentions) static IS_STOP: LazyLock<Known<String>> = LazyLock::new(|| set(STOPS));
pub(in crate::mentions) static IS_ENDING: LazyLock<Known<String>> = LazyLock::new(|| set(ENDINGS));
pub(in crate::mentions) static IS_PREPOSITION: LazyLock<Known<String>> = LazyLock::new(|| set(PREPOSITIONS));
pub(in crate::mentions) static IS_HEAD: LazyLock<Known<String>> = LazyLock::new(|| set(HEADS));
pub(in crate::mentions) static IS_TITLED: LazyLock<Known<String>> = LazyLock::new(|| set(TITLED));
static SAYS: LazyLock<Known<String>> = LazyLock::new(|| set(SAYING));
static IS_NOUN: LazyLock<Known<String>> = LazyLock::new(|| set(NOUNS));
static IS_LIGHT: LazyLock<Known<String>> = LazyLock::new(|| set(LIGHT));

fn set(words: &'static str) -> Known<String> {
    words.split('|').map(folded).collect()
}

/// Whether these folded words, one behind the other, are a verb of saying.
pub(in crate::mentions) fn says(word: &str, next: Option<&str>) -> bool {
    SAYS.contains(word) || IS_NOUN.contains(word) && next.is_some_and(|next| IS_LIGHT.contains(next))
}

/// Enters every word as it may be written.
pub(super) fn enter(enter: &mut dyn FnMut(String, Sign)) {
    let lists = [
        (BODIES, Sign::KnownBody),
        (super::super::places::PERSIAN, Sign::Country),
        (TITLES, Sign::PersianTitle),
        (FIRST_NAMES, Sign::FirstName),
        (super::super::events::PERSIAN, Sign::PersianEvent),
        ("زندان|استان|اردوگاه|شهرستان", Sign::PlaceBefore),
    ];
    for (words, sign) in lists {
        for word in words.split('|') {
            for word in written(word) {
                enter(word, sign);
            }
        }
    }
}

/// How a word may be written: with Persian or Arabic ye and kaf, with joiners, spaces, or neither.
fn written(word: &str) -> Vec<String> {
    let arabic = word.replace('ی', "ي").replace('ک', "ك");
    let mut forms = Vec::new();
    for word in [word.to_owned(), arabic] {
        for joiner in ["\u{200C}", " ", ""] {
            let form = word.replace('\u{200C}', joiner);
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
    }
    forms
}
