//! Expectation: what a property's label, domain and range let us expect around the words that state it.

use crate::lexicon::noun;
use crate::ontology::{ClassCondition, Ontology, Property, Range, split_words};
use crate::syntax::meaning::Meaning;

/// What a label lets us expect.
#[derive(Clone, Debug, Default)]
pub struct Expectation {
    /// The words of the label, in lower case.
    pub words: Vec<String>,
    /// What those words mean.
    pub meanings: Vec<Meaning>,
    /// Other words that English uses for them.
    pub wordings: Vec<&'static str>,
    pub subject: End,
    pub object: End,
}

/// What one end of a property is.
#[derive(Clone, Debug, Default)]
pub struct End {
    /// "Person", "date", "number" ...: the sort of thing; empty where nothing tells.
    pub sort: &'static str,
    /// The words of its class, in lower case.
    pub words: Vec<String>,
    /// What those words mean.
    pub meanings: Vec<Meaning>,
    /// What the world knows of such: "Country", "people" of a nationality; empty for what is neither place nor people.
    pub known: &'static str,
}

impl Expectation {
    pub fn of(ontology: &Ontology, property: &Property) -> Self {
        let words = words(&property.label);
        let has = |word: &&(&str, &[&str])| words.iter().any(|own| own == word.0);
        let wordings = WORDINGS.iter().filter(has).flat_map(|(_, others)| others.iter().copied()).collect();
        let subject = End::of(ontology, &property.domain, &[]);
        let mut object = End::of(ontology, &property.range_classes, &words);
        if let Range::Literal(types) = &property.range {
            object.sort = types.iter().find_map(|iri| literal_sort(iri.as_str())).unwrap_or("string");
        }
        let meanings = meanings(&words);
        Self { words, meanings, wordings, subject, object }
    }
}

impl End {
    fn of(ontology: &Ontology, condition: &ClassCondition, label: &[String]) -> Self {
        let classes = condition.iter().flatten();
        let words: Vec<String> = classes.flat_map(|id| words(&ontology.class(*id).label)).collect();
        let told = words.iter().rev().find_map(|word| sort_of(word));
        let by_label = || label.iter().rev().find_map(|word| VALUES.iter().find(|(name, _)| name == word));
        let sort = told.or_else(|| by_label().map(|(_, sort)| *sort)).unwrap_or_default();
        let meanings = meanings(&words);
        let mut nouns = words.iter().rev().chain(label.iter().rev());
        let known = nouns.find_map(|word| noun_among(KNOWN, word)).unwrap_or_default();
        Self { sort, words, meanings, known }
    }
}

/// What the world knows of places and peoples, by the nouns for them.
const KNOWN: &[(&str, &[&str])] = &[
    ("Country", &["country", "nation", "citizenship", "state"]),
    ("City", &["city", "town", "village", "municipality", "capital", "settlement"]),
    ("Region", &["region", "province", "county", "district", "territory"]),
    ("Continent", &["continent"]),
    (
        "people",
        &["nationality", "demonym", "ethnic", "ethnicity", "language", "languages", "people", "inhabitants"],
    ),
    ("Place", &["place", "location", "located", "headquarters", "headquarter", "residence", "hometown"]),
];

fn meanings(words: &[String]) -> Vec<Meaning> {
    words.iter().filter_map(|word| Meaning::of(word)).collect()
}

/// A label's words, in lower case: "dateOfBirth" gives three.
fn words(label: &str) -> Vec<String> {
    let split = split_words(label).to_lowercase();
    let small = ["of", "the", "a", "an", "or", "and", "has", "is", "was", "to", "its", "their"];
    split
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 1 && !small.contains(word))
        .map(str::to_owned)
        .collect()
}

/// What sort of thing a class's noun names; empty if of no sort that names are recognized by.
fn sort_of(word: &str) -> Option<&'static str> {
    let value = VALUES.iter().find(|(name, _)| *name == word).map(|(_, sort)| *sort);
    value.or_else(|| noun_among(SORTS, word)).or_else(|| noun::kind(word))
}

