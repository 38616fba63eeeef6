//! Matrices of 8-bit weights, and their products with words.

use super::file::Reader;
use super::lanes::{Kernel, LANES, Lanes, Processor, Tile};

/// Vectors, one a word, as whole numbers with one scale each.
#[derive(Debug, Default)]
pub struct Quantized {
    /// Words in groups of eight, the last filled up with zeros; in a group, two numbers of each word, then the next two.
    groups: Vec<[i32; GROUP]>,
    /// How many pairs of numbers a word has.
    pairs: usize,
    scales: Vec<f32>,
}

const GROUP: usize = 8;

/// The largest whole number of a vector, if it has no more numbers than `ROOM` allows.
const LARGEST: usize = 16383;
/// The largest sum of products of whole numbers that stays within 32 bits, in weights.
const ROOM: usize = i32::MAX as usize / 127;

impl Quantized {
    /// Takes vectors of this width, one after the other.
    pub fn new(vectors: &[f32], width: usize, processor: Processor) -> Self {
        processor.run(Quantize { vectors, width: width.max(1) })
    }
}

struct Quantize<'a> {
    vectors: &'a [f32],
    width: usize,
}

impl Kernel for Quantize<'_> {
    type Output = Quantized;

    #[inline(always)]
    fn run<L: Lanes>(self, _: L) -> Quantized {
        let Self { vectors, width } = self;
        // Numbers this small, plus this one, are rounded by the addition.
        const ROUNDING: f32 = 12_582_912.0;
        let most = LARGEST.min(ROOM / width) as f32;
        let (count, pairs) = (vectors.len() / width, width.div_ceil(2));
        let mut groups = vec![[0; GROUP]; count.div_ceil(GROUP) * pairs];
        let mut scales = Vec::with_capacity(count);
        for (words, group) in vectors.chunks(GROUP * width).zip(groups.chunks_exact_mut(pairs)) {
            for (place, word) in words.chunks_exact(width).enumerate() {
                let largest = largest(word);
                let inverse = most / largest;
                scales.push(largest / most);
                let whole = |x: &f32| (x * inverse + ROUNDING).to_bits() & 0xffff;
                let (whole_pairs, rest) = word.as_chunks::<2>();
                for (pair, [first, second]) in group.iter_mut().zip(whole_pairs) {
                    pair[place] = (whole(first) | whole(second) << 16) as i32;
                }
                if let Some(last) = rest.first() {
                    group[pairs - 1][place] = whole(last) as i32;
                }
            }
        }
        Quantized { groups, pairs, scales }
    }
}

/// The largest absolute value of a vector.
#[inline(always)]
fn largest(vector: &[f32]) -> f32 {
    let larger = |a: f32, b: f32| if b > a { b } else { a };
    let mut lanes = [1e-9f32; LANES];
    let (chunks, rest) = vector.as_chunks::<LANES>();
    for chunk in chunks {
        for (largest, x) in lanes.iter_mut().zip(chunk) {
            *largest = larger(*largest, x.abs());
        }
    }
    rest.iter().map(|x| x.abs()).chain(lanes).fold(1e-9, larger)
}

/// A matrix and what is added to its product.
///
/// File: rows (u16), columns (u16), the scale of each row (see `Reader::floats`), the weights by rows (i8), and what is added.
#[derive(Debug)]
pub struct Linear {
    columns: usize,
    rows: usize,
    /// Sixteen rows after sixteen; in these, two weights of each row, then the next two.
    blocks: Vec<[i16; 2 * LANES]>,
    /// Of each row, filled up like the rows to a multiple of 32.
    scales: Vec<f32>,
    bias: Vec<f32>,
}

/// How many rows are a multiple of what any tile has.
const ROWS: usize = 2 * LANES;

impl Linear {
    pub fn read(reader: &mut Reader) -> Option<Self> {
        let (rows, columns) = (reader.number(2)?, reader.number(2)?);
        let mut scales = reader.floats()?;
        let weights: Vec<i8> = reader.integers(rows * columns)?.collect();
        let mut bias = reader.floats()?;
        (scales.len() == rows && bias.len() == rows && columns > 0).then_some(())?;
        let pairs = columns.div_ceil(2);
        let whole = rows.next_multiple_of(ROWS);
        scales.resize(whole, 0.0);
        bias.resize(whole, 0.0);
        let mut blocks = vec![[0; 2 * LANES]; whole / LANES * pairs];
        for (row, weights) in weights.chunks_exact(columns).enumerate() {
            let (block, lane) = (row / LANES * pairs, row % LANES);
            for (column, weight) in weights.iter().enumerate() {
                blocks[block + column / 2][2 * lane + column % 2] = i16::from(*weight);
            }
        }
        Some(Self { columns, rows, blocks, scales, bias })
    }

    /// Makes a row's product lower than any other.
    pub fn forbid(&mut self, row: usize) {
        self.bias[row] = f32::MIN;
    }

