//! What a property's label, domain and range say of a pair of fillers.

use super::super::filler::Filler;
use super::{Eye, Seen, Way, arrow, flag};
use crate::document::{SentenceId, TokenId};
use crate::lexicon::label::{End, Expectation, are_related};
use crate::lexicon::noun;
use crate::lexicon::scorer::Feature;
use crate::syntax::Upos;
use crate::syntax::meaning::Meaning;

/// Where a label's words stand in a sentence, and how alike they are to its words.
#[derive(Clone, Debug)]
pub struct Anchors {
    label: Vec<TokenId>,
    wording: Vec<TokenId>,
    /// The first token of the sentence.
    start: TokenId,
    /// For each token how alike it is to a word of the label, of the subject's class, and of the object's.
    like: Vec<f32>,
    like_subject: Vec<f32>,
    like_object: Vec<f32>,
}

impl Anchors {
    /// The most alike of some tokens.
    fn most(&self, like: &[f32], tokens: impl IntoIterator<Item = TokenId>) -> f32 {
        let at = |token: TokenId| token.0.checked_sub(self.start.0).and_then(|at| like.get(at as usize));
        tokens.into_iter().filter_map(at).copied().fold(0.0, f32::max)
    }
}

impl Eye<'_, '_> {
    /// Where the words of a property's label, or such as English uses for them, stand in a sentence.
    pub fn anchors(&self, sentence: SentenceId, expects: &Expectation) -> Anchors {
        let lemma = |token: &TokenId| self.parsed.lemma(*token).to_lowercase();
        let tokens: Vec<TokenId> = self.parsed.document().sentence(sentence).iter().collect();
        let (mut label, mut wording) = (Vec::new(), Vec::new());
        for token in tokens.into_iter().filter(|token| self.parsed.word(*token).upos != Upos::Punct) {
            let (lemma, form) = (lemma(&token), self.form(token));
            if expects.words.iter().any(|word| are_related(word, &lemma) || are_related(word, form)) {
                label.push(token);
            } else if expects
                .wordings
                .iter()
                .any(|word| *word == lemma || *word == form || are_stems(word, &lemma))
            {
                wording.push(token);
            }
        }
        Anchors {
            label,
            wording,
            start: self.parsed.document().sentence(sentence).start,
            like: self.likeness(sentence, &expects.meanings),
            like_subject: self.likeness(sentence, &expects.subject.meanings),
            like_object: self.likeness(sentence, &expects.object.meanings),
        }
    }

    /// What a property's label, domain and range say of two fillers.
    pub fn label(
        &self,
        expects: &Expectation,
        anchors: &Anchors,
        (subject, object): (&Filler, &Filler),
        way: Option<&Way>,
    ) -> Vec<Feature> {
        let mut seen = self.seen("label");
        self.fit(&expects.subject, subject, "subject", &mut seen);
        self.fit(&expects.object, object, "object", &mut seen);
        self.alike(expects, anchors, (subject, object), way, &mut seen);
        let mut strengths = Vec::new();
        for (name, tokens) in [("label", &anchors.label), ("wording", &anchors.wording)] {
            let within = tokens.iter().filter(|token| subject.tokens.contains(**token)).count();
            seen.shared(&[
                name,
                "in the subject",
                flag(within > 0),
                flag(tokens.len() > within),
                subject.sort,
            ]);
            strengths.push(self.anchor(name, tokens, object, way, &mut seen));
            self.arrangement(name, tokens, (subject, object), expects, &mut seen);
        }
        let [label, wording] = [strengths[0].as_str(), strengths[1].as_str()];
        let fit = fit(expects.object.sort, object.sort);
        let subject_fit = self::fit(expects.subject.sort, subject.sort);
        let [topic, maximal] = [flag(subject.is_topic), flag(object.is_maximal)];
        seen.shared(&["joint", label, wording, fit, maximal]);
        seen.shared(&["joint with subject", label, wording, fit, subject_fit, topic]);
        seen.shared(&["joint with range", label, wording, expects.object.sort, object.sort]);
        seen.features
    }

