//! Sixteen numbers at once, by the widest instructions that the processor has.
//!
//! Sums of whole numbers are exact, and sums of fractions run in one order with no operations fused, so that every processor
//! gives the same result to the last bit; a test holds them against each other.

use std::sync::OnceLock;

#[cfg(target_arch = "x86_64")]
use pulp::x86::{V1, V3, V4};

/// How many numbers are computed side by side.
pub const LANES: usize = 16;

/// Instructions for sixteen numbers.
pub trait Lanes: Copy {
    /// Sixteen whole numbers.
    type Wholes: Copy;
    /// Sixteen fractions.
    type Fractions: Copy;

    /// How many words, and how many times sixteen rows, a product keeps in registers.
    const TILE: Tile;

    fn wholes(self) -> Self::Wholes;
    /// Adds the product of two columns: in each lane two weights, times the pair of numbers in the halves of `pair`.
    fn add_pairs(self, sums: Self::Wholes, weights: &[i16; 2 * LANES], pair: i32) -> Self::Wholes;
    fn whole_array(self, sums: Self::Wholes) -> [i32; LANES];

    fn fractions(self) -> Self::Fractions;
    /// Adds a product, rounded before it is added.
    fn add_product(self, sums: Self::Fractions, row: &[f32; LANES], factor: f32) -> Self::Fractions;
    fn fraction_array(self, sums: Self::Fractions) -> [f32; LANES];
}

/// The part of a product that is summed up in registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tile {
    /// Four words by 16 rows.
    FourWords,
    /// Eight words by 32 rows.
    EightWords,
}

/// What is computed with lanes.
pub trait Kernel {
    type Output;
    /// Must be `#[inline(always)]`, and so must all that it calls: only then is it compiled for each kind of processor.
    fn run<L: Lanes>(self, lanes: L) -> Self::Output;
}

/// A kind of processor, by what it can do at once.
#[derive(Clone, Copy, Debug)]
pub enum Processor {
    #[cfg(target_arch = "x86_64")]
    Avx512(V4),
    #[cfg(target_arch = "x86_64")]
    Avx2(V3),
    #[cfg(target_arch = "x86_64")]
    Sse2(V1),
    Any,
}

impl Processor {
    /// The one that this runs on.
    pub fn here() -> Self {
        static HERE: OnceLock<Processor> = OnceLock::new();
        *HERE.get_or_init(|| Self::all()[0])
    }

    /// All kinds that this one can act as, the fastest first.
    pub fn all() -> Vec<Self> {
        let mut all = Vec::new();
        #[cfg(target_arch = "x86_64")]
        {
            all.extend(V4::try_new().map(Self::Avx512));
            all.extend(V3::try_new().map(Self::Avx2));
            all.extend(V1::try_new().map(Self::Sse2));
        }
        all.push(Self::Any);
        all
    }

    pub fn run<K: Kernel>(self, kernel: K) -> K::Output {
        match self {
            #[cfg(target_arch = "x86_64")]
            Self::Avx512(lanes) => lanes.vectorize(
                #[inline(always)]
                || kernel.run(lanes),
            ),
            #[cfg(target_arch = "x86_64")]
            Self::Avx2(lanes) => lanes.vectorize(
                #[inline(always)]
                || kernel.run(lanes),
            ),
            #[cfg(target_arch = "x86_64")]
            Self::Sse2(lanes) => kernel.run(lanes),
            Self::Any => kernel.run(Plain),
        }
    }
}

/// No special instructions.
#[derive(Clone, Copy)]
struct Plain;

impl Lanes for Plain {
    type Wholes = [i32; LANES];
    type Fractions = [f32; LANES];
    const TILE: Tile = Tile::FourWords;

