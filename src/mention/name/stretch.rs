//! Stretches of a sentence that belong together: capitalized words, what quotation marks bound, lists.

use super::look::{Case, Look};

/// From the first token to the one after the last; empty where there is none.
pub type Stretch = (u16, u16);

/// For each token, the loose stretches that only commas, brackets, years and "and" part from the one around it.
pub fn lists(looks: &[Look]) -> Vec<Stretch> {
    let loose = runs(looks, true);
    let mut lists = vec![(0, 0); looks.len()];
    let mut start = 0;
    while start < looks.len() {
        if loose[start].0 == loose[start].1 {
            start += 1;
            continue;
        }
        let mut end = usize::from(loose[start].1).max(start + 1);
        loop {
            let gap = looks[end..].iter().take(5).take_while(|look| {
                look.joins || look.opens_quote || look.closes_quote || look.case == Case::Digit
            });
            let next = end + gap.count();
            if next == end || next >= looks.len() || loose[next].0 == loose[next].1 {
                break;
            }
            end = usize::from(loose[next].1).max(next + 1);
        }
        lists[start..end].fill((start as u16, end as u16));
        start = end;
    }
    lists
}

/// For each token, the stretch of capitalized tokens around it; loose ones hold the words that link such, too.
pub fn runs(looks: &[Look], loose: bool) -> Vec<Stretch> {
    let mut runs = vec![(0, 0); looks.len()];
    let joins = |look: &Look| look.is_capitalized() || look.case == Case::Digit && loose;
    let mut start = 0;
    while start < looks.len() {
        if !joins(&looks[start]) {
            start += 1;
            continue;
        }
        let mut end = start + 1;
        loop {
            let links =
                if loose { looks[end..].iter().take(3).take_while(|look| look.links).count() } else { 0 };
            if looks.get(end + links).is_some_and(&joins) {
                end += links + 1;
            } else {
                break;
            }
        }
        let limit = u16::MAX as usize;
        runs[start..end].fill((start.min(limit) as u16, end.min(limit) as u16));
        if end > limit {
            runs[start..end].fill((0, 0));
        }
        start = end;
    }
    runs
}

/// For each token, the stretch between quotation marks around it, of at most twelve tokens.
pub fn quotes(looks: &[Look]) -> Vec<Stretch> {
    let mut quotes = vec![(0, 0); looks.len()];
    let mut open = 0;
    while open < looks.len() {
        if looks[open].opens_quote {
            let inside = open + 1;
            let length = looks[inside..].iter().take(13).position(|look| look.closes_quote);
            if let Some(length) =
                length.filter(|length| *length > 0 && inside + length < usize::from(u16::MAX))
            {
                quotes[inside..inside + length].fill((inside as u16, (inside + length) as u16));
                open = inside + length;
            }
        }
        open += 1;
    }
    quotes
}

/// The parts of a list that commas, brackets and "and" bound.
pub fn members(looks: &[Look], (start, end): Stretch) -> Vec<(usize, usize)> {
    let parts = |i: usize| {
        looks[i].joins || looks[i].opens_quote || looks[i].closes_quote || looks[i].case == Case::Digit
    };
    let (mut members, mut i) = (Vec::new(), usize::from(start));
    while i < usize::from(end) {
        let length = (i..usize::from(end)).take_while(|j| !parts(*j)).count();
        if length > 0 {
            members.push((i, i + length));
        }
        i += length + 1;
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&[&str]]) {
        let words: Vec<&str> = text.split(' ').collect();
        let looks: Vec<Look> = words.iter().map(|word| Look::new(word)).collect();
        let mut found = lists(&looks);
        found.dedup();
        let parts = |list: &Stretch| {
            members(&looks, *list).into_iter().map(|(start, end)| words[start..end].join(" ")).collect()
        };
        let found: Vec<Vec<String>> = found.iter().filter(|list| list.0 < list.1).map(parts).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn commas_brackets_years_and_and_hold_lists_together() {
        check("bands such as Odo , Night on Earth ( 1999 ) and Kelp", &[&["Odo", "Night on Earth", "Kelp"]]);
        check("Ann Holt met Bo and Cy in spring", &[&["Ann Holt"], &["Bo", "Cy"]]);
        check("nothing , and nobody", &[]);
    }
}
