//! The parts of the network's file. Numbers are little-endian.

/// Reads a file from its start; `None` where it ends too early.
pub struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    pub fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    /// A number of this many bytes.
    pub fn number(&mut self, width: usize) -> Option<usize> {
        Some(self.take(width)?.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
    }

    /// A number in groups of seven bits, the lowest first (LEB128).
    pub fn leb128(&mut self) -> Option<u32> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.number(1)? as u32;
            number |= (byte & 127) << (shift & 31);
            shift += 7;
            if byte & 128 == 0 {
                return Some(number);
            }
        }
    }

    /// Fractions, after how many there are (u32).
    pub fn floats(&mut self) -> Option<Vec<f32>> {
        let count = self.number(4)?;
        let bytes = self.take(count.checked_mul(4)?)?;
        Some(bytes.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect())
    }

    /// Whole numbers of 8 bits with a sign.
    pub fn integers(&mut self, count: usize) -> Option<impl Iterator<Item = i8> + use<'a>> {
        Some(self.take(count)?.iter().map(|byte| *byte as i8))
    }

    /// Short texts, after how many there are (u16), each after its length (u8).
    pub fn strings(&mut self) -> Option<Vec<String>> {
        let count = self.number(2)?;
        let string = |_| {
            let length = self.number(1)?;
            Some(String::from_utf8_lossy(self.take(length)?).into_owned())
        };
        (0..count).map(string).collect()
    }
}
