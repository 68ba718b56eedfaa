import { takeOut } from '#modules/stories/coding/exchange/commands.server.ts';
import { travelling } from '#modules/stories/coding/exchange/queries.server.ts';
import { codebookXml, filesOf } from '#modules/stories/coding/exchange/writing/model.ts';
import { codesOf } from '#modules/stories/coding/queries.server.ts';
import { packed } from '#platform/spreadsheet/zip.ts';
import { error } from '@sveltejs/kit';
import { atCodebook } from '../../here.server.ts';
import type { RequestHandler } from './$types';

function asFile(bytes: Buffer, name: string, type: string): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': type,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  });
}

// Taking tellings out is written down for who takes them back: so it is a deed, not a look.
export const POST: RequestHandler = async (event) => {
  const form = (await event.request.formData()).get('form');
  return atCodebook(event, async ({ tx, who, book }) => {
    if (form !== 'qdpx') {
      const codes = travelling(await codesOf(tx, book.id));
      if (codes.length === 0) error(404, 'not found');
      return asFile(Buffer.from(codebookXml(codes)), `codebook-${book.id}.qdc`, 'application/xml');
    }
    const files = filesOf(await takeOut(tx, who, book), new Date().toISOString());
    const bytes = packed(new Map([...files].map(([name, words]) => [name, Buffer.from(words)])));
    return asFile(bytes, `coding-${book.id}.qdpx`, 'application/zip');
  });
};
