/** The rooms of src/modules in the order of the stairs: a room knows what came before it, never what comes after. */
export const rooms = [
  'places',
  'languages',
  'people',
  'consent',
  'initiatives',
  'stories',
  'sessions',
  'agendas',
  'pools',
  'tables',
  'learning',
  'insights',
  'publications',
] as const;

/** The files a room may hold, and in what form; everything else is a drawer somebody will lose things in. */
export const vocabulary: readonly RegExp[] = [
  /^(model|input|access|tables|testing)\.ts$/,
  /^(queries|commands|jobs)\.server\.ts$/,
  // A swollen file is split by question or by deed, in a folder of the same name.
  /^(queries|commands|jobs)\/[a-z][a-z0-9-]*\.server\.ts$/,
  /^views\/[A-Z][A-Za-z0-9]*\.svelte$/,
  // A figure's geometry is a pure rule of what it looks like.
  /^views\/[a-z][a-z0-9-]*\.ts$/,
  /^(?:(queries|commands|jobs|views)\/)?[A-Za-z0-9-]+(?:\.server)?\.test\.ts$/,
];

/** Folders of pure science or of stored shapes, which may name their files themselves. */
export const ownWords: readonly string[] = [
  'places/basemap',
  'initiatives/relations/layout',
  'stories/media/anew',
  'sessions/landscape',
  'learning/landscape',
];

/** Names that say nothing about the field. */
export const emptyWords =
  /^(utils?|helpers?|services?|common|shared|types|misc|lib|core|index)(\.server)?(\.ts|\.js|\.svelte)?$/;
