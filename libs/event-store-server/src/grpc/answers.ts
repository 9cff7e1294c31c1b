import { WireWriter } from '../wire/writer.js';
import { supportedMethods } from './services.js';

/** The version of EventStoreDB whose protocol is served: clients choose features by it. */
const SERVER_VERSION = '24.6.0';

export const supportedMethodsAnswer = (): Buffer => {
  const answer = new WireWriter();
  for (const [service, method, features] of supportedMethods) {
    const entry = new WireWriter().string(1, method.toLowerCase()).string(2, service.toLowerCase());
    for (const feature of features) entry.string(3, feature);
    answer.message(1, entry);
  }
  return answer.string(2, SERVER_VERSION).finish();
};

/** grpc.health.v1: SERVING = 1, NOT_SERVING = 2. */
export const healthAnswer = (serving: boolean): Buffer => new WireWriter().uint(1, serving ? 1 : 2).finish();
