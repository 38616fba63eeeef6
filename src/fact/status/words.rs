//! The words that tell how a text stands to what it says.

pub const NEGATIONS: &[&str] = &[
    "not", "n't", "never", "no", "neither", "nor", "hardly", "scarcely", "nobody", "nothing", "none",
    "without", "cannot", "nowhere",
];

/// Adverbs of what is so in few cases only.
pub const RARELY: &[&str] = &["rarely", "seldom", "barely", "infrequently"];

/// After "not" they add something, and deny nothing: "not only".
pub const ONLY: &[&str] = &["only", "just", "merely", "simply", "surprisingly", "coincidentally", "least"];

/// With "no" or "not" these deny a verb: "no longer", "not ever".
pub const EVER: &[&str] = &["longer", "ever", "once", "yet", "more", "anymore", "even", "all", "actually", "really"];

/// Adverbs of what falls short of happening.
pub const ALMOST: &[&str] = &["almost", "nearly", "practically", "virtually"];

/// Adverbs that say that something is not so.
pub const WRONGLY: &[&str] = &[
    "wrongly", "falsely", "mistakenly", "erroneously", "incorrectly", "inaccurately", "untruthfully",
    "fraudulently",
];

/// Nouns with which "by no means", "at no time", "in no way" deny a clause.
pub const WAYS: &[&str] = &[
    "mean", "means", "time", "way", "circumstance", "point", "account", "sense", "stage", "moment",
];

pub const MODALS: &[&str] = &[
    "may", "might", "could", "would", "should", "will", "shall", "can", "must", "ought", "'ll", "'d", "wo",
    "ca", "sha",
];

pub const CONDITIONS: &[&str] = &["if", "whether", "unless", "lest"];

/// Where the clause after them is in the present tense, it speaks of what is to come: "until she marries".
pub const TIMES: &[&str] = &["until", "till", "before", "when", "once", "after"];

pub const MAYBE: &[&str] = &[
    "perhaps", "maybe", "possibly", "probably", "likely", "potentially", "presumably", "conceivably",
    "seemingly", "doubtfully", "hopefully", "theoretically", "hypothetically",
];

pub const HEARSAY: &[&str] = &[
    "allegedly", "reportedly", "supposedly", "purportedly", "apparently", "reputedly", "ostensibly",
    "rumoredly", "putatively",
];

/// Adjectives that leave open whether somebody is what a noun says.
pub const DOUBTFUL: &[&str] = &[
    "alleged", "supposed", "purported", "putative", "presumed", "suspected", "reputed", "rumored",
    "rumoured", "possible", "potential", "prospective", "aspiring", "future", "incoming", "likely",
    "probable", "apparent", "ostensible", "pretended", "hypothetical", "intended", "proposed", "planned",
    "expected", "wannabe", "designate", "unconfirmed", "unverified", "unproven", "unsubstantiated", "unsupported",
    "unlikely", "disputed", "dubious", "questionable", "hoped-for", "wished-for",
];

/// Adjectives of what is not so, or only in a tale.
pub const UNREAL: &[&str] = &[
    "fictional", "fictitious", "imaginary", "fake", "false", "bogus", "sham", "mythical", "nonexistent",
    "invented",
];

/// Who says "self-styled", or "so-called", does not vouch for the noun.
pub const STYLED: &[&str] = &["styled", "proclaimed", "described", "declared", "called"];

/// Verbs and adjectives under which a clause need not be so.
pub const POSSIBLE: &[&str] = &[
    "hope", "want", "plan", "intend", "expect", "try", "attempt", "wish", "consider", "offer", "seek",
    "propose", "agree", "decide", "threaten", "promise", "aim", "ask", "wonder", "doubt", "fear", "imagine",
    "suppose", "suggest", "like", "urge", "invite", "encourage", "request", "demand", "need", "going",
    "scheduled", "due", "set", "able", "likely", "unlikely", "possible", "poised", "slated", "interested",
    "provide", "assume", "presume", "predict", "forecast", "pray", "recommend", "seem", "appear", "bet",
    "guess", "worry", "envision", "envisage", "contemplate", "contemplated", "discuss", "debate", "mull",
    "think of", "talk", "insist on", "unclear", "uncertain", "unsure", "doubtful", "probable",
    "conceivable", "plausible", "thinkable", "questionable", "improbable", "implausible", "hopeful", "keen",
    "eager", "intent", "bent", "ready", "prepare", "negotiate", "bid", "vote", "apply", "let", "require",
    "desire", "long", "yearn", "dream", "object", "oppose", "await", "postpone", "delay", "tip", "tout", "risk", "resist",
    "afraid", "capable", "incapable", "hesitate", "fantasize", "unproven", "unproved", "unconfirmed", "unverified",
    "unsubstantiated", "unsupported", "undecided", "undetermined", "untested", "arguable", "debatable",
    "disputable", "contested", "disputed", "controversial", "moot", "inconclusive", "dubious", "speculative",
];