    /// How the words of a label stand to an object; the answer says it in short.
    fn anchor(
        &self,
        name: &str,
        tokens: &[TokenId],
        object: &Filler,
        way: Option<&Way>,
        seen: &mut Seen,
    ) -> String {
        let outside = |token: &&TokenId| !object.tokens.contains(**token);
        let inside = tokens.len() > tokens.iter().filter(outside).count();
        if inside {
            seen.shared(&[name, "inside", object.sort, flag(object.is_maximal)]);
        }
        let nearest = tokens.iter().filter(outside).min_by_key(|token| self.gap(**token, object));
        let Some(nearest) = nearest else {
            seen.shared(&[name, "nowhere", flag(tokens.is_empty())]);
            return if inside { "inside" } else { "nowhere" }.to_owned();
        };
        let gap = match self.gap(*nearest, object) {
            near @ 0..=3 => near,
            4..=6 => 4,
            7..=12 => 7,
            _ => 13,
        };
        let side = if *nearest < object.tokens.start { "before" } else { "after" };
        seen.shared(&[name, "near", &gap.to_string(), side]);
        let near = if gap <= 1 {
            "by"
        } else if gap <= 4 {
            "near"
        } else {
            "far"
        };
        seen.shared(&[name, "near, sort", near, side, object.sort]);
        let mut strength = format!("{near} {side}");
        if way.is_some_and(|way| tokens.iter().any(|token| way.words.contains(token))) {
            let length = way.map_or(0, |way| way.steps.len()).min(4).to_string();
            seen.shared(&[name, "on the way", &length]);
            let last = way.and_then(|way| way.steps.last()).map_or(String::new(), arrow);
            seen.shared(&[name, "last step", &last]);
            strength.push_str(" on the way");
        }
        let enhanced = self.parsed.enhanced(object.sentence);
        for edge in enhanced.above(object.head).filter(|edge| tokens.contains(&edge.governor)) {
            seen.shared(&[name, "governs", &self.role(edge)]);
            strength.push_str(" governs");
        }
        for edge in enhanced.below(object.head).iter().filter(|edge| tokens.contains(&edge.dependent)) {
            seen.shared(&[name, "below", &self.role(edge)]);
        }
        strength
    }

    /// In what order a label's word and the two ends stand, and what could be meant in place of them stands between.
    fn arrangement(
        &self,
        name: &str,
        tokens: &[TokenId],
        (subject, object): (&Filler, &Filler),
        expects: &Expectation,
        seen: &mut Seen,
    ) {
        let outside =
            |token: &&TokenId| !object.tokens.contains(**token) && !subject.tokens.contains(**token);
        let nearest = tokens.iter().filter(outside).min_by_key(|token| self.gap(**token, object));
        let Some(word) = nearest.filter(|_| subject.sentence == object.sentence) else { return };
        let order = match (*word < subject.tokens.start, *word < object.tokens.start) {
            (true, true) if subject.tokens < object.tokens => "word subject object",
            (true, true) => "word object subject",
            (true, false) => "object word subject",
            (false, true) => "subject word object",
            (false, false) if subject.tokens < object.tokens => "subject object word",
            (false, false) => "object subject word",
        };
        let rivals = |end: &Filler| self.rivals(*word, end).min(2).to_string();
        let [of_subject, of_object] = [subject, object].map(rivals);
        let fit = fit(expects.object.sort, object.sort);
        let topic = flag(subject.is_topic);
        seen.shared(&[name, "order", order, &of_object, fit]);
        seen.shared(&[name, "order, both", order, &of_subject, &of_object, topic]);
        seen.shared(&[name, "order, maximal", order, &of_object, flag(object.is_maximal), object.sort]);
    }

    /// How many runs of such words as a filler is made of stand between it and a word.
    fn rivals(&self, word: TokenId, filler: &Filler) -> usize {
        let between = if word < filler.tokens.start {
            word.0 + 1..filler.tokens.start.0
        } else {
            filler.tokens.end.0..word.0
        };
        let is_rival = |token: u32| {
            let upos = self.parsed.word(TokenId(token)).upos;
            match filler.sort {
                "date" | "gYear" | "gYearMonth" | "number" | "number term" => upos == Upos::Num,
                "lower" | "string" => matches!(upos, Upos::Noun | Upos::Propn),
                _ => upos == Upos::Propn,
            }
        };
        let start = between.start;
        between.filter(|token| is_rival(*token) && (*token == start || !is_rival(token - 1))).count()
    }

    fn gap(&self, token: TokenId, filler: &Filler) -> u32 {
        if token < filler.tokens.start {
            filler.tokens.start.0 - token.0 - 1
        } else {
            token.0.saturating_sub(filler.tokens.end.0)
        }
    }

    /// Whether a filler looks like what the domain or range asks for.
    fn fit(&self, expected: &End, filler: &Filler, end: &str, seen: &mut Seen) {
        let head = self.parsed.lemma(filler.head).to_lowercase();
        seen.shared(&[end, "expects", expected.sort, filler.sort, flag(filler.is_maximal)]);
        seen.shared(&[end, "expects", expected.sort, filler.sort, noun::kind(&head).unwrap_or("-")]);
        seen.shared(&[end, "known", expected.known, expected.sort, filler.known, flag(filler.is_maximal)]);
        let named = filler.tokens.iter().any(|token| {
            let lemma = self.parsed.lemma(token).to_lowercase();
            expected.words.iter().any(|word| are_related(word, &lemma))
        });
        if named {
            seen.shared(&[end, "named", filler.sort, flag(filler.is_maximal)]);
        }
        let apposed = self.parsed.enhanced(filler.sentence).above(filler.head).any(|edge| {
            let governor = self.parsed.lemma(edge.governor).to_lowercase();
            expected.words.iter().any(|word| are_related(word, &governor))
        });
        if apposed {
            seen.shared(&[end, "called so", filler.sort]);
        }
    }

