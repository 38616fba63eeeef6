//! The one test binary.

mod smoke {
    #[test]
    fn nothing_in_gives_nothing_out() {
        let graph = tellgraph::extract(&tellgraph::Source::plain("empty", ""), &tellgraph::Lexicon::core());
        assert!(
            tellgraph::export::to_string(
                &graph,
                tellgraph::Lexicon::core().ontology(),
                tellgraph::Format::Facts
            )
            .is_empty()
        );
    }
}
