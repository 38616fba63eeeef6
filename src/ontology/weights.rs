//! Weights of hashed features, as text that a Turtle literal can hold.
//!
//! Features rise, so each is written as its distance from the one before, seven bits a byte, and the weight as one more
//! byte; the bytes stand in Base64 (RFC 4648), and white space between says nothing.

use integer_encoding::{VarInt, VarIntReader};

/// Features by their hash, rising, each with its weight in [`STEPS`]ths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weights(Vec<(u32, i8)>);

/// Into how many steps one is divided.
pub const STEPS: f32 = 40.0;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// How many digits stand on a line.
const LINE: usize = 120;

impl Weights {
    /// Rounds weights to steps, and leaves out what rounds to nothing.
    pub fn new(weights: impl IntoIterator<Item = (u32, f32)>) -> Self {
        let step =
            |(feature, weight): (u32, f32)| (feature, (weight * STEPS).round().clamp(-127.0, 127.0) as i8);
        let mut steps: Vec<(u32, i8)> =
            weights.into_iter().map(step).filter(|(_, steps)| *steps != 0).collect();
        steps.sort_unstable();
        steps.dedup_by_key(|(feature, _)| *feature);
        Self(steps)
    }

    pub fn iter(&self) -> impl Iterator<Item = (u32, f32)> + '_ {
        self.0.iter().map(|(feature, steps)| (*feature, f32::from(*steps) / STEPS))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn encode(&self) -> String {
        let mut bytes = Vec::new();
        let mut before = 0;
        for (feature, steps) in &self.0 {
            bytes.extend((feature - before).encode_var_vec());
            before = *feature;
            bytes.push(*steps as u8);
        }
        let mut text = String::new();
        for (index, three) in bytes.chunks(3).enumerate() {
            if index % (LINE / 4) == 0 && index > 0 {
                text.push('\n');
            }
            let bits =
                three.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
            for digit in 0..4 {
                let value = (bits >> (18 - 6 * digit)) & 63;
                text.push(if digit <= three.len() { DIGITS[value as usize] as char } else { '=' });
            }
        }
        text
    }

    /// Reads what [`Weights::encode`] wrote; `None` if anything else stands there.
    pub fn decode(text: &str) -> Option<Self> {
        let mut bytes = Vec::new();
        let (mut bits, mut count) = (0u32, 0);
        for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
            bits = bits << 6 | DIGITS.iter().position(|digit| *digit == byte)? as u32;
            count += 6;
            if count >= 8 {
                count -= 8;
                bytes.push((bits >> count) as u8);
                bits &= (1 << count) - 1;
            }
        }
        let mut weights = Vec::new();
        let mut before = 0u32;
        let mut rest = &bytes[..];
        while !rest.is_empty() {
            before = before.checked_add(rest.read_varint().ok()?)?;
            let (steps, after) = rest.split_first()?;
            weights.push((before, *steps as i8));
            rest = after;
        }
        Some(Self(weights))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_survive_being_written() {
        for count in [0, 1, 2, 3, 4, 100] {
            let weights = Weights::new((0..count).map(|i: u32| (i * i * 7919 + 3, i as f32 - 50.5)));
            let text = weights.encode();
            assert_eq!(Weights::decode(&text), Some(weights), "{text}");
        }
        assert_eq!(Weights::decode("not Base64!"), None);
        assert_eq!(Weights::decode("gICA"), None);
    }

    #[test]
    fn small_weights_are_left_out() {
        assert_eq!(Weights::new([(5, 0.01), (3, -0.5)]).iter().collect::<Vec<_>>(), [(3, -0.5)]);
    }
}
