// @ts-check
// Makes the room live: sends what someone does in the background and keeps it while there is no network, hears what happens, and
// makes the page anew without losing what is being typed. Without this everything works by forms and by asking for the page again.
(() => {
  const found = document.querySelector('[data-refresh-on]');
  const main = found?.closest('main');
  if (!(found instanceof HTMLElement) || !main) return;
  const room = () => /** @type {HTMLElement} */ (main.querySelector('[data-refresh-on]') ?? found);
  const told = /** @type {HTMLElement | null} */ (main.querySelector('[data-told]'));

  // ---- What happened is said once, politely, and stays to be read a while.
  /** @typedef {ReturnType<typeof setTimeout>} Timer */
  /** @type {Timer | undefined} */
  let until;
  const tell = (/** @type {string} */ words, stays = false) => {
    if (!told) return;
    clearTimeout(until);
    const note = document.createElement('p');
    note.className = 'note';
    note.textContent = words;
    told.replaceChildren(note);
    told.classList.add('over');
    if (!stays) until = setTimeout(() => told.replaceChildren(), 12_000);
  };

  // ---- The page, made anew where it differs.
  const isTyped = (/** @type {Element} */ one) =>
    (one instanceof HTMLTextAreaElement && one.value !== one.defaultValue) ||
    (one instanceof HTMLInputElement &&
      (/^(checkbox|radio)$/.test(one.type)
        ? one.checked !== one.defaultChecked
        : !/^(hidden|file)$/.test(one.type) && one.value !== one.defaultValue)) ||
    (one instanceof HTMLSelectElement &&
      [...one.options].some((each) => each.selected !== each.defaultSelected));
  const keyOf = (/** @type {Node} */ node) =>
    node instanceof HTMLElement ? (node.dataset.key ?? node.id) || (node.dataset.deed ?? '') : '';
  const alike = (/** @type {Node} */ one, /** @type {Node} */ other) =>
    one.nodeName === other.nodeName && keyOf(one) === keyOf(other);

  /** @param {Element} here @param {Element} fresh */
  const become = (here, fresh) => {
    if (here.hasAttribute('data-kept') || (here instanceof HTMLInputElement && here.type === 'file')) return;
    const typed = isTyped(here);
    const value = /** @type {HTMLInputElement} */ (here).value;
    for (const { name } of [...here.attributes])
      if (!fresh.hasAttribute(name) && name !== 'open') here.removeAttribute(name);
    for (const { name, value: now } of fresh.attributes)
      if (here.getAttribute(name) !== now && name !== 'open') here.setAttribute(name, now);
    if (here instanceof HTMLTextAreaElement) {
      here.defaultValue = fresh.textContent ?? '';
      here.value = typed ? value : here.defaultValue;
    } else if (here instanceof HTMLInputElement) {
      if (/^(checkbox|radio)$/.test(here.type)) {
        if (!typed) here.checked = here.defaultChecked;
      } else here.value = typed ? value : here.defaultValue;
    } else if (here instanceof HTMLSelectElement) {
      if (!typed) within(here, fresh);
    } else within(here, fresh);
  };
  /** @param {Element} here @param {Element} fresh */
  const within = (here, fresh) => {
    let at = here.firstChild;
    for (const next of [...fresh.childNodes]) {
      let match = at;
      while (match && !alike(match, next)) match = match.nextSibling;
      if (!match) {
        here.insertBefore(document.importNode(next, true), at);
        continue;
      }
      // What stands between and is needed further on comes along later; what is not, goes.
      if (match === at) at = at.nextSibling;
      else here.insertBefore(match, at);
      if (match instanceof Element && next instanceof Element) become(match, next);
      else if (match.nodeValue !== next.nodeValue) match.nodeValue = next.nodeValue;
    }
    while (at) {
      const next = at.nextSibling;
      at.remove();
      at = next;
    }
  };
  const sameView = (/** @type {HTMLElement} */ other) =>
    other.dataset.page === room().dataset.page && other.dataset.who === room().dataset.who;

  /** @param {Document} page @param {boolean} says */
  const show = (page, says) => {
    const fresh = page.querySelector('main');
    const inside = /** @type {HTMLElement | null} */ (page.querySelector('[data-refresh-on]'));
    if (!fresh || !inside || !sameView(inside)) return false;
    const note = inside.querySelector('[data-told]')?.textContent?.trim();
    const [focused, card] = [document.activeElement, cardNow()];
    become(main, fresh);
    turnTo(card);
    if (focused instanceof HTMLElement && focused.isConnected) focused.focus({ preventScroll: true });
    if (says && note) tell(note);
    if (says) main.querySelector('#refused')?.scrollIntoView({ block: 'nearest' });
    tick();
    document.dispatchEvent(new CustomEvent('room:fresh'));
    return true;
  };

  // ---- One answer of the house. Asking for a document keeps every page a page: no words are ever put in as HTML.
  /** @param {string} url @param {{ body?: string, type?: string }} [sent] @returns {Promise<XMLHttpRequest>} */
  const ask = (url, sent) =>
    new Promise((answer, fail) => {
      const asked = new XMLHttpRequest();
      asked.open(sent ? 'POST' : 'GET', url);
      if (!sent?.type?.includes('json')) asked.responseType = 'document';
      if (sent) asked.setRequestHeader('content-type', sent.type ?? 'application/x-www-form-urlencoded');
      asked.setRequestHeader('accept', 'text/html');
      asked.timeout = 20_000;
      asked.onload = () => answer(asked);
      asked.onerror = asked.ontimeout = fail;
      asked.send(sent?.body ?? null);
    });
  const addressOf = (/** @type {string} */ url) => {
    const address = new URL(url, location.href);
    address.searchParams.delete('done');
    for (const name of [...address.searchParams.keys()])
      if (name.startsWith('/')) address.searchParams.delete(name);
    return address;
  };

  // ---- Fresh: at most one at a time, and never while someone records or drags.
  let [asking, again] = [false, false];
  const refresh = async () => {
    if (asking || document.querySelector('[data-busy], [data-held]')) {
      again = true;
      if (!asking) setTimeout(refresh, 3_000);
      return;
    }
    [asking, again] = [true, false];
    const answer = await ask(addressOf(location.href).href).catch(() => null);
    asking = false;
    if (answer?.status === 200 && answer.responseXML) {
      if (new URL(answer.responseURL).pathname !== location.pathname) location.assign(answer.responseURL);
      else if (!queue().length && !show(answer.responseXML, false)) location.reload();
    }
    if (again) void refresh();
  };
  /** @type {Timer | undefined} */
  let due;
  let dueAt = Infinity;
  // The earliest wish counts: where much happens at once, the page is still made anew now and then.
  const refreshSoon = (/** @type {number} */ within) => {
    if (Date.now() + within >= dueAt) return;
    clearTimeout(due);
    dueAt = Date.now() + within;
    due = setTimeout(() => {
      dueAt = Infinity;
      void refresh();
    }, within);
  };

  // ---- The queue: what was done and is not sent yet, in order, on this phone only, and gone as soon as it is sent.
  const name = `room ${found.dataset.room ?? location.pathname}`;
  /** @typedef {{ url: string, body: string, type?: string }} Kept */
  /** @type {Kept[]} */
  let memory = [];
  const queue = () => {
    try {
      return /** @type {Kept[]} */ (JSON.parse(localStorage.getItem(name) ?? '[]'));
    } catch {
      return memory;
    }
  };
  const keep = (/** @type {Kept[]} */ left) => {
    memory = left;
    try {
      if (left.length) localStorage.setItem(name, JSON.stringify(left));
      else localStorage.removeItem(name);
    } catch {
      // A browser that keeps nothing still sends what is in memory.
    }
  };
  let [sending, away, wait] = [false, false, 500];
  /** @type {Timer | undefined} */
  let waiter;
  const send = async () => {
    clearTimeout(waiter);
    if (sending) return;
    sending = true;
    /** @type {XMLHttpRequest | null} */
    let last = null;
    let refusals = 0;
    for (let [first] = queue(); first; [first] = queue()) {
      const answer = await ask(first.url, first).catch(() => null);
      if (!answer || answer.status >= 500 || answer.status === 429) {
        sending = false;
        if (!away) tell(room().dataset.netAway ?? '', true);
        away = true;
        waiter = setTimeout(send, (wait = Math.min(wait * 2, 15_000)) * (0.5 + Math.random() / 2));
        return;
      }
      // By what it says, not by its place: another page of this phone may have sent it meanwhile.
      const { body } = first;
      keep(queue().filter((each) => each.body !== body));
      wait = 500;
      if (answer.status >= 400) refusals++;
      last = answer;
    }
    sending = false;
    const came = away;
    away = false;
    if (came) tell(room().dataset.netBack ?? '');
    if (!last) return;
    if (last.responseType !== 'document') {
      if (refusals) void refresh();
      else refreshSoon(cardNow() ? 15_000 : 0);
    } else if (new URL(last.responseURL).pathname.includes('/join')) location.assign(last.responseURL);
    else if (last.responseXML && show(last.responseXML, !came)) {
      if (last.status < 400) history.replaceState(null, '', addressOf(last.responseURL));
    } else void refresh();
    if (refusals > (last.status >= 400 && last.responseType === 'document' ? 1 : 0))
      tell(room().dataset.netRefused ?? '', true);
  };

  // ---- One statement at a time: the next one is there at once, and the one under a thumb is never another one.
  const cards = () =>
    /** @type {HTMLElement[]} */ ([...main.querySelectorAll('[data-vote-card]:not([data-voted])')]);
  const cardNow = () => cards().find((card) => !card.hidden);
  const turnTo = (/** @type {HTMLElement | undefined} */ wished) => {
    const all = cards();
    const now = wished && all.includes(wished) ? wished : all[0];
    for (const card of all) card.hidden = card !== now;
    return now;
  };
  let counted = 0;
  /** @param {HTMLFormElement} form @param {FormData} said */
  const vote = (form, said) => {
    counted = Math.max(Date.now(), counted + 1);
    const { who, statement, vote: word } = Object.fromEntries(said);
    const url = `${location.pathname}/vote`;
    keep([
      ...queue(),
      { url, type: 'application/json', body: JSON.stringify({ who, statement, vote: word, seq: counted }) },
    ]);
    const card = /** @type {HTMLElement | null} */ (form.closest('[data-vote-card]'));
    if (!card) {
      for (const button of form.querySelectorAll('button'))
        button.setAttribute('aria-pressed', String(button.value === word));
    } else {
      card.dataset.voted = '';
      const todo = main.querySelector('[data-todo]');
      if (todo) todo.textContent = String(Math.max(0, Number(todo.textContent) - 1));
      card.hidden = true;
      const next = turnTo(undefined);
      if (next) /** @type {HTMLElement | null} */ (next.querySelector('[data-statement]'))?.focus();
      const left = main.querySelector('[data-all-voted]');
      if (left instanceof HTMLElement) left.hidden = next !== undefined;
    }
    if (!away) tell(room().dataset.voted ?? '');
  };

  /** A key nobody else draws, also where randomUUID is not there yet. */
  const key = () => {
    const [...bytes] = crypto.getRandomValues(new Uint8Array(16));
    const hex = bytes.map((each, at) =>
      (at === 6 ? (each & 15) | 64 : at === 8 ? (each & 63) | 128 : each).toString(16).padStart(2, '0'),
    );
    return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  };
  // Browsers that do not tell which button sent a form tell which one was pressed.
  /** @type {HTMLElement | null} */
  let pressed = null;
  document.addEventListener('click', ({ target }) => {
    pressed = target instanceof Element ? target.closest('button') : null;
  });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.dataset.deed || !main.contains(form)) return;
    const submitter = event.submitter ?? pressed;
    // Who changes their own page waits for it.
    if (room().dataset.page === 'me' || event.defaultPrevented || form.enctype.startsWith('multipart'))
      return;
    event.preventDefault();
    const said = new FormData(form);
    if (submitter instanceof HTMLButtonElement && submitter.name)
      said.append(submitter.name, submitter.value);
    if (form.dataset.deed === 'vote') vote(form, said);
    else {
      if (said.has('deed')) said.set('deed', key());
      const body = new URLSearchParams(/** @type {[string, string][]} */ ([...said])).toString();
      keep([...queue(), { url: form.action, body }]);
      form.reset();
    }
    if (away) tell(room().dataset.netAway ?? '', true);
    void send();
  });

  // ---- What happens in the room, as it happens.
  /** @type {EventSource | null} */
  let line = null;
  let people = Number(main.querySelector('[data-people]')?.textContent) || 50;
  /** @type {Timer | undefined} */
  let summed;
  const showsSums = () => room().dataset.refreshOn?.split(' ').includes('counts');
  // A long step must not sign out who leads while the room looks at their screen.
  setInterval(() => showsSums() && refreshSoon(0), 600_000);
  const hear = () => {
    const { live, event: since } = room().dataset;
    if (!live) return;
    line?.close();
    line = new EventSource(since ? `${live}?since=${since}` : live);
    line.addEventListener('room', (event) => {
      const { kind } = JSON.parse(event.data);
      if (Number(event.lastEventId) <= Number(room().dataset.event ?? -1)) return;
      if (!room().dataset.refreshOn?.split(' ').includes(kind)) return;
      // Not everyone at the same moment; and what is not a next step may wait a little in a full room.
      const seconds = Math.min(people / (/^(state|step|timer)$/.test(kind) ? 200 : 40), 30);
      refreshSoon(100 + Math.random() * 1_000 * Math.max(seconds, 0.3));
    });
    line.addEventListener('counts', (event) => {
      const { people: now, seen } = JSON.parse(event.data);
      if (now !== undefined) people = now;
      const put = (/** @type {string} */ where, /** @type {unknown} */ many) => {
        for (const each of main.querySelectorAll(where)) each.textContent = String(many);
      };
      if (now !== undefined) put('[data-people]', now);
      for (const [number, many] of Object.entries(seen ?? {}))
        put(`[data-seen="${CSS.escape(number)}"]`, many);
      // A page that shows sums is made anew now and then; it is one page in a room, or a few.
      if (!summed && showsSums()) summed = setTimeout(() => (refresh(), (summed = undefined)), 2_000);
    });
    line.onerror = () => {
      // The browser calls again by itself, unless the house said no.
      if (line?.readyState === EventSource.CLOSED) setTimeout(hear, 5_000 + Math.random() * 10_000);
    };
  };

  // ---- A timer counts down to its end; what it says at the end is said once.
  const over = new Set();
  const tick = () => {
    for (const timer of main.querySelectorAll('[data-ends-at]')) {
      if (!(timer instanceof HTMLElement)) continue;
      const left = Math.ceil((Date.parse(timer.dataset.endsAt ?? '') - Date.now()) / 1_000);
      const shown = timer.querySelector('[data-left]');
      const [minutes, seconds] = [Math.floor(left / 60), String(left % 60).padStart(2, '0')];
      if (shown) shown.textContent = left > 0 ? `${minutes}:${seconds}` : '';
      if (left > 0 || left < -60 || over.has(timer.dataset.endsAt)) continue;
      over.add(timer.dataset.endsAt);
      tell(timer.dataset.over ?? '');
    }
  };

  turnTo(undefined);
  tick();
  setInterval(tick, 1_000);
  hear();
  void send();
  addEventListener('online', () => {
    wait = 500;
    // What is under way now may still fail for the line that was gone.
    setTimeout(send, 300);
    setTimeout(send, 2_000);
  });
  addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    hear();
    void refresh();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return;
    if (line?.readyState !== EventSource.OPEN) hear();
    refreshSoon(200 + Math.random() * 800);
  });
})();