    /// For each token of a sentence how alike it is to one of some words.
    fn likeness(&self, sentence: SentenceId, words: &[Meaning]) -> Vec<f32> {
        let like = |token: TokenId| {
            let own = self.meanings[token.index()].as_ref();
            let likenesses = own.into_iter().flat_map(|own| words.iter().map(|word| word.likeness(own)));
            likenesses.fold(0.0, f32::max)
        };
        self.parsed.document().sentence(sentence).iter().map(like).collect()
    }

    /// How alike the words around two fillers are to those of the label, and the fillers to what is expected there.
    fn alike(
        &self,
        expects: &Expectation,
        anchors: &Anchors,
        (subject, object): (&Filler, &Filler),
        way: Option<&Way>,
        seen: &mut Seen,
    ) {
        let sentence = self.parsed.document().sentence(object.sentence);
        let outside = |token: &TokenId| {
            sentence.contains(*token) && !object.tokens.contains(*token) && !subject.tokens.contains(*token)
        };
        let around = object.tokens.start.0.saturating_sub(3)..object.tokens.end.0 + 2;
        let above = |filler: &Filler| {
            let edges = self.parsed.enhanced(filler.sentence).above(filler.head);
            edges.map(|edge| edge.governor).collect::<Vec<_>>()
        };
        let near = anchors.most(&anchors.like, around.map(TokenId).filter(outside));
        let on_way = anchors.most(&anchors.like, way.into_iter().flat_map(|way| way.words.iter().copied()));
        let governor = anchors.most(&anchors.like, above(object));
        let inside = anchors.most(&anchors.like, object.tokens.iter());
        let anywhere = anchors.most(&anchors.like, sentence.iter().filter(outside));
        let [near, on_way, governor, inside, anywhere] =
            [near, on_way, governor, inside, anywhere].map(degree);
        let fit = fit(expects.object.sort, object.sort);
        let topic = flag(subject.is_topic);
        let maximal = flag(object.is_maximal);
        let peers = object.peers.to_string();
        seen.shared(&["like near", near, fit]);
        seen.shared(&["like on the way", on_way, fit]);
        seen.shared(&["like governor", governor, fit]);
        seen.shared(&["like inside", inside, object.sort, maximal]);
        seen.shared(&["like anywhere", anywhere, near, fit]);
        seen.shared(&["like, joint", on_way, near, fit, topic]);
        seen.shared(&["peers that fit", fit, &peers, flag(object.is_first), topic]);
        let called = anchors.most(&anchors.like_object, above(object));
        let is_one = anchors.most(&anchors.like_object, [object.head]);
        let [called, is_one] = [called, is_one].map(degree);
        seen.shared(&["object called", called, object.sort]);
        seen.shared(&["object is one", is_one, object.sort, maximal]);
        let has_one = degree(anchors.most(&anchors.like_object, object.tokens.iter()));
        seen.shared(&["object has one", has_one, object.sort, maximal]);
        seen.shared(&["object is one, near", is_one, near, fit]);
        if subject.sentence == object.sentence {
            let is_one = degree(anchors.most(&anchors.like_subject, [subject.head]));
            let called = degree(anchors.most(&anchors.like_subject, above(subject)));
            seen.shared(&["subject is one", is_one, called, subject.sort, topic]);
        }
    }
}

/// How alike, in a word. Words that have nothing to do with each other reach .2.
fn degree(likeness: f32) -> &'static str {
    const DEGREES: [(f32, &str); 6] =
        [(0.65, "same"), (0.5, "very"), (0.4, "rather"), (0.3, "somewhat"), (0.2, "little"), (-1.0, "not")];
    DEGREES.iter().find(|(least, _)| likeness >= *least).map_or("not", |(_, name)| name)
}

/// Whether neither end is a value where a thing is expected, or the other way round.
pub fn may_fit(expects: &Expectation, (subject, object): (&Filler, &Filler)) -> bool {
    let may = |expected: &End, filler: &Filler| {
        expected.sort == "string" || fit(expected.sort, filler.sort) != "never"
    };
    may(&expects.subject, subject) && may(&expects.object, object)
}

/// Whether what is expected of an end is what a filler looks like: "same", "other", or "open" where nothing tells.
fn fit(expected: &str, sort: &str) -> &'static str {
    let family = match sort {
        "Person" => "Person",
        "Place" => "Place",
        "Work" | "Book" | "Album" | "Song" | "Film" | "Periodical" | "VideoGame" => "Work",
        "Event" => "Event",
        "date" | "gYear" | "gYearMonth" => "date",
        "number" => "number",
        "Award" | "Other" | "Title" | "Mixed" | "lower" | "string" | "number term" | "pronoun" => "",
        _ => "Organization",
    };
    match (expected, family) {
        ("", "date") => "date",
        ("", "number") => "number",
        ("", _) => "open",
        (expected, family) if expected == family => "same",
        ("date" | "number", _) | (_, "date" | "number") => "never",
        (_, "") => "open",
        _ => "other",
    }
}

fn are_stems(word: &str, lemma: &str) -> bool {
    word.len() > 4 && are_related(word, lemma)
}
