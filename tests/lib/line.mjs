// A bad line to a good collector: it passes everything on until a test says what goes wrong.
import http from 'node:http';

/**
 * A line to `target`; `origin` is its near end. `fault(request, n)` says what becomes of the n-th post of answers:
 * `cut` loses it on the way there, `swallow` loses the reply, an object is the reply, nothing passes it on.
 */
export async function line(target) {
  const it = { posts: [], fault: () => undefined };
  const server = http.createServer((request, response) => {
    // A browser tries by itself once more over a connection that it has used before.
    response.shouldKeepAlive = false;
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk)).on('end', () => {
      const body = Buffer.concat(chunks);
      const fault = request.method === 'POST' ? it.fault(request, it.posts.push({ at: Date.now(), url: request.url, body: body.toString('utf8') })) : undefined;
      if (fault === 'cut') return request.socket.destroy();
      if (fault && fault !== 'swallow') {
        const cors = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' };
        return response.writeHead(fault.status, { ...cors, ...fault.headers }).end(fault.body ?? '');
      }
      const further = http.request(target + request.url, { method: request.method, headers: request.headers }, (reply) => {
        if (fault === 'swallow') return reply.resume().on('end', () => request.socket.destroy());
        response.writeHead(reply.statusCode, reply.headers);
        return reply.pipe(response);
      });
      return further.on('error', () => request.socket.destroy()).end(body);
    });
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  it.origin = `http://127.0.0.1:${server.address().port}`;
  it.stop = () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); });
  return it;
}
