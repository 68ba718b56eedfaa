/** What a teller answers for a quote: which one, and the words that may be quoted now. */
export interface TypedAnswer {
  readonly quote: string;
  readonly words: string;
}

/** Reads the answer from a form; words as they were typed, but for lines ended as the database keeps them and space around them. */
export function parseAnswer(form: FormData): TypedAnswer {
  const [quote, words] = [form.get('quote'), form.get('words')];
  return {
    quote: typeof quote === 'string' ? quote : '',
    words: (typeof words === 'string' ? words : '').replace(/\r\n?/g, '\n').trim().slice(0, 5_000),
  };
}
