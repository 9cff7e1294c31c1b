import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import type { AxeResults, RunOptions } from 'axe-core';
import { chromium } from 'playwright-core';
import type { BrowserContext, Page, Request } from 'playwright-core';
import { eventually } from './eventually.js';
import { inRepository } from './repository.js';

const KNOWN_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** The installed browser, or the one that CHROMIUM names; undefined where there is none. */
export const chromiumPath = (): string | undefined => (process.env.CHROMIUM ? [process.env.CHROMIUM] : KNOWN_PLACES).find((file) => fs.existsSync(file));

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** For anything to appear. */
const PATIENCE_MS = 15_000;

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const screenshots = inRepository('test-results/screenshots');

export interface Look {
  readonly width: 1440 | 390;
  readonly language: 'zh' | 'en';
}

type Scheme = 'light' | 'dark';

export const looks: readonly Look[] = [
  { width: 1440, language: 'zh' }, { width: 1440, language: 'en' }, { width: 390, language: 'zh' }, { width: 390, language: 'en' },
];

/** A page under observation: what the browser complains about is kept until it is asked for. */
export interface Watched {
  readonly page: Page;
  /** Waits until the page follows changes and has asked for all it shows. */
  settled(): Promise<void>;
  /** Screenshots of the page as it stands, light and dark unless told otherwise; returns everything that is wrong with it, in words. */
  inspect(name: string, schemes?: readonly Scheme[]): Promise<readonly string[]>;
  /** The same in both widths and both languages, each light or dark: for a state that takes long to bring about. */
  inspectAll(name: string): Promise<readonly string[]>;
  /** What the browser complained about since the last call. */
  complaints(): readonly string[];
}

export class Browser {
  private constructor(private readonly context: BrowserContext, private readonly folder: string) {}

  static async launch(executablePath: string): Promise<Browser> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'atrium-browser-'));
    fs.mkdirSync(screenshots, { recursive: true });
    return new Browser(await chromium.launchPersistentContext(folder, { executablePath, headless: true, args: FLAGS }), folder);
  }

  /** A fresh page in a language, signed in when a token is given; `prepare` comes before it asks for anything. */
  async open(url: string, { width, language }: Look, token?: string, prepare?: (page: Page) => Promise<unknown>): Promise<Watched> {
    const page = await this.context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.addInitScript(({ chosen, bearer }) => {
      localStorage.setItem('atrium.language', chosen);
      if (bearer !== undefined && sessionStorage.getItem('e2e.began') === null) sessionStorage.setItem('atrium.token', bearer);
      sessionStorage.setItem('e2e.began', 'yes');
    }, { chosen: language, bearer: token });
    let heard: string[] = [];
    page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') heard.push(`console ${message.type()}: ${message.text()}`); });
    page.on('pageerror', (error) => heard.push(`uncaught: ${error.message}`));
    const quiet = watchRequests(page);
    await prepare?.(page);
    await page.goto(url);
    const settled = async (): Promise<void> => {
      await page.locator('.live-live').waitFor({ state: 'attached' });
      await quiet();
    };
    const complaints = (): readonly string[] => {
      const since = heard;
      heard = [];
      return since;
    };
    const inspectAs = async (name: string, { width, language }: Look, schemes: readonly Scheme[]): Promise<readonly string[]> => {
      const wrong: string[] = [];
      for (const [index, colorScheme] of schemes.entries()) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        const look = `${name}-${width}-${language}-${colorScheme}`;
        await fromItsTop(page, () => page.screenshot({ path: path.join(screenshots, `${look}.png`), fullPage: true }));
        wrong.push(...[...(await overflow(page)), ...(width === 390 ? await smallTargets(page) : []), ...(await inaccessible(page, index === 0 ? [] : COLOUR_RULES))].map((fault) => `${look}: ${fault}`));
      }
      await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
      return [...wrong, ...complaints().map((complaint) => `${name}-${width}-${language}: ${complaint}`)];
    };
    const resize = (to: Look['width']) => page.setViewportSize({ width: to, height: to === 390 ? 844 : 900 });
    const inspect = (name: string, schemes: readonly Scheme[] = ['light', 'dark']) => inspectAs(name, { width, language }, schemes);
    const inspectAll = async (name: string): Promise<readonly string[]> => {
      const wrong: string[] = [];
      const turns: readonly (readonly [Look, Scheme])[] = [
        [{ width, language }, 'light'], [{ width: width === 390 ? 1440 : 390, language }, 'dark'],
        [{ width: width === 390 ? 1440 : 390, language: other(language) }, 'light'], [{ width, language: other(language) }, 'dark'],
      ];
      for (const [look, scheme] of turns) {
        await resize(look.width);
        await speak(page, look.language);
        wrong.push(...await inspectAs(name, look, [scheme]));
      }
      await speak(page, language);
      return wrong;
    };
    return { page, settled, inspect, inspectAll, complaints };
  }

  /** Takes the network away from every page, or gives it back. */
  async offline(isOffline: boolean): Promise<void> {
    await this.context.setOffline(isOffline);
  }

  async close(): Promise<void> {
    await this.context.close();
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}