/// Verbs and adjectives under which a clause is not so.
pub const DENIED: &[&str] = &[
    "deny", "refuse", "fail", "decline", "forget", "refute", "dispute", "reject", "pretend", "feign",
    "avoid", "prevent", "bar", "ban", "prohibit", "forbid", "discourage", "dissuade", "deter", "refrain",
    "abstain", "stop", "quit", "cease", "unable", "false", "untrue", "wrong", "incorrect", "impossible",
    "unthinkable", "inconceivable", "disprove", "debunk", "disbelieve", "neglect", "omit", "escape",
    "block", "lie", "lied", "joke", "fake", "keep from", "rule out", "give up", "turn down", "pass over", "contradict", "miss",
    "abandon", "save", "unfounded", "baseless", "groundless", "fabricated",
];

/// Verbs of ending: what they deny is a gerund.
pub const ENDING: &[&str] = &["stop", "quit", "cease", "abandon", "escape", "save", "give"];

/// Verbs that leave a clause to its speaker.
pub const REPORTED: &[&str] = &[
    "claim", "allege", "accuse", "rumor", "rumour", "speculate", "purport", "suspect", "believe", "think",
    "contend", "insinuate", "hypothesize", "theorize", "theorise", "conjecture", "posit", "feel", "reckon",
    "surmise", "repute", "assert", "insist", "argue", "hint", "fabricate", "misreport", "boast", "charge",
    "whisper", "gossip", "murmur", "moot",
];

/// Verbs of saying: who "is said to have", or of whom "it is said that", is told of by others.
pub const SAID: &[&str] = &["say", "report", "hold", "regard", "understand", "deem", "credit"];

/// Words under which an infinitive is what happened: "managed to", "went on to", "was the first to".
pub const HAPPENED: &[&str] = &[
    "manage", "become", "begin", "start", "continue", "come", "go", "help", "happen", "get", "dare",
    "prove", "turn", "serve", "use", "proceed", "succeed", "bother", "hasten", "rush", "live", "grow",
    "know", "show", "find", "reveal", "lead", "enable", "allow", "cause", "force", "compel", "inspire",
    "persuade", "convince", "motivate", "prompt", "drive", "choose", "opt", "leave", "return", "move",
    "travel", "depart", "join", "team", "unite", "merge", "combine", "work", "resign", "retire", "emigrate",
    "stay", "remain", "resume", "proud", "happy", "glad", "lucky", "fortunate", "honored", "honoured",
    "pleased", "delighted", "quick", "thrilled", "sad", "sorry", "famous", "privileged", "unveil", "acknowledge", "recognize", "recognise", "document", "record", "discover", "see",
    "confirm", "qualify",
];

/// Who is the first, or the only one, to do something has done it.
pub const RANKS: &[&str] = &["first", "second", "third", "fourth", "fifth", "last", "only"];

/// Nouns whose clause is only thought or said: "the claim that".
pub const CONTENT: &[&str] = &[
    "claim", "rumor", "rumour", "idea", "allegation", "myth", "legend", "belief", "suggestion",
    "speculation", "notion", "theory", "story", "assumption", "suspicion", "impression", "accusation",
    "assertion", "possibility", "hope", "fear", "lie", "hypothesis", "expectation", "prospect", "chance",
    "thought", "view", "dream", "fantasy", "charge", "contention", "hoax", "misconception", "tale",
    "fiction", "likelihood", "proposal", "doubt", "denial", "pretense", "pretence", "gossip", "hearsay",
    "opinion", "prediction", "wish", "demand", "fabrication", "nonsense", "falsehood", "fallacy",
    "superstition", "conjecture", "tradition", "folklore", "insinuation", "argument", "question", "error",
    "mistake", "joke", "rumors", "rumours", "scenario", "guess", "guesswork", "innuendo", "disinformation",
    "misinformation", "propaganda", "satire", "parody", "talk", "whisper", "hunch",
];

