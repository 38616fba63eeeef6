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
        // Four words share each reading of a row.
        for first in (0..count).step_by(4) {
            let vector =
                |k: usize| &vectors.values[(first + k).min(count - 1) * vectors.width..][..vectors.width];
            let four = [vector(0), vector(1), vector(2), vector(3)];
            for (row, weights) in self.weights.chunks_exact(self.columns).enumerate() {
                let sums = products_of_four(weights, four);
                for (word, sum) in (first..count).zip(sums) {
                    products[word * rows + row] =
                        sum as f32 * (self.scales[row] * vectors.scales[word]) + self.bias[row];
                }
            }
        }
        products
    }
}

/// The products of a row with four vectors.
fn products_of_four(weights: &[i16], vectors: [&[i16]; 4]) -> [i32; 4] {
    vectors.map(|vector| {
        weights.iter().zip(vector).map(|(weight, value)| i32::from(*weight) * i32::from(*value)).sum()
    })
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