    #[inline(always)]
    fn wholes(self) -> Self::Wholes {
        [0; LANES]
    }
    #[inline(always)]
    fn add_pairs(self, mut sums: Self::Wholes, weights: &[i16; 2 * LANES], pair: i32) -> Self::Wholes {
        let (first, second) = (i32::from(pair as i16), pair >> 16);
        for (sum, weights) in sums.iter_mut().zip(weights.as_chunks::<2>().0) {
            *sum += i32::from(weights[0]) * first + i32::from(weights[1]) * second;
        }
        sums
    }
    #[inline(always)]
    fn whole_array(self, sums: Self::Wholes) -> [i32; LANES] {
        sums
    }
    #[inline(always)]
    fn fractions(self) -> Self::Fractions {
        [0.0; LANES]
    }
    #[inline(always)]
    fn add_product(self, mut sums: Self::Fractions, row: &[f32; LANES], factor: f32) -> Self::Fractions {
        for (sum, x) in sums.iter_mut().zip(row) {
            *sum += x * factor;
        }
        sums
    }
    #[inline(always)]
    fn fraction_array(self, sums: Self::Fractions) -> [f32; LANES] {
        sums
    }
}

/// Implements lanes by registers of one width.
#[cfg(target_arch = "x86_64")]
macro_rules! lanes {
    ($name:ident, $tile:expr, $count:literal of $wholes:ident $shorts:ident $fractions:ident,
     $splat:ident $add:ident $multiply_pairs:ident, $splat_f:ident $add_f:ident $multiply_f:ident) => {
        impl Lanes for $name {
            type Wholes = [pulp::$wholes; $count];
            type Fractions = [pulp::$fractions; $count];
            const TILE: Tile = $tile;

            #[inline(always)]
            fn wholes(self) -> Self::Wholes {
                [self.$splat(0); $count]
            }
            #[inline(always)]
            fn add_pairs(
                self,
                mut sums: Self::Wholes,
                weights: &[i16; 2 * LANES],
                pair: i32,
            ) -> Self::Wholes {
                let weights: [pulp::$shorts; $count] = pulp::cast(*weights);
                let pair: pulp::$shorts = pulp::cast(self.$splat(pair));
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    *sum = self.$add(*sum, self.$multiply_pairs(weights, pair));
                }
                sums
            }
            #[inline(always)]
            fn whole_array(self, sums: Self::Wholes) -> [i32; LANES] {
                pulp::cast(sums)
            }
            #[inline(always)]
            fn fractions(self) -> Self::Fractions {
                [self.$splat_f(0.0); $count]
            }
            #[inline(always)]
            fn add_product(
                self,
                mut sums: Self::Fractions,
                row: &[f32; LANES],
                factor: f32,
            ) -> Self::Fractions {
                let row: [pulp::$fractions; $count] = pulp::cast(*row);
                let factor = self.$splat_f(factor);
                for (sum, x) in sums.iter_mut().zip(row) {
                    *sum = self.$add_f(*sum, self.$multiply_f(x, factor));
                }
                sums
            }
            #[inline(always)]
            fn fraction_array(self, sums: Self::Fractions) -> [f32; LANES] {
                pulp::cast(sums)
            }
        }
    };
}

#[cfg(target_arch = "x86_64")]
lanes!(V4, Tile::EightWords, 1 of i32x16 i16x32 f32x16,
    splat_i32x16 wrapping_add_i32x16 multiply_wrapping_add_adjacent_i16x32, splat_f32x16 add_f32x16 mul_f32x16);
#[cfg(target_arch = "x86_64")]
lanes!(V3, Tile::FourWords, 2 of i32x8 i16x16 f32x8,
    splat_i32x8 wrapping_add_i32x8 multiply_wrapping_add_adjacent_i16x16, splat_f32x8 add_f32x8 mul_f32x8);
#[cfg(target_arch = "x86_64")]
lanes!(V1, Tile::FourWords, 4 of i32x4 i16x8 f32x4,
    splat_i32x4 wrapping_add_i32x4 multiply_wrapping_add_adjacent_i16x8, splat_f32x4 add_f32x4 mul_f32x4);