/// Nouns that, with "no", vouch for their clause.
pub const DOUBTS: &[&str] = &["doubt", "question", "denying", "denial", "dispute"];

/// Words that say that there is too little of something: "little evidence".
pub const SCANT: &[&str] = &[
    "little", "scant", "scarce", "insufficient", "inconclusive", "flimsy", "slim", "thin", "weak", "few", "zero",
    "nil", "dubious", "questionable", "disputed", "false", "fake", "fabricated", "bogus", "absent",
];

/// Verbs and adjectives that say that something is not at hand: "lacks proof that".
pub const LACKING: &[&str] = &[
    "lack", "lacking", "miss", "missing", "want", "wanting", "need", "require", "await", "seek", "demand", "request",
    "search", "look", "unavailable", "fabricate", "forge", "fake", "without",
];

/// Nouns with an infinitive that need not come true: "a bid to buy it".
pub const PROSPECTS: &[&str] = &[
    "race", "bid", "battle", "fight", "chance", "right", "plan", "offer", "deal", "effort", "attempt",
    "opportunity", "contest", "permission", "proposal", "intention", "invitation", "refusal", "failure", "agreement",
    "desire", "wish", "campaign", "pledge", "promise", "talk", "option", "inability", "candidacy",
];

/// Nouns whose clause is so: "the news that".
pub const KNOWN: &[&str] = &[
    "fact", "news", "evidence", "truth", "knowledge", "proof", "announcement", "confirmation", "reason",
    "sign", "result", "discovery", "revelation", "memory", "realization", "realisation", "understanding",
    "certainty", "word", "point", "day", "time", "year", "moment", "way", "recognition", "admission",
    "confession", "reminder", "extent",
];

/// Works whose present tense tells what happens in them.
pub const TALES: &[&str] = &[
    "novel", "story", "tale", "fable", "play", "drama", "film", "movie", "sitcom", "game", "series",
    "episode", "musical", "opera", "comic", "trilogy", "saga", "sequel", "prequel", "plot", "scene", "myth",
    "legend", "fiction", "adaptation", "novella", "cartoon", "show", "folklore", "thriller", "comedy",
    "tragedy", "romance", "parody", "anime", "manga",
];

/// What a tale is divided into: "the last season of the series".
pub const TALE_PARTS: &[&str] = &["season", "episode", "finale", "act", "chapter", "part", "scene", "end", "book", "volume"];

/// "on screen"
pub const SCREENS: &[&str] = &["screen", "-screen", "tv", "television"];

/// What nobody does in a work but its characters, whatever the tense: "she married him in the film".
pub const LIFE: &[&str] = &[
    "marry", "wed", "divorce", "bear", "die", "kill", "murder", "live", "wife", "husband", "spouse", "son", "daughter",
    "father", "mother", "brother", "sister", "widow", "child",
];

/// Verbs of acting and of imitating; what is their object, or follows with "as", is not so.
pub const PLAYED: &[&str] = &["play", "portray", "depict", "impersonate", "imitate", "mimic", "parody"];
pub const STAGED: &[&str] = &[
    "star", "co-star", "costar", "cast", "typecast", "pose", "masquerade", "disguise", "dress", "impersonate", "guest-star",
];

/// Verbs of what is put forward: who "was proposed as" is not yet so.
pub const PROPOSED: &[&str] = &[
    "nominate", "propose", "suggest", "mention", "float", "tout", "tip", "shortlist", "apply",
];

/// Verbs of leaving an office, an organization or a marriage.
pub const LEAVING: &[&str] = &[
    "leave", "quit", "resign", "retire", "depart", "exit", "divorce", "step down", "stand down", "bow out",
    "step aside", "step away", "move on", "walk out",
];

/// Of them, those that tell alone that an office is given up.
pub const GIVING_UP: &[&str] = &["resign", "retire", "step down", "stand down", "bow out", "step aside"];

/// Prepositions of who or what is left out, and of where something is not.
pub const LEFT_OUT: &[&str] = &["except", "excluding", "unlike", "barring"];
pub const APART: &[&str] = &["outside", "beyond"];

/// Verbs under which "or" joins names of one thing: "known as Holt or Holtz".
pub const NAMING: &[&str] = &["know", "call", "refer", "spell", "nickname", "dub", "abbreviate",
];

pub const EVERYBODY: &[&str] = &["everybody", "everyone", "everything", "all", "anybody", "anyone", "anything", "anywhere", "everywhere"];

