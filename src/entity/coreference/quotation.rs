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
pub fn speaker(parsed: &Parsed, word: TokenId) -> Option<TokenId> {
    let document = parsed.document();
    let here = document.sentence_of(word);
    let paragraph = document.paragraphs()[document.paragraph_of(here)];
    let first = paragraph.start.0.max(here.0.saturating_sub(REACH));
    let last = (paragraph.end.0 - 1).min(here.0 + REACH);
    let tokens = TokenRange {
        start: document.sentence(SentenceId(first)).start,
        end: document.sentence(SentenceId(last)).end,
    };
    let quoted = quoted(parsed, tokens);
    let inside = |id: TokenId| quoted[(id.0 - tokens.start.0) as usize];
    if !inside(word) {
        return None;
    }
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

/// For each token, whether it stands between quotation marks; a paragraph may leave its last quotation open.
fn quoted(parsed: &Parsed, tokens: TokenRange) -> Vec<bool> {
    let mut open = false;
    let inside = |id: TokenId| {
        match parsed.text(id) {
            "\u{201c}" | "``" => open = true,
            "\u{201d}" | "''" => open = false,
            "\"" => open = !open,
            _ => {}
        }
        open
    };
    tokens.iter().map(inside).collect()
}
