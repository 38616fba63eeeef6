//! How sure a fact must be.

use clap::Args;
use tellgraph::Lexicon;

#[derive(Args)]
pub struct Confidence {
    /// Leave out facts that are less sure than this, from 0 to 1 [default: 0.5; --to facts also tells less sure ones of
    /// properties that are learned, or found by their labels]
    #[arg(long, value_name = "PROBABILITY", value_parser = probability)]
    min_confidence: Option<f32>,
}

impl Confidence {
    /// The probability that is asked for.
    pub fn least(&self) -> Option<f32> {
        self.min_confidence
    }

    pub fn apply(&self, lexicon: Lexicon) -> Lexicon {
        match self.min_confidence {
            Some(least) => lexicon.with_least_confidence(least),
            None => lexicon,
        }
    }
}

fn probability(text: &str) -> Result<f32, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "not a number from 0 to 1".to_owned())
}
