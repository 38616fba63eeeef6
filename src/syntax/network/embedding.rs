//! Embeddings: what a word looks like, as numbers.

use super::super::form::Form;
use super::file::Reader;

/// The vectors of words, of their endings, beginnings and shapes, and vectors that words were given by all the text they stand in.
#[derive(Debug)]
pub struct Embeddings {
    /// Of the word in lower case, its last one to four and first one to three characters, and its shape.
    learned: Vec<Table>,
    given: Table,
}

/// Vectors by key.
///
/// File: the number of keys (u32), each key in ascending order as the difference to the one before (LEB128); how many bytes a row's
/// number has (u8; 0: each key has the next row, from 1), the row of each key; the number of rows (u32), their width (u8), the scale
/// of each row (see `Reader::floats`), and the values by rows (i8). Row 0 is that of what has no key.
#[derive(Debug)]
struct Table {
    /// Ascending.
    keys: Vec<u32>,
    rows: Vec<u32>,
    width: usize,
    scales: Vec<f32>,
    values: Vec<i8>,
    /// Where the keys with these upper bits begin.
    buckets: Vec<u32>,
    shift: u32,
}

/// Given vectors are found by the upper 26 bits of a hash: one unknown word in two hundred is taken for another, which does little harm.
const KEY_SHIFT: u32 = 6;

impl Embeddings {
    pub fn read(reader: &mut Reader) -> Option<Self> {
        let learned = (0..9).map(|_| Table::read(reader)).collect::<Option<Vec<Table>>>()?;
        Some(Self { learned, given: Table::read(reader)? })
    }

    /// For each form the word's vector, the sum of those of its endings, the sum of those of its beginnings and shape, and the given one.
    pub fn look_up(&self, forms: &[Form]) -> Vec<f32> {
        let groups = [&self.learned[..1], &self.learned[1..5], &self.learned[5..]];
        let widths = groups.map(|tables| tables[0].width);
        let width = widths.iter().sum::<usize>() + self.given.width;
        let mut vectors = vec![0.0; forms.len() * width];
        for (form, vector) in forms.iter().zip(vectors.chunks_exact_mut(width)) {
            let [s1, s2, s3, s4] = form.suffixes;
            let [p1, p2, p3] = form.prefixes;
            let (learned, given) = vector.split_at_mut(width - self.given.width);
            let (word, affixes) = learned.split_at_mut(widths[0]);
            let (ending, beginning) = affixes.split_at_mut(widths[1]);
            self.learned[0].add(self.learned[0].row(form.word), word);
            for (table, key) in groups[1].iter().zip([s1, s2, s3, s4]) {
                table.add(table.row(key), ending);
            }
            for (table, key) in groups[2].iter().zip([p1, p2, p3, form.shape]) {
                table.add(table.row(key), beginning);
            }
            let row = match self.given.row(form.cased >> KEY_SHIFT) {
                0 => self.given.row(form.word >> KEY_SHIFT),
                row => row,
            };
            self.given.add(row, given);
        }
        vectors
    }
}

impl Table {
    fn read(reader: &mut Reader) -> Option<Self> {
        let count = reader.number(4)?;
        let mut key = 0u32;
        let next = |_| {
            key = key.wrapping_add(reader.leb128()?);
            Some(key)
        };
        let keys = (0..count).map(next).collect::<Option<Vec<u32>>>()?;
        let rows = match reader.number(1)? {
            0 => (1..=count as u32).collect(),
            bytes => (0..count).map(|_| Some(reader.number(bytes)? as u32)).collect::<Option<Vec<u32>>>()?,
        };
        let (height, width) = (reader.number(4)?, reader.number(1)?);
        let scales = reader.floats()?;
        let values: Vec<i8> = reader.integers(height.checked_mul(width)?)?.collect();
        (scales.len() == height && rows.iter().all(|row| (*row as usize) < height)).then_some(())?;
        // About four keys a bucket.
        let bits = count.max(4).ilog2().saturating_sub(2);
        let used = u32::BITS - keys.last().map_or(1, |key| key.leading_zeros().min(31));
        let mut table =
            Self { keys, rows, width, scales, values, buckets: Vec::new(), shift: used.saturating_sub(bits) };
        table.index();
        Some(table)
    }

    fn index(&mut self) {
        let mut at = 0;
        let last = self.keys.last().map_or(0, |key| key >> self.shift);
        for bucket in 0..=last + 1 {
            while self.keys.get(at).is_some_and(|key| key >> self.shift < bucket) {
                at += 1;
            }
            self.buckets.push(at as u32);
        }
    }

    /// The row of a key; 0 if it has none.
    fn row(&self, key: u32) -> usize {
        let bucket = (key >> self.shift) as usize;
        let Some([begin, end]) = self.buckets.get(bucket..bucket + 2) else { return 0 };
        let range = *begin as usize..*end as usize;
        let place = self.keys[range.clone()].iter().position(|known| *known == key);
        place.map_or(0, |place| self.rows[range.start + place] as usize)
    }

    /// Adds a row to a vector.
    fn add(&self, row: usize, vector: &mut [f32]) {
        let scale = self.scales[row];
        for (sum, value) in vector.iter_mut().zip(&self.values[row * self.width..][..self.width]) {
            *sum += scale * f32::from(*value);
        }
    }
}
