//! Enhanced: who does what to whom in a sentence, whatever its wording.
//!
//! Universal Dependencies' enhanced graphs add to the tree what readers supply: shared subjects, the antecedents of
//! relative pronouns, controlled subjects. We go one step further and undo diathesis as well (Candito et al. 2017), so
//! that "Finch made the film", "the film made by Finch", "Finch, which made the film" and "the film was made by Finch" give
//! the same two edges. A noun that says what something is governs that thing as its subject: "Holt, founder of
//! Finch", "Finch's founder Holt" and "Holt is the founder of Finch" all make Holt the subject of "founder".

mod relative;
mod subject;

use serde::{Deserialize, Serialize};

use super::{Deprel, Parsed, Upos, Xpos};
use crate::document::{SentenceId, TokenId, TokenRange};

/// What a dependent is to its governor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Who does it; what a noun or adjective is said of.
    Subject,
    /// What it is done to.
    Object,
    /// To or for whom.
    Recipient,
    /// "the founder of Finch", "Finch's founder".
    Of,
    /// "Finch founder Holt".
    Compound,
    /// With a preposition, the edge's marker, or with none ("born 1968").
    Oblique,
    /// An adjective or number that modifies a noun.
    Modifier,
}

/// One relation between two words of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Edge {
    pub governor: TokenId,
    pub role: Role,
    /// The preposition of an oblique.
    pub marker: Option<TokenId>,
    pub dependent: TokenId,
}

/// The relations of one sentence.
#[derive(Clone, Debug)]
pub struct Enhanced {
    /// Sorted, without repetition.
    edges: Vec<Edge>,
    /// Indices into `edges`, sorted by dependent.
    by_dependent: Vec<u32>,
}

impl Enhanced {
    /// Reads the relations off a sentence's tree.
    pub fn of(parsed: &Parsed, sentence: SentenceId) -> Self {
        let mut builder = Builder::new(parsed, parsed.document().sentence(sentence));
        for word in builder.top_down() {
            builder.add_subjects(word);
            builder.add_dependent(word);
        }
        builder.add_voices();
        builder.coordinate();
        Self::from_edges(builder.edges)
    }

    fn from_edges(mut edges: Vec<Edge>) -> Self {
        edges.retain(|edge| edge.governor != edge.dependent);
        edges.sort_unstable();
        edges.dedup();
        let mut by_dependent: Vec<u32> = (0..edges.len() as u32).collect();
        by_dependent.sort_by_key(|index| edges[*index as usize].dependent);
        Self { edges, by_dependent }
    }

    pub fn edges(&self) -> &[Edge] {
        &self.edges
    }

    /// The edges that a word governs.
    pub fn below(&self, governor: TokenId) -> &[Edge] {
        let start = self.edges.partition_point(|edge| edge.governor < governor);
        let end = self.edges.partition_point(|edge| edge.governor <= governor);
        &self.edges[start..end]
    }

    /// The edges that a word depends by.
    pub fn above(&self, dependent: TokenId) -> impl Iterator<Item = &Edge> {
        let key = |index: &u32| self.edges[*index as usize].dependent;
        let start = self.by_dependent.partition_point(|index| key(index) < dependent);
        let end = self.by_dependent.partition_point(|index| key(index) <= dependent);
        self.by_dependent[start..end].iter().map(|index| &self.edges[*index as usize])
    }
}

/// Whether a verb says what is done to its grammatical subject.
pub fn is_passive(parsed: &Parsed, verb: TokenId) -> bool {
    if parsed.word(verb).xpos != Xpos::Vbn {
        return false;
    }
    let mut perfect = false;
    for child in parsed.children(verb) {
        match parsed.word(child).deprel {
            Deprel::AuxPass | Deprel::NsubjPass | Deprel::OblAgent => return true,
            Deprel::Aux if parsed.lemma(child) == "have" => perfect = true,
            _ => {}
        }
    }
    if perfect {
        return false;
    }
    match parsed.word(verb).deprel {
        Deprel::Conj => parsed.word(verb).head.is_some_and(|head| is_passive(parsed, head)),
        Deprel::Acl | Deprel::Amod | Deprel::Advcl | Deprel::Xcomp => true,
        _ => false,
    }
}

