//! Objects: what examples state of each property, and of which things.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::example::Example;
use crate::lexicon::objects::{closedness, normal};

/// For each property its objects: each as it is written first, with the groups of texts that state it.
pub struct Stated {
    objects: Vec<BTreeMap<String, (String, BTreeSet<usize>)>>,
    closedness: Vec<&'static str>,
}

impl Stated {
    pub fn of(examples: &[Example], groups: &[usize], properties: &HashMap<&str, usize>) -> Self {
        let mut objects: Vec<BTreeMap<String, (String, BTreeSet<usize>)>> =
            vec![BTreeMap::new(); properties.len()];
        for (example, group) in examples.iter().zip(groups) {
            for fact in &example.facts {
                // What tells namesakes apart, "(band)", does not stand in texts; numbers and dates are no notions.
                let written = fact.object.text.split(" (").next().unwrap_or_default();
                let words = normal(written);
                let is_word = words.starts_with(char::is_alphabetic);
                if let Some(property) = properties.get(fact.property.as_str()).filter(|_| is_word) {
                    let unseen = || (written.to_owned(), BTreeSet::new());
                    let (_, groups) = objects[*property].entry(words).or_insert_with(unseen);
                    groups.insert(*group);
                }
            }
        }
        let counts = objects.iter().map(|objects| objects.values().map(|(_, groups)| groups.len() as u32));
        let closedness = counts.map(closedness).collect();
        Self { objects, closedness }
    }

    /// A property's objects, as they are written, with the count of the groups that are wanted; those of no group are left out.
    pub fn counts(
        &self,
        property: usize,
        wanted: impl Fn(usize) -> bool,
    ) -> impl Iterator<Item = (String, u32)> {
        self.objects[property].values().filter_map(move |(written, groups)| {
            let count = groups.iter().filter(|group| wanted(**group)).count() as u32;
            (count > 0).then(|| (written.clone(), count))
        })
    }

    /// Of how many groups but one a property's object is stated, by its words as [`normal`] has them.
    pub fn count_without(&self, property: usize, words: &str, group: usize) -> u32 {
        let groups = self.objects[property].get(words).map(|(_, groups)| groups);
        groups.map_or(0, |groups| groups.len() - usize::from(groups.contains(&group))) as u32
    }

    /// Whether anything is known of a property.
    pub fn knows(&self, property: usize) -> bool {
        !self.objects[property].is_empty()
    }

    pub fn closedness(&self, property: usize) -> &'static str {
        self.closedness[property]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_states_is_not_known_to_itself() {
        let example = |light: &str, lamp: &str| {
            let place = |text: &str| super::super::example::Place { text: text.to_owned(), span: None };
            let property = "https://lights.example/lamp".to_owned();
            let fact = super::super::example::Stated { subject: place(light), property, object: place(lamp) };
            Example { text: String::new(), facts: vec![fact] }
        };
        let examples = [("Elm Light", "Arc lamp"), ("Oak Light", "arc lamp"), ("Elm Light", "oil lamp")];
        let examples = examples.map(|(light, lamp)| example(light, lamp));
        let properties = HashMap::from([("https://lights.example/lamp", 0)]);
        let stated = Stated::of(&examples, &[0, 1, 0], &properties);
        let check = |words: &str, group: usize, expected: u32| {
            assert_eq!(stated.count_without(0, words, group), expected, "{words} without {group}");
        };
        check("arclamp", 0, 1);
        check("arclamp", 2, 2);
        check("oillamp", 0, 0);
        check("gaslamp", 0, 0);
        let told: Vec<(String, u32)> = stated.counts(0, |group| group == 0).collect();
        assert_eq!(told, [("Arc lamp".to_owned(), 1), ("oil lamp".to_owned(), 1)]);
    }
}
