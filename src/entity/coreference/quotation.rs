//! Quotations: which words stand in one, and who says them.

use crate::document::{SentenceId, TokenId, TokenRange};
use crate::syntax::{Deprel, Parsed, Upos};

/// Verbs that report what somebody said.
const SAYING: &[&str] = &[
    "say", "tell", "add", "explain", "write", "note", "claim", "announce", "state", "ask", "reply", "recall",
    "argue", "admit", "insist", "declare", "comment", "remark", "joke", "warn", "continue", "conclude",
    "suggest", "believe", "think",
];

/// How many sentences of the paragraph count on either side; nobody quotes for longer without saying whom.
const REACH: u32 = 12;

/// The subject of the verb of saying that belongs to the quotation around a word; `None` outside of quotations.
pub fn speaker(parsed: &Parsed, quoted: &[u32], word: TokenId) -> Option<TokenId> {
    let inside = |id: TokenId| quoted[id.index()] != 0;
    if !inside(word) {
        return None;
    }
    let document = parsed.document();
    let here = document.sentence_of(word);
    let paragraph = document.paragraphs()[document.paragraph_of(here)];
    let first = paragraph.start.0.max(here.0.saturating_sub(REACH));
    let last = (paragraph.end.0 - 1).min(here.0 + REACH);
    let tokens = TokenRange {
        start: document.sentence(SentenceId(first)).start,
        end: document.sentence(SentenceId(last)).end,
    };
    let verbs = tokens.iter().filter(|id| !inside(*id) && is_saying(parsed, *id));
    let mut verbs: Vec<TokenId> = verbs.collect();
    verbs.sort_by_key(|verb| verb.0.abs_diff(word.0));
    verbs.into_iter().find_map(|verb| {
        let is_subject = |child: &TokenId| parsed.word(*child).deprel == Deprel::Nsubj && !inside(*child);
        parsed.children(verb).find(is_subject)
    })
}

fn is_saying(parsed: &Parsed, id: TokenId) -> bool {
    parsed.word(id).upos == Upos::Verb && SAYING.contains(&parsed.lemma(id))
}

/// For each token of the document, the number of the quotation that it stands in, or 0.
///
/// A paragraph may leave its last quotation open.
pub fn quoted(parsed: &Parsed) -> Vec<u32> {
    let document = parsed.document();
    let mut numbers = Vec::with_capacity(document.tokens().len());
    let mut count = 0;
    for paragraph in document.paragraphs() {
        let mut open = false;
        for token in
            (paragraph.start.0..paragraph.end.0).flat_map(|id| document.sentence(SentenceId(id)).iter())
        {
            let was_open = open;
            match parsed.text(token) {
                "\u{201c}" | "``" => open = true,
                "\u{201d}" | "''" => open = false,
                "\"" => open = !open,
                _ => {}
            }
            count += u32::from(open && !was_open);
            numbers.push(if open { count } else { 0 });
        }
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entity::coreference::example::parsed;

    /// Who says the first "I".
    fn check(text: &str, expected: Option<&str>) {
        let parsed = parsed(text);
        let quoted = quoted(&parsed);
        let word = (0..parsed.words().len() as u32).map(TokenId).find(|word| parsed.text(*word) == "I");
        let speaker = speaker(&parsed, &quoted, word.expect("the text has an I"));
        assert_eq!(speaker.map(|word| parsed.text(word)), expected, "{text}");
    }

    #[test]
    fn who_says_it_stands_outside() {
        check("\"I left Oslo,\" said Ada. Bo stayed.", Some("Ada"));
        check("Bo stayed. Ada said: \u{201c}I left Oslo.\u{201d}", Some("Ada"));
        check("\"Bo said I left,\" Ada claimed.", Some("Ada"));
        check("Ada said I left Oslo.", None);
    }
}
