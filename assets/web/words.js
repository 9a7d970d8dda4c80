/* The page of one board. It asks the board in turn, one question at a time and none while nobody
 * looks, and lays what comes into the page as text: nothing that a feed says ever becomes mark-up
 * here. Changes go by POST and DELETE with the PIN, which is kept for this tab alone.
 *
 * The build joins the files of this folder, in the order that fonts/embedded.S gives, to /app.js.
 * This first one has words and elements: how things are told, and how they get into the page. */
'use strict';

const $ = (id) => document.getElementById(id);

/* --- Words -------------------------------------------------------------------------------- */

const SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR;

/* The board's clock less ours; what is "3 min ago" is so by the board's. */
const board = { skew: 0, clockKnown: true, now: () => Date.now() + board.skew };

const number = new Intl.NumberFormat('en');
const hours = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
const clock = new Intl.DateTimeFormat('en', hours);
const clockSeconds = new Intl.DateTimeFormat('en', { ...hours, second: '2-digit' });
const dayAndClock = new Intl.DateTimeFormat('en',
  { ...hours, weekday: 'short', day: 'numeric', month: 'short' });

function count(n, one, many = one + 's') {
  return number.format(n) + ' ' + (n === 1 ? one : many);
}

function span(ms) {
  if (ms < 90 * SECOND) { return Math.max(0, Math.round(ms / SECOND)) + ' s'; }
  if (ms < 90 * MINUTE) { return Math.round(ms / MINUTE) + ' min'; }
  if (ms < 36 * HOUR) { return Math.round(ms / HOUR) + ' h'; }
  return Math.round(ms / DAY) + ' days';
}

/* 14:05, with the day where it is another one than today. */
function moment(ms) {
  const day = new Date(ms).toDateString();
  return (day === new Date().toDateString() ? clock : dayAndClock).format(ms);
}

function ago(ms) {
  const past = board.now() - ms;
  return past < 10 * SECOND ? 'just now' : span(past) + ' ago';
}

const howTold = {
  ago,
  left: (ms) => ms > board.now() ? 'ends in ' + span(ms - board.now()) : 'ending',
  next: (ms) => ms > board.now() + SECOND ? 'again in ' + span(ms - board.now()) : 'being asked now',
};

/* --- Elements ----------------------------------------------------------------------------- */

/* Writes only what has changed: what stands still costs nothing and is not read out again. */
function put(node, text) {
  if (node.textContent !== text) { node.textContent = text; }
  return node;
}

function show(node, visible) { node.hidden = !visible; }

function element(name, text = '', className = '') {
  const node = document.createElement(name);
  node.textContent = text;
  if (className) { node.className = className; }
  return node;
}

function fromTemplate(id) { return () => $(id).content.firstElementChild.cloneNode(true); }

/* A time that tick() keeps telling anew; HOW is a key of howTold. */
function time(iso, how) {
  const node = element('time');
  const at = Date.parse(iso);
  node.dateTime = iso;
  node.title = dayAndClock.format(at);
  node.dataset.how = how;
  return put(node, howTold[how](at));
}

function tick() {
  for (const node of document.querySelectorAll('time[data-how]')) {
    put(node, howTold[node.dataset.how](Date.parse(node.dateTime)));
  }
  tellTry();
}

/* Puts PARTS (text or elements, empty ones left out) into NODE with a middle dot between them. */
function parts(node, list) {
  const told = list.filter(Boolean);
  const same = JSON.stringify(told.map((part) =>
    part.dateTime ? part.dateTime + part.dataset.how : part.textContent || part));
  if (node.dataset.same === same) { return; }
  node.dataset.same = same;
  node.replaceChildren(...told.flatMap((part, i) => i ? [' · ', part] : [part]));
}

/* Makes LIST hold ITEMS, an element each: those that are there already stay, so that what has the
 * focus keeps it. KEY tells which is which; what comes twice is told apart. */
function sync(list, items, key, make, fill) {
  const old = new Map([...list.children].map((node) => [node.dataset.key, node]));
  const nodes = new Map();
  for (const item of items) {
    let name = key(item);
    while (nodes.has(name)) { name += '+'; }
    const node = old.get(name) || make();
    old.delete(name);
    node.dataset.key = name;
    nodes.set(name, node);
    fill(node, item);
  }
  for (const node of old.values()) {
    if (node.contains(document.activeElement)) { list.focus(); }
    node.remove();
  }
  let place = list.firstElementChild;
  for (const node of nodes.values()) {
    if (node !== place) { list.insertBefore(node, place); }
    place = node.nextElementSibling;
  }
}

/* The words of a headline, with its link if that is one for a browser. */
function headlineInto(node, headline) {
  const link = /^https?:\/\//i.test(headline.link || '') ? headline.link : '';
  if (headline.lang) { node.lang = headline.lang; }
  if (!link) { return void put(node, headline.headline); }
  let anchor = node.querySelector('a');
  if (!anchor) {
    anchor = element('a');
    anchor.target = '_blank';
    anchor.rel = 'noopener noreferrer';
    node.replaceChildren(anchor);
  }
  if (anchor.getAttribute('href') !== link) { anchor.href = link; }
  put(anchor, headline.headline);
}

function isolated(text) { return text && element('bdi', text); }
