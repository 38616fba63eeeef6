//! Names from GUM: its typed mentions, where a proper noun heads them.

use std::io::BufRead;
use std::path::Path;

use anyhow::Result;
use tellgraph::lexicon::gazetteer;
use tellgraph::mention::name::NameClass::{self, *};

use super::corpus::{ANY, Allowed, OUTSIDE, Sentence, Text, labels, mend, open};

struct Row {
    form: String,
    xpos: String,
    /// The head's position in the sentence; the sentence's length for the root.
    head: usize,
}

struct Mention {
    start: usize,
    end: usize,
    kind: String,
}

/// Reads a CoNLL-U file with GUM's `Entity` brackets; a text is a document.
pub fn read(path: &Path) -> Result<Vec<Text>> {
    let mut texts = Vec::new();
    let (mut rows, mut entities) = (Vec::new(), Vec::new());
    for line in open(path)?.lines().chain([Ok(String::new())]) {
        let line = line?;
        if line.starts_with("# newdoc") || texts.is_empty() {
            texts.push(Text { sentences: Vec::new(), weight: 1.0 });
        }
        let columns: Vec<&str> = line.split('\t').collect();
        if columns.len() == 10 && columns[0].bytes().all(|byte| byte.is_ascii_digit()) {
            let head = columns[6].parse::<usize>().unwrap_or(0).wrapping_sub(1);
            rows.push(Row { form: columns[1].to_owned(), xpos: columns[4].to_owned(), head });
            let entity = columns[9].split('|').find_map(|field| field.strip_prefix("Entity="));
            entities.push(entity.unwrap_or_default().to_owned());
        } else if line.is_empty() && !rows.is_empty() {
            let sentence = label(&rows, &mentions(&entities));
            texts.last_mut().expect("a text was begun").sentences.push(sentence);
            rows.clear();
            entities.clear();
        }
    }
    texts.retain(|text| !text.sentences.is_empty());
    Ok(texts)
}

/// The mentions that a sentence's brackets open and close.
fn mentions(entities: &[String]) -> Vec<Mention> {
    let mut open: Vec<(String, usize, String)> = Vec::new();
    let mut mentions = Vec::new();
    for (i, entity) in entities.iter().enumerate() {
        for part in entity.replace('(', " (").replace(')', ") ").split_whitespace() {
            let inner = part.trim_matches(['(', ')']);
            let mut fields = inner.split('-');
            let id = fields.next().unwrap_or_default().to_owned();
            if part.starts_with('(') {
                open.push((id.clone(), i, fields.next().unwrap_or_default().to_owned()));
            }
            if part.ends_with(')')
                && let Some(at) = open.iter().rposition(|(known, _, _)| *known == id)
            {
                let (_, start, kind) = open.remove(at);
                mentions.push(Mention { start, end: i + 1, kind });
            }
        }
    }
    mentions
}

fn classes(kind: &str) -> &'static [NameClass] {
    match kind {
        "person" => &[Person],
        "organization" => &[Organization],
        "place" => &[Place],
        "event" => &[Event],
        "object" | "abstract" => &[Work, Award, Other],
        "time" => &[],
        _ => &[Other],
    }
}

fn label(rows: &[Row], mentions: &[Mention]) -> Sentence {
    let free = |row: &Row| if row.xpos.starts_with("NNP") { ANY } else { OUTSIDE };
    let mut allowed: Vec<Allowed> = rows.iter().map(free).collect();
    let mut names: Vec<(usize, usize, &[NameClass])> =
        mentions.iter().filter_map(|m| name(rows, m)).collect();
    names.sort_by_key(|(start, end, _)| (std::cmp::Reverse(end - start), *start));
    let mut taken = vec![false; rows.len()];
    for (start, end, classes) in names {
        if taken[start..end].contains(&true) {
            continue;
        }
        taken[start..end].fill(true);
        for (i, own) in allowed.iter_mut().enumerate().take(end).skip(start) {
            *own = if classes.is_empty() { OUTSIDE } else { labels(classes, i == start, false) };
        }
        // What follows a name is not more of it.
        if allowed.get(end) == Some(&ANY) {
            allowed[end] &= OUTSIDE | 0b010_1010_1010_1010;
        }
    }
    mend(&mut allowed);
    Sentence { tokens: rows.iter().map(|row| row.form.clone()).collect(), allowed }
}

/// The name inside a mention: the capitalized words around its head, with the words that link such.
fn name<'m>(rows: &[Row], mention: &'m Mention) -> Option<(usize, usize, &'m [NameClass])> {
    let range = mention.start..mention.end;
    let head = range.clone().find(|i| !range.contains(&rows[*i].head))?;
    if !rows[head].xpos.starts_with("NNP") || !is_capitalized(&rows[head]) {
        return None;
    }
    let links = |i: usize| {
        let word = rows[i].form.as_str();
        matches!(word, "-" | "&" | "de" | "von" | "van" | "al" | "der")
            || word == "of" && mention.kind != "person"
    };
    let (mut start, mut end) = (head, head + 1);
    loop {
        if start > range.start && is_capitalized(&rows[start - 1]) {
            start -= 1;
        } else if start > range.start + 1 && links(start - 1) && is_capitalized(&rows[start - 2]) {
            start -= 2;
        } else {
            break;
        }
    }
    loop {
        if end < range.end && is_capitalized(&rows[end]) {
            end += 1;
        } else if end + 1 < range.end && links(end) && is_capitalized(&rows[end + 1]) {
            end += 2;
        } else {
            break;
        }
    }
    let drops = |i: usize| {
        let word = rows[i].form.as_str();
        matches!(word, "The" | "A" | "An" | "This" | "That" | "My" | "His" | "Her" | "Our")
            || mention.kind == "person"
                && gazetteer::is_title(word)
                && gazetteer::given_name_gender(word).is_none()
    };
    while start + 1 < end && drops(start) {
        start += 1;
    }
    if end - start == 1 && drops(start) {
        return Some((start, end, &[]));
    }
    // "Muslims" are persons to GUM, but that is the name of a people.
    let people = mention.kind == "person" && rows[head].xpos == "NNPS";
    Some((start, end, if people { &[Other] } else { classes(&mention.kind) }))
}

fn is_capitalized(row: &Row) -> bool {
    row.form.starts_with(char::is_uppercase) && !row.xpos.starts_with("PRP")
}