    /// The width of the vectors that it takes.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The width of the vectors that it gives.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The product with each of the vectors.
    pub fn apply(&self, vectors: &Quantized, processor: Processor) -> Products {
        assert_eq!(vectors.pairs, self.columns.div_ceil(2), "the layers of the network fit each other");
        let stride = self.bias.len();
        let count = vectors.scales.len();
        let mut values = vec![0.0; count * stride];
        processor.run(Multiply { matrix: self, vectors, values: &mut values });
        Products { stride, width: self.rows, values }
    }
}

/// Vectors that a matrix gave, one a word.
#[derive(Debug)]
pub struct Products {
    stride: usize,
    width: usize,
    values: Vec<f32>,
}

impl Products {
    /// The vector of a word.
    #[inline(always)]
    pub fn of(&self, word: usize) -> &[f32] {
        &self.values[word * self.stride..][..self.width]
    }

    /// The vectors of all words.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[f32]> {
        self.values.chunks_exact(self.stride.max(1)).map(|word| &word[..self.width])
    }
}

struct Multiply<'a> {
    matrix: &'a Linear,
    vectors: &'a Quantized,
    values: &'a mut [f32],
}

impl Kernel for Multiply<'_> {
    type Output = ();

    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) {
        match L::TILE {
            Tile::FourWords => multiply::<L, 1, 4>(lanes, self),
            Tile::EightWords => multiply::<L, 2, 8>(lanes, self),
        }
    }
}

/// Multiplies `BLOCKS` times sixteen rows with `WORDS` words at a time.
#[inline(always)]
fn multiply<L: Lanes, const BLOCKS: usize, const WORDS: usize>(lanes: L, task: Multiply) {
    let Multiply { matrix, vectors, values } = task;
    let (pairs, stride) = (vectors.pairs, matrix.bias.len());
    for (index, blocks) in matrix.blocks.chunks_exact(pairs * BLOCKS).enumerate() {
        let blocks: [&[[i16; 2 * LANES]]; BLOCKS] =
            std::array::from_fn(|block| &blocks[block * pairs..][..pairs]);
        let rows = index * BLOCKS * LANES;
        for (first, group) in (0..).step_by(GROUP).zip(vectors.groups.chunks_exact(pairs)) {
            for part in 0..GROUP / WORDS {
                let mut sums = [[lanes.wholes(); BLOCKS]; WORDS];
                for (pair, words) in group.iter().enumerate() {
                    for (word, sums) in sums.iter_mut().enumerate() {
                        for (sum, block) in sums.iter_mut().zip(blocks) {
                            *sum = lanes.add_pairs(*sum, &block[pair], words[part * WORDS + word]);
                        }
                    }
                }
                for (word, sums) in (first + part * WORDS..).zip(sums) {
                    let Some(vector_scale) = vectors.scales.get(word) else { break };
                    for (block, sum) in sums.into_iter().enumerate() {
                        let row = rows + block * LANES;
                        let scales = &matrix.scales[row..][..LANES];
                        let bias = &matrix.bias[row..][..LANES];
                        let values = &mut values[word * stride + row..][..LANES];
                        for (lane, sum) in lanes.whole_array(sum).into_iter().enumerate() {
                            values[lane] = sum as f32 * (scales[lane] * vector_scale) + bias[lane];
                        }
                    }
                }
            }
        }
    }
}

/// The product of each vector of `a` with each of `b`: for each of `a`, one for each of `b`.
pub fn products(a: &[&[f32]], b: &[&[f32]], processor: Processor) -> Vec<f32> {
    processor.run(MultiplyVectors { a, b })
}

struct MultiplyVectors<'a> {
    a: &'a [&'a [f32]],
    b: &'a [&'a [f32]],
}

impl Kernel for MultiplyVectors<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn run<L: Lanes>(self, lanes: L) -> Vec<f32> {
        /// How many vectors of `a` are multiplied at a time.
        const ROWS: usize = 4;
        let Self { a, b } = self;
        let width = b.first().map_or(0, |row| row.len());
        let mut products = vec![0.0; a.len() * b.len()];
        let mut columns = vec![[0.0; LANES]; width];
        for (first, vectors) in (0..).step_by(LANES).zip(b.chunks(LANES)) {
            for (lane, vector) in vectors.iter().enumerate() {
                columns.iter_mut().zip(*vector).for_each(|(column, x)| column[lane] = *x);
            }
            for (top, rows) in (0..).step_by(ROWS).zip(a.chunks(ROWS)) {
                // A tile at the end repeats its last row.
                let rows: [&[f32]; ROWS] = std::array::from_fn(|row| &rows[row.min(rows.len() - 1)][..width]);
                let mut sums = [lanes.fractions(); ROWS];
                for (place, column) in columns.iter().enumerate() {
                    for (sum, row) in sums.iter_mut().zip(rows) {
                        *sum = lanes.add_product(*sum, column, row[place]);
                    }
                }
                for (row, sum) in (top..a.len()).zip(sums) {
                    products[row * b.len() + first..][..vectors.len()]
                        .copy_from_slice(&lanes.fraction_array(sum)[..vectors.len()]);
                }
            }
        }
        products
    }
}
