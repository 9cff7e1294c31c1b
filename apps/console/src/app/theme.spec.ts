import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { antdTheme } from './theme.js';

const sheet = readFileSync(path.resolve(import.meta.dirname, '../styles/tokens.css'), 'utf8');
const block = (selector: string): Readonly<Record<string, string>> => {
  const from = sheet.indexOf(`${selector} {`);
  return Object.fromEntries([...sheet.slice(from, sheet.indexOf('}', from)).matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = '', colour = '']) => [name, colour]));
};
const schemes = { light: block(':root'), dark: block(":root[data-theme='dark']") };

/** Relative luminance and contrast as WCAG 2.2 defines them. */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one: string, other: string): number => {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
};

/** Pairs below what is wanted, with what they reach. */
const tooFaint = (tokens: Readonly<Record<string, string>>, fronts: readonly string[], grounds: readonly string[], wanted: number): readonly string[] =>
  fronts.flatMap((front) => grounds.map((ground) => [`${front} on ${ground}`, contrast(tokens[front] ?? '', tokens[ground] ?? '')] as const))
    .filter(([, reached]) => !(reached >= wanted)).map(([pair, reached]) => `${pair}: ${reached.toFixed(2)}`);

describe('colours', () => {
  it('are measured as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  it.each(Object.entries(schemes))('show the border of a field in %s, wherever it stands', (_scheme, tokens) => {
    expect(tooFaint(tokens, ['line-field'], ['ground', 'surface', 'sunken', 'brand-soft'], 3)).toEqual([]);
  });

  it.each(Object.entries(schemes))('keep text readable in %s', (_scheme, tokens) => {
    expect(tooFaint(tokens, ['text', 'text-quiet', 'brand', 'bad'], ['ground', 'surface', 'sunken'], 4.5)).toEqual([]);
  });

  it.each([['light', false], ['dark', true]] as const)('of fields are the same for parts of antd in %s', (scheme, isDark) => {
    const { components } = antdTheme({ isDark, narrow: false, still: true });
    expect([components?.Input, components?.Select, components?.Checkbox].map((part) => part?.colorBorder)).toEqual(Array.from({ length: 3 }, () => schemes[scheme]['line-field']));
  });
});
