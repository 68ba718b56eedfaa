import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The least that can answer: Node's own server and one page of 20 kB that never changes. */
const page =
  `<!doctype html><title>x</title>${'<p>Stepping stones through the water.</p>\n'.repeat(500)}`.slice(
    0,
    20_000,
  );

const server = createServer((_request, response) => {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(page),
  });
  response.end(page);
});
server.listen(0, '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
process.once('SIGTERM', () => process.exit());
