import { inXml } from '#platform/xml.ts';
import type { Note, Project, Selection, TextSource, TravellingCode, VoiceCase } from '../model.ts';

type Attributes = Readonly<Record<string, string | number | boolean | null>>;

const origin = 'Steppingstones';
const head = '<?xml version="1.0" encoding="utf-8"?>\n';

/** One element; what is null is left out, and so is an element that would hold nothing where the schema wants something. */
function element(name: string, attributes: Attributes, ...inside: readonly string[]): string {
  const said = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => ` ${key}="${inXml(String(value))}"`);
  const body = inside.join('');
  return body === '' ? `<${name}${said.join('')}/>` : `<${name}${said.join('')}>${body}</${name}>`;
}
const text = (name: string, words: string) => (words === '' ? '' : `<${name}>${inXml(words)}</${name}>`);
const group = (name: string, parts: readonly string[]) =>
  parts.length > 0 ? element(name, {}, ...parts) : '';
const refs = (name: string, guids: readonly string[]) =>
  guids.map((targetGUID) => element(name, { targetGUID })).join('');

const codeOf =
  (withNotes: boolean) =>
  (code: TravellingCode): string =>
    element(
      'Code',
      { guid: code.guid, name: code.name, isCodable: code.isCodable, color: code.colour },
      text('Description', code.description),
      withNotes ? refs('NoteRef', code.notes) : '',
      ...code.children.map(codeOf(withNotes)),
    );

const caseOf = ({ guid, name, values, sources }: VoiceCase) =>
  element(
    'Case',
    { guid, name },
    ...values.map((value) =>
      element('VariableValue', {}, refs('VariableRef', [value.variable]), text('TextValue', value.text)),
    ),
    refs('SourceRef', sources),
  );

const selectionOf = ({ guid, name, start, end, codings, notes }: Selection) =>
  element(
    'PlainTextSelection',
    { guid, name, startPosition: start, endPosition: end },
    ...codings.map((coding) =>
      element(
        'Coding',
        { guid: coding.guid, creatingUser: coding.user, creationDateTime: coding.at },
        refs('CodeRef', [coding.code]),
      ),
    ),
    refs('NoteRef', notes),
  );

const sourceOf = ({ guid, name, description, selections, notes }: TextSource) =>
  element(
    'TextSource',
    { guid, name, plainTextPath: `internal://${guid}.txt` },
    text('Description', description),
    ...selections.map(selectionOf),
    refs('NoteRef', notes),
  );

const noteOf = ({ guid, name, text: words, user }: Note) =>
  element('Note', { guid, name, creatingUser: user }, text('PlainTextContent', words));

/** The project as XML (REFI-QDA 1.0, urn:QDA-XML:project:1.0); the texts of its sources travel beside it. `at` is a moment in ISO 8601. */
export function projectXml(project: Project, at: string): string {
  const codes = group('Codes', project.codes.map(codeOf(true)));
  return (
    head +
    element(
      'Project',
      { xmlns: 'urn:QDA-XML:project:1.0', name: project.name, origin, creationDateTime: at },
      group(
        'Users',
        project.users.map(({ guid, name }) => element('User', { guid, name })),
      ),
      codes && element('CodeBook', {}, codes),
      group(
        'Variables',
        project.variables.map(({ guid, name }) =>
          element('Variable', { guid, name, typeOfVariable: 'Text' }),
        ),
      ),
      group('Cases', project.cases.map(caseOf)),
      group('Sources', project.sources.map(sourceOf)),
      group('Notes', project.notes.map(noteOf)),
      group(
        'Links',
        project.links.map(({ guid, name, from, to }) =>
          element('Link', { guid, name, direction: 'OneWay', originGUID: from, targetGUID: to }),
        ),
      ),
    )
  );
}

/** The codes alone as XML (REFI-QDA 1.0, urn:QDA-XML:codebook:1.0); there must be at least one. */
export const codebookXml = (codes: readonly TravellingCode[]): string =>
  head +
  element(
    'CodeBook',
    { xmlns: 'urn:QDA-XML:codebook:1.0', origin },
    group('Codes', codes.map(codeOf(false))),
  );

/** The files of a .qdpx by their name in the archive: the project, and each text in UTF-8. */
export const filesOf = (project: Project, at: string): ReadonlyMap<string, string> =>
  new Map([
    ['project.qde', projectXml(project, at)],
    ...project.sources.map((source) => [`sources/${source.guid}.txt`, source.text] as const),
  ]);
