//! Objects: what examples state of a property, and of how many things they do.
//!
//! What was the genre of another film or the sport of another team is likely to be one again, and some properties have
//! no other objects than a few.

use std::collections::HashMap;

/// The objects of a property, each with how many things examples state it of.
#[derive(Clone, Debug, Default)]
pub struct Objects {
    counts: HashMap<String, u32>,
    closedness: &'static str,
}

impl Objects {
    pub fn new(stated: impl IntoIterator<Item = (String, u32)>) -> Self {
        let mut counts: HashMap<String, u32> = HashMap::new();
        for (words, count) in stated {
            *counts.entry(normal(&words)).or_default() += count;
        }
        let closedness = closedness(counts.values().copied());
        Self { counts, closedness }
    }

    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// Of how many things it is stated, by its letters and digits as [`normal`] has them.
    pub fn count(&self, words: &str) -> u32 {
        self.counts.get(words).copied().unwrap_or_default()
    }

    /// How few other objects are to be expected.
    pub fn closedness(&self) -> &'static str {
        self.closedness
    }
}

/// How few other objects a property seems to have: by the share of its facts whose object is stated of other things too.
pub fn closedness(counts: impl Iterator<Item = u32>) -> &'static str {
    let (all, again) =
        counts.fold((0, 0), |(all, again), count| (all + count, again + if count > 1 { count } else { 0 }));
    match again as f32 / all.max(1) as f32 {
        few if few < 0.15 => "open",
        some if some < 0.4 => "rather open",
        many if many < 0.7 => "rather closed",
        _ => "closed",
    }
}

/// Letters and digits, in lower case and without accents: "Sao Tomé" is how one writes "São Tomé" in haste.
pub fn normal(text: &str) -> String {
    deunicode::deunicode(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
