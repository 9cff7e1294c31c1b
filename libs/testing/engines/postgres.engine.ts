import { startPostgres } from '@atrium/embedded-postgres';
import { serveUntilParentEnds } from './serve-until-parent-ends.js';

// The launcher of the product, so that specs run under every account that the product runs under.
const { host, port, user, password, stop } = await startPostgres({ folder: process.argv[2] as string, password: 'atrium', settings: { fsync: 'off' } });
serveUntilParentEnds(`postgres://${user}:${password}@${host}:${port}`, () => stop());
