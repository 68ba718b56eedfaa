import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The least that can carry events: Node's own server, a set of open answers, and one line written to each. */
const open = new Set<ServerResponse>();
const server = createServer((request, response) => {
  if (request.method === 'POST') {
    let words = '';
    request.on('data', (chunk) => (words += String(chunk)));
    request.on('end', () => {
      for (const each of open) each.write(words);
      response.end();
    });
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('retry: 1000\n\n');
  open.add(response);
  response.on('close', () => open.delete(response));
});
server.listen(0, '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
process.once('SIGTERM', () => process.exit());
