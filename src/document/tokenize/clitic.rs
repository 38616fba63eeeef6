//! Words written as one that are two: "don't", "Ada's", "cannot", "gonna".

use super::is_apostrophe;

/// Words that split without an apostrophe, each with the length of its first part.
const FUSED: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("wanna", 3),
    ("gotta", 3),
    ("gimme", 3),
    ("lemme", 3),
    ("dunno", 2),
    ("lotta", 3),
    ("outta", 3),
    ("dont", 2),
    ("didnt", 3),
    ("doesnt", 4),
    ("wont", 2),
    ("cant", 2),
    ("isnt", 2),
    ("wasnt", 3),
    ("couldnt", 5),
    ("wouldnt", 5),
    ("shouldnt", 6),
    ("havent", 4),
    ("hasnt", 3),
    ("hadnt", 3),
    ("arent", 3),
    ("werent", 4),
    ("aint", 2),
    ("ive", 1),
    ("youre", 3),
    ("theyre", 4),
    ("youve", 3),
    ("thats", 4),
    ("im", 1),
];

/// Clitics that split from the word before them, after an apostrophe.
const CLITICS: &[&str] = &["s", "m", "re", "ve", "ll", "d"];

/// Short forms that begin with an apostrophe.
const LEADING: &[&str] = &[
    "em", "cause", "til", "till", "bout", "n", "round", "cuz", "tis", "twas", "s", "m", "re", "ve", "ll", "d",
];

/// Where a word splits: at most three places, in order.
pub(super) fn cuts(word: &str) -> [Option<usize>; 3] {
    let mut cuts = [None; 3];
    if word.len() < 2 || word.len() > 60 || word.contains(['/', '@', '#']) {
        return cuts;
    }
    let lower = word.to_ascii_lowercase();
    if let Some((_, cut)) = FUSED.iter().find(|(fused, _)| *fused == lower) {
        // "IM" and "CANT" in capitals are as likely something else.
        let shout = word.len() == 2 && word.ends_with(char::is_uppercase);
        cuts[0] = (!shout).then_some(*cut);
        return cuts;
    }
    if (lower.starts_with("'t") || lower.starts_with("’t"))
        && (lower.ends_with("tis") || lower.ends_with("twas"))
    {
        cuts[0] = word.char_indices().nth(2).map(|(i, _)| i);
        return cuts;
    }
    if let Some(cut) =
        lower.strip_prefix("y'all").or_else(|| lower.strip_prefix("y’all")).map(|_| lower.find("all"))
    {
        cuts[0] = cut;
        return cuts;
    }
    let mut end = word.len();
    for slot in [2, 1, 0] {
        let Some(cut) = last_cut(&lower[..end]) else { break };
        cuts[slot] = Some(cut);
        end = cut;
    }
    cuts
}

/// Where the last clitic of a word begins.
fn last_cut(word: &str) -> Option<usize> {
    let (at, mark) = word.char_indices().rev().take(4).find(|(_, c)| is_apostrophe(*c))?;
    let tail = &word[at + mark.len_utf8()..];
    if tail == "t" && word[..at].ends_with('n') {
        return (at > 1).then_some(at - 1);
    }
    let bare = word[..at].chars().next_back().is_some_and(char::is_alphabetic);
    // "2003's" is of that year; "1960's" and "47's" are many.
    let year = tail == "s"
        && at == 4
        && word[..at].bytes().all(|b| b.is_ascii_digit())
        && !word[..at].ends_with('0');
    ((bare || year) && CLITICS.contains(&tail)).then_some(at)
}

/// The length of a short form at the start of a text that begins with an apostrophe: "'em", "'60s", "'s".
pub(super) fn leading(rest: &str) -> Option<usize> {
    let mark = rest.chars().next()?.len_utf8();
    let tail = &rest[mark..];
    let length = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
    let word = tail[..length].to_ascii_lowercase();
    let digits = word.trim_end_matches('s');
    let decade = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit()) && length <= 3;
    let closed = tail[length..].starts_with(is_apostrophe) && word != "n";
    (!closed && (decade || LEADING.contains(&word.as_str()))).then_some(mark + length)
}
