/** Probes that run inside the page; each answers one sentence per offence. They may use nothing from outside themselves. */

/** Exactly one h1 and no level that was skipped. */
export function headingOffences(): string[] {
  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(
    (each) => each.getClientRects().length > 0,
  );
  const levels = headings.map((each) => Number(each.tagName[1]));
  const jumps = headings.filter((_, at) => at > 0 && (levels[at] ?? 1) > (levels[at - 1] ?? 1) + 1);
  const firsts = levels.filter((level) => level === 1).length;
  return [
    ...(firsts === 1 ? [] : [`${firsts} headings of the first level`]),
    ...jumps.map((each) => `'${each.textContent.trim()}' (${each.tagName}) skips a level`),
  ];
}

/** The page fits its width: nobody has to move it sideways to read. */
export function sidewaysOffences(): string[] {
  const root = document.documentElement;
  const over = root.scrollWidth - root.clientWidth;
  if (over <= 0) return [];
  const wide = [...document.body.querySelectorAll('*')]
    .filter((each) => {
      const box = each.getBoundingClientRect();
      return box.right > root.clientWidth + 1 || box.left < -1;
    })
    .slice(-3)
    .map((each) => `${each.tagName.toLowerCase()}.${each.getAttribute('class') ?? ''}`);
  return [`${over} px wider than ${root.clientWidth} px, around ${wide.join(', ')}`];
}

/**
 * Targets under 24 px whose 24 px circle touches another target (WCAG 2.5.8, with its exceptions for spacing, for links in a
 * sentence, and for the spots of a drawing, whose place is what they say and which stand in a list or table beside it).
 */
