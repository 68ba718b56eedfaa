import type { ArticleKind, Book, BookArticle, BookBlock, Inline, Voice } from '../model.ts';

/** Invented words in the languages of the field, long enough to be set as a page. */
const passages = {
  nl: 'In de eerste winter was er alleen een zaal met tl-licht en een waterkoker. Wie binnenkwam kreeg thee, en pas daarna een formulier. Langzaam werd duidelijk dat verantwoordelijkheidsgevoel niet in een beleidsplan past: het ontstond aan tafel, tussen mensen die elkaars taal nog niet spraken en toch samen de vaatwasser uitruimden. De gemeente kwam kijken, de woningcorporatie ook, en iedereen schreef iets anders op.',
  en: 'In the first winter there was only a hall with strip lights and a kettle. Whoever came in was given tea, and a form only after that. Slowly it became clear that a sense of responsibility does not fit in a policy plan: it came about at the table, between people who did not speak each other’s language yet and emptied the dishwasher together all the same.',
  ar: 'في الشتاء الأول لم يكن هناك سوى قاعة باردة وغلاية ماء. من دخل شرب الشاي أولاً، ثم ملأ الاستمارة. تعلمنا على الطاولة ما لا يُكتب في الخطط: أن الثقة تأتي ببطء، وأن من يسأل يجب أن ينتظر الجواب.',
  ti: 'ኣብቲ ናይ መጀመርታ ክረምቲ ሓንቲ ኣዳራሽን ሻህን ጥራይ ነይሩ። ዝኣተወ ሰብ መጀመርታ ሻሂ ሰትዩ፣ ድሕሪኡ ቅጥዒ መሊኡ። ኣብ ሓደ ጣውላ ኮፍ ኢልና ብሓባር ተማሂርና።',
  uk: 'Першої зими була лише зала з яскравим світлом і чайник. Хто заходив, спершу пив чай, а вже потім заповнював анкету. Поступово стало зрозуміло, що відповідальність не вміщується в план: вона народжувалася за столом, між людьми, які ще не говорили однією мовою.',
  fa: 'در زمستان اول فقط یک سالن سرد بود و یک کتری. هر کس می‌آمد اول چای می‌نوشید و بعد فرم پر می‌کرد. کم‌کم فهمیدیم که اعتماد در هیچ برنامه‌ای جا نمی‌شود و سر میز به وجود می‌آید.',
} as const;
type Told = keyof typeof passages;

const words = (text: string): Inline[] => [{ type: 'text', text }];
let made = 0;

const head = (language: string, margin: readonly Voice[] = []) => ({
  id: `block-${made++}`,
  language,
  restsOn: [],
  margin,
});

/** A paragraph of invented words. */
export const aPassage = (language: Told, margin: readonly Voice[] = [], times = 1): BookBlock => ({
  ...head(language, margin),
  type: 'paragraph',
  inlines: words(Array.from({ length: times }, () => passages[language]).join(' ')),
});

/** A block with words of your own choice. */
export const aParagraphOf = (language: string, inlines: readonly Inline[]): BookBlock => ({
  ...head(language),
  type: 'paragraph',
  inlines,
});

/** A voice in its own language, with renderings in others. */
export const aVoice = (
  language: Told,
  { into = [], ...rest }: Partial<Voice> & { into?: readonly Told[] } = {},
): Voice => ({
  key: `voice-${made++}`,
  kind: 'quote',
  stance: null,
  words: passages[language],
  language,
  called: null,
  roleThen: 'newcomer',
  telling: null,
  renderings: into.map((to, n) => ({
    language: to,
    words: passages[to],
    signedAs: n === 0 ? 'Mirjam Alem' : null,
    madeHow: n === 0 ? ('person' as const) : ('machine' as const),
  })),
  ...rest,
});

export const aQuote = (language: string, voice: Voice): BookBlock => ({
  ...head(language),
  type: 'quote',
  voice,
});

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 150" width="400" height="150"><rect width="400" height="150" fill="#dcebef"/><path d="M0 110c80-30 120 20 200 0s140-30 200-4v44H0z" fill="#f7f1e6"/><g fill="#1b6e8c"><ellipse cx="70" cy="104" rx="24" ry="9"/><ellipse cx="150" cy="84" rx="19" ry="7"/><ellipse cx="222" cy="66" rx="15" ry="6"/></g><text x="70" y="132" font-family="'Source Sans 3', sans-serif" font-size="12" fill="#123c4a" text-anchor="middle">Taalcafé</text></svg>`;

export const aFigure = (language: string): BookBlock => {
  const block = head(language);
  return {
    ...block,
    type: 'figure',
    figure: {
      slug: `figure-${block.id}`,
      kind: 'chain',
      title: 'Drie stenen tussen aankomst en een eigen huis',
      alt: 'Drie stenen in het water, van groot naar klein. De eerste heet Taalcafé.',
      language: 'nl',
      takenOn: '2026-03-02',
      address: 'https://steppingstones.example/nl/chains?near=Arnhem',
      drawing,
      facts: { columns: ['steen'], rows: [['Taalcafé']] },
    },
  };
};

/** An article with a bit of everything that can stand in one. */
export function anArticleToSet(
  language: Told,
  title: string,
  blocks: readonly BookBlock[],
  kind: ArticleKind = 'essay',
): BookArticle {
  return {
    id: `article-${made++}`,
    slug: `article-${made}`,
    kind,
    title,
    opening: passages[language].split(/(?<=[.።])\s/)[0] ?? '',
    language,
    byline: ['Mirjam Alem', 'Сергій Коваль'],
    blocks,
    notes: [],
  };
}

/** A publication that never was, as it would go out on paper. */
export const aBookToSet = (given: Partial<Book> & Pick<Book, 'articles'>): Book => ({
  slug: 'waar-het-water-ondiep-is',
  kind: 'report',
  exit: 'paper',
  title: 'Waar het water ondiep is',
  subtitle: 'Vijf jaar samen leren in tien gemeenten',
  opening: passages.nl,
  language: 'nl',
  issue: null,
  invented: true,
  edition: 2,
  releasedOn: '2026-03-04',
  address: 'https://steppingstones.example/publications/waar-het-water-ondiep-is/2',
  changed: '',
  credits: [
    { called: 'Mirjam Alem', part: 'editor' },
    { called: 'Сергій Коваль', part: 'writer' },
    { called: 'ሰላም', part: 'layer' },
  ],
  errata: [],
  pictures: {},
  ...given,
});
