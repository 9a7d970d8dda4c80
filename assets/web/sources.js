/* The sources: how each is, and adding, trying, changing and removing one. */

const kinds = {
  rss: 'RSS', rdf: 'RSS 1.0', atom: 'Atom', jsonfeed: 'JSON Feed', cap: 'alerts (CAP)',
  html: 'web page', text: 'text',
};

function health(source) {
  if (source.state === 'failed') { return sentence(source.error || 'it does not answer'); }
  if (source.state === 'trying') { return 'Waiting for its first answer.'; }
  const kind = source.kind && ', ' + (kinds[source.kind] || source.kind);
  return 'Good, ' + count(source.items, 'headline') + kind + '.';
}

const origins = { web: 'added here', 'command line': 'from the command line' };

function takeSources(answer) {
  state.sources = answer;
  show($('sources-none'), !answer.sources.length);
  sync($('source-list'), answer.sources, (source) => source.name, () => {
    const node = fromTemplate('row-source')();
    const [again, edit, remove] = node.querySelectorAll('button');
    again.addEventListener('click', () => openEditor(node.source, true));
    edit.addEventListener('click', () => openEditor(node.source));
    remove.addEventListener('click', () => removeSource(remove, node.source));
    return node;
  }, fillSource);
  tellState();
}

function fillSource(node, source) {
  const [again, edit, remove] = node.querySelectorAll('button');
  const tags = [source.flash && 'breaking', origins[source.origin]].filter(Boolean).join(', ');
  node.source = source;
  node.className = source.state;
  put(node.querySelector('bdi'), source.label || source.name);
  put(node.querySelector('.tag'), tags);
  show(node.querySelector('.tag'), tags);
  put(node.querySelector('.address'), source.url);
  put(node.querySelector('.health span:last-child'), health(source));
  parts(node.querySelector('.how .small'), [
    source.last_good ? goodSince(source.last_good) : source.state !== 'trying' && 'Never good yet',
    source.next_at && time(source.next_at, 'next'),
    source.http_status && 'HTTP ' + source.http_status,
    source.state === 'failed' && source.items && count(source.items, 'headline') + ' kept',
  ]);
  [[again, 'Try'], [edit, 'Edit'], [remove, 'Remove']].forEach(([button, what]) =>
    button.setAttribute('aria-label', what + ': ' + (source.label || source.name)));
  show(edit, source.origin !== 'command line');
  show(remove, source.origin === 'web');
}

function goodSince(iso) {
  const node = element('span', 'Last good ');
  node.append(time(iso, 'ago'));
  return node;
}

async function removeSource(button, source) {
  if (await sure('Remove this source?', (source.label || source.name) + ', ' + source.url,
    'It leaves the screen, or is again what the file of the operator says of it.', 'Remove it')) {
    press(button, () => change('DELETE', '/api/sources/' + encodeURIComponent(source.name)),
      () => 'Removed.');
  }
}

/* --- Adding and changing a source --------------------------------------------------------- */

const fields = $('source').elements;

function durationOf(seconds) {
  const units = [[86400, 'd'], [3600, 'h'], [60, 'm'], [1, 's']];
  const [unit, name] = units.find(([each]) => seconds % each === 0);
  return seconds / unit + name;
}

/* Of the source that is edited: settings that the form has no field for, and keys whose values the
 * board does not tell. They stay as they are. */
const beside = { settings: {}, unchanged: [] };

const isYes = (text) => /^(on|yes|true)$/i.test(text);

/* Fills the form with what the board has of a source that was added here, as it was written. */
function fillSettings({ settings, secret }) {
  beside.settings = { ...settings };
  beside.unchanged = secret;
  for (const field of fields) {
    const value = settings[field.name];
    if (!field.name || value === undefined) { continue; }
    delete beside.settings[field.name];
    if (field.type === 'checkbox') {
      field.checked = isYes(value);
    } else {
      field.value = [].concat(value).join('\n');
    }
  }
}

