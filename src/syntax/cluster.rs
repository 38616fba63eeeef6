//! Clusters: words of like use, by word vectors, so that what was learned of one word serves the others.

use std::sync::OnceLock;

use super::form::Form;

/// The clusters of words.
///
/// File: `CLU1`, the number of clusters (u16), the group of each (u8); the number of words (u32); then for each word, by
/// ascending key (the upper 26 bits of its hash), the difference to the key before times 1,024 plus the cluster (LEB128).
#[derive(Clone, Debug, Default)]
pub struct Clusters {
    groups: Vec<u8>,
    /// Ascending.
    keys: Vec<u32>,
    /// The cluster of each key.
    members: Vec<u16>,
    /// Where the keys with these upper 16 bits begin.
    buckets: Vec<u32>,
}

/// Keys have 26 bits; one unknown word in two hundred is taken for another, which does little harm.
const KEY_SHIFT: u32 = 6;
const BUCKET_SHIFT: u32 = 10;

/// The clusters that come with the library.
pub fn clusters() -> &'static Clusters {
    static CLUSTERS: OnceLock<Clusters> = OnceLock::new();
    CLUSTERS.get_or_init(|| Clusters::read(include_bytes!("cluster.model")))
}

impl Clusters {
    /// Takes the group of each cluster and the words of each.
    pub fn new<'a>(groups: Vec<u8>, words: impl Iterator<Item = (&'a str, u16)>) -> Self {
        let mut pairs: Vec<(u32, u16)> =
            words.map(|(word, cluster)| (Form::hash(word) >> KEY_SHIFT, cluster)).collect();
        pairs.sort_unstable();
        pairs.dedup_by_key(|pair| pair.0);
        let (keys, members) = pairs.into_iter().unzip();
        let mut clusters = Self { groups, keys, members, buckets: Vec::new() };
        clusters.index();
        clusters
    }

    /// Reads a file; a damaged one gives what stands before the damage.
    pub fn read(bytes: &[u8]) -> Self {
        let mut clusters = Self::default();
        let Some(rest) = bytes.strip_prefix(b"CLU1") else { return clusters };
        let number =
            |bytes: &[u8]| bytes.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte));
        let (count, rest) = rest.split_at(rest.len().min(2));
        let (groups, rest) = rest.split_at(rest.len().min(number(count)));
        clusters.groups = groups.to_vec();
        let (_, rest) = rest.split_at(rest.len().min(4));
        let (mut key, mut value, mut shift) = (0u32, 0u64, 0);
        for byte in rest {
            value |= u64::from(byte & 127) << (shift & 63);
            shift += 7;
            if byte & 128 == 0 {
                key = key.wrapping_add((value >> 10) as u32);
                clusters.keys.push(key);
                clusters.members.push((value & 1023) as u16);
                (value, shift) = (0, 0);
            }
        }
        clusters.index();
        clusters
    }

    /// The clusters as a file.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = b"CLU1".to_vec();
        bytes.extend((self.groups.len() as u16).to_le_bytes());
        bytes.extend(&self.groups);
        bytes.extend((self.keys.len() as u32).to_le_bytes());
        let mut before = 0;
        for (key, cluster) in self.keys.iter().zip(&self.members) {
            let mut value = u64::from(key - before) << 10 | u64::from(*cluster);
            before = *key;
            while value >= 128 {
                bytes.push(value as u8 | 128);
                value >>= 7;
            }
            bytes.push(value as u8);
        }
        bytes
    }

    fn index(&mut self) {
        let buckets = 1u32 << (32 - KEY_SHIFT - BUCKET_SHIFT);
        let mut at = 0;
        self.buckets = Vec::with_capacity(buckets as usize + 1);
        for bucket in 0..=buckets {
            while self.keys.get(at).is_some_and(|key| key >> BUCKET_SHIFT < bucket) {
                at += 1;
            }
            self.buckets.push(at as u32);
        }
    }

    fn find(&self, hash: u32) -> Option<u16> {
        let key = hash >> KEY_SHIFT;
        let bucket = (key >> BUCKET_SHIFT) as usize;
        let range = *self.buckets.get(bucket)? as usize..*self.buckets.get(bucket + 1)? as usize;
        let at = self.keys.get(range.clone())?.iter().position(|known| *known == key)?;
        self.members.get(range.start + at).copied()
    }

    /// The cluster and the group of a word, given its hashes as written and in lower case, from 1; 0 is none.
    pub fn of(&self, cased: u32, lower: u32) -> (u32, u32) {
        let Some(cluster) = self.find(cased).or_else(|| self.find(lower)) else { return (0, 0) };
        let group = self.groups.get(usize::from(cluster)).map_or(0, |group| u32::from(*group) + 1);
        (u32::from(cluster) + 1, group)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clusters_survive_their_file() {
        let written = Clusters::new(vec![3, 4], [("goat", 0), ("sheep", 0), ("Oslo", 1)].into_iter()).write();
        let clusters = Clusters::read(&written);
        let of = |word: &str| clusters.of(Form::hash(word), Form::hash(&word.to_lowercase()));
        assert_eq!(of("sheep"), (1, 4));
        assert_eq!(of("Goat"), (1, 4));
        assert_eq!(of("Oslo"), (2, 5));
        assert_eq!(of("ferry"), (0, 0));
        for end in 0..written.len() {
            Clusters::read(&written[..end]);
        }
    }
}
