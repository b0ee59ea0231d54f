//! English words that rules begin at, and words that tell what is a name.

use super::Sign;
use crate::mentions::words::Known;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Countries, and cities from which much is reported. Names that are as often those of persons or of
/// something else are left out: Georgia, Jordan, Chad, Sofia, Washington.
const COUNTRIES: &str = "Afghanistan|Albania|Algeria|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan|\
    Bahrain|Bangladesh|Belarus|Belgium|Benin|Bolivia|Bosnia|Bosnia and Herzegovina|Botswana|Brazil|Britain|\
    Bulgaria|Burkina Faso|Burundi|Cambodia|Cameroon|Canada|Chile|China|Colombia|Congo|Costa Rica|Croatia|Cuba|Cyprus|\
    Czech Republic|Denmark|Ecuador|Egypt|El Salvador|England|Eritrea|Estonia|Ethiopia|Finland|France|Gabon|Gambia|\
    Germany|Ghana|Greece|Guatemala|Haiti|Honduras|Hungary|Iceland|India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|\
    Jamaica|Japan|Kazakhstan|Kenya|Kosovo|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Liberia|Libya|Lithuania|\
    Luxembourg|Madagascar|Malawi|Malaysia|Malta|Mauritania|Mexico|Moldova|Mongolia|Montenegro|Morocco|Mozambique|\
    Myanmar|Namibia|Nepal|Netherlands|New Zealand|Nicaragua|Nigeria|North Korea|North Macedonia|Norway|Oman|\
    Pakistan|Panama|Paraguay|Peru|Philippines|Poland|Portugal|Qatar|Romania|Russia|Rwanda|Saudi Arabia|Scotland|\
    Senegal|Serbia|Sierra Leone|Singapore|Slovakia|Slovenia|Somalia|South Africa|South Korea|South Sudan|Spain|\
    Sri Lanka|Sudan|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Togo|Tunisia|Turkey|Turkmenistan|\
    Uganda|Ukraine|United Arab Emirates|United Kingdom|United States|Uruguay|Uzbekistan|Venezuela|Vietnam|Wales|\
    Yemen|Zambia|Zimbabwe|Geneva|Brussels|The Hague|Vienna|London|Paris|Berlin|Rome|Madrid|Lisbon|Stockholm|Oslo|\
    Copenhagen|Helsinki|Warsaw|Prague|Budapest|Athens|Moscow|Kyiv|Kiev|Ankara|Istanbul|Tehran|Baghdad|Damascus|\
    Beirut|Jerusalem|Cairo|Riyadh|Kabul|Islamabad|New Delhi|Beijing|Tokyo|Seoul|New York|Ottawa|Nairobi|\
    Strasbourg|Bern|Dublin|Amsterdam|Belgrade|Sarajevo|Tunis|Tripoli|Khartoum|Mashhad|Isfahan|Shiraz|Tabriz";

/// What happened.
const EVENTS: &str = "massacre|massacres|killings|executions|mass executions|protests|mass protests|\
    uprising|uprisings|crackdown|genocide|coup|shootings|riots|revolution|pogrom|prison massacre|demonstrations";

/// Titles as they are written before a name.
const TITLES: &str = "Dr|Dr.|Mr|Mr.|Mrs|Mrs.|Ms|Ms.|Prof|Prof.|Professor|Judge|Justice|Senator|Sen.|Rep.|\
    Ambassador|Sir|Dame|Baroness|Ayatollah|Grand Ayatollah|Hojatoleslam|Sheikh|Bishop|Archbishop|Rabbi|Rev.|\
    Reverend|Chancellor|Colonel|Col.|Gen.|Brigadier General|Major General|Lieutenant|Lt.|Sergeant|Sgt.|\
    Capt.|Prime Minister|President|Vice President|Foreign Minister|Interior Minister|Justice Minister|\
    Defence Minister|Defense Minister|Deputy Minister|Mayor|Governor|Prosecutor|Attorney General|\
    Secretary-General|Secretary of State|Chief Constable|Congressman|Congresswoman|Pope|MEP|MP|Minister";

