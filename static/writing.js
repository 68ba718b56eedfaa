// @ts-check
// Makes writing together live: what someone does goes in the background and stays on this device until the house has it, others’ work
// comes in without taking anything from under one’s hands, and everyone sees who writes where. Without this everything works by forms.
(() => {
  const found = document.querySelector('[data-writing]');
  if (!(found instanceof HTMLElement)) return;
  const desk = found;
  const words = (/** @type {string} */ key) => desk.dataset[key] ?? '';
  const blocks = () => /** @type {HTMLElement} */ (desk.querySelector('[data-blocks]'));
  const blockOf = (/** @type {string} */ key) =>
    /** @type {HTMLElement | null} */ (desk.querySelector(`[data-key="${CSS.escape(key)}"]`));

  const told = /** @type {HTMLElement} */ (desk.querySelector('[data-told]'));
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let until;
  const tell = (/** @type {string} */ text, stays = false) => {
    clearTimeout(until);
    const note = document.createElement('p');
    note.className = 'note';
    note.textContent = text;
    told.replaceChildren(note);
    if (!stays) until = setTimeout(() => told.replaceChildren(), 12_000);
  };

  /** A key nobody else draws, also where randomUUID is not there yet. */
  const key = () => {
    const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((each, at) =>
      (at === 6 ? (each & 15) | 64 : at === 8 ? (each & 63) | 128 : each).toString(16).padStart(2, '0'),
    );
    return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  };

  // ---- What is kept on this device: deeds that wait, and what is being typed. Gone as soon as the house has it.
  const read = (/** @type {string} */ name) => {
    try {
      return JSON.parse(localStorage.getItem(name) ?? 'null');
    } catch {
      return null;
    }
  };
  /** @type {Map<string, unknown>} */
  const memory = new Map();
  const load = (/** @type {string} */ name) => read(name) ?? memory.get(name) ?? null;
  const store = (/** @type {string} */ name, /** @type {unknown} */ value) => {
    memory.set(name, value);
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, JSON.stringify(value));
    } catch {
      // A browser that keeps nothing still sends what is in memory.
    }
  };
  const [waiting, typing] = [`writing ${desk.dataset.writing}`, `typing ${desk.dataset.writing}`];
  /** @typedef {{ op: string, deed: string, paragraph: string, text: string, body: string }} Kept */
  /** @returns {Kept[]} */
  const queue = () => load(waiting) ?? [];
  const keep = (/** @type {Kept[]} */ left) => store(waiting, left.length > 0 ? left : null);
  /** What this device itself wrote last of a block, and does not know yet how it landed. @type {Map<string, { op: string, base: string }>} */
  const mine = new Map();
  /** @type {Set<string>} */
  const landed = new Set();

  // ---- Sending: one after the other, each until the house says it has it.
  let [sending, away, pause] = [false, false, 500];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiter;
  const later = (/** @type {string} */ why) => {
    sending = false;
    if (!away) tell(why, true);
    away = true;
    waiter = setTimeout(send, (pause = Math.min(pause * 2, 15_000)) * (0.5 + Math.random() / 2));
  };
  const send = async () => {
    clearTimeout(waiter);
    if (sending) return;
    sending = true;
    let landing = '';
    for (let [first] = queue(); first; [first] = queue()) {
      const { op, body } = first;
      const headers = { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' };
      const asked = { method: 'POST', body, headers, redirect: /** @type {const} */ ('manual') };
      const answer = await fetch(`${location.pathname}?/do`, asked).catch(() => null);
      if (!answer || answer.status >= 500 || answer.status === 429) return later(words('netWaits'));
      const said = await answer.json().catch(() => null);
      // Whoever is no longer signed in gets another page than this deed answers.
      if (said?.type !== 'redirect' && said?.type !== 'failure') return later(words('netOver'));
      keep(queue().filter((each) => each.op !== op));
      landed.add(op);
      pause = 500;
      if (said.type === 'redirect')
        landing = new URL(said.location, location.href).searchParams.get('told') ?? '';
      else refused(first);
    }
    sending = false;
    const came = away;
    away = false;
    if (!landing) return;
    const say = {
      laid: 'toldLaid',
      merged: 'toldMerged',
      beside: 'toldBeside',
      'kept-out': 'toldKeptOut',
      'let-go': 'toldLetGo',
    }[landing];
    if (came && landing === 'laid') tell(words('netBack'));
    else if (say) tell(words(say), landing !== 'laid');
    await refresh();
  };
  /** What the house cannot take stays to be read until its writer has it. @param {Kept} kept */
  const refused = ({ paragraph, text }) => {
    blockOf(paragraph)?.querySelector('.waiting')?.remove();
    if (!text) return void refresh();
    const note = document.createElement('div');
    const said = document.createElement('p');
    const quote = document.createElement('p');
    const button = document.createElement('button');
    note.className = 'note';
    said.textContent = words('netRefused');
    quote.style.whiteSpace = 'pre-line';
    quote.dir = 'auto';
    quote.textContent = text;
    button.textContent = words('netLetGo');
    button.onclick = () => note.remove();
    note.append(said, quote, button);
    desk.querySelector('[data-refused]')?.append(note);
  };

  // ---- What waits is shown where it will stand.
  const showWaiting = () => {
    for (const old of desk.querySelectorAll('.waiting')) old.remove();
    const all = queue();
    for (const [which, { deed, paragraph, text, body }] of all.entries()) {
      // Of a block that was written twice while there was no line, only the last wording is shown.
      if (!text || all.slice(which + 1).some((next) => next.deed === deed && next.paragraph === paragraph))
        continue;
      const note = document.createElement('div');
      const [small, said] = [document.createElement('small'), document.createElement('p')];
      note.className = 'waiting';
      small.textContent = words('netWaiting');
      said.dir = 'auto';
      said.textContent = text;
      note.append(small, said);
      const after = deed === 'add' ? new URLSearchParams(body).get('after') : paragraph;
      const block = after ? blockOf(after) : null;
      if (block) {
        if (deed === 'add') block.append(note);
        else block.querySelector('.block, .written > p')?.after(note);
      } else blocks().prepend(note);
    }
  };

  // ---- The page, made anew where it differs; never under somebody’s hands.
  const ask = (/** @type {string} */ url) =>
    new Promise((/** @type {(page: Document | null) => void} */ answer) => {
      const asked = new XMLHttpRequest();
      asked.open('GET', url);
      asked.responseType = 'document';
      asked.timeout = 20_000;
      asked.onload = () => answer(asked.status === 200 ? asked.responseXML : null);
      asked.onerror = asked.ontimeout = () => answer(null);
      asked.send();
    });
  const isHeld = (/** @type {Element} */ block) =>
    block.querySelector('[data-panel]') !== null || block.contains(document.activeElement);
  let [asking, again] = [false, false];
  /** @returns {Promise<void>} */
  const refresh = async () => {
    if (asking) return void (again = true);
    [asking, again] = [true, false];
    const page = await ask(location.pathname);
    asking = false;
    const fresh = page?.querySelector('[data-blocks]');
    if (fresh) show(/** @type {Document} */ (page), fresh);
    if (again) return refresh();
  };
  /** @param {Document} page @param {Element} fresh */
  const show = (page, fresh) => {
    for (const [paragraph, { op }] of mine) if (landed.has(op)) mine.delete(paragraph);
    const held = new Set([...blocks().children].filter(isHeld));
    let at = blocks().firstElementChild;
    for (const next of [...fresh.children]) {
      const here = blockOf(next.getAttribute('data-key') ?? '');
      const stays = here && (held.has(here) || here.outerHTML === next.outerHTML);
      const put = stays ? here : document.importNode(next, true);
      // Nothing that is held is moved: it would let go of the cursor.
      if (put === at) at = at.nextElementSibling;
      else if (!stays || !held.has(put)) blocks().insertBefore(put, at);
      else at = put.nextElementSibling;
      if (here && !stays) {
        if (here === at) at = here.nextElementSibling;
        here.remove();
      }
    }
    const there = new Set([...fresh.children].map((each) => each.getAttribute('data-key')));
    for (const block of [...blocks().children])
      if (!there.has(block.getAttribute('data-key')) && !held.has(block)) block.remove();
    for (const part of ['#gone', '.notes']) {
      const [old, now] = [desk.querySelector(part), page.querySelector(`[data-writing] ${part}`)];
      if (old && now) old.replaceWith(document.importNode(now, true));
      else if (old) old.remove();
      else if (now) blocks().after(document.importNode(now, true));
    }
    showWaiting();
    showPeople();
  };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let soon;
  const refreshSoon = () => {
    clearTimeout(soon);
    soon = setTimeout(refresh, 150 + Math.random() * 600);
  };

  // ---- The panel in which somebody writes: a copy of the form that the house gave along, so that it opens without a line too.
  const panelOf = (/** @type {string} */ name) => {
    const template = desk.querySelector(`template[data-form="${name}"]`);
    if (!(template instanceof HTMLTemplateElement)) return null;
    close();
    const panel = document.createElement('div');
    panel.dataset.panel = name;
    panel.append(document.importNode(template.content, true));
    return panel;
  };
  const close = () => {
    const panel = desk.querySelector('[data-panel]');
    panel?.remove();
    store(typing, null);
    tellWhere(null);
  };
  const fill = (/** @type {Element} */ panel, /** @type {string} */ name, /** @type {string} */ value) => {
    const one = panel.querySelector(`[name="${CSS.escape(name)}"]`);
    if (
      one instanceof HTMLInputElement ||
      one instanceof HTMLTextAreaElement ||
      one instanceof HTMLSelectElement
    )
      one.value = value;
    return one;
  };
  /** What a block says now, as its writer has it: what waits to be sent goes before what the page shows. @param {HTMLElement} block */
  const sourceOf = (block) => {
    const source = JSON.parse(block.dataset.source ?? '{}');
    const last = queue().findLast(
      ({ deed, paragraph }) => deed === 'write' && paragraph === block.dataset.key,
    );
    if (!last) return source;
    const said = new URLSearchParams(last.body);
    const draws = [...said].flatMap(([name, way]) =>
      name.startsWith('rests-') && way ? [{ piece: name.slice(6), way }] : [],
    );
    return { ...source, text: last.text, draws };
  };
  /** Every other block as a place to stand after. @param {HTMLElement} panel @param {HTMLElement} block */
  const fillPlaces = (panel, block) => {
    const template = desk.querySelector('template[data-form="place"]');
    if (panel.dataset.panel !== 'place' && template instanceof HTMLTemplateElement)
      panel.append(document.importNode(template.content, true));
    const select = panel.querySelector('[data-deed="move"] select');
    if (!(select instanceof HTMLSelectElement)) return;
    for (const other of blocks().children) {
      if (!(other instanceof HTMLElement) || other === block) continue;
      const place = new Option(
        words('placeAfter').replace('%', other.dataset.words ?? ''),
        other.dataset.key,
      );
      if (other === block.previousElementSibling) place.selected = true;
      select.append(place);
    }
    for (const each of panel.querySelectorAll('[name="paragraph"]'))
      if (each instanceof HTMLInputElement) each.value = block.dataset.key ?? '';
  };
  const openAt = (/** @type {HTMLElement} */ block, /** @type {string | null} */ text = null) => {
    const panel = panelOf('typed' in block.dataset ? 'write' : 'place');
    if (!panel) return false;
    fillPlaces(panel, block);
    if (!('typed' in block.dataset)) return (block.append(panel), tellWhere(block.dataset.key ?? null), true);
    const source = sourceOf(block);
    fill(panel, 'base', String(source.version));
    for (const { piece, way } of source.draws) {
      const select = fill(panel, `rests-${piece}`, way);
      if (select)
        /** @type {HTMLDetailsElement | null} */ (select.closest('details'))?.setAttribute('open', '');
    }
    block.append(panel);
    const area = fill(panel, 'text', text ?? source.text);
    if (area instanceof HTMLTextAreaElement) {
      const spoken = block.querySelector('.said [lang], .said[lang]');
      area.lang = spoken?.getAttribute('lang') ?? '';
      area.rows = Math.min(20, Math.max(5, Math.ceil(area.value.length / 60) + 1));
      area.focus();
    }
    tellWhere(block.dataset.key ?? null);
    return true;
  };
  const openAfter = (
    /** @type {string} */ after,
    /** @type {Element} */ from,
    /** @type {string | null} */ text = null,
  ) => {
    const panel = panelOf('add');
    if (!panel) return false;
    fill(panel, 'after', after);
    for (const other of panel.querySelectorAll('[data-other]'))
      if (other instanceof HTMLAnchorElement) other.search = other.search.replace('after=', `after=${after}`);
    from.after(panel);
    const area = fill(panel, 'text', text ?? '');
    if (area instanceof HTMLElement) area.focus();
    tellWhere(after || null);
    return true;
  };
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || !desk.contains(link) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const block = /** @type {HTMLElement | null} */ (link.closest('[data-key]'));
    const did =
      ('write' in link.dataset && block && openAt(block)) ||
      ('add' in link.dataset && openAfter(link.dataset.add ?? '', link.closest('p') ?? link)) ||
      ('close' in link.dataset && link.closest('[data-panel]') && (close(), true));
    if (!did) return;
    event.preventDefault();
  });
  desk.addEventListener('input', (event) => {
    const area = event.target;
    const form = area instanceof HTMLTextAreaElement ? area.closest('[data-panel] form') : null;
    if (!(form instanceof HTMLFormElement) || !(area instanceof HTMLTextAreaElement)) return;
    const { deed, paragraph, after } = Object.fromEntries(new FormData(form));
    store(typing, { deed, paragraph, after, text: area.value });
  });

  // ---- What someone does goes into the queue, under a key of its own.
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset.deed || !desk.contains(form)) return;
    event.preventDefault();
    const op = key();
    const said = new FormData(form);
    said.set('op', op);
    const deed = String(said.get('deed'));
    if (deed === 'add') said.set('paragraph', key());
    const paragraph = String(said.get('paragraph'));
    const text = String(said.get('text') ?? '');
    if (deed === 'write') {
      const before = mine.get(paragraph);
      if (before) {
        said.set('follows', before.op);
        said.set('base', before.base);
      }
      mine.set(paragraph, { op, base: String(said.get('base')) });
    }
    const body = new URLSearchParams(/** @type {[string, string][]} */ ([...said])).toString();
    keep([...queue(), { op, deed, paragraph, text, body }]);
    if (form.closest('[data-panel]')) close();
    else if (form.closest('#add') || form.action.includes('?')) (form.closest('.card') ?? form).remove();
    if (location.search) history.replaceState(null, '', location.pathname);
    showWaiting();
    if (away) tell(words('netWaits'), true);
    void send();
  });

  // ---- Who is where, and that something was done. Nothing of it is kept anywhere.
  const page = key();
  /** @type {string | null} */
  let at = null;
  const sayWhere = (gone = false) => {
    const body = new URLSearchParams({ page, at: at ?? '', ...(gone ? { gone: 'yes' } : {}) });
    if (gone) return void navigator.sendBeacon(words('live'), body);
    void fetch(words('live'), { method: 'POST', body }).catch(() => null);
  };
  const tellWhere = (/** @type {string | null} */ where) => {
    if (at === where) return;
    at = where;
    sayWhere();
  };
  /** @type {{ page: string, called: string | null, at: string | null }[]} */
  let people = [];
  const showPeople = () => {
    const others = people.filter((each) => each.page !== page);
    const called = (/** @type {{ called: string | null }} */ each) => each.called ?? words('unnamed');
    for (const here of desk.querySelectorAll('[data-here]')) {
      const block = here.closest('[data-key]')?.getAttribute('data-key');
      const names = [...new Set(others.filter((each) => each.at === block).map(called))];
      if (!(here instanceof HTMLElement)) continue;
      here.hidden = names.length === 0;
      here.textContent = names.length ? words('hereOne').replace('%', `\u2068${names.join(', ')}\u2069`) : '';
    }
    const line = /** @type {HTMLElement} */ (desk.querySelector('[data-people]'));
    const names = [...new Set(others.map(called))];
    line.hidden = names.length === 0;
    line.textContent = `${words('hereNow')} ${names.map((name) => `\u2068${name}\u2069`).join(', ')}`;
  };
  /** @type {EventSource | null} */
  let line = null;
  const hear = () => {
    line?.close();
    line = new EventSource(words('live'));
    line.addEventListener('open', () => sayWhere());
    line.addEventListener('deed', refreshSoon);
    line.addEventListener('here', (event) => {
      people = JSON.parse(event.data);
      showPeople();
    });
    line.onerror = () => {
      // The browser calls again by itself, unless the house said no.
      if (line?.readyState === EventSource.CLOSED) setTimeout(hear, 5_000 + Math.random() * 10_000);
    };
  };

  const typed = load(typing);
  if (typed?.text) {
    const block = typed.deed === 'write' ? blockOf(String(typed.paragraph)) : null;
    if (block) openAt(block, typed.text);
    else {
      const from = typed.after
        ? blockOf(String(typed.after))?.querySelector('.deeds')
        : desk.querySelector('.first');
      openAfter(typed.after ?? '', from ?? told, typed.text);
    }
  }
  showWaiting();
  hear();
  void send();
  setInterval(() => sayWhere(), 20_000);
  addEventListener('pagehide', () => sayWhere(true));
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    hear();
    void refresh();
  });
  addEventListener('online', () => {
    pause = 500;
    setTimeout(send, 300);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') refreshSoon();
  });
})();
