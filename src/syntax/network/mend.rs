//! Mends what no tree of Universal Dependencies has: the network judges each word by itself, so now and then two words take
//! one place.

use super::super::{Deprel, Upos, Xpos};
use super::Grammar;

/// Mends the tree of a sentence.
pub fn mend(words: &mut [Grammar]) {
    for word in 0..words.len() {
        free_clause(words, word);
        join_halves(words, word);
        join_title(words, word);
        free_object(words, word);
        coordinate_oblique(words, word);
        make_finite(words, word);
        make_infinitive(words, word);
        list_names(words, word);
        climb_to_name(words, word);
        list_apposed(words, word);
        part_names(words, word);
        stand_beside(words, word);
    }
}

fn children(words: &[Grammar], head: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
    (0..words.len()).filter(move |child| words[*child].head == Some(head))
}

fn has(words: &[Grammar], head: usize, deprels: &[Deprel]) -> bool {
    children(words, head).any(|child| deprels.contains(&words[child].deprel))
}

/// Whether a word stands in the clause as only one word or its conjuncts can.
fn has_place(word: &Grammar) -> bool {
    use Deprel::{Appos, Iobj, Nmod, Nsubj, NsubjPass, Obj, Obl, OblAgent};
    matches!(word.deprel, Nsubj | NsubjPass | Obj | Iobj | Obl | OblAgent | Nmod | Appos)
}

/// The word after this one whose phrase begins right after it, with the same head and relation.
fn double(words: &[Grammar], first: usize) -> Option<usize> {
    let Grammar { head: Some(head), deprel, .. } = words[first] else { return None };
    if !has_place(&words[first]) || words.get(first + 1).is_none_or(|next| next.upos != Upos::Propn) {
        return None;
    }
    let begin = |word: usize| {
        children(words, word).find(|child| *child > first).map_or(word, |child| child.min(word))
    };
    let is_double = |word: &usize| {
        (words[*word].head, words[*word].deprel) == (Some(head), deprel) && begin(*word) == first + 1
    };
    (first + 1..words.len()).find(is_double)
}

/// "Ada Park", where both halves stand for the subject: they are one name.
fn join_halves(words: &mut [Grammar], first: usize) {
    if words[first].upos != Upos::Propn {
        return;
    }
    if let Some(second) = double(words, first).filter(|second| *second == first + 1) {
        (words[second].head, words[second].deprel) = (Some(first), Deprel::Flat);
    }
}

/// "painter Ada Park", where title and name both stand for the subject: the title describes the name, or, with a
/// determiner ("the painter Ada Park"), the name stands beside it.
fn join_title(words: &mut [Grammar], title: usize) {
    if words[title].upos != Upos::Noun || words[title].deprel == Deprel::Appos {
        return;
    }
    let Some(name) = double(words, title) else { return };
    if has(words, title, &[Deprel::Det, Deprel::NmodPoss]) {
        (words[name].head, words[name].deprel) = (Some(title), Deprel::Appos);
        move_children(words, name, title, |child, deprel| child < title && deprel == Deprel::Case);
    } else {
        (words[title].head, words[title].deprel) = (Some(name), Deprel::NmodDesc);
        move_children(words, title, name, |_, deprel| deprel == Deprel::Case);
    }
}

/// Gives a word those children of another that a test finds, by place and relation.
fn move_children(words: &mut [Grammar], from: usize, to: usize, test: impl Fn(usize, Deprel) -> bool) {
    for (place, word) in words.iter_mut().enumerate() {
        if word.head == Some(from) && test(place, word.deprel) {
            word.head = Some(to);
        }
    }
}

