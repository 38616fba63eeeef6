//! Mends what no tree of Universal Dependencies has: the network judges each word by itself, so now and then two words take
//! one place.

use super::super::{Deprel, Upos, Xpos};
use super::Grammar;

/// Mends the tree of a sentence.
pub fn mend(words: &mut [Grammar]) {
    for word in 0..words.len() {
        join_title(words, word);
        free_object(words, word);
        make_finite(words, word);
    }
}

fn children(words: &[Grammar], head: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
    (0..words.len()).filter(move |child| words[*child].head == Some(head))
}

fn has(words: &[Grammar], head: usize, deprels: &[Deprel]) -> bool {
    children(words, head).any(|child| deprels.contains(&words[child].deprel))
}

/// "painter Ada Park", where title and name both stand for the subject: the title describes the name, or, with a
/// determiner ("the painter Ada Park"), the name stands beside it.
fn join_title(words: &mut [Grammar], title: usize) {
    use Deprel::{Nmod, Nsubj, NsubjPass, Obj, Obl, OblAgent};
    let Grammar { upos: Upos::Noun, head: Some(head), deprel, .. } = words[title] else { return };
    let starts_name = words.get(title + 1).is_some_and(|word| word.upos == Upos::Propn);
    if !starts_name || !matches!(deprel, Nsubj | NsubjPass | Obj | Obl | OblAgent | Nmod) {
        return;
    }
    let first = |name: usize| children(words, name).next().map_or(name, |child| child.min(name));
    let is_name = |name: &usize| {
        let word = &words[*name];
        word.upos == Upos::Propn
            && (word.head, word.deprel) == (Some(head), deprel)
            && first(*name) == title + 1
    };
    let Some(name) = (title + 1..words.len()).find(is_name) else { return };
    if has(words, title, &[Deprel::Det, Deprel::NmodPoss]) {
        (words[name].head, words[name].deprel) = (Some(title), Deprel::Appos);
        return;
    }
    (words[title].head, words[title].deprel) = (Some(name), Deprel::NmodDesc);
    let cases: Vec<usize> =
        children(words, title).filter(|child| words[*child].deprel == Deprel::Case).collect();
    for case in cases {
        words[case].head = Some(name);
    }
}

/// "named Ada Park its director", where both are complements: the first is the object.
fn free_object(words: &mut [Grammar], verb: usize) {
    if words[verb].upos != Upos::Verb || has(words, verb, &[Deprel::Obj, Deprel::AuxPass]) {
        return;
    }
    let is_complement = |word: &usize| {
        matches!(words[*word].deprel, Deprel::Xcomp | Deprel::Iobj)
            && matches!(words[*word].upos, Upos::Noun | Upos::Propn | Upos::Pron)
    };
    let complements: Vec<usize> = children(words, verb).filter(is_complement).collect();
    if let [object, complement, ..] = complements[..]
        && words[complement].deprel == Deprel::Xcomp
    {
        words[object].deprel = Deprel::Obj;
    }
}

/// A verb with a subject of its own and no auxiliary is no participle.
fn make_finite(words: &mut [Grammar], verb: usize) {
    use Deprel::{AclRelcl, Advcl, Aux, AuxPass, Ccomp, Conj, Cop, Nsubj, NsubjPass, Parataxis, Root};
    let Grammar { xpos: Xpos::Vbn, upos: Upos::Verb, deprel, .. } = words[verb] else { return };
    if matches!(deprel, Root | Ccomp | AclRelcl | Parataxis | Conj | Advcl)
        && has(words, verb, &[Nsubj])
        && !has(words, verb, &[Aux, AuxPass, NsubjPass, Cop])
    {
        words[verb].xpos = Xpos::Vbd;
    }
}
