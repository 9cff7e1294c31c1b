import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { GenericContainer, Wait, type StartedTestContainer } from 'testcontainers';
import { describeExecute } from './execute.contract.js';
import { describeSubscriptions } from './subscribe.contract.js';

const IMAGE = 'eventstore/eventstore:24.6.0-jammy';

/** Whether a Docker engine answers; the client alone is not enough. */
function dockerAnswers(): boolean {
  try {
    execFileSync('docker', ['info'], { stdio: 'ignore', timeout: 10_000 });
    return true;
  } catch {
    return false; // No client, no engine, or no right to it: there is nothing to run the specs on.
  }
}

if (dockerAnswers()) {
  describe(`EventStoreDB (${IMAGE})`, () => {
    let container: StartedTestContainer;
    beforeAll(async () => {
      container = await new GenericContainer(IMAGE)
        .withEnvironment({ EVENTSTORE_CLUSTER_SIZE: '1', EVENTSTORE_INSECURE: 'true', EVENTSTORE_RUN_PROJECTIONS: 'None', EVENTSTORE_MEM_DB: 'true' })
        .withExposedPorts(2113)
        .withWaitStrategy(Wait.forHttp('/health/live', 2113).forStatusCode(204))
        .start();
    }, 300_000);
    afterAll(() => container.stop());

    const url = () => `esdb://${container.getHost()}:${container.getMappedPort(2113)}?tls=false`;
    describeExecute(IMAGE, url);
    describeSubscriptions(IMAGE, url);
  });
} else {
  it.skip(`skipped: no Docker engine answers, so nothing is run on ${IMAGE}`, () => undefined);
}
