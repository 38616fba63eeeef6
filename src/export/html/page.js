
// What the page does. Everything that comes from texts is shown as text, never as markup.
'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const at = (id) => document.getElementById(id);
  const make = (tag, text, className) => {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  };
  const isolated = (tag, text, className) => {
    const element = make(tag, text, className);
    element.dir = 'auto';
    return element;
  };
  const sure = (number) => (number === null ? '' : number.toFixed(2));
  const folded = (text) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

  // What is chosen: a fact or a thing, or nothing; and what is left out.
  const chosen = { fact: null, node: null, place: 0 };
  const hidden = { classes: new Set(), properties: new Set() };
  let least = 0;
  let words = [];

  const nameOf = (fact) => (fact.object === undefined ? fact.value : data.nodes[fact.object].label);
  const propertyOf = (fact) => data.properties[fact.property].label;
  const nodeWords = data.nodes.map((node) => folded([node.label, ...node.names, ...node.classes].join(' ')));
  const factWords = data.facts.map((fact) =>
    [nodeWords[fact.subject], folded(propertyOf(fact)), fact.object === undefined ? folded(fact.value) : nodeWords[fact.object]].join(' '));
  const isShownNode = (index) => !hidden.classes.has(data.nodes[index].class);
  const isShownFact = (fact) =>
    !hidden.properties.has(fact.property) && (fact.confidence === null || fact.confidence >= least) &&
    isShownNode(fact.subject) && (fact.object === undefined || isShownNode(fact.object));
  const has = (text) => words.every((word) => text.includes(word));

  // ---- The graph

  const colours = () => {
    const style = getComputedStyle(document.documentElement);
    return (name) => style.getPropertyValue('--' + name).trim();
  };
  // Corners from -1 to 1, so that a fold or a tip is as large in a wide box as in a narrow one.
  const corners = ({ shape, frame: [, , width, height] }) => {
    const [fold, tip] = [18 / width, 24 / width];
    if (shape === 'page') return [-1, -1, 1 - fold, -1, 1, -1 + 18 / height, 1, 1, -1, 1];
    if (shape === 'hexagon') return [-1, 0, tip - 1, -1, 1 - tip, -1, 1, 0, 1 - tip, 1, tip - 1, 1];
    if (shape === 'tag') return [-1, -1, 1 - tip, -1, 1, 0, 1 - tip, 1, -1, 1];
    return null;
  };
  const looks = () => {
    const colour = colours();
    return [
      { selector: 'node', style: {
        shape: 'data(shape)', width: 'data(width)', height: 'data(height)', label: 'data(label)', 'background-color': 'data(fill)',
        'border-color': 'data(line)', 'border-width': 1.3, color: '#1f2933', 'font-size': 12, 'text-wrap': 'wrap',
        'text-max-width': 1000, 'text-valign': 'center', 'text-halign': 'center', 'line-height': 1.2,
        'font-family': 'Helvetica, Arial, "Liberation Sans", sans-serif' } },
      { selector: 'node[points]', style: { 'shape-polygon-points': 'data(points)' } },
      { selector: 'edge', style: {
        'curve-style': 'unbundled-bezier', 'control-point-weights': 'data(share)', 'control-point-distances': 'data(beside)',
        'edge-distances': 'node-position', width: 1.3, 'line-color': colour('line'), 'target-arrow-color': colour('line'),
        'target-arrow-shape': 'data(head)', 'arrow-scale': 0.9, label: 'data(label)', 'font-size': 11, color: colour('soft'),
        'text-background-color': colour('paper'), 'text-background-opacity': 0.88, 'text-background-padding': 2,
        'font-family': 'Helvetica, Arial, "Liberation Sans", sans-serif' } },
      { selector: '.hidden', style: { display: 'none' } },
      { selector: '.faded', style: { opacity: 0.18 } },
      { selector: 'node.near', style: { 'border-width': 2.5 } },
      { selector: 'node.chosen', style: { 'border-width': 4 } },
      { selector: 'edge.near', style: { width: 2, 'z-index': 5 } },
      { selector: 'edge.chosen', style: {
        width: 3, 'line-color': colour('accent'), 'target-arrow-color': colour('accent'), color: colour('ink'), 'z-index': 9 } },
    ];
  };
  const elements = [];
  data.nodes.forEach((node, index) => {
    const [x, y, width, height] = node.frame;
    const { fill, line } = data.classes[node.class];
    const points = corners(node)?.join(' ');
    const shape = points ? 'polygon' : node.shape;
    elements.push({ data: { id: 'n' + index, label: node.lines, shape, width, height, fill, line, points }, position: { x, y } });
  });
  data.facts.forEach((fact, index) => {
    if (fact.object === undefined) return;
    const [share, beside] = fact.bend;
    elements.push({ data: {
      id: 'f' + index, source: 'n' + fact.subject, target: 'n' + fact.object, label: propertyOf(fact), share, beside,
      head: fact.symmetric ? 'none' : 'triangle' } });
  });
  const cy = cytoscape({
    container: at('graph'), elements, style: looks(), layout: { name: 'preset' }, minZoom: 0.05, maxZoom: 4,
    boxSelectionEnabled: false, autounselectify: true,
  });
  const indexOf = (element) => Number(element.id().slice(1));
  const fit = () => cy.fit(cy.elements(':visible'), 24);
  cy.on('tap', 'node', (event) => choose({ node: indexOf(event.target) }));
  cy.on('tap', 'edge', (event) => choose({ fact: indexOf(event.target) }));
  cy.on('tap', (event) => { if (event.target === cy) choose({}); });
  cy.on('mouseover', 'node, edge', () => { at('graph').style.cursor = 'pointer'; });
  cy.on('mouseout', 'node, edge', () => { at('graph').style.cursor = ''; });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => cy.style(looks()));
  const zoom = (by) => cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  at('in').addEventListener('click', () => zoom(1.25));
  at('out').addEventListener('click', () => zoom(0.8));
  at('fit').addEventListener('click', fit);

  const drawGraph = () => cy.batch(() => {
    const near = chosen.fact !== null || chosen.node !== null;
    cy.elements().removeClass('hidden faded near chosen');
    data.nodes.forEach((_, index) => {
      if (!isShownNode(index)) cy.getElementById('n' + index).addClass('hidden');
    });
    data.facts.forEach((fact, index) => {
      if (fact.object !== undefined && !isShownFact(fact)) cy.getElementById('f' + index).addClass('hidden');
    });
    if (words.length > 0) {
      const found = cy.elements().filter((element) => has((element.isNode() ? nodeWords : factWords)[indexOf(element)]));
      cy.elements().not(found.union(found.edges().connectedNodes())).addClass('faded');
    }
    if (!near) return;
    const centre = cy.getElementById(chosen.fact !== null ? 'f' + chosen.fact : 'n' + (chosen.node ?? data.facts[chosen.fact].subject));
    const about = centre.nonempty() ? centre : cy.getElementById('n' + data.facts[chosen.fact].subject);
    about.addClass('chosen');
    if (about.isEdge()) about.connectedNodes().addClass('near');
    else about.connectedEdges().addClass('near').connectedNodes().not(about).addClass('near');
  });

  // ---- The table of facts

  const rows = data.facts.map((fact, index) => {
    const row = document.createElement('tr');
    row.tabIndex = -1;
    const cell = (text, className) => {
      const element = make('td', undefined, className);
      element.append(isolated('span', text));
      row.append(element);
    };
    cell(data.nodes[fact.subject].label);
    cell(propertyOf(fact), 'property');
    cell(nameOf(fact));
    row.append(make('td', sure(fact.confidence), 'number'));
    row.addEventListener('click', () => choose({ fact: index }));
    row.addEventListener('keydown', (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.key === 'Enter' || event.key === ' ') choose({ fact: index });
      else if (step) {
        const shown = [...at('facts').rows].filter((other) => !other.hidden);
        shown[shown.indexOf(row) + step]?.focus();
      } else return;
      event.preventDefault();
    });
    return row;
  });
  const keys = {
    subject: (fact) => folded(data.nodes[fact.subject].label),
    property: (fact) => folded(propertyOf(fact)),
    object: (fact) => folded(nameOf(fact)),
    confidence: (fact) => fact.confidence ?? 2,
  };
  const sort = (by, down) => {
    const key = data.facts.map(keys[by]);
    const order = rows.map((_, index) => index);
    order.sort((a, b) => (key[a] < key[b] ? -1 : key[a] > key[b] ? 1 : 0) * (down ? -1 : 1) || a - b);
    at('facts').append(...order.map((index) => rows[index]));
  };
  document.querySelectorAll('th button').forEach((button) => button.addEventListener('click', () => {
    const head = button.parentElement;
    const down = head.getAttribute('aria-sort') === 'ascending';
    document.querySelectorAll('th').forEach((other) => other.removeAttribute('aria-sort'));
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    sort(button.dataset.by, down);
  }));
  const drawTable = () => {
    let shown = 0;
    let first = null;
    rows.forEach((row, index) => {
      const fact = data.facts[index];
      row.hidden = !isShownFact(fact) || !has(factWords[index]);
      shown += row.hidden ? 0 : 1;
      row.tabIndex = -1;
      const isChosen = chosen.fact === index || (chosen.node !== null && [fact.subject, fact.object].includes(chosen.node));
      row.setAttribute('aria-selected', String(isChosen));
    });
    for (const row of at('facts').rows) {
      if (!row.hidden && (first === null || (first.ariaSelected !== 'true' && row.ariaSelected === 'true'))) first = row;
    }
    if (first) first.tabIndex = 0;
    const nodes = data.nodes.filter((_, index) => isShownNode(index)).length;
    at('count').textContent = `${nodes} things, ${shown} facts`;
    return first && first.ariaSelected === 'true' ? first : null;
  };

  // ---- The text

  // Code points by number, since offsets count those; made when a text is first shown.
  const points = [];
  const textOf = (index) => (points[index] ??= Array.from(data.documents[index].text ?? ''));
  const said = data.documents.map(() => new Map());
  // A graph that was made by others tells of none.
  const hasTexts = data.documents.length > 0;
  data.facts.forEach((fact, index) => fact.places.forEach((place) => {
    const sentences = said[place.document];
    const sentence = sentences.get(place.sentence[0]) ?? { span: place.sentence, quote: place.quote, facts: [] };
    sentence.facts.push(index);
    sentences.set(place.sentence[0], sentence);
  }));
  const sentencesOf = (index) => [...said[index].values()].sort((a, b) => a.span[0] - b.span[0]);

  const within = (range, from, to) => range[0] < to && range[1] > from;
  const lightOf = (places, from, to) => {
    for (const [end, name] of [['subject', 'subject'], ['object', 'object']]) {
      if (places.some((place) => within(place[end], from, to))) return name;
    }
    return null;
  };
  const drawText = (index, places) => {
    const own = places.filter((place) => place.document === index);
    const sentences = sentencesOf(index);
    const parts = document.createDocumentFragment();
    const hasText = data.documents[index].text !== null;
    const put = (from, to, text, sentence) => {
      const mark = hasText ? lightOf(own, from, to) : null;
      const element = mark ? make('mark', text, mark) : make('span', text);
      if (sentence) {
        element.classList.add('said');
        element.dataset.sentence = sentence.span[0];
        if (own.some((place) => place.sentence[0] === sentence.span[0])) element.classList.add('lit');
      }
      parts.append(element);
    };
    if (!hasText) {
      sentences.forEach((sentence, number) => {
        if (number > 0) parts.append(make('span', '\n\u2026\n', 'gap'));
        put(sentence.span[0], sentence.span[1], sentence.quote, sentence);
      });
    } else {
      const text = textOf(index);
      const cuts = new Set([0, text.length]);
      sentences.forEach((sentence) => sentence.span.forEach((cut) => cuts.add(cut)));
      own.forEach((place) => [...place.subject, ...place.object].forEach((cut) => cuts.add(cut)));
      const sorted = [...cuts].filter((cut) => cut <= text.length).sort((a, b) => a - b);
      let next = 0;
      for (let number = 0; number + 1 < sorted.length; number += 1) {
        const [from, to] = [sorted[number], sorted[number + 1]];
        while (next < sentences.length && sentences[next].span[1] <= from) next += 1;
        const inside = next < sentences.length && sentences[next].span[0] <= from;
        put(from, to, text.slice(from, to).join(''), inside ? sentences[next] : null);
      }
    }
    at('text').replaceChildren(parts);
    at('document').value = String(index);
    const url = data.documents[index].url;
    at('url').hidden = url === null;
    if (url !== null) at('url').href = url;
  };
  at('text').addEventListener('click', (event) => {
    const start = event.target.closest?.('.said')?.dataset.sentence;
    if (start === undefined) return;
    const shown = Number(at('document').value);
    const facts = said[shown].get(Number(start)).facts;
    const fact = facts[(facts.indexOf(chosen.fact) + 1) % facts.length];
    const place = data.facts[fact].places.findIndex((place) => place.document === shown && place.sentence[0] === Number(start));
    choose({ fact, place });
  });

  // ---- What is chosen

  const placesOf = () => {
    const places = chosen.fact !== null
      ? data.facts[chosen.fact].places
      : data.facts.filter((fact) => [fact.subject, fact.object].includes(chosen.node)).flatMap((fact) => fact.places);
    return chosen.fact !== null ? places : [...places].sort((a, b) => a.document - b.document || a.sentence[0] - b.sentence[0]);
  };
  const drawAbout = (places) => {
    const about = at('about');
    about.replaceChildren();
    if (chosen.fact !== null) {
      const fact = data.facts[chosen.fact];
      const head = make('h2');
      head.append(
        isolated('bdi', data.nodes[fact.subject].label, 'subject'), ' ', isolated('bdi', propertyOf(fact)), ' ',
        isolated('bdi', nameOf(fact), 'object'));
      about.append(head);
      if (places.length === 0 && hasTexts) about.append(make('p', 'Not from the words of a text but from what stands around it.'));
    } else if (chosen.node !== null) {
      const node = data.nodes[chosen.node];
      about.append(isolated('h2', node.label));
      const line = make('p', node.classes.join(', '));
      if (node.names.length > 0) line.append(', also ', isolated('bdi', node.names.join(', ')));
      about.append(line, ...[node.web ? node.iri : null, ...node.same].filter(Boolean).map((iri) => {
        const link = make('a', iri);
        link.href = iri;
        link.target = '_blank';
        link.rel = 'noopener noreferrer';
        const item = make('p');
        item.append(link);
        return item;
      }));
    } else {
      about.append(make('p', hasTexts ? 'Click on a line, a box, a row or a dotted sentence: the words that say so light up.' : 'Click on a line, a box or a row.'));
      return;
    }
    const place = places[chosen.place];
    if (!place) return;
    const turn = make('div', undefined, 'turn');
    const step = (text, by, name) => {
      const button = make('button', text);
      button.type = 'button';
      button.setAttribute('aria-label', name);
      button.addEventListener('click', () => choose({ ...chosen, place: (chosen.place + by + places.length) % places.length }));
      turn.append(button);
    };
    if (places.length > 1) step('‹', -1, 'The place before');
    turn.append(make('span', `place ${chosen.place + 1} of ${places.length}`));
    if (places.length > 1) step('›', 1, 'The next place');
    const notes = [`${sure(place.confidence)} sure`];
    if (place.status !== 'asserted') notes.push(place.status);
    if (place.implicit) notes.push('the object is not beside it in the text');
    about.append(turn, make('p', notes.join(', ')), isolated('p', `by ${place.rule.split('#').pop()}`));
  };
  const choose = ({ fact = null, node = null, place = 0 }) => {
    Object.assign(chosen, { fact, node, place });
    const places = placesOf();
    const here = places[place];
    drawGraph();
    drawTable()?.scrollIntoView({ block: 'nearest' });
    drawAbout(places);
    // Of a thing all that is said of it lights up, of a fact each place by itself.
    if (hasTexts) drawText(here?.document ?? Number(at('document').value), here ? (fact !== null ? [here] : places) : []);
    const lit = here && at('text').querySelector(`.lit[data-sentence="${here.sentence[0]}"]`);
    if (lit) at('text').scrollTop += lit.getBoundingClientRect().top - at('text').getBoundingClientRect().top - at('text').clientHeight / 3;
  };

  // ---- What is left out

  const filters = (box, entries, set) => entries.forEach(([label, count, colour], index) => {
    const line = make('label');
    const tick = make('input');
    tick.type = 'checkbox';
    tick.checked = true;
    tick.addEventListener('change', () => {
      if (tick.checked) set.delete(index); else set.add(index);
      draw();
    });
    line.append(tick);
    if (colour) line.append(field(colour));
    line.append(isolated('bdi', label), make('span', String(count), 'number'));
    box.append(line);
  });
  const field = ({ fill, line }) => {
    const element = make('span', '', 'field');
    element.style.backgroundColor = fill;
    element.style.borderColor = line;
    return element;
  };
  const count = (list, key, value) => list.filter((item) => item[key] === value).length;
  filters(at('classes'), data.classes.map((it, index) => [it.label, count(data.nodes, 'class', index), it]), hidden.classes);
  filters(at('properties'), data.properties.map((it, index) => [it.label, count(data.facts, 'property', index)]), hidden.properties);
  data.classes.forEach((it) => {
    const entry = make('span');
    entry.append(field(it), isolated('bdi', it.label));
    at('legend').append(entry);
  });
  const draw = () => { drawGraph(); drawTable(); };
  at('search').addEventListener('input', () => {
    words = folded(at('search').value).split(/\s+/).filter(Boolean);
    draw();
  });
  at('search').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    const found = cy.elements(':visible').not('.faded');
    if (words.length > 0 && found.nonempty()) cy.animate({ fit: { eles: found, padding: 60 }, duration: 250 });
  });
  at('least').addEventListener('input', () => {
    least = Number(at('least').value);
    at('least-shown').textContent = sure(least);
    draw();
  });
  at('reset').addEventListener('click', () => {
    hidden.classes.clear();
    hidden.properties.clear();
    [least, words] = [0, []];
    at('search').value = '';
    at('least').value = '0';
    at('least-shown').textContent = sure(0);
    document.querySelectorAll('.menu input').forEach((tick) => { tick.checked = true; });
    choose({});
    fit();
  });
  document.addEventListener('click', (event) => document.querySelectorAll('.menu[open]').forEach((menu) => {
    if (!menu.contains(event.target)) menu.open = false;
  }));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      document.querySelectorAll('.menu[open]').forEach((menu) => { menu.open = false; });
      choose({});
    } else if (event.key === '/' && event.target.tagName !== 'INPUT') {
      at('search').focus();
      event.preventDefault();
    }
  });

  // ---- The beginning

  data.documents.forEach((it, index) => {
    const option = make('option', it.id);
    option.value = String(index);
    at('document').append(option);
  });
  at('document').addEventListener('change', () => drawText(Number(at('document').value), []));
  for (const id of ['source', 'text']) at(id).hidden = !hasTexts;
  const title = data.documents.length === 1 ? data.documents[0].id : hasTexts ? `${data.documents.length} texts` : 'Graph';
  at('title').textContent = title;
  document.title = title;
  sort('subject', false);
  choose({});
  // The legend has its height now, and the picture what is left.
  cy.resize();
  fit();
})();
