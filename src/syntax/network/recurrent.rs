//! Layers of simple recurrent units, which read a sentence forwards and backwards.

use std::ops::Range;

use super::file::Reader;
use super::lanes::{Kernel, Lanes, Processor};
use super::matrix::{Linear, Products, Quantized};

/// A layer: each unit keeps a state, forgets a share of it at each word, and mixes it with what the layer below says.
///
/// File: the matrix (candidates, forget gates, output gates, and in the first layer what is carried past, each for both
/// directions; its bias is that of the gates), then for both gates the weights of the state.
#[derive(Debug)]
pub struct Layer {
    weights: Linear,
    peephole: Vec<f32>,
}

impl Layer {
    pub fn read(reader: &mut Reader) -> Option<Self> {
        let (weights, peephole) = (Linear::read(reader)?, reader.floats()?);
        (peephole.len() % 4 == 0).then_some(Self { weights, peephole })
    }

    /// The width of the vectors that it takes.
    pub fn columns(&self) -> usize {
        self.weights.columns()
    }

    /// The width of the vectors that it gives: half of it for each direction.
    pub fn width(&self) -> usize {
        self.peephole.len() / 2
    }

    /// Whether it brings along a matrix for what is carried past, as the first layer does, whose input has another width.
    pub fn carries(&self) -> Option<bool> {
        match self.weights.rows() {
            rows if rows == 4 * self.width() => Some(true),
            rows if rows == 3 * self.width() => Some(false),
            _ => None,
        }
    }

    /// What the matrix makes of vectors.
    pub fn multiply(&self, vectors: &Quantized, processor: Processor) -> Products {
        self.weights.apply(vectors, processor)
    }

    /// The layer's output for each word: the units that read forwards, then those that read backwards.
    ///
    /// Takes each word's product with the matrix, the output of the layer below (none below the first), and where
    /// sentences begin and end.
    pub fn read_words(
        &self,
        products: &[&[f32]],
        below: &[f32],
        sentences: &[Range<usize>],
        processor: Processor,
    ) -> Vec<f32> {
        processor.run(Recur { layer: self, products, below, sentences })
    }
}

struct Recur<'a> {
    layer: &'a Layer,
    products: &'a [&'a [f32]],
    below: &'a [f32],
    sentences: &'a [Range<usize>],
}

impl Kernel for Recur<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn run<L: Lanes>(self, _: L) -> Vec<f32> {
        let Self { layer, products, below, sentences } = self;
        let (both, carries) = (layer.width(), layer.carries() == Some(true));
        let units = both / 2;
        let mut output = vec![0.0; products.len() * both];
        let mut state = vec![0.0; units];
        for sentence in sentences {
            for direction in 0..2 {
                let own = |gate: usize| &layer.peephole[gate * both + direction * units..][..units];
                let peephole = [own(0), own(1)];
                state.fill(0.0);
                for step in 0..sentence.len() {
                    let word = if direction == 0 { sentence.start + step } else { sentence.end - 1 - step };
                    let part = |part: usize| &products[word][part * both + direction * units..][..units];
                    let place = word * both + direction * units;
                    let carried = if carries { part(3) } else { &below[place..][..units] };
                    let output = &mut output[place..][..units];
                    advance(&mut state, [part(0), part(1), part(2), carried], peephole, output);
                }
            }
        }
        output
    }
}

/// One step of every unit of a direction.
#[inline(always)]
fn advance(state: &mut [f32], inner: [&[f32]; 4], peephole: [&[f32]; 2], output: &mut [f32]) {
    let units = state.len();
    let [candidate, forget, reset, carried] = inner.map(|part| &part[..units]);
    let [peephole_forget, peephole_reset] = peephole.map(|part| &part[..units]);
    let output = &mut output[..units];
    for i in 0..units {
        let before = state[i];
        let forget = sigmoid(forget[i] + peephole_forget[i] * before);
        let reset = sigmoid(reset[i] + peephole_reset[i] * before);
        let after = forget * before + (1.0 - forget) * candidate[i];
        state[i] = after;
        output[i] = reset * after + (1.0 - reset) * carried[i];
    }
}

/// The logistic function, with an error below a millionth; without branches, so that many are computed at once.
#[inline(always)]
fn sigmoid(x: f32) -> f32 {
    // 2^n · 2^f with whole n and f between -1/2 and 1/2; adding this number rounds, and leaves n in the low bits.
    const ROUNDING: f32 = 12_582_912.0;
    let scaled = -x.clamp(-40.0, 40.0) * std::f32::consts::LOG2_E;
    let rounded = scaled + ROUNDING;
    let f = scaled - (rounded - ROUNDING);
    let power = f32::from_bits((rounded.to_bits() << 23).wrapping_add(0x3f80_0000));
    // The Taylor series of 2^f.
    let series = 1.0
        + f * (std::f32::consts::LN_2
            + f * (0.240_226_5 + f * (0.055_504_11 + f * (0.009_618_13 + f * 0.001_333_36))));
    1.0 / (1.0 + power * series)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logistic_function_is_near() {
        for step in -2000..2000 {
            let x = step as f32 / 40.0;
            let exact = 1.0 / (1.0 + (-f64::from(x)).exp());
            assert!((f64::from(sigmoid(x)) - exact).abs() < 2e-6, "{x}: {} for {exact}", sigmoid(x));
        }
    }
}
