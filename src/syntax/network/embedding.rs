//! Embeddings: what a word looks like, as numbers.

use std::ops::Range;

use super::super::form::Form;
use super::file::Reader;
use super::lanes::{Kernel, Lanes, Processor};

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

/// How many tables are learned.
const TABLES: usize = 9;
/// Those that are added up: word; endings; beginnings and shape.
const GROUPS: [Range<usize>; 3] = [0..1, 1..5, 5..TABLES];

/// A row of each table, the given one last.
pub type Rows = [u32; TABLES + 1];

impl Embeddings {
    pub fn read(reader: &mut Reader) -> Option<Self> {
        let learned = (0..TABLES).map(|_| Table::read(reader)).collect::<Option<Vec<Table>>>()?;
        let alike = |group: &Range<usize>| {
            learned[group.clone()].windows(2).all(|tables| tables[0].width == tables[1].width)
        };
        GROUPS.iter().all(alike).then_some(())?;
        Some(Self { learned, given: Table::read(reader)? })
    }

    /// The width of a word's vector.
    pub fn width(&self) -> usize {
        GROUPS.iter().map(|group| self.learned[group.start].width).sum::<usize>() + self.given.width
    }

    /// The rows of the tables that make a form's vector; forms with the same rows are one to the network.
    pub fn rows(&self, form: &Form) -> Rows {
        let [s1, s2, s3, s4] = form.suffixes;
        let [p1, p2, p3] = form.prefixes;
        let keys = [form.word, s1, s2, s3, s4, p1, p2, p3, form.shape];
        let given = match self.given.row(form.cased >> KEY_SHIFT) {
            0 => self.given.row(form.word >> KEY_SHIFT),
            row => row,
        };
        let mut rows = [given; TABLES + 1];
        for ((row, table), key) in rows.iter_mut().zip(&self.learned).zip(keys) {
            *row = table.row(key);
        }
        rows
    }

    /// The vector that a word was given by all the text it stands in, as far as a scale; `None` if it was given none.
    pub fn given(&self, form: &Form) -> Option<&[i8]> {
        let found = [form.cased, form.word].map(|key| self.given.row(key >> KEY_SHIFT) as usize);
        let row = found.into_iter().find(|row| *row != 0)?;
        Some(&self.given.values[row * self.given.width..][..self.given.width])
    }

    /// The vectors of these rows: the word's, the sum of those of its endings, the sum of those of its beginnings and
    /// shape, and the given one.
    pub fn vectors(&self, words: &[Rows], processor: Processor) -> Vec<f32> {
        processor.run(Sum { embeddings: self, words })
    }
}

struct Sum<'a> {
    embeddings: &'a Embeddings,
    words: &'a [Rows],
}

impl Kernel for Sum<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn run<L: Lanes>(self, _: L) -> Vec<f32> {
        let Self { embeddings: Embeddings { learned, given }, words } = self;
        let width = self.embeddings.width();
        let mut vectors = vec![0.0; words.len() * width];
        for (rows, mut vector) in words.iter().zip(vectors.chunks_exact_mut(width)) {
            for group in GROUPS {
                let (own, rest) = vector.split_at_mut(learned[group.start].width);
                for table in group {
                    learned[table].add(rows[table], own);
                }
                vector = rest;
            }
            given.add(rows[TABLES], vector);
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
    fn row(&self, key: u32) -> u32 {
        let bucket = (key >> self.shift) as usize;
        let Some([begin, end]) = self.buckets.get(bucket..bucket + 2) else { return 0 };
        let range = *begin as usize..*end as usize;
        let place = self.keys[range.clone()].iter().position(|known| *known == key);
        place.map_or(0, |place| self.rows[range.start + place])
    }

    /// Adds a row to a vector.
    #[inline(always)]
    fn add(&self, row: u32, vector: &mut [f32]) {
        let row = row as usize;
        let scale = self.scales[row];
        for (sum, value) in vector.iter_mut().zip(&self.values[row * self.width..][..self.width]) {
            *sum += scale * f32::from(*value);
        }
    }
}
