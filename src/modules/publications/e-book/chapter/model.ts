import { dayIn } from '#platform/i18n/days.ts';
import {
  restsTold,
  type Book,
  type BookArticle,
  type BookBlock,
  type Inline,
  type Note,
  type RestsOn,
} from '../../model.ts';
import { marked, nothing, openAddress, pageOf, spoken, spokenWithin, type Marked } from '../markup/model.ts';
import type { Binding, BookPage } from '../model.ts';
import { marginOf, voiceOf } from '../voices/model.ts';

/** What a chapter needs to know while it is written: how the book speaks, and which notes were already called. */
interface Chapter extends Binding {
  readonly language: string;
  readonly noted: Set<number>;
  readonly notes: ReadonlySet<number>;
}

function inlineOf(chapter: Chapter, inline: Inline): Marked {
  switch (inline.type) {
    case 'text': {
      const emphasised = inline.em ? marked`<em>${inline.text}</em>` : marked`${inline.text}`;
      return inline.strong ? marked`<strong>${emphasised}</strong>` : emphasised;
    }
    case 'link': {
      const href = openAddress(inline.href, chapter.origin);
      return href === null ? marked`${inline.text}` : marked`<a href="${href}">${inline.text}</a>`;
    }
    case 'foreign':
      return marked`<i${spoken(inline.lang)}>${inline.text}</i>`;
    case 'note':
      return noteCalled(chapter, inline.number);
  }
}

function noteCalled({ noted, notes }: Chapter, number: number): Marked {
  if (!notes.has(number)) return marked`<sup>${number}</sup>`;
  const first = noted.has(number) ? nothing : marked` id="to-note-${number}"`;
  noted.add(number);
  return marked`<a${first} class="to-note" epub:type="noteref" role="doc-noteref" href="#note-${number}">${number}</a>`;
}

const line = (chapter: Chapter, inlines: readonly Inline[]): Marked =>
  marked`${inlines.map((inline) => inlineOf(chapter, inline))}`;

function tableOf(block: Extract<BookBlock, { type: 'table' }>): Marked {
  const widest = Math.max(block.head.length, ...block.rows.map((row) => row.length));
  if (widest === 0) return nothing;
  const filled = (cells: readonly string[]) => Array.from({ length: widest }, (_, at) => cells[at] ?? '');
  return marked`<table>
${block.head.length === 0 ? nothing : marked`<thead><tr>${filled(block.head).map((cell) => marked`<th scope="col">${cell}</th>`)}</tr></thead>\n`}<tbody>
${(block.rows.length > 0 ? block.rows : [[]]).map((row) => marked`<tr>${filled(row).map((cell) => marked`<td>${cell}</td>`)}</tr>\n`)}</tbody></table>`;
}

function figureOf({ say, drawings, language }: Chapter, { figure }: Extract<BookBlock, { type: 'figure' }>) {
  const drawn = drawings[figure.slug] !== undefined;
  const around = spokenWithin(figure.language, language);
  const seen = drawn
    ? marked`<p class="drawn"><img src="images/figure-${figure.slug}.svg" alt="${figure.alt}"/></p>`
    : marked`<p>${figure.alt}</p>`;
  return marked`<figure class="taken"${around}>
${seen}
<figcaption><b>${figure.title}</b> <span${spokenWithin(say.language, figure.language)}>${say('print.figure.taken', { day: dayIn(say.language, figure.takenOn) })} <a href="facts.xhtml#facts-${figure.slug}">${say('sheets.book.facts.to')}</a></span></figcaption>
</figure>`;
}

function bodyOf(chapter: Chapter, block: BookBlock): Marked {
  const { language, pictures } = chapter;
  const within = spokenWithin(block.language, language);
  switch (block.type) {
    case 'heading':
      return marked`<h${block.level}${within}>${line(chapter, block.inlines)}</h${block.level}>`;
    case 'paragraph':
      return marked`<p${within}>${line(chapter, block.inlines)}</p>`;
    case 'aside':
      return marked`<aside class="aside"${within}><p>${line(chapter, block.inlines)}</p></aside>`;
    case 'quote':
      return voiceOf(chapter, block.voice, language);
    case 'list': {
      if (block.items.length === 0) return nothing;
      const items = block.items.map((item) => marked`<li>${line(chapter, item)}</li>\n`);
      return block.ordered ? marked`<ol${within}>${items}</ol>` : marked`<ul${within}>${items}</ul>`;
    }
    case 'table':
      return marked`<div${within}>${tableOf(block)}</div>`;
    case 'image':
      if (pictures[block.picture] === undefined) return nothing;
      return marked`<figure class="picture"${within}><img src="images/${block.picture}.jpg" alt="${block.alt}"/>
${block.credit === '' ? nothing : marked`<figcaption>${block.credit}</figcaption>`}</figure>`;
    case 'figure':
      return figureOf(chapter, block);
  }
}

