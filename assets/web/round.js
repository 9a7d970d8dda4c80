/* The round: what is asked again and again, how often, and what happens when no answer comes. And the
 * picture, which has a round of its own. */

const rounds = [
  { what: 'Status', path: () => '/api/status', every: 4 * SECOND, take: takeStatus },
  { what: 'Sources', path: () => '/api/sources', every: 15 * SECOND, take: takeSources },
  { what: 'Next', path: rundownPath, every: 10 * SECOND, take: takeRundown },
  { what: 'Just went by', path: () => '/api/aired', every: 15 * SECOND, take: takeAired },
].map((round) => ({ ...round, due: 0, fault: '' }));

const wire = {
  lastAnswer: 0, gone: false, failures: 0, tryAt: 0, timer: 0, busy: false, hurryUntil: 0,
};

/* One question of the round, if its time has come. */
async function askRound(round) {
  const now = performance.now();
  if (now < round.due) { return; }
  round.due = now + (now < wire.hurryUntil ? 1.5 * SECOND : round.every);
  let answer = null;
  try {
    answer = await ask('GET', round.path());
    round.fault = '';
  } catch (error) {
    if (!(error instanceof Refusal)) { throw error; }
    round.fault = error.message;
  }
  answered();
  if (answer) { take(round, answer); }
}

/* What we make of an answer is our fault, not the wire's. */
function take(round, answer) {
  try {
    round.take(answer);
  } catch (error) {
    round.fault = 'this page does not understand the answer';
    console.error(error);
  }
}

async function turn() {
  clearTimeout(wire.timer);
  if (wire.busy || document.hidden) { return; }
  wire.busy = true;
  try {
    for (const round of rounds) { await askRound(round); }
  } catch {
    failed();
  } finally {
    wire.busy = false;
  }
  const due = Math.min(...rounds.map((round) => round.due)) - performance.now();
  wire.timer = setTimeout(turn, Math.max(wire.gone ? wire.tryAt - Date.now() : due, 250));
}

/* After a change all is asked again, just late enough for the screen to have taken it, and for some
 * seconds more often. */
function soon() {
  wire.hurryUntil = performance.now() + 5 * SECOND;
  for (const round of rounds) { round.due = 0; }
  clearTimeout(wire.timer);
  wire.timer = setTimeout(turn, 300);
}

function answered() {
  const back = wire.gone || !wire.lastAnswer;
  Object.assign(wire, { lastAnswer: Date.now(), gone: false, failures: 0 });
  if (back) {
    document.body.classList.remove('gone');
    put($('wire'), 'Live');
    show($('again'), false);
    photograph();
  }
}

/* 2, 4, 8, 16, then 30 s between tries, a little apart for each page that is open. */
function failed() {
  const pause = Math.min(2 ** ++wire.failures, 30) * SECOND * (0.8 + 0.4 * Math.random());
  for (const round of rounds) { round.due = 0; }
  wire.gone = true;
  wire.tryAt = Date.now() + pause;
  document.body.classList.add('gone');
  put($('wire'), wire.lastAnswer ? 'No answer since ' + clockSeconds.format(wire.lastAnswer)
    : 'The board does not answer');
  show($('again'), true);
  tellTry();
  tellState();
}

function tellTry() {
  if (wire.gone) {
    put($('again-in'), 'next try in ' + span(wire.tryAt - Date.now()));
  }
}

/* --- The picture -------------------------------------------------------------------------- */

const picture = { timer: 0, busy: false, inView: true, failures: 0, taken: 0 };

/* Whether anybody would see a new one. */
function isWatched() {
  return !document.hidden && picture.inView && !wire.gone && $('live').checked;
}

/* Fetches the next picture and exchanges it for the old one when it is there: nothing blinks. */
function photograph() {
  clearTimeout(picture.timer);
  if (picture.busy || !isWatched()) { return; }
  const next = new Image();
  const over = (pause) => {
    picture.busy = false;
    picture.timer = setTimeout(photograph, pause);
  };
  picture.busy = true;
  next.onload = () => {
    Object.assign(picture, { failures: 0, taken: Date.now() });
    next.alt = 'The screen as it was at ' + clockSeconds.format(picture.taken) + onScreen();
    $('screen').style.aspectRatio = next.naturalWidth + ' / ' + next.naturalHeight;
    $('screen').replaceChildren(next);
    tellTaken();
    over(2 * SECOND);
  };
  next.onerror = () => {
    picture.failures++;
    tellTaken();
    over(Math.min(2 ** picture.failures, 30) * SECOND);
  };
  next.src = '/screen.png?' + Date.now();
}

/* What a person who does not see the picture wants to know of it. */
function onScreen() {
  const flash = state.status && state.status.flashes[0];
  const last = state.aired && state.aired.items[0];
  if (flash) { return '. Breaking news: ' + flash.text; }
  return last ? '. The last headline that went by: ' + last.headline : '';
}

function tellTaken() {
  const status = state.status;
  parts($('taken'), [
    picture.failures > 1 && !wire.gone && 'The board sends no picture',
    picture.taken ? 'Picture of ' + clockSeconds.format(picture.taken) : 'No picture yet',
    status && screenOf(status, 0),
  ]);
}
