//! Markdown: the text without its markup.

use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};

use super::{Source, date};

/// Reads a Markdown text: headings, paragraphs, list items and table rows become paragraphs apart; code blocks,
/// pictures and HTML are left out; `title`, `author` and `date` come from the front matter.
pub fn read(id: &str, markdown: &str) -> Source {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut page = Page { source: Source::plain(id, ""), left_out: 0, front_matter: false };
    for event in Parser::new_ext(markdown, options) {
        page.take(event);
    }
    page.source.headed()
}

struct Page {
    source: Source,
    /// How many open elements there are whose text is left out.
    left_out: usize,
    front_matter: bool,
}

impl Page {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(Tag::MetadataBlock(_)) => self.front_matter = true,
            Event::End(TagEnd::MetadataBlock(
                MetadataBlockKind::YamlStyle | MetadataBlockKind::PlusesStyle,
            )) => {
                self.front_matter = false;
            }
            Event::Text(text) if self.front_matter => self.read_front_matter(&text),
            Event::Start(Tag::CodeBlock(_) | Tag::Image { .. } | Tag::HtmlBlock) => self.left_out += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::Image | TagEnd::HtmlBlock) => self.left_out -= 1,
            _ if self.left_out > 0 => {}
            Event::Start(tag) if is_block(&tag.to_end()) => self.end_paragraph(),
            Event::End(TagEnd::TableCell) => self.source.text.push('\t'),
            Event::End(tag) if is_block(&tag) => self.end_paragraph(),
            Event::Rule => self.end_paragraph(),
            Event::Text(text) | Event::Code(text) => self.source.text.push_str(&text),
            Event::SoftBreak => self.source.text.push(' '),
            Event::HardBreak => self.source.text.push('\n'),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let text = &mut self.source.text;
        text.truncate(text.trim_end().len());
        if !text.is_empty() {
            text.push_str("\n\n");
        }
    }

    /// Reads `key: value` (YAML) and `key = value` (TOML) lines; other lines say nothing that is wanted.
    fn read_front_matter(&mut self, text: &str) {
        for line in text.lines() {
            let Some((key, value)) = line.split_once([':', '=']) else { continue };
            let value = value.trim().trim_matches(['"', '\'', '[', ']']).trim();
            if value.is_empty() {
                continue;
            }
            match key.trim() {
                "title" => self.source.title = Some(value.to_owned()),
                "author" => self.source.author = Some(value.to_owned()),
                "date" => self.source.date = date::read(value),
                "url" | "canonical" => self.source.url = Some(value.to_owned()),
                _ => {}
            }
        }
    }
}

/// Whether an element stands apart from what is before and after it.
fn is_block(tag: &TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::TableCell
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        assert_eq!(read("m", markdown).text, expected);
    }

    #[test]
    fn text_without_markup() {
        check("", "");
        check(
            "# The *Quill*\n\nMara **Quill** [sails](http://a.example)\nto `Oslo`.  \nThen home.\n",
            "The Quill\n\nMara Quill sails to Oslo.\nThen home.",
        );
        check("- one\n- two\n  - three\n\n1. four", "one\n\ntwo\n\nthree\n\nfour");
        check(
            "before\n\n```rust\nfn main() {}\n```\n\n    indented\n\nafter ![alt](x.png)!",
            "before\n\nafter !",
        );
        check("> quoted\n\n---\n\n<div>html</div>\n\na<br>b &amp; c", "quoted\n\nab & c");
        check("| Name | Born |\n|---|---|\n| Odo | 1901 |", "Name\tBorn\n\nOdo\t1901");
    }

    #[test]
    fn front_matter() {
        let source = read(
            "m",
            "---\ntitle: \"Odo: A Life\"\nauthor: Mara Quill\ndate: 7 April 2019\ntags: [a]\n---\n\nOdo was born.\n",
        );
        assert_eq!(source.title.as_deref(), Some("Odo: A Life"));
        assert_eq!(source.author.as_deref(), Some("Mara Quill"));
        assert_eq!(source.date.as_deref(), Some("2019-04-07"));
        assert_eq!(source.text, "Odo: A Life\n\nBy Mara Quill\n\nOdo was born.");
        let said = read("m", "---\ntitle: Odo\nauthor: Mara Quill\n---\n# Odo\n\nHe was born.\n");
        assert_eq!(said.text, "Odo\n\nBy Mara Quill\n\nHe was born.");
        let both =
            read("m", "---\ntitle: Odo\nauthor: Mara Quill\n---\n# Odo\n\nBy Mara Quill\n\nHe was born.\n");
        assert_eq!(both.text, "Odo\n\nBy Mara Quill\n\nHe was born.");
    }
}
