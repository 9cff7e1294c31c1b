import { createServer, type RequestListener } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect, it } from '@jest/globals';
import { answerUnreadable } from './server-patience.js';

const GARBAGE = 'this is no request\r\n\r\n';

/** What a connection brings until it ends: `sent` at once, garbage when `then` has come. */
async function allOf(answer: RequestListener, sent: string, then?: string): Promise<string> {
  const server = createServer(answer).on('clientError', answerUnreadable);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const text = await new Promise<string>((resolve, reject) => {
    let [all, isSent] = ['', false];
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1', () => socket.write(sent)).setEncoding('utf8');
    socket.on('data', (part: string) => {
      all += part;
      if (then === undefined || isSent || !all.includes(then)) return;
      isSent = true;
      socket.write(GARBAGE);
    }).once('error', reject).once('close', () => resolve(all));
  });
  await new Promise((resolve) => server.close(resolve));
  return text;
}

it('what cannot be read is answered, and the connection ends', async () => {
  expect(await allOf(() => undefined, GARBAGE)).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n[^]*"code":"malformed-request"/);
});

it('what cannot be read adds nothing to an answer that is under way', async () => {
  const text = await allOf((_request, response) => { response.write('first'); }, 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n', 'first');
  expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200']);
});