/// What somebody is, in small letters; capitals are understood.
const ROLES: &str = "lawyer|human rights lawyer|barrister|attorney|solicitor|judge|prosecutor|chief prosecutor|\
    president|vice president|vice-president|chairman|chairwoman|chairperson|chair|co-chair|director|\
    executive director|deputy director|general secretary|secretary general|secretary-general|secretary|\
    spokesman|spokeswoman|spokesperson|prime minister|foreign minister|interior minister|justice minister|\
    minister|deputy minister|mayor|governor|deputy governor|senator|ambassador|envoy|special envoy|rapporteur|\
    special rapporteur|commissioner|high commissioner|professor|historian|journalist|reporter|correspondent|\
    editor|editor-in-chief|author|writer|poet|novelist|teacher|doctor|surgeon|physician|pathologist|\
    psychologist|psychiatrist|sociologist|economist|researcher|scientist|physicist|biologist|analyst|expert|\
    activist|campaigner|founder|co-founder|leader|head|member|survivor|witness|defendant|father|mother|\
    daughter|son|brother|sister|wife|husband|widow|widower|cousin|uncle|aunt|nephew|niece|colleague|neighbour|\
    neighbor|student|farmer|worker|engineer|officer|general|colonel|commander|guard|bishop|priest|imam|\
    coordinator|co-ordinator|organiser|organizer|manager|ceo|chief executive|investigator|lecturer|fellow|\
    adviser|advisor|official|representative|delegate|parliamentarian|lawmaker|councillor|clerk|typist|\
    photographer|filmmaker|film-maker|artist|musician|pianist|violinist|cellist|singer|actor|actress|painter|\
    sculptor|nurse|veteran|negotiator|jurist|anthropologist|archaeologist|diplomat|politician|philosopher|\
    critic|curator|archivist|librarian|translator|publisher|entrepreneur|clockmaker|carpenter|tailor|baker|\
    attorney general|chief of staff|refugee|prisoner|former prisoner|political prisoner|dissident|mep|mp";

/// Words that may stand before a role and belong to it.
const QUALITIES: &str = "former|then|ex|late|acting|current|incumbent|outgoing|newly|elected|renowned|prominent|\
    leading|veteran|noted|famous|well-known|distinguished|award-winning|exiled|retired|senior|junior|chief|deputy|\
    vice|assistant|honorary|independent|international|national|human|rights|defence|defense|criminal|civil|\
    political|environmental|legal|military|medical|forensic|special|general|local|young|old|elder|eldest|\
    younger|youngest|only|lead|principal|presiding|district|federal|state|public|opposition|labour|labor|\
    trade|union|women|family|investigative|freelance|constitutional|district|school|university|un|eu|us|uk|\
    british|french|dutch|greek|german|swiss|czech|welsh|scots|thai|iraqi|israeli|pakistani|kurdish|jailed|\
    imprisoned|detained|murdered|slain|my|foreign|interior|justice|prime|finance|executive|managing";

/// Words that begin an apposition.
const DETERMINERS: &str = "a|an|the|its|his|her|their|our|my|one";

