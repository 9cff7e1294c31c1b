import { createDatabase, type TestDatabase } from '@atrium/testing';
import { createMasterKey } from './cipher.js';
import { KeysUnavailable, PersonForgotten, SealBroken, WrongMasterKey } from './errors.js';
import { KeyVault, type KeyVaultOptions } from './key-vault.js';
import { openEvents } from './open-sealed.js';
import { erased } from './sealed.js';

const master = createMasterKey();
let database: TestDatabase;
const vaults: KeyVault[] = [];

beforeEach(async () => {
  database = await createDatabase('keys');
});

afterEach(async () => {
  await Promise.all(vaults.splice(0).map((vault) => vault.close()));
  await database.drop();
});

function vaultOf(options: Partial<KeyVaultOptions> = {}): KeyVault {
  const vault = new KeyVault({ url: database.url, master, ...options });
  vaults.push(vault);
  return vault;
}

it('opens in another process what one has sealed', async () => {
  const sealed = await vaultOf().seal('p1', 'complainant.name', '王小明');
  expect(sealed).toEqual({ sealed: expect.stringMatching(/^[\w-]+$/), personId: 'p1', field: 'complainant.name' });
  expect(await vaultOf().openMany([sealed], 'view complaint')).toEqual(['王小明']);
});

it('gives one person one key when many ask at once', async () => {
  const several = [vaultOf(), vaultOf(), vaultOf()];
  const sealed = await Promise.all(Array.from({ length: 60 }, (_, i) => (several[i % 3] as KeyVault).seal(`p${i % 7}`, 'name', `clear ${i}`)));
  await Promise.all(several.map((vault, i) => vault.ensureKeys(Array.from({ length: 50 }, (_, n) => `p${(n * (i + 1)) % 50}`))));

  expect(await vaultOf().openMany(sealed, 'spec')).toEqual(sealed.map((_, i) => `clear ${i}`));
  expect(await database.query('SELECT count(*)::int AS count FROM person_keys')).toEqual([{ count: 50 }]);
});

it('refuses what was moved to another field or person, or forged', async () => {
  const vault = vaultOf();
  const sealed = await vault.seal('p1', 'name', 'clear');
  await vault.ensureKey('p2');
  const open = (change: object) => vault.openMany([sealed, { ...sealed, ...change }], 'spec');

  await expect(open({ field: 'phone' })).rejects.toEqual(new SealBroken('p1', 'phone'));
  await expect(open({ personId: 'p2' })).rejects.toBeInstanceOf(SealBroken);
  await expect(open({ sealed: sealed.sealed.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) })).rejects.toBeInstanceOf(SealBroken);
  await expect(open({ sealed: '' })).rejects.toBeInstanceOf(SealBroken);
});

it('erases for ever, here at once and elsewhere when the cache is over', async () => {
  let now = 0;
  const here = vaultOf();
  const elsewhere = vaultOf({ now: () => now });
  const sealed = [await here.seal('gone', 'name', 'a'), await here.seal('kept', 'name', 'b'), { sealed: 'AAAA', personId: 'never', field: 'name' }];
  await elsewhere.openMany(sealed, 'spec');
  await here.forget('gone');

  expect(await here.openMany(sealed, 'spec')).toEqual([erased, 'b', erased]);
  expect(await elsewhere.openMany(sealed, 'spec')).toEqual(['a', 'b', erased]);
  now = 60_000;
  expect(await elsewhere.openMany(sealed, 'spec')).toEqual([erased, 'b', erased]);
  await expect(here.seal('gone', 'name', 'again')).rejects.toEqual(new PersonForgotten('gone'));
  await expect(elsewhere.ensureKeys(['kept', 'gone'])).rejects.toEqual(new PersonForgotten('gone'));
  expect(await database.query(`SELECT wrapped FROM person_keys WHERE person_id = 'gone'`)).toEqual([{ wrapped: null }]);
});

it('does not cache the key of somebody who is forgotten meanwhile', async () => {
  const vault = vaultOf();
  const sealed = await vaultOf().seal('p', 'name', 'a');
  await Promise.all([vault.openMany([sealed], 'spec'), vault.forget('p'), vault.openMany([sealed], 'spec')]);
  expect(await vault.openMany([sealed], 'spec')).toEqual([erased]);
});

it('says that keys are away, opens what it has at hand, and recovers', async () => {
  const vault = vaultOf();
  const sealed = await vault.seal('p1', 'name', 'a');
  await database.goAway();

  await expect(vault.seal('p2', 'name', 'b')).rejects.toBeInstanceOf(KeysUnavailable);
  expect(await vault.openMany([sealed], 'spec')).toEqual(['a']);
  await database.comeBack();
  expect(await vault.openMany([await vault.seal('p2', 'name', 'b')], 'spec')).toEqual(['b']);
});

it('counts openings by purpose', async () => {
  const vault = vaultOf();
  const sealed = [await vault.seal('p1', 'name', 'a'), { sealed: 'AAAA', personId: 'never', field: 'name' }];
  await vault.openMany(sealed, 'view complaint');
  await vault.openMany(sealed, 'view complaint');
  await vault.openMany(sealed.slice(0, 1), 'search');
  await vaults.pop()?.close();

  expect(await database.query('SELECT purpose, opened::int, erased::int FROM key_openings ORDER BY purpose')).toEqual([
    { purpose: 'search', opened: 1, erased: 0 },
    { purpose: 'view complaint', opened: 2, erased: 2 },
  ]);
  await expect(vaultOf().openMany(sealed, '王小明')).rejects.toThrow('A purpose is a few lower-case words');
});

it('names a wrong master key', async () => {
  const sealed = await vaultOf().seal('p1', 'name', 'a');
  await expect(vaultOf({ master: createMasterKey() }).openMany([sealed], 'spec')).rejects.toBeInstanceOf(WrongMasterKey);
});

it('opens the sealed values of a batch of events wherever they are, by one query', async () => {
  const vault = vaultOf();
  const [name, note, gone] = [await vault.seal('p1', 'complainant.name', '王小明'), await vault.seal('p2', 'note', 'call back'), await vault.seal('p3', 'note', 'x')];
  await vault.forget('p3');
  const plain = { type: 'A', data: { list: [1, null, 'x'], sealed: 'just a word' } };
  const events = [
    plain,
    { type: 'B', data: { complainant: { personId: 'p1', name }, notes: [note, 'open', { deep: [gone] }] } },
  ];
  const opened = await openEvents(vault, events, 'spec');

  expect(opened).toEqual([
    plain,
    { type: 'B', data: { complainant: { personId: 'p1', name: '王小明' }, notes: ['call back', 'open', { deep: ['erased'] }] } },
  ]);
  expect(opened[0]).toBe(plain);
});
