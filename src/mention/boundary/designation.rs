//! Designation: numbers and letters that are part of a name: "Comet RS-3", "Finch 164", "Launch Pad 0", "1. FC Elm".

use super::{Around, is_capitalized};
use crate::document::{TokenId, TokenRange};
use crate::lexicon::gazetteer;
use crate::mention::name::{Name, NameClass};
use crate::syntax::{Deprel, Xpos};

/// Last words of places that have numbers.
const NUMBERED: &[&str] = &[
    "airfield",
    "area",
    "autobahn",
    "base",
    "block",
    "complex",
    "dock",
    "gate",
    "highway",
    "interstate",
    "line",
    "pad",
    "pier",
    "platform",
    "road",
    "route",
    "runway",
    "sector",
    "stage",
    "station",
    "studio",
    "terminal",
    "zone",
];

/// What clubs are called that have the year of their founding in their names.
const CLUBS: &[&str] = &[
    "FC", "F.C.", "AC", "A.C.", "AS", "A.S.", "SC", "S.C.", "SV", "BK", "IF", "SK", "US", "U.S.", "TSV",
    "VfL",
];

/// Last words of streets, whose buildings are called by their numbers.
const STREETS: &[&str] = &[
    "Avenue",
    "Boulevard",
    "Crescent",
    "Drive",
    "Lane",
    "Parkway",
    "Plaza",
    "Quay",
    "Road",
    "Row",
    "Square",
    "Street",
    "Terrace",
    "Wharf",
];

impl Around<'_, '_> {
    /// "Comet RS-3 Falcon", "Finch 164": what tells one of a kind from the others.
    pub(super) fn to_designation(&self, name: &Name) -> Option<Name> {
        // "Elmer SC 08" and "Comet 5" are no persons.
        let first = self.parsed.text(name.tokens.start);
        // Points make initials of "A.S." as well.
        let begins_as_club = CLUBS.contains(&first) && !first.contains('.');
        let is_club = name.tokens.len() > 1 && (CLUBS.contains(&self.last_word(name)) || begins_as_club);
        let class = match name.class {
            NameClass::Person if is_club => NameClass::SportsTeam,
            NameClass::Person if self.is_model(name) => NameClass::Other,
            NameClass::Person => return None,
            class => class,
        };
        let name = &Name { class, ..*name };
        let hyphenated = self.past_hyphens(name);
        let longer = self.past_number(&hyphenated).unwrap_or(hyphenated);
        (longer != *name).then(|| self.past_name(&longer))
    }

    /// Whether one word, taken for a person's name, has an article and a number: "the Comet 5", but "Ida 34 was born".
    fn is_model(&self, name: &Name) -> bool {
        let number = name.tokens.end;
        let is_one = name.tokens.len() == 1 && is_digits(self.after(name, 0));
        let is_flat = || {
            let word = self.parsed.word(number);
            word.deprel == Deprel::Flat && word.head == Some(name.tokens.start)
        };
        is_one && is_flat() && self.before(name, 1).eq_ignore_ascii_case("the")
    }

    /// "Comet X-1", "Lumen TRS-80"
    fn past_hyphens(&self, name: &Name) -> Name {
        let mut longer = *name;
        while self.is_joined(longer.tokens.end.0 - 1)
            && self.after(&longer, 0) == "-"
            && self.is_joined(longer.tokens.end.0)
            && self.class_after(&longer, 1).is_none()
            && self.last_word(&longer).contains(char::is_alphabetic)
            && is_code(self.after(&longer, 1))
        {
            longer.tokens.end.0 += 2;
        }
        longer
    }

    /// "Finch 164", "Elm Route 83", "Elm F.C. 1908"
    fn past_number(&self, name: &Name) -> Option<Name> {
        let number = name.tokens.end;
        let text = self.after(name, 0);
        let last = self.last_word(name).to_lowercase();
        let is_place = name.class == NameClass::Place;
        let is_club = || self.words(name).iter().any(|word| CLUBS.contains(word));
        let fits = is_model_number(text) && (!is_place || NUMBERED.contains(&last.as_str()));
        // In "Elm 3 Birch 1" it is a score.
        let is_score = is_capitalized(self.after(name, 1)) && self.class_after(name, 1).is_some();
        if !fits || (is_year(text) && !is_club()) || is_score || self.is_joined(number.0 - 1) {
            return None;
        }
        let (word, head) = (self.parsed.word(number), self.parsed.head_of(name.tokens));
        let belongs = is_place || word.head == Some(head) || self.parsed.word(head).head == Some(number);
        let next = self.within(name, TokenId(number.0 + 1));
        let counts = matches!(next, "%" | "million" | "billion" | "percent" | ":")
            || self
                .parsed
                .children(number)
                .any(|child| child > number && self.parsed.word(child).xpos == Xpos::Nns);
        (belongs && !counts).then(|| self.extended(name, 1, name.class))
    }

