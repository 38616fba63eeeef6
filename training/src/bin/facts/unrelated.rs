//! Sentences that say nothing of the relations, made of `training/facts/unrelated.txt`: what the corpus, whose passages
//! were chosen for the relations in them, does not show.

use tellgraph::learn::Random;

use crate::corpus::Passage;

const SENTENCES: &str = include_str!("../../../facts/unrelated.txt");

/// How many passages each line makes, each with names of its own.
const PASSAGES: u64 = 20;

/// What stands for a word in braces. The names are invented, but for the places.
const NAMES: &[(&str, &[&str])] = &[
    ("{person}", PEOPLE),
    ("{organization}", ORGANIZATIONS),
    ("{place}", PLACES),
    ("{year}", &["1968", "1984", "1997", "2003", "2008", "2011", "2014", "2019"]),
];

const PEOPLE: &[&str] = &[
    "Anders Wole",
    "Beth Carraway",
    "Dr. Conrad Pell",
    "Deborah Ashgrove",
    "Emil Torvik",
    "Farid Nassar",
    "Grace Otieno",
    "Harold Finney",
    "Ines Calado",
    "Judge Karen Lowell",
    "Kenji Moriyama",
    "Leon Dratch",
    "Mina Rostami",
    "Nora Whitlock",
    "Pavel Sedlak",
    "Quentin Vale",
    "Rosa Delgado",
    "Sir Owen Tarrant",
    "Tessa Brandt",
    "Victor Hale",
];

const ORGANIZATIONS: &[&str] = &[
    "Arden Motors",
    "Belcourt University",
    "Corvex",
    "the Drayton Museum",
    "Elmsford College",
    "Fenland Rovers",
    "Glasson Bank",
    "the Hartwell Foundation",
    "Ironbridge Steel",
    "the Kelmscott Institute",
    "Larkfield Hospital",
    "Merrow Airlines",
    "the Ministry of Fisheries",
    "Lydgate University",
    "the University of Marle",
    "Northgate Records",
    "Ostrava Energy Group",
    "Penrose Theatre",
    "the Quarry Workers' Union",
    "Radio Zenith",
    "Sandoval Foods Inc.",
    "Stanmore University",
    "the University of Tarland",
    "Umbra Software",
    "the Velden Opera",
    "the Wexley Times",
    "Yarrow Press",
];

const PLACES: &[&str] = &[
    "Athens", "Brazil", "Chicago", "Denmark", "Egypt", "Glasgow", "Hungary", "India", "Kenya", "Lagos",
    "Montreal", "Munich", "Ohio", "Peru", "Seoul", "Texas", "Turin", "Wales",
];

/// The passages, the same each time.
pub fn passages() -> Vec<Passage> {
    let mut random = Random(1);
    let mut passages = Vec::new();
    for (line, sentence) in SENTENCES.lines().enumerate() {
        for copy in 0..PASSAGES {
            let text = filled(sentence, &mut random);
            passages.push(Passage::plain(format!("unrelated-{line}-{copy}"), text));
        }
    }
    passages
}

fn filled(sentence: &str, random: &mut Random) -> String {
    let mut text = sentence.to_owned();
    for (kind, names) in NAMES {
        let mut order: Vec<&str> = names.to_vec();
        random.shuffle(&mut order);
        order.iter().for_each(|name| text = text.replacen(kind, name, 1));
    }
    let first = text.chars().next().map_or(0, char::len_utf8);
    text[..first].to_uppercase() + &text[first..]
}
