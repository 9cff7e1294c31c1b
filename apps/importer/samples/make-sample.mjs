// Writes boston311-sample.csv from the full file: node apps/importer/samples/make-sample.mjs <boston311_2011H2.zip>
//
// The rule, so that anyone gets the same 300 rows:
// 1. Columns that say where a request lies, and the photo columns, are dropped.
// 2. No row whose closure_reason or case_title holds an e-mail address, a number like a telephone's, a house number
//    before a word, initials in brackets or a serial number.
// 3. Always: the rows opened or closed in the hour of 2011-11-06 that the clocks ran through twice, and those whose
//    target precedes their opening, as far as rule 2 admits them.
// 4. The rest only where closure_reason and case_title, digits apart, occur at least five times in the file: such texts
//    are the city's phrases and not what somebody typed about one person.
// 5. They are taken by class (quotas below). Within a class every department and channel gets one row, then shares by
//    size; within a department and channel rows are taken at even steps of the file's order.
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse';
import yauzl from 'yauzl';

const kept = [
  'case_enquiry_id', 'open_dt', 'target_dt', 'closed_dt', 'ontime', 'case_status', 'closure_reason',
  'case_title', 'subject', 'reason', 'type', 'queue', 'department', 'source',
];
const size = 300;
const quotas = { kept: 130, late: 60, 'closed without target': 40, open: 30, 'open without target': 10, duplicate: 16, invalid: 14 };
const personal = [/\S@\S/, /\(?\d{3}\)?[-. ]?\d{3}[-. ]?\d{4}(?!\d)/, /\b\d{3}[-. ]\d{4}\b/, /\b\d{1,5}[A-Za-z]?(-\d+)?\s+[A-Za-z]{3,}/, /\([A-Za-z]{2,3}\)/, /serial/i];

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Name the full file.');
const rows = await read(file);
const seen = { closure_reason: countPhrases('closure_reason'), case_title: countPhrases('case_title') };
const clean = rows.filter(isClean);
const usable = clean.filter(isPhrase);
const chosen = new Set(clean.filter(isPeculiar));
for (const [name, quota] of Object.entries(quotas)) {
  const already = [...chosen].filter((row) => classOf(row) === name).length;
  const members = usable.filter((row) => classOf(row) === name && !chosen.has(row));
  for (const row of spread(members, quota - already)) chosen.add(row);
}
if (chosen.size !== size) throw new Error(`${chosen.size} rows were chosen, not ${size}.`);

const lines = rows.filter((row) => chosen.has(row)).map((row) => kept.map((name) => cell(row[name])).join(','));
fs.writeFileSync(path.join(import.meta.dirname, 'boston311-sample.csv'), `${[kept.join(','), ...lines].join('\n')}\n`);

async function read(zipFile) {
  const zip = await promisify(yauzl.open)(zipFile, { lazyEntries: true });
  zip.readEntry();
  const entry = await new Promise((resolve) => zip.once('entry', resolve));
  const stream = await promisify(zip.openReadStream.bind(zip))(entry);
  const all = [];
  for await (const row of stream.pipe(parse({ columns: true }))) all.push(row);
  return all;
}

function phrase(text) {
  return text.replace(/\d/g, '').replace(/\s+/g, ' ').trim();
}

function countPhrases(column) {
  const counts = new Map();
  for (const row of rows) counts.set(phrase(row[column]), (counts.get(phrase(row[column])) ?? 0) + 1);
  return counts;
}

function isClean({ closure_reason, case_title }) {
  return !personal.some((pattern) => pattern.test(closure_reason) || pattern.test(case_title));
}

function isPhrase(row) {
  return ['closure_reason', 'case_title'].every((column) => seen[column].get(phrase(row[column])) >= 5);
}

function isPeculiar({ open_dt, target_dt, closed_dt }) {
  const twice = [open_dt, closed_dt].some((time) => time.startsWith('2011-11-06 01:'));
  return twice || (target_dt !== '' && target_dt < open_dt);
}

function classOf({ case_status, closure_reason, target_dt, closed_dt }) {
  if (case_status === 'Open') return target_dt === '' ? 'open without target' : 'open';
  if (closure_reason.startsWith('Case Closed Duplicate of')) return 'duplicate';
  if (closure_reason.startsWith('Case Closed Case Invalid')) return 'invalid';
  if (target_dt === '') return 'closed without target';
  return closed_dt > target_dt ? 'late' : 'kept';
}

function spread(members, quota) {
  const groups = groupBy(members);
  const sorted = [...groups.values()].sort((a, b) => b.length - a.length || (groupOf(a[0]) < groupOf(b[0]) ? -1 : 1)).slice(0, quota);
  const shares = sorted.map(() => 1);
  for (let left = quota - sorted.length; left > 0; left -= 1) {
    const next = sorted.reduce((best, group, at) => (group.length / shares[at] > sorted[best].length / shares[best] ? at : best), 0);
    shares[next] += 1;
  }
  return sorted.flatMap((group, at) => Array.from({ length: shares[at] }, (_, step) => group[Math.floor(((step + 0.5) * group.length) / shares[at])]));
}

function groupOf({ department, source }) {
  return `${department} ${source}`;
}

function groupBy(members) {
  const groups = new Map();
  for (const row of members) groups.set(groupOf(row), [...(groups.get(groupOf(row)) ?? []), row]);
  return groups;
}

function cell(text) {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