/// Bodies that are known; behind `=` the long form.
const BODIES: &str = "United Nations|UN=United Nations|U.N.=United Nations|UN Security Council|\
    United Nations Security Council|UN General Assembly|United Nations General Assembly|UN Human Rights Council|\
    United Nations Human Rights Council|UN High Commissioner for Human Rights|\
    United Nations High Commissioner for Human Rights|Office of the High Commissioner for Human Rights|\
    Office of the UN High Commissioner for Human Rights|UN High Commissioner for Refugees|\
    Office of the United Nations High Commissioner for Human Rights|\
    UN Working Group on Enforced or Involuntary Disappearances|Working Group on Arbitrary Detention|\
    UN Working Group on Arbitrary Detention|Working Group on Enforced or Involuntary Disappearances|\
    UN Fact-Finding Mission|OHCHR=Office of the United Nations High Commissioner for Human Rights|\
    UNHCR=United Nations High Commissioner for Refugees|UNICEF=United Nations Children's Fund|\
    UNESCO=United Nations Educational, Scientific and Cultural Organization|International Criminal Court|\
    International Court of Justice|International Criminal Tribunal for the former Yugoslavia|\
    International Criminal Tribunal for Rwanda|European Court of Human Rights|European Court of Justice|\
    European Parliament|European Union|European Commission|European Council|Council of Europe|\
    Amnesty International|Human Rights Watch|International Committee of the Red Cross|\
    ICRC=International Committee of the Red Cross|Red Cross|Red Crescent|Reporters Without Borders|\
    Doctors Without Borders|Médecins Sans Frontières|Physicians for Human Rights|Human Rights First|\
    Freedom House|Transparency International|Committee to Protect Journalists|PEN International|\
    International Federation for Human Rights|World Health Organization|World Bank|World Trade Organization|\
    International Monetary Fund|International Labour Organization|International Atomic Energy Agency|\
    NATO=North Atlantic Treaty Organization|African Union|Arab League|Interpol|Europol|Education International|\
    Islamic Revolutionary Guard Corps|Revolutionary Guards|Revolutionary Guard Corps|\
    National Council of Resistance of Iran|Associated Press|Agence France-Presse|Human Rights Council|\
    Inter-American Court of Human Rights|Organization of American States|Global Witness|Front Line Defenders|\
    International Commission of Jurists|European Central Bank|Save the Children|Greenpeace|Oxfam";

/// Words that a name with one of them is that of a body.
const HEADS: &str = "Foundation|Institute|University|Network|Committee|Commission|Council|Centre|Center|Union|\
    Association|Society|Federation|Confederation|Organisation|Organization|Agency|Ministry|Department|Court|\
    Tribunal|Parliament|Archive|Archives|Alliance|Coalition|Observatory|Working Group";

/// Further words that tell of a long form that it is that of a body.
const BODY_WORDS: &str = "party|movement|front|army|police|company|group|church|watch|league|congress|assembly|academy|\
    school|college|initiative|campaign|force|forces|guard|guards|corps|bureau|authority|service|services|fund|trust|board|\
    office|mission|international|families|mothers|fathers|women|jurists|lawyers|journalists|workers|teachers|\
    prisoners|students|survivors|bank|press|broadcasting|corporation|nations|house|chamber|group|brigade|brigades|\
    militia|militants|workers|band|club|cooperative|collective|circle|forum|team|secretariat|directorate|hospital";

/// Other words that are never part of a person's name.
const NEVER: &str = "college|school|academy|office|assembly|congress|league|party|movement|front|army|police|\
    bank|company|corporation|group|church|museum|library|initiative|campaign|watch|press|news|times|post|\
    courier|wire|radio|television|tv|magazine|newspaper|journal|daily|herald|gazette|guardian|tribune|ltd|inc|llc|\
    gmbh|fund|trust|project|programme|program|board|bureau|authority|service|services|forum|house|club|hospital|\
    clinic|prison|airport|street|road|avenue|square|river|lake|mount|mountain|island|islands|city|town|county|\
    province|state|states|kingdom|republic|emirates|nations|mission|convention|act|law|bill|treaty|agreement|\
    declaration|charter|award|prize|day|war|games|cup|championship|festival|conference|summit|international|\
    national|human|rights|world|east|west|north|south|northern|southern|eastern|western|central|new|united|\
    european|american|africa|america|europe|asia|university|government|cabinet|administration|republican|\
    republicans|democrat|democrats|senate|commons|lords|exchange|association|hotel|theatre|theater|stadium|park|\
    beach|bay|valley|islamic|muslim|christian|jewish|twitter|facebook|google|apple|instagram|youtube|amazon|\
    microsoft|network|report|review|studies|research|science|sciences|health|security|defence|defense|affairs|\
    foreign|office|chief|executive|officer|editor|director|manager|holocaust|christmas|easter|brexit|covid|\
    telegram|whatsapp|street|capitol|pentagon|kremlin|nobel|media|club|united|city|county|rovers|ai|ceo|cfo|cto";

