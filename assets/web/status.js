/* How the board is: one sentence, what somebody should look at, motion, running flashes, figures and
 * the configuration. */

const state = { status: null, sources: null, rundown: null, aired: null };

function takeStatus(status) {
  state.status = status;
  board.skew = Date.parse(status.at) - Date.now();
  board.clockKnown = status.clock_known;
  pin.wanted = status.pin_required;
  pin.tell();
  put($('device'), status.device);
  document.title = (status.device ? status.device + ' · ' : '') + 'Motograph';
  put($('version'), 'Motograph ' + status.version);
  showPause(status.paused);
  showLanes(status.lanes.filter((lane) => lane.motion !== 'clock').map((lane) => lane.name));
  showSpeeds(status.lanes.filter((lane) => lane.motion === 'crawl'));
  showFlashes(status.flashes);
  showFigures(status);
  showConfiguration(status.config);
  tellState();
}

function screenOf(status, digits) {
  const hz = Number(status.refresh_hz).toFixed(digits);
  return status.width + ' × ' + status.height + ', ' + hz + ' Hz';
}

function uptime(seconds) {
  const days = Math.floor(seconds / 86400), hours = Math.floor(seconds / 3600) % 24;
  if (days) { return count(days, 'day') + (days < 10 && hours ? ' ' + hours + ' h' : ''); }
  return span(seconds * SECOND);
}

/* One sentence on how things are, then everything that somebody should look at. */
function tellState() {
  const status = state.status;
  if (!status) {
    put($('verdict'), wire.gone ? 'The board does not answer.' : 'Asking the board …');
    return;
  }
  const worries = worriesOf(status);
  put($('verdict'), wire.gone ? 'This is how it was when the board last answered.'
    : sourcesAnswer(status.sources) + ' ' + count(status.headlines, 'headline') + ', on air for ' +
      uptime(status.uptime_s) + '.');
  sync($('worries'), worries, (worry) => (worry.who || '') + worry.text, () => element('li'), fillWorry);
}

function sourcesAnswer({ ok, failed, trying }) {
  const all = ok + failed + trying;
  if (!all) { return 'No source yet, the samples are on air.'; }
  if (ok < all) { return ok + ' of ' + count(all, 'source') + (ok === 1 ? ' answers.' : ' answer.'); }
  return all === 1 ? 'Its source answers.' : 'All ' + all + ' sources answer.';
}

function fillWorry(node, worry) {
  node.className = worry.bad ? 'bad' : '';
  if (node.firstChild) { return; }
  const link = element('a', worry.text);
  link.href = worry.at;
  if (worry.who) { link.prepend(isolated(worry.who), ': '); }
  node.append(link);
}

function worriesOf(status) {
  const worries = [];
  const add = (when, text, at, bad = false) => { if (when) { worries.push({ text, at, bad }); } };
  const refused = status.config.refused;
  add(refused, refused && 'The configuration was refused at ' + moment(Date.parse(refused.at)) +
    '; the screen goes on with the one before.', '#board', true);
  add(!status.clock_known, 'The clock of the board is not set yet: it tells no times and no ages.',
    '#board');
  add(status.clock_known && Math.abs(board.skew) > MINUTE,
    'The clocks of the board and of this computer are ' + span(Math.abs(board.skew)) + ' apart.',
    '#board');
  add(!status.display.on, 'The display is ' + status.display.text +
    ', by its hours; breaking news wakes it.', '#board');
  add(status.paused, 'Paused: the lanes stand still.', '#air');
  worries.push(...sourceWorries());
  add(status.sources.stale, count(status.sources.stale, 'source is', 'sources are') +
    ' stale: the screen says since when.', '#sources');
  add(status.config.faults.length, count(status.config.faults.length, 'fault') +
    ' in the configuration; the rest of it counts.', '#board');
  const waits = status.config.next_start.map((name) => '[' + name + ']').join(', ');
  add(waits, 'What was changed in ' + waits + ' counts from the next start of the board.', '#board');
  const missed = status.missed.late + status.missed.upload + status.missed.present;
  add(missed > status.frames / 1000, (100 * missed / status.frames).toFixed(1) +
    ' % of the frames were missed.', '#board');
  for (const round of rounds) { add(round.fault, round.what + ': ' + round.fault, '#board'); }
  return worries;
}

function sourceWorries() {
  const all = state.sources ? state.sources.sources : [];
  const bad = all.filter((source) => source.state === 'failed');
  const told = bad.slice(0, 3).map((source) =>
    ({ who: source.label || source.name, text: health(source), at: '#sources', bad: true }));
  if (bad.length > 3) {
    told.push({ text: 'And ' + (bad.length - 3) + ' more that fail.', at: '#sources', bad: true });
  }
  return told;
}

function showPause(paused) {
  $('pause').disabled = false;
  $('pause').classList.toggle('lit', paused);
  put($('pause'), paused ? 'Go on' : 'Pause');
}

/* What has been asked for and the board has not told yet. */
const wishes = new Map();

