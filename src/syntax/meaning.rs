//! Meaning: how alike words are used, by the vectors that the parser's network was given.

use super::network;

/// The direction of a word among all words.
#[derive(Clone, Debug, PartialEq)]
pub struct Meaning(Vec<f32>);

impl Meaning {
    /// That of a word in lower case; `None` if it is too rare to have one.
    pub fn of(word: &str) -> Option<Self> {
        let vector = network::network().given(word)?;
        let length = vector.iter().map(|value| f32::from(*value).powi(2)).sum::<f32>().sqrt();
        (length > 0.0).then(|| Self(vector.iter().map(|value| f32::from(*value) / length).collect()))
    }

    /// From -1 to 1, the same word 1: the cosine of the angle between them.
    pub fn likeness(&self, other: &Self) -> f32 {
        self.0.iter().zip(&other.0).map(|(one, other)| one * other).sum()
    }
}

/// Whether a word in lower case was seen often enough to have a meaning.
pub fn is_known(word: &str) -> bool {
    network::network().given(word).is_some_and(|vector| vector.iter().any(|value| *value != 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_used_alike_are_near() {
        let likeness =
            |one: &str, other: &str| Meaning::of(one).unwrap().likeness(&Meaning::of(other).unwrap());
        assert!(likeness("director", "filmmaker") > 0.5);
        assert!(likeness("river", "lake") > likeness("river", "singer") + 0.3);
        assert_eq!(Meaning::of("zzqxvw"), None);
    }
}
