import { expect, it, jest } from '@jest/globals';
import { Browser, chromiumPath } from './browser.js';
import { notBuilt, RunningSystem } from './running-system.js';

jest.setTimeout(90_000);

const executable = chromiumPath();
const isHere = executable !== undefined && notBuilt().length === 0;

(isHere || process.env.REQUIRE_BROWSER === '1' ? it : it.skip)('the documents of the API can be read and tried under the policy that their page has', async () => {
  const system = await RunningSystem.start();
  const browser = await Browser.launch(executable as string);
  try {
    const { page, complaints } = await browser.open(`${system.url}/docs`, { width: 1440, language: 'en' });
    const operation = page.locator('.opblock', { hasText: '/api/tickets/me' });
    await operation.click();
    await page.getByRole('button', { name: 'Authorize' }).click();
    await page.getByLabel('auth-bearer-value').fill(await system.token('auditor'));
    await page.getByLabel('Apply credentials').click();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    await operation.getByRole('button', { name: 'Execute' }).click();
    await operation.locator('.live-responses-table').getByText('builtin-auditor').waitFor();
    expect(complaints()).toEqual([]);
  } finally {
    await browser.close();
    await system.stop();
  }
});
