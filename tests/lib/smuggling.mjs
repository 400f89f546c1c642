// Requests that two servers may read differently, as bytes. Each hides the beginning of another request, which waits for the
// next citizen's to be glued to it if somebody keeps the bytes for later (RFC 9112, 11.2).

/** What is hidden. Nobody else asks for this address. */
export const HIDDEN = 'GET /s/smuggled HTTP/1.1\r\nX-Rest: ';

const HEAD = 'POST /api/v1/surveys/page-useful/responses HTTP/1.1\r\nHost: qulaq.example\r\nContent-Type: application/json\r\n';
const END = '0\r\n\r\n';
const AFTER_CHUNKS = END + HIDDEN;
const post = (headers, body) => `${HEAD}${headers}\r\n${body}`;
const length = (body) => `Content-Length: ${Buffer.byteLength(body)}\r\n`;
/** Both headers, the one about chunks written so, and a body that ends for whoever reads chunks. */
const disguised = (header) => post(length(AFTER_CHUNKS) + header, AFTER_CHUNKS);
const CHUNK = `${HIDDEN.length.toString(16)}\r\n${HIDDEN}\r\n${END}`;
const CHUNKED = 'Transfer-Encoding: chunked\r\n';

/** By name. */
export const SHAPES = {
  'a length for the proxy and chunks for the server': disguised(CHUNKED),
  'chunks for the proxy and a length for the server': post(`Content-Length: 4\r\n${CHUNKED}`, CHUNK),
  'chunks in disguise': disguised('Transfer-Encoding: xchunked\r\n'),
  'chunks that are named twice': disguised(`${CHUNKED}Transfer-Encoding: identity\r\n`),
  'chunks in a list': disguised('Transfer-Encoding: chunked, identity\r\n'),
  'chunks in quotes': disguised('Transfer-Encoding: "chunked"\r\n'),
  'chunks after a tab': disguised('Transfer-Encoding:\tchunked\r\n'),
  'chunks after a vertical tab': disguised('Transfer-Encoding: \x0bchunked\r\n'),
  'a space before the colon': disguised('Transfer-Encoding : chunked\r\n'),
  'a space before the name': disguised(' Transfer-Encoding: chunked\r\n'),
  'a folded header': disguised('X: a\r\n Transfer-Encoding: chunked\r\n'),
  'a name over two lines': disguised('Transfer-Encoding\r\n : chunked\r\n'),
  'an underscore in the name': disguised('Transfer_Encoding: chunked\r\n'),
  'a line that ends with LF alone': disguised('X: a\nTransfer-Encoding: chunked\r\n'),
  'a line that ends with CR alone': disguised('X: a\rTransfer-Encoding: chunked\r\n'),
  'a null in a header': disguised('X: a\0\r\nTransfer-Encoding: chunked\r\n'),
  'chunks in HTTP/1.0': disguised(CHUNKED).replace('HTTP/1.1', 'HTTP/1.0'),
  'two lengths, the first of nothing': post(`Content-Length: 0\r\n${length(HIDDEN)}`, HIDDEN),
  'two lengths, the last of nothing': post(`${length(HIDDEN)}Content-Length: 0\r\n`, HIDDEN),
  'a list of lengths': post(`Content-Length: 0, ${HIDDEN.length}\r\n`, HIDDEN),
  'a signed length': post(`Content-Length: +${HIDDEN.length}\r\n`, HIDDEN),
  'a length below nothing': post('Content-Length: -1\r\n', HIDDEN),
  'a length in hexadecimal': post(`Content-Length: 0x${HIDDEN.length.toString(16)}\r\n`, HIDDEN),
  'a length beyond all numbers': post('Content-Length: 18446744073709551616\r\n', HIDDEN),
  'a length that the connection takes away': post(`Connection: Content-Length\r\n${length(HIDDEN)}`, HIDDEN),
  'chunks that the connection takes away': post(`Connection: Transfer-Encoding\r\n${CHUNKED}`, CHUNK),
  'a GET with a body': `GET /readyz HTTP/1.1\r\nHost: qulaq.example\r\n${length(HIDDEN)}\r\n${HIDDEN}`,
  'a size of a chunk that is none': post(CHUNKED, `g\r\n${HIDDEN}`),
  'a size with a sign': post(CHUNKED, `+2\r\n{}\r\n${AFTER_CHUNKS}`),
  'a size in hexadecimal with its prefix': post(CHUNKED, `0x2\r\n{}\r\n${AFTER_CHUNKS}`),
  'a size that runs over': post(CHUNKED, `10000000000000002\r\n{}\r\n${AFTER_CHUNKS}`),
  'a chunk that ends with LF alone': post(CHUNKED, `2\n{}\n0\n\n${HIDDEN}`),
  'an extension with a line in it': post(CHUNKED, `2;a\n{}\r\n${CHUNK}`),
  'an extension in quotes with an end in it': post(CHUNKED, `2;a="\r\n{}\r\n${AFTER_CHUNKS}"\r\n`),
  'more in a chunk than its size': post(CHUNKED, `2\r\n{}${HIDDEN}\r\n${END}`),
  'a length after the chunks': post(CHUNKED, `2\r\n{}\r\n0\r\n${length(HIDDEN)}\r\n${HIDDEN}`),
  'somebody who waits to be told to go on': post(`Expect: 100-continue\r\n${length(HIDDEN)}`, HIDDEN),
  'a wish that is none': post(`Expect: y 100-continue\r\n${length(HIDDEN)}`, HIDDEN),
  'another protocol': `GET /readyz HTTP/1.1\r\nHost: qulaq.example\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n${HIDDEN}`,
  'a request line with two versions': `GET /readyz HTTP/1.1 HTTP/1.1\r\nHost: qulaq.example\r\n\r\n${HIDDEN}`,
  'two hosts': `GET /readyz HTTP/1.1\r\nHost: qulaq.example\r\nHost: evil.example\r\n${length(HIDDEN)}\r\n${HIDDEN}`,
};