const editNotes = {
  file: 'This source is in the file of the operator. What is set here counts before that.',
  web: 'What is left empty here goes back to what it is by default.',
  'command line': '',
};

function openEditor(source, tryNow = false) {
  $('source').reset();
  forgetPreview();
  result($('source-result'), '');
  put($('editor-title'), source ? 'Source ' + source.name : 'Add a source');
  put($('editor-note'), !source ? '' : editNotes[source.origin] +
    ' A password in the address is not shown: type it again.');
  fields.namedItem('name').readOnly = Boolean(source);
  fields.namedItem('flash').dataset.was = source && source.flash ? 'on' : '';
  Object.assign(beside, { settings: {}, unchanged: [] });
  if (source) {
    fields.namedItem('url').value = source.url;
    fields.namedItem('name').value = source.name;
  }
  if (source && source.settings) {
    fillSettings(source);
  } else if (source) {
    fields.namedItem('every').value = durationOf(source.every_s);
    fields.namedItem('label').value = source.label === source.name ? '' : source.label;
    fields.namedItem('flash').checked = source.flash;
  }
  $('editor').showModal();
  if (tryNow) { $('source').requestSubmit(); }
}

/* What FIELD sets; '' or nothing where it is left alone. Rules are one a line. */
function settingOf(field) {
  const text = field.value.trim();
  if (field.type === 'checkbox') { return field.checked || (field.dataset.was ? false : ''); }
  if (field.type === 'textarea') { return text && text.split(/\s*\n\s*/); }
  return field.type === 'number' && text ? Number(text) : text;
}

/* The settings of the form as the configuration names them. */
function settings() {
  const body = { ...beside.settings };
  if (beside.unchanged.length) { body.unchanged = beside.unchanged; }
  for (const field of fields) {
    const value = field.name ? settingOf(field) : '';
    if (value !== '') { body[field.name] = value; }
  }
  return body;
}

function forgetPreview() {
  show($('preview'), false);
  show($('save'), false);
  $('try').classList.add('main');
  $('save').classList.remove('main');
}

function trySource() {
  const body = settings();
  body.name = body.name || 'new';
  forgetPreview();
  return send($('try'), $('source-result'), 'Asking ' + body.url + ' …',
    () => change('POST', '/api/sources', { ...body, try: true }, TRY_WITHIN),
    showPreview);
}

function showPreview(answer) {
  const good = !answer.error, name = fields.namedItem('name');
  const found = [kinds[answer.kind] || answer.kind, answer.title && '“' + answer.title + '”',
    count(answer.items, 'headline')];
  $('preview').classList.toggle('wrong', !good);
  put($('preview-title'), good ? found.filter(Boolean).join(', ') : sentence(answer.error));
  put($('preview-from'), answer.feed_url && answer.feed_url !== fields.namedItem('url').value.trim()
    ? 'From ' + answer.feed_url : '');
  $('preview-items').replaceChildren(...answer.headlines.map((headline) => {
    const node = element('li', headline.headline);
    node.dir = 'auto';
    return node;
  }));
  name.value = name.value || (answer.title || '').slice(0, 60);
  show($('preview'), true);
  show($('save'), true);
  put($('save'), good ? 'Save' : 'Save all the same');
  /* The cure is a box that may be out of sight. */
  if (!good && answer.error.includes('lan = yes')) { $('source').querySelector('details').open = true; }
  $('try').classList.toggle('main', !good);
  $('save').classList.toggle('main', good);
  $('preview-title').focus();
  return '';
}

/* A name is needed only here: trying may find one. */
function saveSource() {
  fields.namedItem('name').required = true;
  const valid = $('source').reportValidity();
  fields.namedItem('name').required = false;
  if (!valid) { return; }
  const body = settings();
  send($('save'), $('source-result'), 'Saving …',
    () => change('POST', '/api/sources', body), () => {
      $('editor').close();
      notice('Saved: ' + body.name + '.');
      return '';
    });
}
