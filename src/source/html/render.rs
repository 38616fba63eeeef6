//! The visible text of a part of a page.

use dom_query::NodeRef;

/// Elements whose content is not text to read.
const HIDDEN: &[&str] = &[
    "head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "canvas", "audio",
    "video", "select", "textarea", "button", "input",
];

/// Elements that run along in a paragraph; every other one stands apart from what is before and after it.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "img", "ins", "kbd", "label", "mark", "picture", "q", "rp", "rt", "ruby", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// What a page shows, and how large it is.
#[derive(Default)]
pub struct Rendered {
    /// Paragraphs apart by an empty line, cells of a table by a tab, white space otherwise single.
    pub text: String,
    pub elements: usize,
    /// How many elements stand within each other where most do.
    pub deepest: usize,
}

enum Step<'a> {
    Enter(NodeRef<'a>, usize),
    Leave(&'static str),
}

/// Renders a node and all below it; without recursion, for pages may nest without end.
pub fn text(root: &NodeRef) -> Rendered {
    let mut page = Rendered::default();
    let mut steps = vec![Step::Enter(*root, 0)];
    while let Some(step) = steps.pop() {
        match step {
            Step::Leave(mark) => page.end(mark),
            Step::Enter(node, _) if node.is_text() => page.push(&node.text()),
            Step::Enter(node, depth) => {
                page.deepest = page.deepest.max(depth);
                let name = node.node_name();
                let name = name.as_deref().unwrap_or_default();
                if is_hidden(&node, name) {
                    continue;
                }
                page.elements += usize::from(node.is_element());
                let mark = boundary(name);
                page.begin(mark);
                steps.push(Step::Leave(mark));
                steps.extend(node.children_it(true).map(|child| Step::Enter(child, depth + 1)));
            }
        }
    }
    page.text.truncate(page.text.trim_end().len());
    page
}

fn is_hidden(node: &NodeRef, name: &str) -> bool {
    if HIDDEN.contains(&name) || node.is_comment() || node.is_doctype() || node.has_attr("hidden") {
        return true;
    }
    let style = node.attr("style").unwrap_or_default();
    style.contains("display:none")
        || style.contains("display: none")
        || &*node.attr_or("aria-hidden", "") == "true"
}

/// What parts an element from its neighbours.
fn boundary(name: &str) -> &'static str {
    match name {
        "" => "",
        "br" => "\n",
        "td" | "th" => "\t",
        name if INLINE.contains(&name) => "",
        _ => "\n\n",
    }
}

impl Rendered {
    /// Adds text, every stretch of white space as one space.
    fn push(&mut self, text: &str) {
        for piece in text.split_inclusive(char::is_whitespace) {
            let word = piece.trim_end();
            self.text.push_str(word);
            let at_start = self.text.is_empty() || self.text.ends_with([' ', '\n', '\t']);
            if word.len() < piece.len() && !at_start {
                self.text.push(' ');
            }
        }
    }

    fn begin(&mut self, mark: &str) {
        if mark == "\n\n" {
            self.end(mark);
        }
    }

    fn end(&mut self, mark: &str) {
        if mark.is_empty() || self.text.is_empty() {
            return;
        }
        let end = self.text.trim_end_matches(' ').len();
        self.text.truncate(end);
        if mark == "\n\n" {
            self.text.truncate(self.text.trim_end().len());
        }
        if !self.text.ends_with("\n\n") {
            self.text.push_str(mark);
        }
    }
}
