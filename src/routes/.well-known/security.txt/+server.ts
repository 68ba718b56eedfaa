import { daysLater, today } from '#platform/clock.ts';
import type { RequestHandler } from './$types';

/** Where to tell of a weakness (RFC 9116). SECURITY_CONTACT is the operator's own address, as mailto: or https:. */
export const GET: RequestHandler = ({ url }) => {
  const contact = process.env.SECURITY_CONTACT ?? `${url.origin}/nl/privacy`;
  const lines = [
    `Contact: ${contact}`,
    `Expires: ${daysLater(today(), 180)}T00:00:00.000Z`,
    'Preferred-Languages: nl, en',
    `Canonical: ${url.origin}/.well-known/security.txt`,
  ];
  return new Response(`${lines.join('\n')}\n`, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
};