const other = (language: Look['language']): Look['language'] => (language === 'zh' ? 'en' : 'zh');

/** Switches the page's language, where it is not that one already. */
const speak = async (page: Page, language: Look['language']): Promise<void> => {
  const tag = language === 'zh' ? 'zh-CN' : 'en';
  if (await page.evaluate(() => document.documentElement.lang) === tag) return;
  await page.locator(`button[lang="${tag}"]`).click();
  await page.locator(`html[lang="${tag}"]`).waitFor({ state: 'attached' });
};

/** Without any request for this long, nothing more is on its way. */
const QUIET_MS = 300;

/** Answers what waits until all requests but the live stream, which lasts, have been answered. */
const watchRequests = (page: Page): (() => Promise<void>) => {
  const underWay = new Set<Request>();
  let lastAt = performance.now();
  const passed = (request: Request): void => {
    lastAt = performance.now();
    underWay.delete(request);
  };
  page.on('request', (request) => {
    lastAt = performance.now();
    if (!request.url().endsWith('/live')) underWay.add(request);
  });
  page.on('requestfinished', passed);
  page.on('requestfailed', passed);
  return () => eventually(async () => {
    if (underWay.size > 0 || performance.now() - lastAt < QUIET_MS) throw new Error(`Requests are under way: ${[...underWay].map((request) => request.url()).join(', ')}`);
  });
};

/** A picture of the whole page has what sticks to the window's top at the page's top. */
const fromItsTop = async (page: Page, take: () => Promise<unknown>): Promise<void> => {
  const place = await page.evaluate(() => {
    const { scrollY } = window;
    window.scrollTo(0, 0);
    return scrollY;
  });
  await take();
  await page.evaluate((top) => window.scrollTo(0, top), place);
};

const overflow = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [`overflows by ${scrollWidth - clientWidth} px`] : [];
  });

/** What a finger has to hit is this high on a phone, in CSS pixels; links within a text are as high as their line. */
const FINGER_PX = 40;

const smallTargets = (page: Page): Promise<readonly string[]> =>
  page.evaluate((least) => {
    const targets = [...document.querySelectorAll<HTMLElement>('a[href], button, input, textarea, summary, [role="combobox"], [role="menuitem"], [role="switch"], [role="checkbox"]')];
    /** A field is hit by its frame or its label, a link that covers its card by the card. */
    const hitArea = (target: HTMLElement): Element => target.closest('label, .ant-input-affix-wrapper, .ant-select, .case-card, .keys-switch') ?? target;
    const isHidden = (target: HTMLElement): boolean => {
      const { width, height } = target.getBoundingClientRect();
      return width <= 1 || height <= 1 || getComputedStyle(target).visibility === 'hidden' || target.closest('[aria-hidden="true"], .skip') !== null;
    };
    return targets.filter((target) => !isHidden(target) && getComputedStyle(target).display !== 'inline')
      .map((target) => ({ target, height: hitArea(target).getBoundingClientRect().height }))
      .filter(({ height }) => height < least - 0.5)
      .map(({ target, height }) => `is only ${Math.round(height)} px high: ${target.tagName.toLowerCase()}.${target.className.toString().split(' ').join('.')} ${(target.textContent ?? '').slice(0, 30)}`);
  }, FINGER_PX);

/** All that can differ in the dark. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** Violations of these rules, or of all when none is named. */
const inaccessible = async (page: Page, rules: readonly string[]): Promise<readonly string[]> => {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(
    (only) => (globalThis as unknown as { axe: { run(options: RunOptions): Promise<AxeResults> } }).axe.run(only.length > 0 ? { runOnly: [...only] } : {}),
    rules,
  );
  return violations.map(({ id, help, nodes }) => `axe ${id}: ${help} (${nodes.slice(0, 3).map(({ target }) => target.join(' ')).join(', ')})`);
};
