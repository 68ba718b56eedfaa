import type { Font } from '../model.ts';

const lettersOf = ({ family, file, languages }: Font): string => `@font-face {
  font-family: '${family}';
  src: url('fonts/${file}');
}
${languages.map((language) => `:lang(${language})`).join(', ')} { font-family: '${family}', serif; line-height: 1.8; }
`;

/**
 * How the book looks: little enough that a reader's own size, face and colours stay theirs. Sides are written logically, so that it
 * mirrors by itself; accents are borders, which stay readable on paper of any colour.
 */
export const lookOf = (
  fonts: readonly Font[],
): string => `${fonts.map(lettersOf).join('')}body { margin: 0 4%; line-height: 1.5; }
h1, h2, h3 { line-height: 1.25; page-break-after: avoid; break-after: avoid; hyphens: none; }
h1 { font-size: 1.7em; margin: 1.2em 0 0.4em; }
h2 { font-size: 1.3em; margin: 1.6em 0 0.4em; }
h3 { font-size: 1.1em; margin: 1.3em 0 0.3em; }
p { margin: 0 0 0.8em; }
a { color: inherit; text-decoration-color: #b3541e; }
em:lang(ar), em:lang(fa), em:lang(ti), i:lang(ar), i:lang(fa), i:lang(ti) { font-style: normal; }
em:lang(ar), em:lang(fa), em:lang(ti) { font-weight: bold; }
figure { margin: 1.4em 0; page-break-inside: avoid; break-inside: avoid; }
img, svg { max-width: 100%; height: auto; }
.drawn { text-align: center; background: #fff; }
table { border-collapse: collapse; margin: 0 0 1em; font-size: 0.9em; }
th, td { border-bottom: 1px solid #b9b0a4; padding: 0.3em 0.6em; text-align: start; vertical-align: top; }
.kind, .edition, .house, .said, .stance, .byline, .to-rests, figcaption, .rests, .notes { font-size: 0.85em; }
.kind { margin: 2.4em 0 0; letter-spacing: 0.06em; }
.kind + h1 { margin-top: 0.2em; }
.opening { font-size: 1.12em; font-style: italic; }
:lang(ar) .opening, :lang(fa) .opening, :lang(ti) .opening { font-style: normal; }
.byline { margin-bottom: 1.6em; }
.title-page { margin-top: 12%; }
.title-page h1 { font-size: 2.2em; }
.subtitle { font-size: 1.25em; }
.invented { border: 1px solid currentColor; padding: 0.4em 0.8em; }
.voice { border-inline-start: 0.25em solid #b3541e; padding-inline-start: 1em; }
.voice blockquote { margin: 0; font-size: 1.08em; }
.words { white-space: pre-wrap; margin: 0 0 0.4em; }
.rendering blockquote { font-size: 1em; }
.columns { display: flex; flex-wrap: wrap; margin: 0 -0.8em; }
.beside { flex: 1 1 15em; margin: 0 0.8em 0.6em; }
.said { margin: 0; }
.margin { border-inline-start: 0.25em double #1b6e8c; margin: 1em 0 1.4em; margin-inline-start: 8%; padding-inline-start: 0.8em; font-size: 0.95em; }
.margin .voice { border: 0; padding: 0; margin: 0; }
.stance { font-weight: bold; margin: 0 0 0.3em; }
.aside { border-top: 1px solid currentColor; border-bottom: 1px solid currentColor; padding: 0.6em 0; margin: 1.2em 0; }
.to-rests { margin: -0.5em 0 1em; text-align: end; }
.to-note { vertical-align: super; font-size: 0.75em; line-height: 0; padding: 0 0.15em; }
.rests, .notes { border-top: 1px solid #b9b0a4; margin-top: 2.4em; }
.rests ul { margin-top: 0; }
.made dt { font-weight: bold; }
.made dd { margin: 0 0 0.5em; }
nav ol { list-style: none; padding-inline-start: 0; }
nav ol ol { padding-inline-start: 1.4em; }
nav li { margin: 0.5em 0; }
`;