export function smallTargets(): string[] {
  const targets = [
    ...document.querySelectorAll(
      'a[href]:not(svg a), button, input:not([type=hidden]), select, textarea, summary',
    ),
  ]
    .filter((each) => each.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
    .map((each) => ({ each, box: each.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && box.height > 1);
  const inSentence = (each: Element) =>
    getComputedStyle(each).display === 'inline' &&
    [...(each.parentElement?.childNodes ?? [])].some(
      (node) => node.nodeType === 3 && /\p{L}/u.test(node.nodeValue ?? ''),
    );
  const apart = (box: DOMRect, other: DOMRect) => {
    const x = box.x + box.width / 2;
    const y = box.y + box.height / 2;
    const dx = Math.max(other.left - x, 0, x - other.right);
    const dy = Math.max(other.top - y, 0, y - other.bottom);
    return Math.hypot(dx, dy) >= 12;
  };
  return targets
    .filter(({ each, box }) => (box.width < 24 || box.height < 24) && !inSentence(each))
    .filter(({ each, box }) =>
      targets.some(
        (other) =>
          other.each !== each &&
          !each.contains(other.each) &&
          !other.each.contains(each) &&
          !apart(box, other.box),
      ),
    )
    .map(
      ({ each, box }) =>
        `${each.tagName.toLowerCase()} '${(each.textContent || each.getAttribute('aria-label') || each.getAttribute('name') || '').trim().slice(0, 40)}' is ${Math.round(box.width)} x ${Math.round(box.height)} px`,
    );
}

/**
 * Runs of letters in another script than the language around them that do not say so. A name has no language (WCAG 3.1.2), but
 * alone it needs its own direction: a <bdi>, an isolated run, a text of a drawing or an option. Everything else needs lang as well.
 */
export function foreignRuns(): string[] {
  const scripts = {
    Arabic: /\p{Script=Arabic}/u,
    Cyrillic: /\p{Script=Cyrillic}/u,
    Ethiopic: /\p{Script=Ethiopic}/u,
    Latin: /\p{Script=Latin}/u,
  };
  const scriptOf: Record<string, keyof typeof scripts> = {
    ar: 'Arabic',
    fa: 'Arabic',
    uk: 'Cyrillic',
    ru: 'Cyrillic',
    ti: 'Ethiopic',
    am: 'Ethiopic',
  };
  // Marks and addresses belong to no language either.
  const noLanguage =
    /^\p{P}*(?:[A-Z0-9][A-Z0-9.-]{1,9}|[\w.+-]+@[\w.-]+|(?:https?:\/\/)?[\w-]+(?:\.[\w-]+)+[\w/#?=&.%-]*)\p{P}*$/u;
  const isolatedRun = /[\u2066-\u2068][^\u2069]*\u2069/g;
  const offences: string[] = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = (texts.currentNode.nodeValue ?? '').replace(isolatedRun, ' ').trim();
    const parent = texts.currentNode.parentElement;
    if (!parent || !/\p{L}{2}/u.test(text) || parent.closest('script, style, noscript, template')) continue;
    if (parent.closest('bdi, option, svg text')) continue;
    const language = parent.closest('[lang]')?.getAttribute('lang')?.split('-')[0] ?? '';
    const expected = scripts[scriptOf[language] ?? 'Latin'];
    const words = text.split(/\s+/).filter((word) => /\p{L}{2}/u.test(word));
    const foreign = words.filter(
      (word) => !expected.test(word) && Object.values(scripts).some((script) => script.test(word)),
    );
    // A name inside a sentence has no language, and the sentence carries it.
    if (foreign.length < words.length) continue;
    const directed = parent.closest('[dir]:not(html, body)') !== null;
    if (foreign.length === 0 || (directed && foreign.every((word) => noLanguage.test(word)))) continue;
    offences.push(
      `'${text.slice(0, 60)}' stands in lang=${language}${directed ? '' : ' without a direction of its own'}`,
    );
  }
  return offences;
}

/** What still moves when the reader asked for rest. */
export function movements(): string[] {
  return document
    .getAnimations()
    .filter((each) => each.playState === 'running')
    .map(
      (each) =>
        `an animation runs on ${(each.effect as KeyframeEffect | null)?.target?.tagName ?? 'something'}`,
    );
}

/** Text that is cut off when a reader widens letters, words and lines (WCAG 1.4.12). */
export function cutOffText(): string[] {
  return [...document.body.querySelectorAll<HTMLElement>('*')]
    .filter((each) => {
      const style = getComputedStyle(each);
      const hides =
        style.overflowX === 'hidden' || style.overflowY === 'hidden' || style.overflowY === 'clip';
      const shown = each.clientWidth > 8 && each.clientHeight > 8 && style.clipPath === 'none';
      return (
        hides &&
        shown &&
        each.innerText?.trim() &&
        (each.scrollHeight > each.clientHeight + 2 || each.scrollWidth > each.clientWidth + 2)
      );
    })
    .map((each) => `'${each.innerText.trim().slice(0, 40)}' is cut off`);
}

/** How the element that has the focus looks, and whether something lies over all of it; null when the page itself has the focus. */
export function lookOfTheFocus(mark: number): { look: string; hidden: boolean; name: string } | null {
  const focused = document.activeElement;
  if (!focused || focused === document.body || focused === document.documentElement) return null;
  if (focused.hasAttribute('data-stop')) return null;
  focused.setAttribute('data-stop', String(mark));
  const around = [focused, ...focused.querySelectorAll('*')].slice(0, 8);
  const look = around
    .map((each) => {
      const style = getComputedStyle(each);
      return [
        style.outline,
        style.boxShadow,
        style.backgroundColor,
        style.border,
        style.stroke,
        style.strokeWidth,
        style.textDecoration,
      ].join('|');
    })
    .join('\n');
  const box = focused.getBoundingClientRect();
  const points = [0.1, 0.5, 0.9].flatMap((x) =>
    [0.1, 0.5, 0.9].map((y) => [box.left + box.width * x, box.top + box.height * y] as const),
  );
  const hidden = points.every(([x, y]) => {
    const top = document.elementFromPoint(x, y);
    return top === null || !(focused.contains(top) || top.contains(focused));
  });
  const name = (
    focused.getAttribute('aria-label') ??
    (focused.textContent.trim() || focused.getAttribute('name') || focused.tagName)
  ).slice(0, 40);
  return { look, hidden, name };
}

/** The marked stops without an outline of 2 px while they have the focus; in a drawing the change of its own strokes is enough. */
export function stopsWithoutOutline(): string[] {
  return [...document.querySelectorAll<HTMLElement | SVGElement>('[data-stop]:not(svg *)')]
    .filter((stop) => {
      stop.focus();
      return ![stop, ...stop.querySelectorAll('*')].slice(0, 8).some((each) => {
        const style = getComputedStyle(each);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      });
    })
    .map(
      (stop) => `'${stop.textContent.trim().slice(0, 40) || stop.tagName}' has no outline in forced colours`,
    );
}

/** The same look of every marked stop, now that none of them has the focus. */
export function looksAtRest(): Record<string, string> {
  (document.activeElement as HTMLElement | null)?.blur();
  const looks: Record<string, string> = {};
  for (const stop of document.querySelectorAll('[data-stop]')) {
    looks[stop.getAttribute('data-stop') ?? ''] = [stop, ...stop.querySelectorAll('*')]
      .slice(0, 8)
      .map((each) => {
        const style = getComputedStyle(each);
        return [
          style.outline,
          style.boxShadow,
          style.backgroundColor,
          style.border,
          style.stroke,
          style.strokeWidth,
          style.textDecoration,
        ].join('|');
      })
      .join('\n');
  }
  return looks;
}

/**
 * What a page is made of, for a judge who has to see each of it once: each element with the one around it, how it is dressed, what it
 * says of itself and whether anything stands in it; and each deed that can be done here.
 */
export function madeOf(): string[] {
  const tells = /^(aria-.*|role|type|lang|dir|hidden|disabled|open|tabindex|title|alt)$/;
  const self = (each: Element | null) =>
    [
      each?.tagName,
      ...(each?.classList ?? []),
      ...[...(each?.attributes ?? [])]
        .filter(({ name }) => tells.test(name))
        .map(({ name, value }) =>
          /^(role|type|dir)$/.test(name) || value === '' ? `${name}=${value}` : name,
        ),
      each?.firstElementChild || each?.textContent?.trim() ? '' : 'empty',
      each?.tagName === 'FORM' ? (/^\?\/\w+/.exec(each.getAttribute('action') ?? '') ?? '') : '',
    ].join(' ');
  const all = [...document.body.querySelectorAll('*')];
  return [...new Set(all.map((each) => `${self(each.parentElement)} > ${self(each)}`))];
}
