import { readable } from '../../initiatives/input.ts';
import { storyKinds, type StoryKind } from '../model.ts';

/** What someone wants a story to be. */
export interface StoryWish {
  readonly kind: StoryKind;
  readonly title: string;
  readonly opening: string;
  readonly language: string;
  readonly link: string | null;
  /** Words in the addresses of initiatives. */
  readonly initiatives: readonly string[];
  /** Tellings by key, in order. */
  readonly tellings: readonly string[];
}

export type StoryProblem = {
  readonly field: 'title' | 'opening' | 'link';
  readonly reason: 'stories.desk.problem.title' | 'stories.desk.problem.long' | 'stories.desk.problem.link';
};

/** Reads the form of a story; what is wrong is told field by field, and nothing a person wrote is lost. */
export function parseStory(form: FormData): { wish: StoryWish; problems: StoryProblem[] } {
  const text = (name: string) => {
    const given = form.get(name);
    return typeof given === 'string' ? readable(given).replace(/\r\n?/g, '\n').normalize('NFC').trim() : '';
  };
  const problems: StoryProblem[] = [];
  const [title, opening, link] = [text('title').replace(/\s+/g, ' '), text('opening'), text('link')];
  if (title === '') problems.push({ field: 'title', reason: 'stories.desk.problem.title' });
  if (title.length > 200) problems.push({ field: 'title', reason: 'stories.desk.problem.long' });
  if (opening.length > 5_000) problems.push({ field: 'opening', reason: 'stories.desk.problem.long' });
  if (link !== '' && !/^https?:\/\/[^\s"<>\\]{3,1900}$/.test(link))
    problems.push({ field: 'link', reason: 'stories.desk.problem.link' });
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  const tellings = [...form]
    .flatMap(([name, value]): [string, number][] => {
      const [, key] = /^place-(.+)$/.exec(name) ?? [];
      const place = typeof value === 'string' && /^\d{1,3}$/.test(value.trim()) ? Number(value) : null;
      return key !== undefined && uuid.test(key) && place !== null && place > 0 ? [[key, place]] : [];
    })
    .sort(([, one], [, other]) => one - other)
    .map(([key]) => key)
    .slice(0, 200);
  const slugs = text('initiatives')
    .split(/[\s,;]+/)
    .map(
      (word) =>
        word
          .replace(/[?#].*$/, '')
          .split('/')
          .filter(Boolean)
          .at(-1) ?? '',
    )
    .filter((word) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(word));
  return {
    problems,
    wish: {
      kind: storyKinds.find((kind) => kind === text('kind')) ?? 'shared',
      title,
      opening,
      language: /^[a-z]{2,3}$/.test(text('language')) ? text('language') : 'nl',
      link: link === '' ? null : link,
      initiatives: [...new Set(slugs)].slice(0, 50),
      tellings,
    },
  };
}
