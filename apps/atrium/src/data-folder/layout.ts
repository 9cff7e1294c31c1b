import path from 'node:path';

/** Where everything lies in the data folder (`ATRIUM_DATA`). */
export const layout = (folder: string) => ({
  folder,
  eventStore: path.join(folder, 'event-store'),
  postgres: path.join(folder, 'postgres'),
  issuer: path.join(folder, 'issuer'),
  logs: path.join(folder, 'logs'),
  /** Wraps the persons' keys in the database `keys`. Lost with it: every sealed text. */
  keysMaster: path.join(folder, 'keys-master'),
  /** What command-line tools join by; there while the system runs. */
  runFile: path.join(folder, 'run.json'),
  /** Who runs on this folder, for the next start after a kill. */
  processes: path.join(folder, 'processes.json'),
  ports: path.join(folder, 'ports.json'),
});

export type Layout = ReturnType<typeof layout>;
