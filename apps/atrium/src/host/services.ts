import { InvalidEnvironment, parseEnvironment } from '@atrium/http';
import { createTicketsService, ticketsEnvironment } from '@atrium/tickets';
import { OperatorError } from '../operator-error.js';
import type { Health, HostedService } from './hosted-service.js';

/** Starts the services that run in this process. A service is named here and nowhere else. */
export async function startServices(environment: NodeJS.ProcessEnv): Promise<readonly HostedService[]> {
  return [await tickets(environment)];
}

const STATES = { ok: 'ready', degraded: 'degraded', unready: 'away' } as const;

async function tickets(environment: NodeJS.ProcessEnv): Promise<HostedService> {
  const service = await withSettings(() => createTicketsService(parseEnvironment(ticketsEnvironment, environment)));
  const fastify = service.app.getHttpAdapter().getInstance();
  return {
    name: service.name,
    handle: (request, response) => fastify.routing(request, response),
    async health(): Promise<Health> {
      const { state, reasons } = await service.health();
      return { state: STATES[state], reasons };
    },
    openApi: () => service.openApi(),
    endStreams: () => service.endStreams(),
    close: () => service.close(),
  };
}

async function withSettings<Service>(start: () => Promise<Service>): Promise<Service> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof InvalidEnvironment) throw new OperatorError(error.message, 2, { cause: error });
    throw error;
  }
}
