import type { HostedService } from './hosted-service.js';

/** Which services run in this process. A service is named here and nowhere else. */
export const startServices = async (_environment: NodeJS.ProcessEnv): Promise<readonly HostedService[]> => [];
