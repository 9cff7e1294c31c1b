import { InvalidEnvironment, parseEnvironment } from '@atrium/http';
import { createTicketsService } from './tickets-service.js';
import { ticketsEnvironment } from './environment.js';

try {
  const environment = parseEnvironment(ticketsEnvironment, process.env);
  const service = await createTicketsService(environment);
  await service.app.listen(environment.ATRIUM_PORT, '0.0.0.0');
  process.stdout.write(`The tickets service listens at ${await service.app.getUrl()}\n`);
  const stop = () => void service.close().then(() => process.exit(0), (error: unknown) => { console.error(error); process.exit(1); });
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  console.error(error instanceof InvalidEnvironment ? error.message : error);
  process.exit(1);
}
