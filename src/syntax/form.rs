//! What a word looks like: the properties of a token as written that the network sees.

/// Mixes values into a hash.
#[derive(Clone, Copy, Debug)]
struct Hash(u64);

impl Hash {
    fn with(self, value: u32) -> Self {
        Self((self.0 ^ u64::from(value)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29))
    }
    fn end(self) -> u32 {
        ((self.0 ^ self.0 >> 31).wrapping_mul(0x94d0_49bb_1331_11eb) >> 32) as u32
    }
    fn characters(characters: impl Iterator<Item = char>) -> u32 {
        characters.fold(Self(0x84222325), |hash, c| hash.with(c as u32)).end()
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
}

impl Form {
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
