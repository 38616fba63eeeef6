use crate::document::TokenRange;
use crate::syntax::Parsed;
pub enum NameClass {
    Person,
}
impl NameClass {
    pub fn as_str(self: &Self) -> &'static str {
        "Person"
    }
}
pub struct Name {
    pub tokens: TokenRange,
    pub class: NameClass,
    pub confidence: f32,
}
pub fn find(_parsed: &Parsed) -> Vec<Name> {
    Vec::new()
}
