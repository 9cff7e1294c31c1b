import { sources } from '../sources/catalogue.js';

export const usage = `Brings real data into a running Atrium, a case a row. Repeating an import duplicates nothing.

  npm run import -- <source> <file>|--sample [options]

Sources
${sources.map(({ name, description }) => `  ${name.padEnd(14)} ${description}`).join('\n')}

Options
  --sample        read the few hundred rows that ship with the importer
  --limit N       read the first N rows only
  --wait          return when all views have passed the last row
  --summary FILE  write read, accepted, duplicates, rejected, seconds and more as JSON
  --rejects FILE  where rows that were not taken go, with line and reason
                  (default: <ATRIUM_DATA>/rejects-<source>-<time>.csv; made only when there is one)
  -h, --help      this text

Environment
  ATRIUM_DATA     data folder of the system to join (default .atrium); none running there: one is started for the import
  ATRIUM_URL, ATRIUM_TOKEN
                  a system elsewhere and a token of its issuer with the role "integration"; repeat an import under
                  the same subject, since the keys of rows belong to it

Exit codes: 0 all rows have their answer (rejected ones included); 1 the import ended early; 2 wrong arguments;
130 interrupted. What was accepted stays, and the same command continues.
`;