struct Builder<'a, 's> {
    parsed: &'a Parsed<'s>,
    sentence: TokenRange,
    edges: Vec<Edge>,
    /// Children of each word of the sentence, by position in it.
    children: Vec<Vec<TokenId>>,
    /// The grammatical subjects of each word of the sentence, those it shares included.
    subjects: Vec<Vec<TokenId>>,
}

impl<'a, 's> Builder<'a, 's> {
    fn new(parsed: &'a Parsed<'s>, sentence: TokenRange) -> Self {
        let mut children = vec![Vec::new(); sentence.len()];
        for word in sentence.iter() {
            if let Some(head) = parsed.word(word).head {
                children[(head.0 - sentence.start.0) as usize].push(word);
            }
        }
        Self { parsed, sentence, edges: Vec::new(), children, subjects: vec![Vec::new(); sentence.len()] }
    }

    fn at(&self, word: TokenId) -> usize {
        (word.0 - self.sentence.start.0) as usize
    }

    fn deprel(&self, word: TokenId) -> Deprel {
        self.parsed.word(word).deprel
    }

    fn upos(&self, word: TokenId) -> Upos {
        self.parsed.word(word).upos
    }

    fn child(&self, word: TokenId, deprel: Deprel) -> Option<TokenId> {
        self.children[self.at(word)].iter().copied().find(|child| self.deprel(*child) == deprel)
    }

    fn is_predicate_noun(&self, word: TokenId) -> bool {
        self.upos(word) == Upos::Noun
            || (self.upos(word) == Upos::Propn && self.child(word, Deprel::Flat).is_none())
    }

    /// Every word of the sentence, heads before their dependents.
    fn top_down(&self) -> Vec<TokenId> {
        let is_root = |word: &TokenId| self.parsed.word(*word).head.is_none();
        let mut order: Vec<TokenId> = self.sentence.iter().filter(is_root).collect();
        let mut next = 0;
        while next < order.len() {
            order.extend(&self.children[self.at(order[next])]);
            next += 1;
        }
        order
    }

    fn add(&mut self, governor: TokenId, role: Role, dependent: TokenId) {
        self.edges.push(Edge { governor, role, marker: None, dependent });
    }

    /// The preposition of a nominal.
    fn marker(&self, word: TokenId) -> Option<TokenId> {
        self.child(word, Deprel::Case)
    }

    /// Adds the edges by which a word depends, except those of subjects and of agents.
    fn add_dependent(&mut self, word: TokenId) {
        let Some(head) = self.parsed.word(word).head else { return };
        match self.deprel(word) {
            Deprel::Obj => self.add_with_antecedent(head, Role::Object, word),
            Deprel::Iobj => self.add_with_antecedent(head, Role::Recipient, word),
            Deprel::NmodPoss => self.add_possessor(head, word),
            Deprel::Nmod | Deprel::Obl | Deprel::OblAgent => self.add_oblique(head, word),
            Deprel::NmodUnmarked | Deprel::OblUnmarked | Deprel::Nummod => {
                self.edges.push(Edge { governor: head, role: Role::Oblique, marker: None, dependent: word });
            }
            Deprel::Compound | Deprel::NmodDesc => self.add(head, Role::Compound, word),
            Deprel::Amod => {
                self.add(head, Role::Modifier, word);
                self.add_hyphenated(head, word);
            }
            Deprel::Appos | Deprel::Flat => self.add_apposition(head, word),
            // "The result is "Tide", a film": the tree takes the title for an aside to the film.
            Deprel::Dislocated if self.upos(head) == Upos::Noun && self.upos(word) == Upos::Propn => {
                self.add(head, Role::Subject, word);
            }
            Deprel::AclRelcl => self.add_gap(head, word),
            _ => {}
        }
    }