/// Of whom there is nobody else: "nobody other than Park".
pub const ANYBODY_ELSE: &[&str] = &["nobody", "none", "nothing", "no"];

pub const ALL: &[&str] = &["all", "everything", "anything", "nothing"];

/// What happens in these never happened, whatever the tense.
pub const DREAMS: &[&str] = &["dream", "nightmare", "fantasy", "imagination", "daydream", "mind"];

/// Verbs of what came to nothing ("missed out on", "was passed over as", "toyed with"), and "anything but".
pub const MISSED: &[&str] = &["miss", "pass", "toy", "anything"];

/// Nouns for a time, which may be yet to come: "the day she marries".
pub const MOMENTS: &[&str] = &["day", "moment", "time", "year", "hour", "minute"];

/// Verbs whose object is what their subject, or their other object, comes to be.
pub const BECOMING: &[&str] = &[
    "become", "remain", "name", "appoint", "elect", "hire", "make", "call", "stay", "declare", "proclaim",
];

/// Verbs of what has members or employees: they are its own.
pub const HAVING: &[&str] = &["have", "count", "number", "include", "comprise", "boast"];

/// Of what can be met with somewhere: it is there.
pub const MET_WITH: &[&str] = &["find", "see", "visit", "hear", "encounter", "observe"];

/// Nouns for who holds an office or belongs to something.
pub const HOLDERS: &[&str] = &[
    "member", "employee", "worker", "player", "executive", "officer", "president", "director", "leader", "chairman",
    "chairwoman", "chair", "head", "manager", "captain", "coach", "founder", "owner", "boss", "official", "agent",
    "colleague", "fan", "critic", "rival", "representative", "spokesman", "spokeswoman", "lawyer", "editor",
    "professor", "engineer", "student", "graduate", "veteran", "minister", "mayor", "governor", "wife", "husband",
];

/// Words before a noun, or with a verb, that say that it was so once.
pub const PAST: &[&str] = &[
    "former", "late", "ex", "onetime", "then", "erstwhile", "previous", "retired", "past", "deceased",
    "ousted", "outgoing", "sometime",
];

/// What says that a noun holds now, or that the words before it are not said of it.
pub const PRESENT: &[&str] = &["current", "now", "present", "incumbent", "new", "longtime", "today"];

/// The same of verbs that tell a state, and of what somebody is.
pub const ONCE: &[&str] = &["once", "formerly", "previously", "erstwhile", "originally"];

/// Verbs that tell a state, which may end.
pub const STATES: &[&str] = &[
    "work", "own", "belong", "headquarter", "base", "locate", "lead", "head", "run", "manage", "chair",
    "play", "serve", "employ", "control", "operate", "teach", "rule", "govern", "coach", "command", "hold",
    "sit", "host", "be", "captain",
];

/// Verbs whose participle, as a predicate, tells a state: "was once married".
pub const TIES: &[&str] = &["marry", "wed", "engage", "affiliate", "associate", "sign", "contract"];

/// Verbs of making somebody leave, and of taking somebody's place.
pub const DISMISSING: &[&str] = &[
    "fire", "sack", "dismiss", "oust", "remove", "depose", "expel", "lay off", "unseat", "topple", "overthrow", "axe",
    "force out", "vote out", "throw out", "strip", "relieve", "discharge", "evict", "eject",
];
pub const SUCCEEDING: &[&str] = &["succeed", "replace", "supplant", "supersede", "unseat", "follow"];

/// Verbs of an end of two who belong together.
pub const PARTING: &[&str] = &["divorce", "separate", "split", "split up", "break up"];

/// What was once so remains so: by local name, the properties that no "former" or "until" puts an end to.
pub const DEEDS: &[&str] = &[
    "directorOf", "authorOf", "producerOf", "performerIn", "composerOf", "creatorOf", "participantIn", "publisherOf",
    "about", "basedOn", "releasedOn", "founderOf", "educatedAt", "acquired", "foundedOn", "awardReceived", "bornOn",
    "diedOn", "bornIn", "diedIn", "childOf", "siblingOf", "tookPlaceIn", "tookPlaceOn", "age", "kissedIn", "kissed",
];

/// Properties between two people: years in brackets are those of the second's life.
pub const PEOPLE: &[&str] = &["spouseOf", "friendOf"];

/// What is told in the past tense anyway, so that only a word that says so puts an end to it.
pub const TENSELESS: &[&str] = &["livedIn", "nationality"];