/// What a table has a noun under.
fn noun_among(table: &[(&'static str, &[&str])], noun: &str) -> Option<&'static str> {
    table.iter().find(|(_, nouns)| nouns.contains(&noun)).map(|(name, _)| *name)
}

/// What nouns that ontologies like to call classes by name there, where WordNet knows many senses of them.
const SORTS: &[(&str, &[&str])] = &[
    ("Person", &["human", "person", "people", "agent", "member"]),
    (
        "Place",
        &[
            "country",
            "nation",
            "state",
            "city",
            "town",
            "village",
            "municipality",
            "settlement",
            "capital",
            "region",
            "province",
            "county",
            "district",
            "territory",
            "continent",
            "island",
            "lake",
            "river",
            "mountain",
            "sea",
            "ocean",
            "location",
            "place",
            "headquarters",
            "headquarter",
            "residence",
            "hometown",
            "airport",
            "stadium",
            "building",
            "bridge",
            "station",
            "ground",
            "venue",
            "road",
            "street",
            "structure",
            "house",
            "castle",
            "watercourse",
        ],
    ),
    (
        "Organization",
        &[
            "organization",
            "organisation",
            "company",
            "corporation",
            "enterprise",
            "business",
            "university",
            "college",
            "institute",
            "institution",
            "band",
            "team",
            "club",
            "league",
            "party",
            "label",
            "agency",
            "airline",
            "manufacturer",
            "army",
            "navy",
            "parliament",
            "legislature",
            "association",
            "federation",
            "government",
            "studio",
        ],
    ),
    (
        "Work",
        &[
            "work",
            "film",
            "movie",
            "book",
            "novel",
            "album",
            "song",
            "single",
            "game",
            "show",
            "journal",
            "magazine",
            "newspaper",
            "play",
            "opera",
            "anthem",
        ],
    ),
    (
        "Event",
        &["event", "battle", "war", "conflict", "competition", "tournament", "championship", "election"],
    ),
    (
        "",
        &[
            "type",
            "group",
            "family",
            "division",
            "class",
            "course",
            "food",
            "style",
            "body",
            "subsidiary",
            "tenant",
            "ethnic",
            "genre",
            "language",
            "sport",
            "series",
            "season",
            "award",
            "product",
            "ship",
            "aircraft",
            "rocket",
            "vehicle",
            "concept",
            "thing",
            "entity",
            "object",
            "periapsis",
            "field",
            "architecture",
        ],
    ),
];

/// Nouns for values.
const VALUES: &[(&str, &str)] = &[
    ("date", "date"),
    ("year", "date"),
    ("time", "date"),
    ("inception", "date"),
    ("established", "date"),
    ("number", "number"),
    ("count", "number"),
    ("quantity", "number"),
    ("size", "number"),
    ("height", "number"),
    ("length", "number"),
    ("width", "number"),
    ("depth", "number"),
    ("mass", "number"),
    ("weight", "number"),
    ("area", "number"),
    ("elevation", "number"),
    ("population", "number"),
    ("temperature", "number"),
    ("speed", "number"),
    ("duration", "number"),
    ("cost", "number"),
    ("distance", "number"),
    ("volume", "number"),
    ("density", "number"),
    ("capacity", "number"),
    ("attendance", "number"),
    ("budget", "number"),
    ("radius", "number"),
    ("diameter", "number"),
    ("age", "number"),
    ("string", "string"),
];

fn literal_sort(datatype: &str) -> Option<&'static str> {
    let local = datatype.rsplit(['#', '/']).next().unwrap_or_default();
    Some(match local {
        "date" | "dateTime" | "gYear" | "gYearMonth" => "date",
        "string" | "langString" | "Literal" => "string",
        _ => "number",
    })
}

/// Whether two words share a stem: "director" and "directed", "publisher" and "publication".
pub fn are_related(one: &str, other: &str) -> bool {
    let shared = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let shorter = one.len().min(other.len());
    one == other || shared >= 4 && shared + 3 >= shorter
}

/// How English words what labels call by a noun of another stem.
const WORDINGS: &[(&str, &[&str])] = &[
    ("birth", &["born", "bear"]),
    ("death", &["die", "died"]),
    ("cast", &["star", "feature", "play", "actor", "actress", "appear", "role"]),
    ("starring", &["feature", "play", "cast", "appear"]),
    ("performer", &["sing", "singer", "record", "band", "album", "song"]),
    ("screenwriter", &["write", "written", "writer", "screenplay", "script"]),
    ("author", &["write", "written", "writer", "book", "novel", "pen"]),
    ("writer", &["write", "written", "author"]),
    ("director", &["film", "filmmaker"]),
    ("inception", &["found", "establish", "form", "create", "open", "launch", "introduce", "begin", "start"]),
    ("established", &["found", "open", "create", "form", "begin"]),
    ("founded", &["establish", "form", "create"]),
    ("founding", &["establish", "form", "create", "found"]),
    ("founder", &["establish", "form", "create"]),
    ("publication", &["release", "publish", "premiere", "film", "novel"]),
    ("published", &["release", "publisher"]),
    ("release", &["publish", "premiere", "issue"]),
    ("country", &["located", "from", "national", "nation"]),
    ("origin", &["from", "come", "originate", "begin"]),
    ("nationality", &["born", "from", "citizen", "national"]),
    ("citizenship", &["born", "from", "national"]),
    ("location", &["locate", "situate", "lie", "stand", "base", "find", "near"]),
    ("located", &["situate", "lie", "stand", "base", "find", "near"]),
    ("place", &["locate", "in", "at"]),
    ("city", &["town", "serve", "locate"]),
    ("state", &["locate", "in"]),
    ("region", &["locate", "from", "find", "area", "province"]),
    ("headquarter", &["base", "headquarters"]),
    ("headquarters", &["base"]),
    ("residence", &["live", "reside", "home"]),
    ("genre", &["film", "music", "novel", "album", "song", "game", "style", "play"]),
    ("type", &["kind", "class"]),
    ("instance", &["kind", "type"]),
    (
        "taxon",
        &["genus", "family", "species", "order", "subfamily", "tribe", "subspecies", "class", "variety"],
    ),
    ("spouse", &["marry", "married", "wife", "husband"]),
    ("child", &["son", "daughter", "father", "mother", "parent"]),
    ("children", &["son", "daughter", "father", "mother", "parent"]),
    ("parent", &["son", "daughter", "father", "mother", "child"]),
    ("father", &["son", "daughter"]),
    ("mother", &["son", "daughter"]),
    ("sibling", &["brother", "sister"]),
    ("relative", &["brother", "sister", "cousin", "uncle", "nephew", "family"]),
    ("member", &["join", "play", "part", "belong", "sign", "team"]),
    ("team", &["play", "club", "sign", "join", "squad"]),
    ("club", &["play", "team", "sign", "join", "represent"]),
    ("sport", &["player", "play", "footballer", "club", "team", "tournament"]),
    ("league", &["play", "compete", "division", "season"]),
    ("season", &["play", "compete", "edition"]),
    ("position", &["play", "serve", "hold", "office"]),
    ("office", &["serve", "hold", "elect", "position"]),
    ("occupation", &["work", "professional", "career"]),
    ("profession", &["work", "professional", "career"]),
    ("employer", &["work", "join", "professor"]),
    ("educated", &["study", "graduate", "attend", "degree", "school"]),
    ("alma", &["study", "graduate", "attend", "degree", "school"]),
    ("award", &["win", "won", "receive", "prize", "honour"]),
    ("awards", &["win", "won", "receive", "prize", "award"]),
    ("nominated", &["nomination", "award"]),
    ("language", &["speak", "write", "written", "sing"]),
    ("languages", &["speak", "write", "written", "language"]),
    ("religion", &["church", "bishop", "convert", "faith"]),
    ("ethnic", &["descent", "people", "born"]),
    ("manufacturer", &["make", "build", "produce", "built", "made"]),
    ("builder", &["build", "built", "construct", "make"]),
    ("developer", &["create", "write", "made", "make", "software", "design"]),
    ("creator", &["make", "made", "develop", "invent", "write"]),
    ("composer", &["score", "music", "write"]),
    ("producer", &["produce", "film"]),
    ("production", &["produce", "studio", "film"]),
    ("distributor", &["release"]),
    ("distributed", &["release"]),
    ("designer", &["create", "architect", "engineer"]),
    ("designed", &["create", "architect", "develop"]),
    ("architect", &["design", "build"]),
    ("owner", &["belong", "possess"]),
    ("owned", &["belong", "owner"]),
    ("operator", &["run", "serve"]),
    ("operating", &["run"]),
    ("conflict", &["fight", "fought", "war", "battle", "serve"]),
    ("battle", &["fight", "fought", "war"]),
    ("military", &["army", "navy", "force", "serve"]),
    ("branch", &["army", "navy", "force", "serve", "corps"]),
    ("rank", &["general", "colonel", "officer", "promote", "lieutenant"]),
    ("leader", &["lead", "president", "mayor", "head", "minister"]),
    ("ingredient", &["contain", "include", "make", "made", "use"]),
    ("capital", &["city"]),
    ("currency", &["money", "coin"]),
    ("demonym", &["inhabitant", "people", "call", "native"]),
    ("height", &["tall", "high", "stand", "metre", "meter", "centimetre", "foot", "cm", "storey"]),
    ("length", &["long", "run", "metre", "meter", "kilometre", "kilometer", "mile", "foot", "millimetre"]),
    ("width", &["wide"]),
    ("depth", &["deep"]),
    ("elevation", &["high", "above", "level", "sea", "metre", "meter", "foot", "altitude"]),
    ("weight", &["weigh", "heavy", "kilogram", "kg", "pound", "tonne"]),
    ("mass", &["weigh", "kilogram", "kg", "tonne"]),
    ("population", &["inhabitant", "people", "live", "resident"]),
    ("area", &["cover", "square", "kilometre", "hectare", "acre", "mile"]),
    ("cost", &["budget", "spend"]),
    ("number", &["have", "total"]),
    ("students", &["enrol", "enrollment"]),
    ("predecessor", &["succeed", "precede", "replace", "follow"]),
    ("successor", &["succeed", "replace", "follow"]),
    ("follows", &["sequel", "after", "successor"]),
    ("followed", &["sequel", "before", "successor"]),
    ("precededby", &["sequel", "after"]),
    ("based", &["adapt", "adaptation", "novel", "inspire"]),
    ("derivative", &["base", "adapt", "version"]),
    ("subject", &["about", "concern", "topic", "deal"]),
    ("narrative", &["set", "story"]),
    ("filming", &["shoot", "shot", "film"]),
    ("mouth", &["flow", "empty", "join", "tributary"]),
    ("tributary", &["flow", "join"]),
    ("watercourse", &["flow", "rise", "river"]),
    ("basin", &["drain", "watershed", "flow"]),
    ("mountain", &["peak", "summit"]),
    ("platform", &["run", "port", "release", "version", "computer"]),
    ("programmed", &["write", "written", "program"]),
    ("license", &["release"]),
    ("discovered", &["find", "found"]),
    ("discoverer", &["find", "found", "discover"]),
    ("inventor", &["create", "invent", "develop"]),
    ("alternative", &["call", "know", "name", "also"]),
    ("nickname", &["call", "know", "dub"]),
    ("name", &["call", "know"]),
    ("affiliation", &["belong", "member", "affiliate", "affiliated"]),
    ("party", &["belong", "member", "politician"]),
    ("label", &["sign", "record", "release"]),
    ("instrument", &["play", "guitarist", "pianist", "drummer"]),
    ("background", &["singer", "musician"]),
    ("active", &["begin", "start", "career", "since"]),
    ("start", &["begin", "since", "from"]),
    ("end", &["until", "finish", "close"]),
    ("opening", &["open"]),
    ("part", &["belong", "locate", "component", "within"]),
    ("subsidiary", &["own", "parent", "division"]),
    ("product", &["make", "produce", "sell"]),
    ("champions", &["win", "won", "winner", "title"]),
    ("winner", &["win", "won"]),
    ("manager", &["manage", "coach"]),
    ("coach", &["manage", "train"]),
    ("ground", &["stadium", "home", "play"]),
    ("tenant", &["occupy", "home", "rent"]),
    ("material", &["make", "made", "build"]),
    ("beam", &["wide", "metre", "meter"]),
    ("speed", &["fast", "kilometre", "knot"]),
    ("temperature", &["kelvin", "degree", "celsius"]),
    ("period", &["orbit", "day"]),
    ("floor", &["storey", "story"]),
    ("floors", &["storey", "story"]),
    ("staff", &["employ", "employee"]),
    ("completion", &["complete", "finish", "built"]),
    ("completed", &["finish", "built"]),
    ("assembly", &["assemble", "built", "make"]),
    ("transmission", &["gearbox", "gear"]),
    ("engine", &["litre", "power", "cylinder"]),
    ("course", &["dessert", "serve", "meal"]),
    ("dish", &["food"]),
    ("variation", &["variant", "version"]),
    ("nearest", &["near", "close"]),
    ("legislature", &["parliament", "assembly"]),
    ("crew", &["aboard", "astronaut"]),
    ("mission", &["fly", "flew", "aboard"]),
    ("selected", &["choose", "chosen"]),
    ("chairman", &["chair", "head"]),
    ("chairperson", &["chair", "head"]),
    ("editor", &["edit"]),
    ("publisher", &["release", "issue"]),
    ("stadium", &["ground", "home"]),
    ("dissolved", &["close", "end", "abolish"]),
    ("debut", &["first", "begin"]),
    ("draft", &["pick"]),
    ("college", &["attend", "university", "study"]),
    ("school", &["attend", "study"]),
    ("constituency", &["represent", "elect"]),
    ("industry", &["company", "business", "firm"]),
    ("revenue", &["income", "earn"]),
    ("abbreviation", &["call", "know", "short"]),
    ("pages", &["page"]),
    ("medium", &["print", "format"]),
    ("preceded", &["follow", "sequel", "after", "succeed"]),
    ("dedicated", &["memory", "honour"]),
    ("dedication", &["memory", "honour"]),
    ("inauguration", &["open", "unveil"]),
    ("monument", &["memorial"]),
    ("campus", &["locate", "situate"]),
    ("color", &["colour"]),
    ("colour", &["color"]),
];