function blockOf(chapter: Chapter, block: BookBlock, at: number): Marked {
  const rests =
    restsTold(block).length === 0
      ? nothing
      : marked`<p class="to-rests"><a id="to-rests-${at}" href="#rests-${at}">${chapter.say('print.rests-on')}</a></p>`;
  return marked`<div id="b${at}">${bodyOf(chapter, block)}</div>
${rests}${block.margin.map((voice) => marginOf(chapter, voice, chapter.language))}
`;
}

function restsOf({ say, origin, language }: Chapter, blocks: readonly BookBlock[]): Marked {
  const resting = blocks
    .map((block, at) => ({ at: at + 1, on: restsTold(block) }))
    .filter(({ on }) => on.length > 0);
  if (resting.length === 0) return nothing;
  const shown = (on: RestsOn) => {
    const href = on.address === null ? null : openAddress(on.address, origin);
    const name =
      on.name === null
        ? marked`${say(on.kind === 'voice' ? 'print.voice' : `print.rests-on.${on.kind}`)}`
        : marked`<bdi>${on.name}</bdi>`;
    return marked`<li>${say(`sheets.book.way.${on.way}`)} ${href === null ? name : marked`<a href="${href}">${name}</a>`}</li>\n`;
  };
  return marked`<section class="rests"${spokenWithin(say.language, language)} aria-labelledby="rests">
<h2 id="rests">${say('print.rests-on')}</h2>
${resting.map(({ at, on }, nth) => marked`<div id="rests-${at}"><p><a href="#to-rests-${at}">${say('sheets.book.rests.place', { number: nth + 1 })}</a></p><ul>${on.map(shown)}</ul></div>\n`)}</section>
`;
}

function notesOf(chapter: Chapter, notes: readonly Note[]): Marked {
  const { say, noted, language } = chapter;
  if (notes.length === 0) return nothing;
  const one = ({ number, inlines }: Note) => {
    const back = noted.has(number)
      ? marked` <a role="doc-backlink" href="#to-note-${number}" title="${say('sheets.book.back')}">↩</a>`
      : nothing;
    return marked`<aside id="note-${number}" class="note" epub:type="footnote" role="doc-footnote"><p>${number}. ${line(chapter, inlines)}${back}</p></aside>\n`;
  };
  return marked`<section class="notes" epub:type="footnotes" aria-labelledby="notes">
<h2 id="notes"${spokenWithin(say.language, language)}>${say('print.notes')}</h2>
${notes.map(one)}</section>
`;
}

/** An article as a chapter of the book: its blocks with the voices in their margin, its notes, and on what it rests. */
export function chapterOf(book: Book, article: BookArticle, number: number, binding: Binding): BookPage {
  const { say } = binding;
  const notes = [...new Map(article.notes.map((note) => [note.number, note])).values()];
  const chapter: Chapter = {
    ...binding,
    language: article.language,
    noted: new Set(),
    notes: new Set(notes.map((note) => note.number)),
  };
  const kind =
    article.kind === 'section' || article.kind === 'chapter'
      ? nothing
      : marked`<p class="kind"${spokenWithin(say.language, article.language)}>${say(`print.article.${article.kind}`)}</p>\n`;
  const byline =
    article.byline.length === 0
      ? nothing
      : marked`<p class="byline">${article.byline.map((name, at) => marked`${at > 0 ? ' · ' : ''}<bdi>${name}</bdi>`)}</p>\n`;
  const blocks = article.blocks.map((block, at) => blockOf(chapter, block, at + 1));
  // A note that stands in a note is called there, after the text is.
  const body = marked`<section epub:type="chapter" role="doc-chapter" aria-labelledby="title">
<header>
${kind}<h1 id="title">${article.title}</h1>
${article.opening === '' ? nothing : marked`<p class="opening">${article.opening}</p>\n`}${byline}</header>
${blocks}${notesOf(chapter, notes)}${restsOf(chapter, article.blocks)}</section>`;
  return {
    id: `chapter-${number}`,
    path: `chapter-${number}.xhtml`,
    type: 'application/xhtml+xml',
    inSpine: true,
    title: article.title,
    language: article.language,
    parts: article.blocks.flatMap((block, at) =>
      block.type === 'heading' && block.level === 2
        ? [{ id: `b${at + 1}`, title: plain(block.inlines) }]
        : [],
    ),
    content: pageOf({
      title: `${article.title} · ${book.title}`,
      language: article.language,
      kind: 'bodymatter',
      body,
    }),
  };
}

const plain = (inlines: readonly Inline[]): string =>
  inlines.map((inline) => (inline.type === 'note' ? '' : inline.text)).join('');