/// "lived in Lyon and in Geneva", where the verb is coordinated with the second place: it is the first that is.
fn coordinate_oblique(words: &mut [Grammar], second: usize) {
    let Grammar { head: Some(verb), deprel: Deprel::Conj, upos, .. } = words[second] else { return };
    let nominal = matches!(upos, Upos::Noun | Upos::Propn | Upos::Num);
    if !nominal
        || words[verb].upos != Upos::Verb
        || has(words, second, &[Deprel::Nsubj, Deprel::Cop, Deprel::Orphan])
    {
        return;
    }
    let is_oblique = |word: &usize| {
        matches!(words[*word].deprel, Deprel::Obl | Deprel::OblAgent) && has(words, *word, &[Deprel::Case])
    };
    if !has(words, second, &[Deprel::Case]) {
        return;
    }
    let first = children(words, verb).filter(|word| verb < *word && *word < second).rfind(is_oblique);
    if let Some(first) = first {
        words[second].head = Some(first);
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

/// "Finch Works named Ada Park its director", where the name governs the verb right after it: no participle has two objects.
fn free_clause(words: &mut [Grammar], verb: usize) {
    let Grammar { head: Some(name), deprel: Deprel::Acl, xpos: Xpos::Vbn, .. } = words[verb] else { return };
    let is_last = |word: usize| word == name || words[word].head == Some(name);
    let is_subject = words[name].head.is_none()
        && words[name].upos == Upos::Propn
        && words[..verb].last().is_some_and(|word| word.upos == Upos::Propn)
        && is_last(verb - 1);
    let objects: Vec<usize> =
        children(words, verb).filter(|word| words[*word].deprel == Deprel::Obj).collect();
    let ([_, complement], true) = (&objects[..], is_subject) else { return };
    let complement = *complement;
    move_children(words, name, verb, |place, deprel| place > verb || deprel == Deprel::Punct);
    (words[verb].head, words[verb].deprel, words[verb].xpos) = (None, Deprel::Root, Xpos::Vbd);
    (words[name].head, words[name].deprel) = (Some(verb), Deprel::Nsubj);
    words[complement].deprel = Deprel::Xcomp;
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

/// What follows "to" as a verb is no past tense: "went on to found it".
fn make_infinitive(words: &mut [Grammar], verb: usize) {
    let follows_to = verb > 0 && words[verb - 1].xpos == Xpos::To && words[verb - 1].head == Some(verb);
    if follows_to && words[verb].upos == Upos::Verb && matches!(words[verb].xpos, Xpos::Vbd | Xpos::Vbn) {
        words[verb].xpos = Xpos::Vb;
    }
}

/// "Ada Park and Odo Marsh", where the second name is coordinated with a later word of the first: it is so with its head.
fn climb_to_name(words: &mut [Grammar], second: usize) {
    let Grammar { head: Some(first), deprel: Deprel::Conj, .. } = words[second] else { return };
    let Grammar { head: Some(name), deprel: Deprel::Flat, .. } = words[first] else { return };
    if name < first && first < second {
        words[second].head = Some(name);
    }
}

/// "Ada Park, Odo Marsh and Mira Holt", where the second name is taken for an apposition: no comma closes one there.
fn list_names(words: &mut [Grammar], second: usize) {
    let Grammar { head: Some(first), deprel: Deprel::Appos, upos: Upos::Propn, .. } = words[second] else {
        return;
    };
    let last = children(words, first).find(|word| *word > second && words[*word].deprel == Deprel::Conj);
    let joined = last.and_then(|last| children(words, last).find(|word| words[*word].deprel == Deprel::Cc));
    let is_name = |word: usize| words[word].upos == Upos::Propn;
    let is_list = joined.is_some_and(|joined| (second..joined).all(is_name));
    if is_list && is_name(first) && last.is_some_and(is_name) {
        words[second].deprel = Deprel::Conj;
    }
}

/// "the founders, Ada Park and Odo Marsh", where the second name is coordinated with the noun: both are the founders.
fn list_apposed(words: &mut [Grammar], second: usize) {
    let Grammar { head: Some(noun), deprel: Deprel::Conj, upos: Upos::Propn, .. } = words[second] else {
        return;
    };
    let is_apposed = |word: &usize| {
        noun < *word
            && *word < second
            && words[*word].deprel == Deprel::Appos
            && words[*word].upos == Upos::Propn
    };
    if words[noun].xpos != Xpos::Nns {
        return;
    }
    let Some(first) = children(words, noun).find(is_apposed) else { return };
    words[second].head = Some(first);
}

/// "Ada Park and Odo Marsh", where the last word is taken for a part of the first name: it belongs to the one it follows.
fn part_names(words: &mut [Grammar], part: usize) {
    let Grammar { head: Some(first), deprel: Deprel::Flat, .. } = words[part] else { return };
    let is_second = |word: &usize| words[*word].deprel == Deprel::Conj && words[*word].upos == Upos::Propn;
    if let Some(second) = (first + 1..part).rev().find(is_second) {
        words[part].head = Some(second);
    }
}

/// "his wife Mira and their son Odo", where Odo is coordinated with the wife: a name right after what somebody's kin are
/// called is theirs.
fn stand_beside(words: &mut [Grammar], name: usize) {
    let Some(noun) = name.checked_sub(1) else { return };
    let is_name = words[name].upos == Upos::Propn && words[name].deprel == Deprel::Conj;
    let is_free = words[noun].deprel == Deprel::Conj && words[noun].upos == Upos::Noun;
    if is_name && is_free && words[name].head != Some(noun) && has(words, noun, &[Deprel::NmodPoss]) {
        let above = words[name].head;
        (words[name].head, words[name].deprel) = (Some(noun), Deprel::Appos);
        // What the name was coordinated with is what its noun is coordinated with.
        if above != Some(noun) && words[noun].head.is_some_and(|head| words[head].deprel == Deprel::Appos) {
            words[noun].head = above;
        }
    }
}
