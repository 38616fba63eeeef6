//! Parsed: each token's tag, lemma, head and role in its sentence, by Universal Dependencies version 2.

pub mod enhanced;
pub mod form;
pub mod lemma;
pub mod meaning;
pub mod network;

use enhanced::Enhanced;
use network::Grammar;

use crate::document::{Document, SentenceId, TokenId, TokenRange};

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $($variant),+ }

        impl $name {
            /// Every value, in the order of their numbers.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The value as CoNLL-U writes it.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The value that CoNLL-U writes so.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some($name::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

named! {
    /// Universal part-of-speech tags (<https://universaldependencies.org/u/pos/>).
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X",
    }
}

impl Upos {
    /// Whether the words of the class are too many to be told one by one: the open classes but interjections, and
    /// numbers, symbols and foreign words.
    pub fn is_open(self) -> bool {
        use Upos::{Adj, Adv, Noun, Num, Propn, Sym, Verb, X};
        matches!(self, Noun | Propn | Verb | Adj | Adv | Num | X | Sym)
    }
}

named! {
    /// Penn Treebank tags, as the English Web Treebank and GUM use them.
    Xpos {
        Add = "ADD", Afx = "AFX", Cc = "CC", Cd = "CD", Dt = "DT", Ex = "EX", Fw = "FW", Gw = "GW", Hyph = "HYPH", In = "IN",
        Jj = "JJ", Jjr = "JJR", Jjs = "JJS", Ls = "LS", Md = "MD", Nfp = "NFP", Nn = "NN", Nnp = "NNP", Nnps = "NNPS",
        Nns = "NNS", Pdt = "PDT", Pos = "POS", Prp = "PRP", PrpS = "PRP$", Rb = "RB", Rbr = "RBR", Rbs = "RBS", Rp = "RP",
        Sym = "SYM", To = "TO", Uh = "UH", Vb = "VB", Vbd = "VBD", Vbg = "VBG", Vbn = "VBN", Vbp = "VBP", Vbz = "VBZ",
        Wdt = "WDT", Wp = "WP", WpS = "WP$", Wrb = "WRB", Xx = "XX", Lrb = "-LRB-", Rrb = "-RRB-", Comma = ",",
        Period = ".", Colon = ":", OpenQuote = "``", CloseQuote = "''", Dollar = "$", Hash = "#",
    }
}

named! {
    /// Universal dependency relations with the English subtypes (<https://universaldependencies.org/en/dep/>).
    Deprel {
        Root = "root", Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod",
        Amod = "amod", Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc", CcPreconj = "cc:preconj",
        Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj", Cop = "cop", Csubj = "csubj",
        CsubjOuter = "csubj:outer", CsubjPass = "csubj:pass", Dep = "dep", Det = "det", DetPredet = "det:predet",
        Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat",
        Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod", NmodDesc = "nmod:desc",
        NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj", NsubjOuter = "nsubj:outer",
        NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj", Obl = "obl", OblAgent = "obl:agent",
        OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct", Reparandum = "reparandum",
        Vocative = "vocative", Xcomp = "xcomp",
    }
}

/// A token's grammar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub upos: Upos,
    pub xpos: Xpos,
    /// The dictionary form, lower case but for names.
    pub lemma: Box<str>,
    /// The word that this one depends on, in the same sentence; `None` for the root.
    pub head: Option<TokenId>,
    /// What it is to its head.
    pub deprel: Deprel,
}

/// A document with the grammar of every token: one tree per sentence.
#[derive(Clone, Debug)]
pub struct Parsed<'s> {
    document: Document<'s>,
    words: Vec<Word>,
    /// One for each sentence.
    enhanced: Vec<Enhanced>,
}

/// Loads the models; what is first parsed does so otherwise.
pub fn load() {
    rayon::join(network::network, lemma::lemmatizer);
}