    fn add_possessor(&mut self, head: TokenId, word: TokenId) {
        self.add(head, Role::Of, word);
        if self.parsed.word(word).xpos == Xpos::WpS {
            // "whose": the clause that holds the possession tells whose.
            let mut clause = head;
            while let Some(above) = self.parsed.word(clause).head {
                if let Some(antecedent) = self.antecedent(clause) {
                    self.add(head, Role::Of, antecedent);
                    return;
                }
                clause = above;
            }
        }
    }

    fn add_oblique(&mut self, head: TokenId, word: TokenId) {
        let Some(marker) = self.marker(word) else {
            let role = if self.deprel(word) == Deprel::Nmod { Role::Compound } else { Role::Oblique };
            return self.add(head, role, word);
        };
        let lemma = self.parsed.lemma(marker);
        let noun = self.upos(head) != Upos::Verb;
        if lemma == "of" && noun {
            return self.add_with_antecedent(head, Role::Of, word);
        }
        if self.deprel(word) == Deprel::OblAgent || (lemma == "by" && is_passive(self.parsed, head)) {
            return self.add(head, Role::Subject, word);
        }
        self.edges.push(Edge { governor: head, role: Role::Oblique, marker: Some(marker), dependent: word });
        if self.is_relative(word)
            && let Some(antecedent) = self.antecedent(head)
        {
            self.edges.push(Edge {
                governor: head,
                role: Role::Oblique,
                marker: Some(marker),
                dependent: antecedent,
            });
        }
    }

    /// "the Oslo-based women's clothing company": trees differ in what they make of the two halves and of which noun
    /// they modify, so both are tied to each other, and to the noun that ends the phrase, in the same way always.
    fn add_hyphenated(&mut self, head: TokenId, word: TokenId) {
        let hyphenated =
            word > self.sentence.start && self.parsed.word(TokenId(word.0 - 1)).xpos == Xpos::Hyph;
        if !hyphenated || self.parsed.word(word).xpos == Xpos::Vbg {
            return;
        }
        let mut noun = head;
        while let Some(above) = self.parsed.word(noun).head
            && above > noun
            && matches!(self.deprel(noun), Deprel::NmodPoss | Deprel::Compound | Deprel::Amod)
        {
            noun = above;
        }
        self.add(noun, Role::Modifier, word);
        self.add(word, Role::Object, noun);
        self.add(word, Role::Object, head);
        let first_half =
            |child: &&TokenId| **child < word && matches!(self.upos(**child), Upos::Noun | Upos::Propn);
        if let Some(first) = self.children[self.at(word)].iter().rev().find(first_half).copied() {
            self.add(word, Role::Oblique, first);
        }
    }

    /// "Holt, the founder" and "founder Holt": the noun is said of the name, whichever the tree puts on top.
    fn add_apposition(&mut self, head: TokenId, word: TokenId) {
        if self.upos(head) == Upos::Noun && self.upos(word) == Upos::Propn {
            self.add(head, Role::Subject, word);
        }
    }

    /// Turns grammatical subjects into logical ones.
    fn add_voices(&mut self) {
        for word in self.sentence.iter() {
            let role = if is_passive(self.parsed, word) { Role::Object } else { Role::Subject };
            let place = self.marker(word).filter(|_| self.child(word, Deprel::Cop).is_some());
            for subject in self.subjects[self.at(word)].clone() {
                match place {
                    // "The mill is in Oslo": Oslo is not what the mill is, but where.
                    Some(marker) => self.edges.push(self.oblique(subject, marker, word)),
                    None => self.add(word, role, subject),
                }
            }
        }
    }

    /// The edge by which a noun with a preposition depends on another noun.
    fn oblique(&self, governor: TokenId, marker: TokenId, dependent: TokenId) -> Edge {
        if self.parsed.lemma(marker) == "of" {
            Edge { governor, role: Role::Of, marker: None, dependent }
        } else {
            Edge { governor, role: Role::Oblique, marker: Some(marker), dependent }
        }
    }

