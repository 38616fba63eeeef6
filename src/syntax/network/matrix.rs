//! Matrices of 8-bit weights, and their products with words.

use super::file::Reader;

/// Vectors, one a word, as whole numbers with one scale each.
#[derive(Debug, Default)]
pub struct Quantized {
    width: usize,
    values: Vec<i16>,
    scales: Vec<f32>,
}

/// The largest whole number of a vector: with weights up to 127 and 512 columns, sums stay within 32 bits.
const LARGEST: f32 = 16383.0;

impl Quantized {
    /// Takes vectors of this width, one after the other.
    pub fn new(vectors: &[f32], width: usize) -> Self {
        let mut quantized = Self { width, values: Vec::with_capacity(vectors.len()), scales: Vec::new() };
        for vector in vectors.chunks_exact(width.max(1)) {
            let largest =
                vector.iter().fold(1e-9f32, |largest, x| if x.abs() > largest { x.abs() } else { largest });
            let inverse = LARGEST / largest;
            // Numbers this small, plus this one, are rounded by the addition.
            const ROUNDING: f32 = 12_582_912.0;
            quantized.values.extend(vector.iter().map(|x| (x * inverse + ROUNDING).to_bits() as i16));
            quantized.scales.push(largest / LARGEST);
        }
        quantized
    }
}

/// A matrix and what is added to its product.
///
/// File: rows (u16), columns (u16), the scale of each row (see `Reader::floats`), the weights by rows (i8), and what is added.
#[derive(Debug)]
pub struct Linear {
    columns: usize,
    weights: Vec<i16>,
    scales: Vec<f32>,
    bias: Vec<f32>,
}

impl Linear {
    pub fn read(reader: &mut Reader) -> Option<Self> {
        let (rows, columns) = (reader.number(2)?, reader.number(2)?);
        let scales = reader.floats()?;
        let weights = reader.integers(rows * columns)?.map(i16::from).collect();
        let bias = reader.floats()?;
        (scales.len() == rows && bias.len() == rows && columns > 0).then_some(Self {
            columns,
            weights,
            scales,
            bias,
        })
    }

    /// The width of the vectors that it takes.
    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The width of the vectors that it gives.
    pub fn rows(&self) -> usize {
        self.bias.len()
    }

    /// The product with each of the vectors, one after the other.
    pub fn apply(&self, vectors: &Quantized) -> Vec<f32> {
        let (rows, count) = (self.bias.len(), vectors.scales.len());
        let mut products = vec![0.0; rows * count];
        for (row, weights) in self.weights.chunks_exact(self.columns).enumerate() {
            let scale = self.scales[row];
            for (word, vector) in vectors.values.chunks_exact(vectors.width.max(1)).enumerate() {
                let sum = whole_product(weights, vector);
                products[word * rows + row] = sum as f32 * (scale * vectors.scales[word]) + self.bias[row];
            }
        }
        products
    }
}

/// How many products are summed up at once: with whole numbers, few enough to stay in registers.
const RUN: usize = 32;

/// The product of two vectors of whole numbers.
fn whole_product(a: &[i16], b: &[i16]) -> i32 {
    let sum = |a: &[i16], b: &[i16]| a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum::<i32>();
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<RUN>(), b.as_chunks::<RUN>());
    // The length of a run is known when this is compiled, which makes one instruction of many.
    a.iter().zip(b).map(|(a, b)| sum(a, b)).sum::<i32>() + sum(a_rest, b_rest)
}

/// How many sums run side by side.
const LANES: usize = 16;

/// The product of two vectors, always summed up in the same order.
pub fn product(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0f32; LANES];
    for (a, b) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    sums.iter().sum()
}
