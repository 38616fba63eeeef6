//! Clusters of words that are used alike, from word vectors; `clusters.bin` beside this file holds them.

use std::sync::OnceLock;

/// Groups of words that are used alike: 1,024 fine groups, in 64 coarse ones.
struct Clusters {
    /// Hashes of the words, rising.
    hashes: Vec<u32>,
    fine: Vec<u16>,
    coarse: Vec<u8>,
    /// Where in `hashes` the values with given upper 16 bits begin.
    index: Vec<u32>,
}

/// The groups that a word belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster {
    pub fine: u16,
    pub coarse: u8,
}

/// The upper half of 64-bit FNV-1a.
pub fn hash(text: &str) -> u32 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    (text.bytes().fold(0xcbf2_9ce4_8422_2325, step) >> 32) as u32
}

/// The groups of a word spelled just so.
pub fn find(word: &str) -> Option<Cluster> {
    static CLUSTERS: OnceLock<Clusters> = OnceLock::new();
    CLUSTERS.get_or_init(|| Clusters::read(include_bytes!("clusters.bin"))).find(hash(word))
}

impl Clusters {
    /// Reads what `training/names/clusters.py` wrote, whose head says the format.
    fn read(bytes: &[u8]) -> Self {
        let mut bytes = bytes.iter().copied();
        let mut next = move || bytes.next().unwrap_or(0);
        let count = u32::from_le_bytes([next(), next(), next(), next()]) as usize;
        let (mut hashes, mut fine, mut last) = (Vec::with_capacity(count), Vec::with_capacity(count), 0u32);
        for _ in 0..count {
            last = last.wrapping_add(read_varint(&mut next));
            hashes.push(last);
            fine.push(u16::from_le_bytes([next(), next()]));
        }
        let groups = fine.iter().max().map_or(0, |most| usize::from(*most) + 1);
        let coarse = (0..groups).map(|_| next()).collect();
        let index = (0..=1u32 << 16).map(|upper| hashes.partition_point(|hash| hash >> 16 < upper) as u32);
        Self { index: index.collect(), hashes, fine, coarse }
    }

    fn find(&self, hash: u32) -> Option<Cluster> {
        let upper = (hash >> 16) as usize;
        let (start, end) = (self.index[upper] as usize, self.index[upper + 1] as usize);
        let at = start + self.hashes[start..end].binary_search(&hash).ok()?;
        let fine = self.fine[at];
        Some(Cluster { fine, coarse: self.coarse[usize::from(fine)] })
    }
}

/// An unsigned LEB128 number.
pub(super) fn read_varint(next: &mut impl FnMut() -> u8) -> u32 {
    let mut value = 0;
    for shift in (0..32).step_by(7) {
        let byte = next();
        value |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    value
}