/// Tags and parses every sentence.
pub fn parse(document: Document<'_>) -> Parsed<'_> {
    let texts = |range: TokenRange| range.iter().map(|id| document.text(id)).collect();
    let sentences: Vec<Vec<&str>> = document.sentences().map(|(_, range)| texts(range)).collect();
    let grammar = network::network().analyze(&sentences);
    let lemmatizer = lemma::lemmatizer();
    let sentence = |((_, range), grammar): ((SentenceId, TokenRange), Vec<Grammar>)| {
        let word = |(id, word): (TokenId, Grammar)| {
            let Grammar { upos, xpos, head, deprel } = word;
            let lemma = lemmatizer.lemma(document.text(id), upos, xpos);
            let head = head.map(|head| TokenId(range.start.0 + head as u32));
            Word { upos, xpos, lemma, head, deprel }
        };
        range.iter().zip(grammar).map(word).collect::<Vec<_>>()
    };
    let mut words: Vec<Word> = document.sentences().zip(grammar).flat_map(sentence).collect();
    for id in (0..words.len()).filter(|id| document.text(TokenId(*id as u32)).eq_ignore_ascii_case("that")) {
        unburden(&mut words, id);
    }
    Parsed::new(document, words)
}

/// "There is proof that Ada founded it": a clause has one object, so a "that" beside another is its conjunction. The
/// network takes it for a relative pronoun after many nouns.
fn unburden(words: &mut [Word], that: usize) {
    let (head, is_object) = (words[that].head, words[that].deprel == Deprel::Obj);
    let near = &words[that + 1..words.len().min(that + CLAUSE)];
    let other = near.iter().any(|word| word.deprel == Deprel::Obj && word.head == head);
    if is_object && other {
        let lemma = words[that].lemma.clone();
        words[that] = Word { upos: Upos::Sconj, xpos: Xpos::In, lemma, head, deprel: Deprel::Mark };
    }
}

/// How far behind its conjunction a clause's object is looked for.
const CLAUSE: usize = 60;

impl<'s> Parsed<'s> {
    fn new(document: Document<'s>, words: Vec<Word>) -> Self {
        let mut parsed = Parsed { document, words, enhanced: Vec::new() };
        parsed.enhanced = parsed.document.sentences().map(|(id, _)| Enhanced::of(&parsed, id)).collect();
        parsed
    }
    /// Who does what to whom in a sentence.
    pub fn enhanced(&self, sentence: SentenceId) -> &Enhanced {
        &self.enhanced[sentence.index()]
    }
    pub fn document(&self) -> &Document<'s> {
        &self.document
    }
    pub fn word(&self, id: TokenId) -> &Word {
        &self.words[id.index()]
    }
    pub fn words(&self) -> &[Word] {
        &self.words
    }
    /// A token as written.
    pub fn text(&self, id: TokenId) -> &'s str {
        self.document.text(id)
    }
    pub fn lemma(&self, id: TokenId) -> &str {
        &self.words[id.index()].lemma
    }
    /// The tokens of the sentence that a token stands in.
    pub fn sentence_around(&self, id: TokenId) -> TokenRange {
        self.document.sentence(self.document.sentence_of(id))
    }
    /// The root of a sentence's tree.
    pub fn root(&self, sentence: SentenceId) -> TokenId {
        let range = self.document.sentence(sentence);
        range.iter().find(|id| self.word(*id).head.is_none()).unwrap_or(range.start)
    }
    /// The words that depend on this one, in the order of the text.
    pub fn children(&self, id: TokenId) -> impl Iterator<Item = TokenId> + '_ {
        self.sentence_around(id).iter().filter(move |child| self.word(*child).head == Some(id))
    }

    /// The words that a word is coordinated with, itself among them: the first, and then those that depend on it.
    pub fn coordination(&self, word: TokenId) -> Vec<TokenId> {
        let is_conjunct = |word: &TokenId| self.word(*word).deprel == Deprel::Conj;
        let first = self.word(word).head.filter(|_| is_conjunct(&word)).unwrap_or(word);
        [first].into_iter().chain(self.children(first).filter(is_conjunct)).collect()
    }

    /// The word, in a range, whose head lies outside it (the first such).
    pub fn head_of(&self, range: TokenRange) -> TokenId {
        let outside = |id: &TokenId| self.word(*id).head.is_none_or(|head| !range.contains(head));
        range.iter().find(outside).unwrap_or(range.start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    /// Each word as "form/TAG/lemma>head:relation".
    fn check(text: &str, expected: &str) {
        let source = Source::plain("test", text);
        let parsed = parse(crate::document::read(&source));
        let show = |(i, word): (usize, &Word)| {
            let form = parsed.text(TokenId(i as u32));
            let head = word.head.map_or("", |head| parsed.text(head));
            format!("{form}/{}/{}>{head}:{}", word.upos, word.lemma, word.deprel)
        };
        assert_eq!(parsed.words().iter().enumerate().map(show).collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn plain_sentences_get_their_trees() {
        check(
            "Ada founded the company.",
            "Ada/PROPN/Ada>founded:nsubj founded/VERB/found>:root the/DET/the>company:det company/NOUN/company>founded:obj \
             ./PUNCT/.>founded:punct",
        );
        check(
            "The boats weren't sold by Bo.",
            "The/DET/the>boats:det boats/NOUN/boat>sold:nsubj:pass were/AUX/be>sold:aux:pass n't/PART/not>sold:advmod \
             sold/VERB/sell>:root by/ADP/by>Bo:case Bo/PROPN/Bo>sold:obl:agent ./PUNCT/.>sold:punct",
        );
    }

    #[test]
    fn every_sentence_is_one_tree() {
        let long = "and the goat ".repeat(400);
        for text in [
            "",
            "...",
            "Yes",
            "A B C D. E? (F",
            "WHO ATE ALL THE HAY",
            "ada sells goats",
            "\u{0}\u{301}",
            long.as_str(),
        ] {
            let source = Source::plain("odd", text);
            let parsed = parse(crate::document::read(&source));
            assert_eq!(parsed.words().len(), parsed.document().tokens().len());
            for (_, range) in parsed.document().sentences() {
                assert_eq!(range.iter().filter(|id| parsed.word(*id).head.is_none()).count(), 1, "{text:?}");
                for id in range.iter() {
                    let ways = std::iter::successors(Some(id), |id| parsed.word(*id).head);
                    assert!(ways.take(range.len() + 1).count() <= range.len(), "a circle in {text:?}");
                    assert_eq!(parsed.word(id).head.is_none(), parsed.word(id).deprel == Deprel::Root);
                }
            }
        }
    }
}
