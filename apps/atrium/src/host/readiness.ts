import type { Health, HostedService } from './hosted-service.js';

const PATIENCE_MS = 3_000;

/**
 * The health of all services together, for anybody who asks: the worst of them, and which part of which service is not
 * well. What is the matter with it, with positions and codes, is told to those who have signed in (`GET …/runners`).
 * `report` is told of a service that fails to say how it is.
 */
export async function readiness(services: readonly HostedService[], report: (error: unknown) => void): Promise<Health> {
  const each = await Promise.all(services.map(async (service) => ({ name: service.name, health: await askInTime(service, report) })));
  const states = each.map(({ health }) => health.state);
  return {
    state: states.includes('away') ? 'away' : states.includes('degraded') ? 'degraded' : 'ready',
    reasons: each.flatMap(({ name, health }) => [...new Set(health.reasons.map((reason) => `${name}: ${partOf(reason)}`))]),
  };
}

/** Reasons begin with the part they are about, and a colon; anything but plain words there is not for everybody. */
const partOf = (reason: string): string => /^[a-z][a-z -]{0,59}(?=:|$)/i.exec(reason)?.[0] ?? 'a part of it';

async function askInTime(service: HostedService, report: (error: unknown) => void): Promise<Health> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Health>((resolve) => {
    timer = setTimeout(() => resolve({ state: 'away', reasons: ['does not say how it is'] }), PATIENCE_MS);
  });
  const failed = (error: unknown): Health => {
    report(error);
    return { state: 'away', reasons: ['cannot say how it is'] };
  };
  try {
    return await Promise.race([late, service.health().catch(failed)]);
  } finally {
    clearTimeout(timer);
  }
}
