#!/usr/bin/env python3
"""Opens the pages that `tellgraph extract --to html` writes in a real Chromium and uses them as a person would.

    python3 tests/real/page.py target/release/tellgraph target/tmp/hostile.html story.txt ...

Each text becomes a page, which is opened from its file with the network off: a click on a line or a row must light up
its sentence, search and filters must leave in the table what they should, and the page must log no error. The first page
is of hostile names (`cargo test hostile` writes it): no script may run from a name, and each name must be shown as it is.
Pictures of the pages, and of the same texts as SVG, are left in --pictures FOLDER. Chromium is Debian's package
`chromium`. The last line says how many checks passed; the exit code is 0 if all did.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from reparse import Tally

SIZE = {"width": 1400, "height": 900}
# Where a page keeps its graph (cytoscape's own registry).
GRAPH = "document.getElementById('graph')._cyreg.cy"
# The middle of the line of a fact, on the screen.
MIDDLE = """fact => {
    const line = %s.getElementById('f' + fact);
    const box = document.getElementById('graph').getBoundingClientRect();
    const middle = line.renderedMidpoint();
    return { x: box.x + middle.x, y: box.y + middle.y };
}""" % GRAPH


def extract(tellgraph, article, path):
    subprocess.run([tellgraph, "extract", "--quiet", str(article), "-o", str(path)], check=True)


class Reader:
    """A person at a page."""

    def __init__(self, browser, path, dark=False):
        self.errors = []
        context = browser.new_context(viewport=SIZE, offline=True, color_scheme="dark" if dark else "light")
        self.page = context.new_page()
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("console", lambda line: line.type in ("error", "warning") and self.errors.append(line.text))
        self.page.on("dialog", lambda dialog: (self.errors.append("a dialog: " + dialog.message), dialog.dismiss()))
        self.page.on("request", lambda request: request.url.startswith("file:") or self.errors.append(request.url))
        self.page.goto(path.resolve().as_uri())
        self.page.wait_for_function("document.getElementById('count').textContent !== ''")
        self.data = json.loads(self.page.text_content("#data"))

    def lit(self):
        """The text that is lit up, and what is marked in it."""
        return "".join(self.page.locator("#text .lit").all_text_contents())

    def rows(self):
        """Subject, property and object of each row that shows."""
        rows = self.page.locator("#facts tr:visible")
        return rows.evaluate_all("rows => rows.map(row => [...row.cells].slice(0, 3).map(cell => cell.textContent))")

    def close(self):
        self.page.context.close()


def sentence(data, place):
    text = data["documents"][place["document"]]["text"]
    return text[place["sentence"][0] : place["sentence"][1]]


def name(data, fact):
    return fact["value"] if "object" not in fact else data["nodes"][fact["object"]]["label"]


def row_of(data, fact):
    return [data["nodes"][fact["subject"]]["label"], data["properties"][fact["property"]]["label"], name(data, fact)]


def check_clicks(tally, reader, title):
    """A click on each line, row and dotted sentence lights up what says so."""
    data, page = reader.data, reader.page
    for number, fact in enumerate(data["facts"]):
        if "object" in fact and fact["places"]:
            middle = page.evaluate(MIDDLE, number)
            page.mouse.click(middle["x"], middle["y"])
            wanted = sentence(data, fact["places"][0])
            tally.check(reader.lit() == wanted, f"{title}: line {number} lights up {reader.lit()!r}, not {wanted!r}")
            chosen = page.locator("#facts tr[aria-selected=true]")
            found = [cell.text_content() for cell in chosen.locator("td").all()[:3]]
            tally.check(found == row_of(data, fact), f"{title}: line {number} chooses the row {found}")
    for row in page.locator("#facts tr").all():
        row.click()
        found = [cell.text_content() for cell in row.locator("td").all()[:3]]
        fact = next(fact for fact in data["facts"] if row_of(data, fact) == found)
        wanted = sentence(data, fact["places"][0]) if fact["places"] else ""
        tally.check(reader.lit() == wanted, f"{title}: row {found} lights up {reader.lit()!r}, not {wanted!r}")
        if fact["places"]:
            marked = " ".join(page.locator("#text mark").all_text_contents())
            tally.check(marked, f"{title}: row {found} marks nothing")
    said = page.locator("#text .said").first
    if said.count():
        said.click()
        tally.check(reader.lit() != "", f"{title}: a dotted sentence does not light up")
    page.keyboard.press("Escape")
    tally.check(reader.lit() == "", f"{title}: Escape leaves something lit up")


def check_filters(tally, reader, title):
    """Search, classes, properties and confidence leave what they should."""
    data, page = reader.data, reader.page
    facts = data["facts"]
    every = sorted(row_of(data, fact) for fact in facts)
    tally.check(sorted(reader.rows()) == every, f"{title}: the table does not begin with all facts")
    if not facts:
        return
    word = data["nodes"][facts[-1]["subject"]]["label"]
    page.fill("#search", word.upper())
    found = reader.rows()
    tally.check(found and all(any(word in cell for cell in row) for row in found) or len(found) < len(every),
                f"{title}: a search for {word} leaves {found}")
    tally.check(row_of(data, facts[-1]) in found, f"{title}: a search for {word} does not find it")
    page.fill("#search", "nobody is called so")
    tally.check(reader.rows() == [], f"{title}: a search for nobody finds somebody")
    page.click("#reset")
    for menu, key, kinds in [("#properties", "property", "properties")]:
        page.click(f"details:has({menu}) summary")
        page.locator(f"{menu} input").first.uncheck()
        wanted = sorted(row_of(data, fact) for fact in facts if fact[key] != 0)
        tally.check(sorted(reader.rows()) == wanted, f"{title}: without the first of {kinds} other rows are left")
        page.keyboard.press("Escape")
        page.click("#reset")
    page.click("details:has(#classes) summary")
    page.locator("#classes input").first.uncheck()
    shown = [node["class"] != 0 for node in data["nodes"]]
    ends = lambda fact: [fact["subject"]] + ([fact["object"]] if "object" in fact else [])
    wanted = sorted(row_of(data, fact) for fact in facts if all(shown[end] for end in ends(fact)))
    tally.check(sorted(reader.rows()) == wanted, f"{title}: without the first class other rows are left")
    # The graph takes its new looks with the next frame.
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    visible = page.evaluate(f"{GRAPH}.nodes(':visible').length")
    tally.check(visible == sum(shown), f"{title}: without the first class {visible} of {sum(shown)} boxes are left")
    page.keyboard.press("Escape")
    page.click("#reset")
    surest = max(fact["confidence"] or 0 for fact in facts)
    page.evaluate("least => { const it = document.getElementById('least'); it.value = least; it.dispatchEvent(new Event('input')); }", surest)
    least = float(page.input_value("#least"))
    wanted = sorted(row_of(data, fact) for fact in facts if fact["confidence"] is None or fact["confidence"] >= least)
    tally.check(sorted(reader.rows()) == wanted, f"{title}: facts that are {least} sure are others")
    page.click("#reset")
    tally.check(sorted(reader.rows()) == every, f"{title}: not all facts are back")


def check_keyboard(tally, reader, title):
    page = reader.page
    if not reader.data["facts"]:
        return
    page.keyboard.press("/")
    tally.check(page.evaluate("document.activeElement.id") == "search", f"{title}: / does not go to the search")
    page.locator("#facts tr[tabindex='0']").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    rows = page.locator("#facts tr")
    second = min(1, rows.count() - 1)
    tally.check(rows.nth(second).get_attribute("aria-selected") == "true", f"{title}: keys do not choose a row")
    page.keyboard.press("Escape")


def check_drag(tally, reader, title):
    """A box goes where it is dragged, and its lines with it."""
    page = reader.page
    place = f"(() => {{ const p = {GRAPH}.nodes()[0].renderedPosition(); const b = document.getElementById('graph').getBoundingClientRect(); return [b.x + p.x, b.y + p.y]; }})()"
    x, y = page.evaluate(place)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y + 20, steps=4)
    page.mouse.up()
    after = page.evaluate(place)
    moved = (round(after[0] - x), round(after[1] - y))
    tally.check(moved == (30, 20), f"{title}: a box dragged by 30, 20 went by {moved}")


def check_page(tally, browser, path, pictures):
    title = path.stem
    reader = Reader(browser, path)
    reader.page.screenshot(path=pictures / f"{title}.page.png")
    check_filters(tally, reader, title)
    check_keyboard(tally, reader, title)
    check_clicks(tally, reader, title)
    lines = [number for number, fact in enumerate(reader.data["facts"]) if "object" in fact]
    if lines:
        reader.page.locator("#facts tr").nth(min(3, len(reader.data["facts"]) - 1)).click()
        reader.page.screenshot(path=pictures / f"{title}.chosen.png")
        check_drag(tally, reader, title)
    tally.check(not reader.errors, f"{title}: the page says {reader.errors}")
    reader.close()
    dark = Reader(browser, path, dark=True)
    dark.page.locator("#facts tr").first.click() if dark.data["facts"] else None
    dark.page.screenshot(path=pictures / f"{title}.dark.png")
    tally.check(not dark.errors, f"{title}: the dark page says {dark.errors}")
    dark.close()


def check_hostile(tally, browser, path, pictures):
    """Names made to break out: nothing may run, and each is shown as it is."""
    reader = Reader(browser, path)
    names = [node["label"] for node in reader.data["nodes"]]
    tally.check(any("<script>" in name for name in names), "the hostile page has no hostile name")
    for row in reader.page.locator("#facts tr").all():
        row.click()
    shown = {cell for row in reader.rows() for cell in row}
    for fact in reader.data["facts"]:
        tally.check(set(row_of(reader.data, fact)) <= shown, f"hostile: {row_of(reader.data, fact)!r} is not shown")
    for number, name in enumerate(names):
        reader.page.evaluate(f"() => {{ {GRAPH}.getElementById('n{number}').emit('tap'); }}")
        heading = reader.page.text_content("#about h2")
        tally.check(heading == name, f"hostile: {name[:80]!r} is shown as {heading[:80]!r}")
    tally.check(reader.page.evaluate("window.pwned") is None, "hostile: a script ran from a name")
    links = reader.page.locator("a[href]").evaluate_all("links => links.map(link => link.href)")
    tally.check(all(link.startswith(("http:", "https:")) for link in links), f"hostile: links {links}")
    scripts = reader.page.locator("script, img, iframe").count()
    tally.check(scripts == 3, f"hostile: {scripts} scripts and frames")
    tally.check(not reader.errors, f"hostile: the page says {reader.errors}")
    reader.page.screenshot(path=pictures / "hostile.page.png")
    reader.close()


def check_svg(tally, browser, path, picture):
    """The SVG by itself: nothing runs, and no text is wider than its box."""
    page = browser.new_page(viewport=SIZE)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(path.resolve().as_uri())
    wide = page.evaluate("""() => [...document.querySelectorAll('.node, .label')].filter(group => {
        const box = group.querySelector('rect, polygon').getBBox();
        return [...group.querySelectorAll('text')].some(text => text.getBBox().width > box.width + 1);
    }).map(group => group.textContent)""")
    tally.check(not wide, f"{path.name}: wider than their boxes: {wide[:3]}")
    tally.check(page.evaluate("window.pwned") is None and not errors, f"{path.name}: a script ran: {errors}")
    size = page.evaluate("(({width, height}) => ({width: Math.ceil(width), height: Math.ceil(height)}))(document.documentElement.viewBox.baseVal)")
    page.set_viewport_size({key: min(value, 4000) for key, value in size.items()})
    page.screenshot(path=picture)
    page.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("tellgraph", help="the program")
    parser.add_argument("hostile", type=Path, help="a page of hostile names, an SVG file of the same name beside it")
    parser.add_argument("articles", type=Path, nargs="+", help="texts")
    parser.add_argument("--pictures", type=Path, help="a folder for pictures of the pages")
    arguments = parser.parse_args()
    tally = Tally()
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        pictures = arguments.pictures or folder / "pictures"
        pictures.mkdir(parents=True, exist_ok=True)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        check_hostile(tally, browser, arguments.hostile, pictures)
        check_svg(tally, browser, arguments.hostile.with_suffix(".svg"), pictures / "hostile.svg.png")
        for article in arguments.articles:
            for ending in ["html", "svg"]:
                extract(arguments.tellgraph, article, folder / f"{article.stem}.{ending}")
            check_page(tally, browser, folder / f"{article.stem}.html", pictures)
            check_svg(tally, browser, folder / f"{article.stem}.svg", pictures / f"{article.stem}.svg.png")
        browser.close()
    print(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main())
