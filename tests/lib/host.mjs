// Pages and servers of our own for the tests: a webmaster's page, an endpoint that is not a collector, a server that misbehaves.
import http from 'node:http';

/** Serves `handle(request, body)`, which returns {status, headers, body}; `origin` is its address. */
export async function serve(handle) {
  const seen = [];
  const server = http.createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      // A browser asks for it by itself; it is nobody's test.
      if (request.url === '/favicon.ico') return response.writeHead(204).end();
      seen.push({ method: request.method, url: request.url, headers: request.headers, body });
      const reply = handle(request, body) ?? { status: 404, body: 'nothing here' };
      return response.writeHead(reply.status ?? 200, { 'content-type': 'text/html; charset=utf-8', ...reply.headers }).end(reply.body ?? '');
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const stop = () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); });
  return { origin: `http://127.0.0.1:${server.address().port}`, port: server.address().port, seen, stop };
}

/** A webmaster's page with this in its body. */
export const page = (body, { lang = 'kk', head = '' } = {}) =>
  `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Page</title>${head}</head><body><main><h1>Page</h1>${body}</main></body></html>`;

/** The two lines of the README. */
export const tag = (collector, attributes) =>
  `<script type="module" src="${collector}/widget/qulaq.js"></script><qulaq-survey ${attributes}><a href="${collector}/s/x">link</a></qulaq-survey>`;