function showSpeeds(lanes) {
  sync($('speeds'), lanes, (lane) => lane.name, () => {
    const node = fromTemplate('row-speed')();
    const [slower, faster, normal] = node.querySelectorAll('button');
    slower.addEventListener('click', () => wishSpeed(node, -10));
    faster.addEventListener('click', () => wishSpeed(node, +10));
    normal.addEventListener('click', () => wishSpeed(node, 0));
    return node;
  }, (node, lane) => {
    const percent = wishes.has(lane.name) ? wishes.get(lane.name).percent : lane.speed_percent;
    node.dataset.percent = percent;
    put(node.querySelector('span'), 'Speed of ' + lane.name);
    put(node.querySelector('output'), percent + ' %');
    node.querySelectorAll('button').forEach((button, i) =>
      button.setAttribute('aria-label', ['Slower', 'Faster', 'Normal speed'][i] + ': ' + lane.name));
    show(node.querySelector('.quiet'), percent !== 100);
  });
}

/* Several presses in a row are one order. */
function wishSpeed(node, step) {
  const name = node.dataset.key;
  const now = Number(node.dataset.percent);
  const percent = step ? Math.min(400, Math.max(10, (Math.round(now / 10) * 10) + step)) : 100;
  clearTimeout((wishes.get(name) || {}).timer);
  const timer = setTimeout(async () => {
    try {
      const answer = await change('POST', '/api/speed', { lane: name, percent });
      if (answer) { notice('Speed of ' + name + ': ' + percent + ' %.'); }
    } catch (error) {
      notice(sentence(error.message), true);
    }
    setTimeout(() => wishes.delete(name), SECOND);
    soon();
  }, 600);
  wishes.set(name, { percent, timer });
  showSpeeds(state.status.lanes.filter((lane) => lane.motion === 'crawl'));
}

const styleNames = { inline: 'in the lanes', banner: 'banner', takeover: 'whole screen' };

function showFlashes(flashes) {
  show($('flashes-none'), !flashes.length);
  sync($('flashes'), flashes, (flash) => flash.id, () => {
    const node = fromTemplate('row-flash')();
    node.querySelector('button').addEventListener('click', (event) =>
      clearFlash(event.target, node.dataset.key));
    return node;
  }, (node, flash) => {
    put(node.querySelector('.line'), flash.text);
    parts(node.querySelector('.small'), [isolated(flash.source), styleNames[flash.style],
      flash.expires && time(flash.expires, 'left'),
      flash.expires && 'at ' + moment(Date.parse(flash.expires))]);
    node.querySelector('button').setAttribute('aria-label', 'Clear: ' + flash.text);
  });
}

function clearFlash(button, id) {
  press(button, () => change('DELETE', '/api/flash/' + encodeURIComponent(id)), () => 'Cleared.');
}

function milliseconds(us) { return (us / 1000).toFixed(us < 10000 ? 2 : 0) + ' ms'; }

function mebibytes(kib) { return (kib / 1024).toFixed(1) + ' MiB'; }

function showFigures(status) {
  const missed = status.missed, frame = status.frame_us;
  const figures = [
    ['On air for', uptime(status.uptime_s)],
    ['Screen', screenOf(status, 1)],
    ['Drawn by', status.video_driver + ', ' + status.renderer],
    ['Frames shown', number.format(status.frames)],
    ['Missed', missed.late + ' late, ' + missed.upload + ' uploading, ' +
      missed.present + ' presenting'],
    ['Time for a frame', milliseconds(frame.p50) + ' as a rule, ' +
      milliseconds(frame.max) + ' at most'],
    ['Processor', (status.cpu_ms / 10 / Math.max(status.uptime_s, 1)).toFixed(1) + ' % of a core'],
    ['Memory', mebibytes(status.pss_kib) + ', ' + mebibytes(status.rss_kib) + ' with what is shared'],
    ['Waiting between threads', status.ring.depth + ' of ' + status.ring.slots],
    ['Headlines held', number.format(status.headlines)],
    ['Headlines aired', number.format(status.headlines_aired)],
  ];
  sync($('figures'), figures, (figure) => figure[0], () => {
    const node = element('div');
    node.append(element('dt'), element('dd'));
    return node;
  }, (node, [name, value]) => {
    put(node.firstChild, name);
    put(node.lastChild, value);
  });
}

const keyOfFault = (fault) => fault.file + ':' + fault.line + ' ' + fault.text;

function showFaults(list, faults) {
  sync(list, faults, keyOfFault, () => {
    const node = element('li');
    node.append(element('code'), element('span'));
    return node;
  }, (node, fault) => {
    put(node.firstChild, fault.file + ':' + fault.line);
    put(node.lastChild, fault.text);
  });
}

function showConfiguration(config) {
  const refused = config.refused, files = config.files.filter(Boolean);
  show($('refusal'), refused);
  if (refused) {
    put($('refusal-text'), 'Refused at ' + moment(Date.parse(refused.at)) +
      '. The screen goes on with the one before.');
  }
  const why = refused ? refused.faults : [];
  showFaults($('refused'), why);
  /* What was wrong before and still is need not be said twice. */
  showFaults($('faults'), config.faults.filter((fault) => !why.some((other) =>
    keyOfFault(other) === keyOfFault(fault))));
  put($('loaded'), (files.length ? 'Read from ' + files.join(' and ') : 'All is as built in') +
    (config.loaded_at ? ', ' + moment(Date.parse(config.loaded_at)) : '') + '. ' +
    (config.faults.length ? 'It has faults; the rest of it counts.' : refused ? '' : 'No fault.'));
}
