import { redirect } from '@sveltejs/kit';
import { parseChainWishes } from '#modules/initiatives/relations/input.ts';
import { printSheet } from '#modules/publications/sheets/jobs.server.ts';
import { sheetOfChains } from '#modules/publications/sheets/queries.server.ts';
import { today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { visitor } from '#platform/viewer.ts';
import { deskAt, printed } from '../../printed.server.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
  const wishes = parseChainWishes(event.url.searchParams);
  const { from, to, day } = wishes;
  const asked = new URLSearchParams({ from, ...(to && { to }), ...(day !== today() && { day }) });
  const desk = deskAt(event, '/chains', asked);
  const sheet = await withViewer(visitor, (tx) => sheetOfChains(tx, desk, wishes));
  // Who is meant is asked on the page.
  if (!sheet) redirect(303, new URL(desk.address).pathname + new URL(desk.address).search);
  return printed(desk, await printSheet('page', sheet), 'chains');
};
