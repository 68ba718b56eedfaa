import { parseBlindSpotWishes } from '#modules/initiatives/relations/input.ts';
import { blindSpotPage } from '#modules/initiatives/relations/blind-spots/queries.server.ts';
import { withViewer } from '#platform/db.server.ts';

export const load = ({ url, locals }) =>
  withViewer(locals.viewer, (tx) =>
    blindSpotPage(tx, parseBlindSpotWishes(url.searchParams), locals.language),
  );