/// Words that begin sentences in capitals, and other words that no name holds.
const OPENERS: &str = "the|a|an|he|she|it|they|we|i|you|in|on|at|by|for|from|to|of|and|but|or|nor|so|yet|with|\
    without|when|where|while|after|before|since|until|as|if|that|this|these|those|there|then|now|here|yesterday|\
    today|tomorrow|according|meanwhile|however|also|only|even|not|no|yes|what|who|whom|whose|which|why|how|his|\
    her|their|our|my|its|your|both|all|some|many|most|more|much|few|several|each|every|any|another|other|such|\
    former|said|says|monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|june|\
    july|august|september|october|november|december|mr|mrs|ms|dr|prof|professor|judge|justice|president|\
    minister|senator|governor|mayor|lawyer|general|colonel|captain|sir|lady|lord|king|queen|prince|princess|\
    during|under|over|against|about|between|among|through|because|although|though|despite|like|unlike|once|one|\
    two|three|four|five|six|seven|eight|nine|ten|hundreds|thousands|asked|speaking|writing|last|next|first|second|\
    earlier|later|recently|just|still|never|always|perhaps|instead|indeed|thus|hence|moreover|furthermore|dear|\
    hello|hi|thanks|thank|please|let|do|does|did|is|are|was|were|be|been|have|has|had|can|could|will|would|\
    should|may|might|must|read|see|watch|listen|follow|share|subscribe|photo|image|video|source|credit|by|via|\
    born|founder|director|secretary|chair|chairman|spokesman|spokeswoman|rapporteur|special|foreign|prime|attorney|\
    deputy|chief|vice|renowned|exiled|opposition|journalist|historian|historian|prosecutor|ambassador|councillor|\
    english|french|german|swedish|iranian|british|italian|russian|chinese|israeli|ukrainian|american";

/// Small words within names.
const PARTICLES: &str =
    "van|von|der|den|de|del|della|di|da|dos|das|du|la|le|bin|ibn|bint|al|el|ter|ten|af|av|zu|zur|abu|y|e";

/// Verbs of saying, in the forms of reports.
const SAYING: &str = "said|says|say|saying|told|tells|added|adds|declared|declares|stated|states|emphasized|\
    emphasised|emphasizes|emphasises|stressed|stresses|wrote|writes|explained|explains|insisted|insists|argued|\
    argues|warned|warns|noted|notes|recalled|recalls|announced|announces|claimed|claims|confirmed|confirms|\
    testified|testifies|replied|replies|concluded|concludes|continued|continues|commented|comments|remarked|\
    remarks|admitted|admits|urged|urges|vowed|tweeted|asked|asks|complained|reported|observed|pointed|quipped|\
    acknowledged|alleged|asserted|affirmed|reads|joked|lamented|reiterated|cautioned|suggested|responded";

/// Words before a quotation that is a title or a name.
const TITLED: &str = "title|titled|entitled|called|named|dubbed|nicknamed|known|book|film|movie|song|novel|album|\
    poem|play|article|essay|report|series|documentary|headline|headlined|word|words|term|phrase|slogan|chanting|\
    chanted|codenamed|so-called|labelled|labeled|branded|insert|hashtag|sign|banner|banners|played|plays|reading";

