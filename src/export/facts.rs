//! Facts: one JSON object a line for each fact, in the order of documents and of their texts.

use std::io;

use crate::graph::Graph;

pub(super) fn write(graph: &Graph, writer: &mut dyn io::Write) -> io::Result<()> {
    for evidence in graph.all_evidence() {
        serde_json::to_writer(&mut *writer, evidence)?;
        writer.write_all(b"\n")?;
    }
    Ok(())
}
