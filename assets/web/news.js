/* What comes next, why the rest does not, and what just went by. */

/* What is shown of a list at first. */
const FEW = matchMedia('(max-width: 40rem)').matches ? 6 : 10;
const lists = { next: { all: false }, aired: { all: false } };

/* The first few of ITEMS, or all; sets the button that changes it. */
function someOf(name, items) {
  const more = $(name + '-more');
  show(more, items.length > FEW);
  put(more, lists[name].all ? 'Show fewer' : 'Show all ' + items.length);
  more.setAttribute('aria-expanded', String(lists[name].all));
  show($(name + '-none'), !items.length);
  return lists[name].all ? items : items.slice(0, FEW);
}

const keyOf = (headline, lane) => [lane, headline.id, headline.link, headline.headline].join(' ');

function rowOfHeadline() {
  const node = fromTemplate('row-item')();
  const button = node.querySelector('button');
  button.addEventListener('click', () => hide(button, node.headline));
  return node;
}

async function hide(button, headline) {
  if (await sure('Take this off the screen?', headline.headline,
    'It leaves every lane and does not come back.', 'Hide it')) {
    press(button, () => change('POST', '/api/hide', { id: headline.id }), () => 'Hidden.');
  }
}

function age(headline) {
  return board.clockKnown && headline.published && time(headline.published, 'ago');
}

/* One lane; what does not air, which may be thousands, only where somebody wants to see it. */
function rundownPath() {
  const lane = $('lane').value;
  return '/api/rundown' + (lane && !$('hidden-part').open ? '?lane=' + encodeURIComponent(lane) : '');
}

function takeRundown(rundown) {
  const lane = $('lane').value;
  const items = rundown.items.filter((item) => item.state === 'airs' && (!lane || item.lane === lane));
  state.rundown = rundown;
  sync($('next'), someOf('next', items), (item) => keyOf(item.headline, item.lane), rowOfHeadline,
    fillNext);
  if ($('hidden-part').open) { showHidden(rundown.items.filter((item) => item.state === 'hidden')); }
}

function fillNext(node, { headline, at }) {
  const when = node.querySelector('time'), button = node.querySelector('button');
  node.headline = headline;
  when.dateTime = at;
  put(when, board.clockKnown ? clockSeconds.format(Date.parse(at)) : '');
  headlineInto(node.querySelector('.line'), headline);
  parts(node.querySelector('.small'), [isolated(headline.source), age(headline),
    headline.expires && time(headline.expires, 'left')]);
  button.setAttribute('aria-label', 'Hide: ' + headline.headline);
  show(button, headline.id);
}

function showLanes(lanes) {
  const choice = $('lane'), before = choice.value;
  show($('lane-choice'), lanes.length > 1);
  if ([...choice.options].map((option) => option.value).join('\n') !== lanes.join('\n')) {
    choice.replaceChildren(...lanes.map((lane) => new Option(lane, lane)));
    choice.value = [before, 'crawl'].find((lane) => lanes.includes(lane)) || lanes[0] || '';
  }
}

const hiddenFor = {
  duplicate: ['told already', (item) => 'Told already by ' + tellerOf(item.of)],
  old: ['too old', () => 'Older than its source may be (max-age)'],
  filter: ['by a rule', (item) => 'Against the rule ' + (item.rule || '')],
  cap: ['too many', () => 'More than its source may have on air (keep)'],
  expired: ['ended', () => 'Its time is up'],
  hidden: ['by hand', () => 'Hidden by hand'],
  withdrawn: ['withdrawn', () => 'Its source has taken it back'],
  future: ['not yet', () => 'Dated in the future'],
};

/* Whose headline it is that tells the story of a hidden one; OF is its id. */
function tellerOf(of) {
  const told = state.rundown.items.find((item) => item.headline.id && item.headline.id === of);
  return told ? told.headline.source : of || 'another source';
}

function showHidden(items) {
  const sums = new Map();
  for (const item of items) { sums.set(item.reason, (sums.get(item.reason) || 0) + 1); }
  const told = [...sums].map(([reason, n]) => n + ' ' + (hiddenFor[reason] || [reason])[0]);
  put($('hidden-sum'), told.join(' · ') || 'none');
  sync($('hidden'), items.slice(0, 200), (item) => keyOf(item.headline, item.reason), () => {
    const node = fromTemplate('row-item')();
    node.querySelector('time').remove();
    node.querySelector('button').remove();
    return node;
  }, (node, item) => {
    headlineInto(node.querySelector('.line'), item.headline);
    const why = hiddenFor[item.reason];
    parts(node.querySelector('.small'),
      [why ? why[1](item) : item.reason, isolated(item.headline.source), age(item.headline)]);
  });
}

function takeAired(aired) {
  state.aired = aired;
  sync($('aired'), someOf('aired', aired.items), (item) => item.at + keyOf(item, item.lane), () => {
    const node = fromTemplate('row-item')();
    node.querySelector('button').remove();
    return node;
  }, (node, item) => {
    const at = node.querySelector('time');
    at.dateTime = item.at;
    put(at, clockSeconds.format(Date.parse(item.at)));
    headlineInto(node.querySelector('.line'), item);
    parts(node.querySelector('.small'), [isolated(item.source), item.lane]);
  });
}
