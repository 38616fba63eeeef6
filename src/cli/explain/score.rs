//! What was learned of a property, as it speaks for a fact or against it.

use tellgraph::fact::pair::{Pairs, Scored};
use tellgraph::fact::{self, feature::Eye};
use tellgraph::lexicon::scorer::Feature;
use tellgraph::mention::MentionId;
use tellgraph::ontology::PropertyId;

use super::reading::Reading;

/// The pairs of a text, and how probable it is that a learned property holds between each.
pub struct Scores<'a> {
    reading: &'a Reading<'a>,
    pairs: Pairs<'a, 'a>,
    scored: Vec<Scored>,
}

/// How many features are shown.
pub const STRONGEST: usize = 5;

/// How a property was judged to hold of a pair.
pub struct Score {
    pub object: MentionId,
    pub probability: f32,
    /// The probability from which on it is told.
    pub cut: f32,
    /// What share of the probability the classes at its ends left.
    pub fit: f32,
    /// What spoke for it and against it, the strongest first.
    pub features: String,
}

impl<'a> Scores<'a> {
    pub fn of(reading: &'a Reading<'a>) -> Self {
        let pairs = Pairs::seen_by(Eye::naming(&reading.parsed), &reading.entities);
        let scored = fact::weighed(&pairs, &reading.entities, reading.lexicon);
        Self { reading, pairs, scored }
    }

    /// How properties are judged of pairs of mentions, of those that are wanted.
    pub fn of_pairs(&self, wanted: impl Fn(PropertyId, MentionId, MentionId) -> bool) -> Vec<Score> {
        let scorer = self.reading.lexicon.scorer();
        let mut scores = Vec::new();
        for scored in &self.scored {
            let pair = &self.pairs.pairs[scored.pair];
            let judged = &scorer.judged()[scored.judged];
            let [subject, object] = self.pairs.mentions(pair);
            if wanted(judged.property, subject, object) {
                scores.push(Score {
                    object,
                    probability: scored.probability,
                    cut: self.reading.lexicon.cut(judged),
                    fit: scored.fit,
                    features: self.strongest(scored),
                });
            }
        }
        scores
    }

    fn strongest(&self, scored: &Scored) -> String {
        let scorer = self.reading.lexicon.scorer();
        let pair = &self.pairs.pairs[scored.pair];
        let judged = &scorer.judged()[scored.judged];
        let expects = &judged.expects;
        let sentence = self.pairs.fillers[pair.object].sentence;
        let anchors = self.pairs.label_anchors(expects).swap_remove(sentence.index());
        let known = self.pairs.known_to(&judged.objects);
        let of_label = self.pairs.label_features(expects, pair, &anchors, &known);
        let of_ends = self.pairs.as_subject[pair.subject].iter().chain(&self.pairs.as_object[pair.object]);
        let all = of_ends.chain(&pair.features).chain(&of_label);
        let weighed = |feature: &Feature| (scorer.weight(scored.judged, *feature), *feature);
        let mut weights: Vec<(f32, Feature)> = all.map(weighed).collect();
        weights.sort_by(|one, other| other.0.abs().total_cmp(&one.0.abs()).then(one.1.cmp(&other.1)));
        weights.dedup();
        let named =
            weights.into_iter().filter(|(weight, _)| *weight != 0.0).filter_map(|(weight, feature)| {
                Some(format!("{weight:+.2} {}", self.pairs.eye().name(feature)?))
            });
        let of_reading = (scored.reading < 0.995).then(|| {
            format!("other names that overlap its ends are likelier, which left {:.2}", scored.reading)
        });
        named.take(STRONGEST).chain(of_reading).collect::<Vec<_>>().join("; ")
    }
}
