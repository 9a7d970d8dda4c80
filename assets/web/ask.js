/* Asking the board: one question and its answer; changes, which need the PIN; and where it is said
 * what came of them. */

/* The board has answered, but not as hoped. */
class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const ANSWER_WITHIN = 8 * SECOND, TRY_WITHIN = 90 * SECOND;

async function reasonOf(answer) {
  try {
    return (await answer.json()).error || '';
  } catch {
    return '';
  }
}

/* One question; what it gives back is the JSON of the answer. Throws a Refusal, or whatever fetch
 * throws where there is no answer. */
async function ask(method, path, body, pin, within = ANSWER_WITHIN) {
  const headers = {};
  if (body) { headers['Content-Type'] = 'application/json'; }
  if (pin) { headers.Authorization = 'Bearer ' + pin; }
  const answer = await fetch(path, {
    method, headers, body: body && JSON.stringify(body), cache: 'no-store', credentials: 'omit',
    signal: AbortSignal.timeout(within),
  });
  if (!answer.ok) {
    throw new Refusal(answer.status, await reasonOf(answer) || 'the board says ' + answer.status);
  }
  return answer.status === 204 ? {} : answer.json();
}

/* --- The PIN ------------------------------------------------------------------------------ */

const pin = {
  wanted: true,
  get() { return sessionStorage.getItem('pin') || ''; },
  set(text) {
    if (text) { sessionStorage.setItem('pin', text); } else { sessionStorage.removeItem('pin'); }
    pin.tell();
  },
  tell() {
    put($('lock'), pin.get() ? 'Forget PIN' : 'Enter PIN');
    show($('lock'), pin.wanted);
  },
};

const NEEDS_PIN = 'Changes need the PIN of this board.';

/* Shows DIALOG; true when it is left by its main button. */
function opened(dialog) {
  return new Promise((done) => {
    dialog.returnValue = '';
    dialog.addEventListener('close', () => done(dialog.returnValue === 'yes'), { once: true });
    dialog.showModal();
  });
}

async function askPin(why) {
  const field = $('pin').querySelector('input');
  put($('pin-why'), why);
  field.value = '';
  const given = await opened($('pin'));
  if (given) { pin.set(field.value.trim()); }
  field.value = '';
  return given && Boolean(pin.get());
}

async function sure(title, text, hint, yes) {
  put($('sure-title'), title);
  put($('sure-text'), text);
  put($('sure-hint'), hint);
  put($('sure-yes'), yes);
  return opened($('sure'));
}

const whyNot = {
  403: (said) => 'The board takes no changes from this address: ' + said,
  413: () => 'That is too long for the board.',
  429: (said) => 'Too many wrong PINs were tried, so the board takes none for a while: ' + said +
    '. The screen is not affected.',
};

/* Changes something; asks for the PIN where one is wanted. Null if the person would not give it. */
async function change(method, path, body, within) {
  let asking = NEEDS_PIN;
  for (;;) {
    if (pin.wanted && !pin.get() && !await askPin(asking)) { return null; }
    try {
      return await ask(method, path, body, pin.get(), within);
    } catch (error) {
      if (!(error instanceof Refusal)) {
        throw new Refusal(0, 'The board did not answer. It may or may not have taken this: ' +
          'look before you repeat it.');
      }
      if (error.status !== 401) {
        const why = whyNot[error.status];
        throw new Refusal(error.status, why ? why(error.message) : error.message);
      }
      asking = pin.get() ? 'That PIN is not the one of this board.' : NEEDS_PIN;
      pin.wanted = true;
      pin.set('');
    }
  }
}

/* --- What a change came to ---------------------------------------------------------------- */

let noticeTimer = 0;

function notice(text, wrong = false) {
  clearTimeout(noticeTimer);
  put($('notice-text'), text);
  put($('say'), text);
  $('notice').classList.toggle('wrong', wrong);
  show($('notice'), true);
  if (!wrong) { noticeTimer = setTimeout(() => show($('notice'), false), 8 * SECOND); }
}

function result(node, text, kind = '') {
  put(node, text);
  node.className = 'result ' + kind;
}

function sentence(text) {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?…]$/.test(whole) ? whole : whole + '.';
}

/* Does JOB once, however often BUTTON is pressed meanwhile; it keeps the focus. */
async function once(button, job) {
  if (button.ariaDisabled === 'true') { return; }
  button.ariaDisabled = 'true';
  try {
    await job();
  } finally {
    button.ariaDisabled = 'false';
  }
}

/* Does JOB for a button that stands alone; says DONE below the page. */
function press(button, job, done) {
  return once(button, async () => {
    try {
      const answer = await job();
      if (answer) { notice(done(answer)); }
    } catch (error) {
      notice(sentence(error.message), true);
    }
    soon();
  });
}

/* Does JOB for a form; says in OUTPUT what is DOING and what came of it: TAKEN makes words of the
 * answer. */
function send(button, output, doing, job, taken) {
  return once(button, async () => {
    result(output, doing);
    try {
      const answer = await job();
      result(output, answer ? taken(answer) : '', 'done');
    } catch (error) {
      result(output, sentence(error.message), 'wrong');
    }
    soon();
  });
}
