/* What is sent by hand, and the start of it all. */

function sendFlash(event) {
  event.preventDefault();
  const form = $('flash'), data = new FormData(form);
  const body = { text: data.get('text').trim(), expires_in_s: data.get('minutes') * 60 };
  if (data.get('style')) { body.style = data.get('style'); }
  if (data.get('source').trim()) { body.source = data.get('source').trim(); }
  send(form.querySelector('.act button'), $('flash-result'), 'Sending …',
    () => change('POST', '/api/flash', body), (answer) => {
      form.elements.namedItem('text').value = '';
      return 'On air until ' + moment(Date.parse(answer.expires)) + '.';
    });
}

/* When a message ends, as the form says; ms. */
function endOf(data) {
  const end = data.get('end');
  if (end === 'at') { return new Date(data.get('at')).getTime(); }
  if (end === 'day') { return new Date().setHours(24, 0, 0, 0); }
  return board.now() + Number(end) * HOUR;
}

function sendMessage(event) {
  event.preventDefault();
  const form = $('message'), data = new FormData(form), until = endOf(data);
  if (!(until > board.now())) {
    return void result($('message-result'), 'That end is past already.', 'wrong');
  }
  const end = new Date(until).toISOString().replace(/\.\d+/, '');
  const body = { text: data.get('text').trim(), until: end };
  if (data.get('source').trim()) { body.source = data.get('source').trim(); }
  send(form.querySelector('.act button'), $('message-result'), 'Sending …',
    () => change('POST', '/api/headlines', body), () => {
      form.elements.namedItem('text').value = '';
      return 'Airs until ' + moment(until) + '.';
    });
}

/* Ctrl and Enter send from a field of several lines. */
function sendByKey(event) {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.currentTarget.requestSubmit();
  }
}

function start() {
  pin.tell();
  $('lock').addEventListener('click', () => pin.get() ? pin.set('') : askPin(NEEDS_PIN));
  $('flash').addEventListener('submit', sendFlash);
  $('flash').addEventListener('keydown', sendByKey);
  $('message').addEventListener('submit', sendMessage);
  $('message').addEventListener('keydown', sendByKey);
  $('message').elements.namedItem('end').addEventListener('change', (event) => {
    show($('message-at'), event.target.value === 'at');
    $('message-at').querySelector('input').required = event.target.value === 'at';
  });
  $('pause').addEventListener('click', () => {
    const paused = !state.status.paused;
    press($('pause'), () => change('POST', '/api/pause', { paused }),
      () => paused ? 'Paused.' : 'Going on.');
  });
  $('reload').addEventListener('click', () =>
    press($('reload'), () => change('POST', '/api/reload', {}), () => 'The board reads it again.'));
  $('add').addEventListener('click', () => openEditor(null));
  $('source').addEventListener('submit', (event) => {
    event.preventDefault();
    trySource();
  });
  fields.namedItem('url').addEventListener('input', forgetPreview);
  $('save').addEventListener('click', saveSource);
  $('editor-close').addEventListener('click', () => $('editor').close());
  $('notice-close').addEventListener('click', () => show($('notice'), false));
  $('again-now').addEventListener('click', turn);
  $('lane').addEventListener('change', soon);
  $('hidden-part').addEventListener('toggle', soon);
  for (const [name, take] of [['next', takeRundown], ['aired', takeAired]]) {
    $(name + '-more').addEventListener('click', () => {
      lists[name].all = !lists[name].all;
      take(state[name === 'next' ? 'rundown' : 'aired']);
    });
  }
  $('live').addEventListener('change', photograph);
  new IntersectionObserver(([seen]) => {
    picture.inView = seen.isIntersecting;
    photograph();
  }).observe($('screen'));
  document.addEventListener('visibilitychange', () => {
    turn();
    photograph();
  });
  setInterval(() => { if (!document.hidden) { tick(); } }, SECOND);
  turn();
}

start();