/// Words that a subject may stand apart from its verb by.
const ADVERBS: &str = "also|then|later|further|again|has|had|have|once|recently|publicly|repeatedly|who|simply|\
    today|yesterday|earlier|previously|himself|herself|monday|tuesday|wednesday|thursday|friday|saturday|sunday|on|\
    used|to|would|never|always|often|explicitly|rightly|clearly|openly|did";

pub(in crate::mentions) static QUALITY: LazyLock<Known<&str>> = LazyLock::new(|| set(QUALITIES));
pub(in crate::mentions) static DETERMINER: LazyLock<Known<&str>> = LazyLock::new(|| set(DETERMINERS));
pub(in crate::mentions) static PARTICLE: LazyLock<Known<&str>> = LazyLock::new(|| set(PARTICLES));
pub(in crate::mentions) static SAYS: LazyLock<Known<&str>> = LazyLock::new(|| set(SAYING));
pub(in crate::mentions) static IS_TITLED: LazyLock<Known<&str>> = LazyLock::new(|| set(TITLED));
pub(in crate::mentions) static ADVERB: LazyLock<Known<&str>> = LazyLock::new(|| set(ADVERBS));
pub(in crate::mentions) static IS_OPENER: LazyLock<Known<&str>> = LazyLock::new(|| set(OPENERS));
/// Words that are never part of a person's name.
pub(in crate::mentions) static IS_NO_PERSON: LazyLock<Known<String>> = LazyLock::new(|| {
    let heads = HEADS.split('|').map(str::to_lowercase);
    NEVER.split('|').map(str::to_owned).chain(heads).collect()
});
/// Words that a long form of a body has one of.
pub(in crate::mentions) static IS_BODY: LazyLock<Known<String>> = LazyLock::new(|| {
    let heads = HEADS.split(['|', ' ']).map(str::to_lowercase);
    BODY_WORDS.split('|').map(str::to_owned).chain(heads).collect()
});
/// The long form of a known acronym.
pub(in crate::mentions) static LONG_FORMS: LazyLock<HashMap<&str, &str>> =
    LazyLock::new(|| BODIES.split('|').filter_map(|body| body.split_once('=')).collect());

fn set(words: &'static str) -> Known<&'static str> {
    words.split('|').collect()
}

/// Enters every word, with its capitals.
pub(super) fn enter(enter: &mut dyn FnMut(String, Sign)) {
    for body in BODIES.split('|') {
        enter(body.split('=').next().unwrap_or(body).to_owned(), Sign::KnownBody);
    }
    for country in COUNTRIES.split('|') {
        enter(country.to_owned(), Sign::Country);
    }
    for title in TITLES.split('|') {
        enter(title.to_owned(), Sign::Title);
    }
    for role in ROLES.split('|') {
        enter(role.to_owned(), Sign::Role);
        enter(with_capitals(role, 1), Sign::Role);
        enter(with_capitals(role, usize::MAX), Sign::Role);
    }
    enter("CEO".to_owned(), Sign::Role);
    for verb in SAYING.split('|') {
        enter(verb.to_owned(), Sign::Saying);
    }
    for head in HEADS.split('|') {
        enter(head.to_owned(), Sign::Body);
    }
    for word in ["Prison", "prison", "Prison Camp", "Detention Centre", "Detention Center", "Labour Camp"] {
        enter(word.to_owned(), Sign::PlaceBehind);
    }
    for word in EVENTS.split('|') {
        enter(word.to_owned(), Sign::Event);
        enter(with_capitals(word, 1), Sign::Event);
    }
}

/// The text with the first letter of its first `words` words as capitals.
fn with_capitals(text: &str, words: usize) -> String {
    let capital = |(at, word): (usize, &str)| match word.chars().next() {
        Some(first) if at < words && word != "of" => {
            first.to_uppercase().collect::<String>() + &word[first.len_utf8()..]
        }
        _ => word.to_owned(),
    };
    text.split(' ').enumerate().map(capital).collect::<Vec<_>>().join(" ")
}