    /// "Lumen F-16 Night Falcon" is one name.
    fn past_name(&self, name: &Name) -> Name {
        let follows = |token: &u32| {
            let class = self.class_at.get(*token as usize).copied().flatten();
            class.is_some_and(|class| {
                matches!(class.coarse(), NameClass::Other | NameClass::Organization | NameClass::Work)
            })
        };
        let sentence = self.parsed.sentence_around(name.tokens.start);
        let length = (name.tokens.end.0..sentence.end.0).take_while(follows).count() as u32;
        self.extended(name, length, name.class)
    }

    /// "12 Elm Street" is a house, and not its street; "320 Elm Tower" is called by its number.
    pub(super) fn to_house(&self, name: &Name) -> Option<Name> {
        let number = self.before(name, 1);
        let is_number = number.len() <= 4 && is_digits(number);
        let is_whole = name.class != NameClass::Person && name.tokens.len() > 1;
        let is_house = || STREETS.contains(&self.last_word(name)) || self.is_called_by_its_number(name);
        // "In 1990 Elm Street" it is a year, and in "12 Elm Street shops" it counts shops.
        let is_date = is_year(number) && self.before(name, 2) != "at";
        let belongs = || {
            let head = self.parsed.word(TokenId(name.tokens.start.0 - 1)).head;
            head.is_some_and(|head| name.tokens.contains(head))
        };
        let fits = is_number && is_whole && !is_date && belongs() && is_house();
        fits.then(|| Name { class: NameClass::Place, ..begun_earlier(name, 1) })
    }

    /// Whether the number before a name would count what there is only one of: "320 Elm Tower", but not "3 Grand Slams"; in
    /// "At 9 Elm Tower opened" it is a time, and in a list or headline the number of the item.
    fn is_called_by_its_number(&self, name: &Name) -> bool {
        let number = TokenId(name.tokens.start.0 - 1);
        let head = self.parsed.head_of(name.tokens);
        let word = self.parsed.word(number);
        let before = self.before(name, 2);
        let is_place = name.class == NameClass::Place && {
            let document = self.parsed.document();
            gazetteer::place(document.slice(document.span(name.tokens))).is_none()
        };
        let says = self.parsed.word(head).head.is_some() && !self.is_headline(name);
        let is_long = self.before(name, 1).len() > 1;
        is_place
            && is_long
            && says
            && word.deprel == Deprel::Nummod
            && word.head == Some(head)
            && self.parsed.word(head).xpos == Xpos::Nnp
            && (before.is_empty() || matches!(before, "the" | "The"))
    }

    /// "1. FC Elm" begins with its number.
    pub(super) fn to_first_number(&self, name: &Name) -> Option<Name> {
        let is_club = name.tokens.len() > 1 && CLUBS.contains(&self.parsed.text(name.tokens.start));
        let count = match (self.before(name, 2), self.before(name, 1)) {
            (_, "1.") => 1,
            ("1", ".") => 2,
            _ => return None,
        };
        is_club.then(|| begun_earlier(name, count))
    }
}

/// A name with so many tokens more before it.
fn begun_earlier(name: &Name, count: u32) -> Name {
    let tokens = TokenRange { start: TokenId(name.tokens.start.0 - count), ..name.tokens };
    Name { tokens, ..*name }
}

/// "3", "16C", "X", "ROM": after a hyphen.
fn is_code(text: &str) -> bool {
    let short = (1..=5).contains(&text.chars().count());
    short && !is_year(text) && text.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
}

/// "64", "V8", "4.0", "A320", and no more than four digits.
fn is_model_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let others = text.chars().filter(|c| !c.is_ascii_digit());
    (1..=4).contains(&digits)
        && text.chars().count() <= 6
        && others.clone().count() <= 2
        && others.into_iter().all(|c| c.is_ascii_uppercase() || c == '.')
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse().is_ok_and(|year: u32| (1000..2100).contains(&year))
}
