//! Counts right and wrong choices of the network, by the form of the mention.

use std::collections::{BTreeMap, HashSet};

use tellgraph::entity::coreference::profile::Form;
use tellgraph::entity::coreference::{Choice, Judge};
use tellgraph::mention::MentionId;

use super::corpus::Gold;
use super::learn::by_clusters;

/// Choices of one form: right links, links of what is new, links to something else, links missed, links out of reach.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    right: usize,
    of_new: usize,
    to_other: usize,
    missed: usize,
    out_of_reach: usize,
}

pub struct Tally<'a, J> {
    pub judge: J,
    pub gold: &'a Gold,
    pub counts: &'a mut BTreeMap<(Form, bool), Count>,
    /// Clusters that were met before.
    pub met: HashSet<u32>,
}

impl<J: Judge> Judge for Tally<'_, J> {
    fn choose(&mut self, mention: MentionId, form: Form, choices: &[Choice]) -> usize {
        let chosen = self.judge.choose(mention, form, choices);
        let Gold::Clusters(clusters) = self.gold else { return chosen };
        let right = by_clusters(clusters, mention, choices);
        let is_named = choices[chosen].is_named;
        let count = self.counts.entry((form, is_named)).or_default();
        let was_met = clusters[mention.index()].is_some_and(|cluster| !self.met.insert(cluster));
        match (chosen, right[0], right[chosen]) {
            (1.., _, true) => count.right += 1,
            (1.., true, _) => count.of_new += 1,
            (1.., false, _) => count.to_other += 1,
            (0, false, _) => count.missed += 1,
            (0, true, _) => count.out_of_reach += usize::from(was_met),
        }
        chosen
    }
}