    /// Gives every conjunct what its first conjunct has, and coordinated verbs and nouns the complements they share.
    fn coordinate(&mut self) {
        for word in self.sentence.iter() {
            let (Deprel::Conj, Some(first)) = (self.deprel(word), self.parsed.word(word).head) else {
                continue;
            };
            let first = match self.apposition_between(first, word) {
                Some(apposition) => {
                    self.add(word, Role::Subject, first);
                    apposition
                }
                None => first,
            };
            let above =
                self.edges.iter().filter(|edge| edge.dependent == first && self.is_shared(first, word, edge));
            let above: Vec<Edge> = above.copied().collect();
            self.edges.extend(above.into_iter().map(|edge| Edge { dependent: word, ..edge }));
            self.share_complements(first, word);
        }
    }

    /// "Holt, founder and former director of Finch": trees hang the director on the name, yet it goes with the founder.
    fn apposition_between(&self, name: TokenId, conjunct: TokenId) -> Option<TokenId> {
        let is_noun = |word: TokenId| self.upos(word) == Upos::Noun;
        let last = self.children[self.at(name)].iter().copied().rfind(|child| *child < conjunct)?;
        let is_apposition = self.deprel(last) == Deprel::Appos && is_noun(last) && is_noun(conjunct);
        let follows = self.child(conjunct, Deprel::Cc).is_some_and(|and| and.0 == last.0 + 1);
        (is_apposition && follows && self.upos(name) == Upos::Propn).then_some(last)
    }

    /// Whether what holds of a first conjunct holds of another: not what merely modifies it ("the Hague Bank, founded in
    /// 1907, and Lumen Works"), but for a plural before or after them all ("the founders Park and Lin", "Park and Lin,
    /// founders of Finch", "Park and Lin, who were born in Oslo").
    fn is_shared(&self, first: TokenId, other: TokenId, edge: &Edge) -> bool {
        let modifier = self.parsed.word(edge.governor).head == Some(first);
        let is_plural_noun = matches!(self.parsed.word(edge.governor).xpos, Xpos::Nns | Xpos::Nnps);
        let plural = is_plural_noun && (edge.governor < first || edge.governor > other);
        let plural_clause = edge.governor > other && self.is_plural(edge.governor);
        !modifier || plural || plural_clause
    }

    /// "wrote and directed the film", "founder and chief executive of Finch".
    fn share_complements(&mut self, first: TokenId, second: TokenId) {
        let is_name = |word| self.upos(word) == Upos::Propn && self.child(word, Deprel::Flat).is_some();
        if self.upos(first) != self.upos(second) || is_name(first) || is_name(second) {
            return;
        }
        let complements = |edges: &[Edge], word: TokenId| -> Vec<Edge> {
            let is_complement = |edge: &&Edge| {
                edge.governor == word && matches!(edge.role, Role::Object | Role::Of | Role::Compound)
            };
            edges.iter().filter(is_complement).copied().collect()
        };
        let (of_first, of_second) = (complements(&self.edges, first), complements(&self.edges, second));
        if second.0 == first.0 + 2 {
            // "born and raised in Oslo": nothing stands between the two but the conjunction.
            let after = |edge: &&Edge| {
                edge.governor == second && edge.role == Role::Oblique && edge.dependent > second
            };
            let shared: Vec<Edge> = self.edges.iter().filter(after).copied().collect();
            self.edges.extend(shared.into_iter().map(|edge| Edge { governor: first, ..edge }));
        }
        let passive = is_passive(self.parsed, first) || is_passive(self.parsed, second);
        if of_second.is_empty() && !passive {
            let shared = |edge: &Edge| {
                edge.dependent > second || (edge.role != Role::Object && edge.dependent < first)
            };
            self.edges
                .extend(of_first.iter().filter(|e| shared(e)).map(|edge| Edge { governor: second, ..*edge }));
        } else if of_first.is_empty() && !passive && self.upos(first) != Upos::Verb {
            let shared = |edge: &Edge| edge.role == Role::Of && edge.dependent > second;
            self.edges
                .extend(of_second.iter().filter(|e| shared(e)).map(|edge| Edge { governor: first, ..*edge }));
        }
    }
}
