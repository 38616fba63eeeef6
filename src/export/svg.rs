//! SVG: the graph as a picture that any browser shows (<https://www.w3.org/TR/SVG2/>), laid out by ourselves.
//!
//! Nodes and labels are links to what they show, and tell in their tooltips which sentences say so.

use std::io;

use super::drawing::layout::rows;
use super::drawing::layout::{self, Frame, Layout, Point, Size, curve, width};
use super::drawing::style::{Shape, Style};
use super::drawing::{Drawing, Edge, Node, is_web_address};
use super::xml::Escaped;

/// The room around the picture, and between it and its legend.
const MARGIN: f64 = 24.0;
/// The side of the coloured field beside a class of the legend.
const FIELD: f64 = 14.0;
/// How much of a corner is cut or folded, in a box that is large enough.
const CORNER: f64 = 8.0;

const STYLE: &str = "
text { font-family: Helvetica, Arial, 'Liberation Sans', sans-serif; fill: #1f2933; text-anchor: middle }
a { text-decoration: none }
.name { font-size: 13px; font-weight: bold }
.value { font-size: 11px }
.edge path { fill: none; stroke: #8794a3; stroke-width: 1.2 }
.label rect { fill: #ffffff; fill-opacity: 0.86 }
.label text { font-size: 11px; fill: #44515f }
.legend text { font-size: 12px; text-anchor: start; fill: #44515f }
.outline { stroke-width: 1.3 }
a:hover .outline { stroke-width: 2.4 }
a:hover text { text-decoration: underline }
";

pub(super) fn write(drawing: &Drawing, writer: &mut dyn io::Write) -> io::Result<()> {
    let layout = layout::of(drawing);
    let legend = Legend::of(drawing, layout.size.width);
    let gap = if drawing.nodes.is_empty() { 0.0 } else { MARGIN };
    let width = layout.size.width.max(legend.size.width) + 2.0 * MARGIN;
    let height = layout.size.height + gap + legend.size.height + 2.0 * MARGIN;
    writeln!(
        writer,
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0}" height="{height:.0}" viewBox="0 0 {width:.0} {height:.0}">"#
    )?;
    writeln!(writer, "<style>{STYLE}</style>")?;
    writer.write_all(
        br##"<marker id="head" viewBox="0 0 10 8" refX="10.5" refY="4" markerWidth="10" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0,0 L10,4 L0,8 L2.5,4 Z" fill="#8794a3"/></marker>
"##,
    )?;
    writeln!(writer, r##"<rect width="100%" height="100%" fill="#ffffff"/>"##)?;
    writeln!(writer, r#"<g transform="translate({MARGIN},{MARGIN})">"#)?;
    for (edge, label) in drawing.edges.iter().zip(&layout.labels) {
        write_line(edge, *label, drawing, &layout, writer)?;
    }
    for (edge, label) in drawing.edges.iter().zip(&layout.labels) {
        write_label(edge, *label, drawing, writer)?;
    }
    for (node, frame) in drawing.nodes.iter().zip(&layout.nodes) {
        write_node(node, *frame, writer)?;
    }
    legend.write(layout.size.height + gap, writer)?;
    writer.write_all(b"</g>\n</svg>\n")
}

/// The line of an edge, from box to box.
fn write_line(
    edge: &Edge,
    label: Frame,
    drawing: &Drawing,
    layout: &Layout,
    writer: &mut dyn io::Write,
) -> io::Result<()> {
    let (one, other) = (layout.nodes[edge.subject], layout.nodes[edge.object]);
    let curve = curve::between(one, label, other);
    let (start, control, end) = (at(curve.start), at(curve.control), at(curve.end));
    let head = if edge.symmetric { "" } else { r#" marker-end="url(#head)""# };
    let tooltip = Escaped(&edge.tooltip(&drawing.nodes)).to_string();
    writeln!(
        writer,
        r#"<g class="edge"><title>{tooltip}</title><path d="M{start} Q{control} {end}"{head}/></g>"#
    )
}

fn write_label(edge: &Edge, frame: Frame, drawing: &Drawing, writer: &mut dyn io::Write) -> io::Result<()> {
    let Frame { centre, size } = frame;
    let tooltip = edge.tooltip(&drawing.nodes);
    let inside = format!(
        r#"<g class="label"><title>{}</title><rect x="{:.1}" y="{:.1}" width="{:.1}" height="{:.1}" rx="3"/><text x="{:.1}" y="{:.1}">{}</text></g>"#,
        Escaped(&tooltip),
        centre.x - size.width / 2.0,
        centre.y - size.height / 2.0,
        size.width,
        size.height,
        centre.x,
        baseline(centre.y, layout::LABEL_SIZE),
        Escaped(&edge.property.label),
    );
    writeln!(writer, "{}", linked(&edge.property.iri, inside))
}

fn write_node(node: &Node, frame: Frame, writer: &mut dyn io::Write) -> io::Result<()> {
    let mut inside = format!(r#"<g class="node"><title>{}</title>"#, Escaped(&node.tooltip()));
    inside.push_str(&outline(node.style, frame));
    let mut lines = Vec::new();
    for (at, text) in node.lines().iter().enumerate() {
        let (kind, size) = if at == 0 { ("name", layout::NAME_SIZE) } else { ("value", layout::VALUE_SIZE) };
        lines.extend(text.lines().map(|line| (kind, size, line.to_owned())));
    }
    let height: f64 = lines.iter().map(|(_, size, _)| size * layout::LINE_HEIGHT).sum();
    let mut top = frame.centre.y - height / 2.0;
    for (kind, size, line) in &lines {
        let middle = top + size * layout::LINE_HEIGHT / 2.0;
        top += size * layout::LINE_HEIGHT;
        let (x, y) = (frame.centre.x, baseline(middle, *size));
        inside.push_str(&format!(r#"<text class="{kind}" x="{x:.1}" y="{y:.1}">{}</text>"#, Escaped(line)));
    }
    inside.push_str("</g>");
    writeln!(writer, "{}", linked(node.thing.iri.as_str(), inside))
}

/// Where letters of a size stand if their middle is to be at a height.
fn baseline(middle: f64, size: f64) -> f64 {
    middle + size * 0.35
}

fn linked(iri: &str, inside: String) -> String {
    if is_web_address(iri) { format!(r#"<a href="{}">{inside}</a>"#, Escaped(iri)) } else { inside }
}

fn at(point: Point) -> String {
    format!("{:.1},{:.1}", point.x, point.y)
}

/// The shape of a class around a box.
fn outline(style: Style, frame: Frame) -> String {
    let Size { width, height } = frame.size;
    let (left, top) = (frame.centre.x - width / 2.0, frame.centre.y - height / 2.0);
    let colours = format!(r#"class="outline" fill="{}" stroke="{}""#, style.fill, style.line);
    let radius = match style.shape {
        Shape::Rounded => Some((height / 2.0).min(14.0)),
        Shape::Box => Some(1.5),
        Shape::Tab => Some(5.0),
        _ => None,
    };
    if let Some(radius) = radius {
        return format!(
            r#"<rect {colours} x="{left:.1}" y="{top:.1}" width="{width:.1}" height="{height:.1}" rx="{radius:.1}"/>"#
        );
    }
    let corner = |(x, y): &(f64, f64)| at(Point { x: left + x, y: top + y });
    let path = |corners: &[(f64, f64)]| corners.iter().map(corner).collect::<Vec<_>>().join(" ");
    let c = CORNER.min(height / 4.0);
    let (corners, fold) = match style.shape {
        Shape::Octagon => (
            vec![
                (c, 0.0),
                (width - c, 0.0),
                (width, c),
                (width, height - c),
                (width - c, height),
                (c, height),
                (0.0, height - c),
                (0.0, c),
            ],
            None,
        ),
        Shape::Hexagon => {
            let (middle, tip) = (height / 2.0, 1.5 * c);
            let upper = [(0.0, middle), (tip, 0.0), (width - tip, 0.0)];
            let lower = [(width, middle), (width - tip, height), (tip, height)];
            ([upper, lower].concat(), None)
        }
        Shape::Tag => {
            let tip = width - 1.5 * c;
            (vec![(0.0, 0.0), (tip, 0.0), (width, height / 2.0), (tip, height), (0.0, height)], None)
        }
        _ => {
            let fold = [(width - c, 0.0), (width - c, c), (width, c)];
            let page = vec![(0.0, 0.0), (width - c, 0.0), (width, c), (width, height), (0.0, height)];
            (page, Some(fold))
        }
    };
    let fold = fold
        .map(|fold| format!(r#"<polyline fill="none" stroke="{}" points="{}"/>"#, style.line, path(&fold)));
    format!(r#"<polygon {colours} points="{}"/>{}"#, path(&corners), fold.unwrap_or_default())
}

/// What the colours mean, in rows below the picture.
struct Legend<'d> {
    entries: Vec<(&'d str, Style, Point, Size)>,
    size: Size,
}

impl<'d> Legend<'d> {
    fn of(drawing: &'d Drawing, width: f64) -> Self {
        let classes = drawing.legend();
        let size = |label: &str| Size { width: FIELD + 6.0 + width::of(label, 12.0), height: 18.0 };
        let sizes: Vec<Size> = classes.iter().map(|(class, _)| size(&class.label)).collect();
        let (corners, whole) = rows::of(&sizes, width, 16.0);
        let entries = classes.into_iter().zip(corners).zip(sizes);
        let entries =
            entries.map(|(((class, style), corner), size)| (class.label.as_str(), style, corner, size));
        Self { entries: entries.collect(), size: whole }
    }

    fn write(&self, top: f64, writer: &mut dyn io::Write) -> io::Result<()> {
        for (label, style, corner, size) in &self.entries {
            let middle = top + corner.y + size.height / 2.0;
            let field = Frame {
                centre: Point { x: corner.x + FIELD / 2.0, y: middle },
                size: Size { width: FIELD, height: FIELD },
            };
            writeln!(
                writer,
                r#"<g class="legend">{}<text x="{:.1}" y="{:.1}">{}</text></g>"#,
                outline(*style, field),
                corner.x + FIELD + 6.0,
                baseline(middle, 12.0),
                Escaped(label),
            )?;
        }
        Ok(())
    }
}
