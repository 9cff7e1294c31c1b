import type { Health, HostedService } from './hosted-service.js';

const PATIENCE_MS = 3_000;

/** The health of all services together: the worst of them, with every reason under its service's name. */
export async function readiness(services: readonly HostedService[]): Promise<Health> {
  const each = await Promise.all(services.map(async (service) => ({ name: service.name, health: await askInTime(service) })));
  const states = each.map(({ health }) => health.state);
  return {
    state: states.includes('away') ? 'away' : states.includes('degraded') ? 'degraded' : 'ready',
    reasons: each.flatMap(({ name, health }) => health.reasons.map((reason) => `${name}: ${reason}`)),
  };
}

async function askInTime(service: HostedService): Promise<Health> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Health>((resolve) => {
    timer = setTimeout(() => resolve({ state: 'away', reasons: [`did not say how it is within ${PATIENCE_MS / 1000} s`] }), PATIENCE_MS);
  });
  try {
    return await Promise.race([late, service.health().catch((error: unknown): Health => ({ state: 'away', reasons: [error instanceof Error ? error.message : String(error)] }))]);
  } finally {
    clearTimeout(timer);
  }
}
