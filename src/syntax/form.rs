//! What a word looks like: the properties of a token as written that the models see.

use super::model::Feature;

/// Mixes values into a hash.
#[derive(Clone, Copy, Debug)]
pub struct Hash(u64);

impl Hash {
    /// The start of a feature of this template.
    pub fn template(number: u32) -> Self {
        Self(0xcbf2_9ce4_8422_2325).with(number)
    }
    #[must_use]
    pub fn with(self, value: u32) -> Self {
        Self((self.0 ^ u64::from(value)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29))
    }
    pub fn feature(self) -> Feature {
        ((self.0 ^ self.0 >> 31).wrapping_mul(0x94d0_49bb_1331_11eb) >> 32) as Feature
    }
    fn characters(characters: impl Iterator<Item = char>) -> u32 {
        characters.fold(Self(0x84222325), |hash, c| hash.with(c as u32)).feature()
    }
}

/// The properties of one word form.
#[derive(Clone, Debug, Default)]
pub struct Form {
    /// As written, digits alike.
    pub cased: u32,
    /// In lower case, digits alike.
    pub word: u32,
    /// The last one to four characters.
    pub suffixes: [u32; 4],
    /// The first one to three characters.
    pub prefixes: [u32; 3],
    /// Which kinds of characters stand in it, runs counted once.
    pub shape: u32,
    /// Words of like use share a cluster; 0 is none.
    pub cluster: u32,
    /// Clusters of like use share a group; 0 is none.
    pub group: u32,
    /// Whether it has letters, and whether the first of them is a capital.
    pub is_word: bool,
    pub is_capitalized: bool,
}

impl Form {
    /// The hash of a word as written, digits alike.
    pub fn hash(text: &str) -> u32 {
        Hash::characters(normalize(text).into_iter())
    }

    pub fn new(text: &str) -> Self {
        let normal: Vec<char> = normalize(text);
        let lower: Vec<char> = normal.iter().flat_map(|c| c.to_lowercase()).collect();
        let length = lower.len();
        let mut form = Self {
            cased: Hash::characters(normal.iter().copied()),
            word: Hash::characters(lower.iter().copied()),
            shape: Hash::characters(shape(text)),
            ..Self::default()
        };
        let letter = text.chars().find(|c| c.is_alphabetic());
        form.is_word = letter.is_some();
        form.is_capitalized = letter.is_some_and(char::is_uppercase);
        (form.cluster, form.group) = super::cluster::clusters().of(form.cased, form.word);
        for (i, slot) in form.suffixes.iter_mut().enumerate() {
            *slot = Hash::characters(lower[length.saturating_sub(i + 1)..].iter().copied())
                .wrapping_add(i as u32);
        }
        for (i, slot) in form.prefixes.iter_mut().enumerate() {
            *slot = Hash::characters(lower[..length.min(i + 1)].iter().copied()).wrapping_add(i as u32);
        }
        form
    }
}

/// Digits become 0, curly quotes straight, dashes hyphens; very long words keep their ends.
fn normalize(text: &str) -> Vec<char> {
    let mut normal: Vec<char> = text
        .chars()
        .take(40)
        .map(|c| match c {
            '0'..='9' => '0',
            '’' | '‘' => '\'',
            '“' | '”' => '"',
            '–' | '—' | '‑' => '-',
            c => c,
        })
        .collect();
    // How long a number is tells years from other numbers, but not beyond that.
    if normal.len() > 5 && normal.iter().all(|c| matches!(c, '0' | ',' | '.')) {
        normal.truncate(5);
    }
    normal
}

fn shape(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut before = '\0';
    text.chars().take(40).filter_map(move |c| {
        let kind = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => 'd',
            '’' | '‘' => '\'',
            c => c,
        };
        (std::mem::replace(&mut before, kind) != kind).then_some(kind)
    })
}