/** An HTTP/2 frame (RFC 9113, 4.1). */
const frame = (type, flags, stream, payload) => {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
};

/** The length of a text (RFC 7541, 5.1). */
const size = (length) => (length < 127 ? [length] : length < 255 ? [127, length - 127] : [127, ((length - 127) % 128) + 128, (length - 127) >> 7]);

/** A header as it is, without an index and without Huffman's code (RFC 7541, 6.2.2). */
const literal = (header) => Buffer.concat([Buffer.from([0]), ...header.flatMap((text) => [Buffer.from(size(text.length)), Buffer.from(text, 'latin1')])]);

const PREFACE = Buffer.concat([Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'), frame(4, 0, 0, Buffer.alloc(0))]);
const OWN = { ':method': 'POST', ':scheme': 'https', ':authority': 'qulaq.example', ':path': '/api/v1/surveys/page-useful/responses' };

/** A request over HTTP/2 with headers that no well-behaved client sends. */
const over2 = (headers, body) => Buffer.concat([
  PREFACE,
  frame(1, 4, 1, Buffer.concat(Object.entries({ ...OWN, 'content-type': 'application/json', ...headers }).map(literal))),
  frame(0, 1, 1, Buffer.from(body)),
]);

/** The same over HTTP/2, which a proxy turns into HTTP/1.1. */
export const SHAPES_OF_2 = {
  'a length that is not that of the data': over2({ 'content-length': '0' }, HIDDEN),
  'a length that is longer than the data': over2({ 'content-length': '4000' }, HIDDEN),
  'chunks, which HTTP/2 has not': over2({ 'transfer-encoding': 'chunked' }, AFTER_CHUNKS),
  'a line in a value': over2({ x: 'a\r\nTransfer-Encoding: chunked' }, AFTER_CHUNKS),
  'an LF in a value': over2({ x: `a\n\n${HIDDEN}` }, '{}'),
  'a line in a name': over2({ 'x: a\r\ntransfer-encoding': 'chunked' }, AFTER_CHUNKS),
  'a colon in a name': over2({ 'transfer-encoding: chunked': 'a' }, AFTER_CHUNKS),
  'capitals in a name': over2({ 'Transfer-Encoding': 'chunked' }, AFTER_CHUNKS),
  'a request in the path': over2({ ':path': `/readyz HTTP/1.1\r\nHost: qulaq.example\r\n\r\n${HIDDEN}` }, '{}'),
  'a request in the method': over2({ ':method': 'GET /s/smuggled HTTP/1.1\r\nHost: qulaq.example\r\n\r\nPOST' }, '{}'),
  'a request in the authority': over2({ ':authority': `qulaq.example\r\n\r\n${HIDDEN}` }, '{}'),
  'a header of connections': over2({ connection: 'transfer-encoding', 'keep-alive': '1' }, HIDDEN),
};
