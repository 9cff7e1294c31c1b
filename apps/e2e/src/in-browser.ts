import { describe } from '@jest/globals';
import { chromiumPath } from './browser.js';
import { notBuilt } from './running-system.js';

const executable = chromiumPath();
const missing = executable === undefined ? 'no Chromium is installed' : notBuilt().length > 0 ? `not built: ${notBuilt().join(', ')}` : undefined;
const required = process.env.REQUIRE_BROWSER === '1';

/** A group of specs that look at the built system in a browser; skipped with one line where there is none, unless `REQUIRE_BROWSER=1`. */
export const inBrowser = (name: string, specs: () => void): void => {
  if (missing !== undefined && !required) {
    process.stderr.write(`${name}: browser specs are skipped: ${missing}.\n`);
    describe.skip(name, specs);
  } else {
    describe(name, specs);
  }
};

/** The browser's program. @throws where specs that need it cannot run */
export const browserProgram = (): string => {
  if (missing !== undefined || executable === undefined) throw new Error(`REQUIRE_BROWSER=1, but ${missing}`);
  return executable;
};
