import { localTimes } from './local-time.js';

const boston = localTimes('America/New_York');
const utc = (text: string): number => Date.parse(text);

describe('local times of Boston', () => {
  it.each([
    ['2011-07-01 01:32:33', '2011-07-01T05:32:33Z'],
    ['2011-12-31T23:11:06', '2012-01-01T04:11:06Z'],
    ['2012-02-29 12:00:00', '2012-02-29T17:00:00Z'],
    ['2059-12-31 19:00:00', '2060-01-01T00:00:00Z'],
    ['2011-11-06 00:59:59', '2011-11-06T04:59:59Z'],
    ['2011-11-06 02:00:00', '2011-11-06T07:00:00Z'],
    ['2012-03-11 01:59:59', '2012-03-11T06:59:59Z'],
    ['2012-03-11 03:00:00', '2012-03-11T07:00:00Z'],
  ])('%s is %s', (local, instant) => {
    expect(boston(local)).toEqual({ earlier: utc(instant) });
  });

  it('gives both readings of the hour that runs twice', () => {
    expect(boston('2011-11-06 01:00:00')).toEqual({ earlier: utc('2011-11-06T05:00:00Z'), later: utc('2011-11-06T06:00:00Z') });
    expect(boston('2011-11-06 01:59:59')).toEqual({ earlier: utc('2011-11-06T05:59:59Z'), later: utc('2011-11-06T06:59:59Z') });
  });

  it.each([
    ['2012-03-11 02:00:00', 'skipped'],
    ['2012-03-11 02:59:59', 'skipped'],
    ['2011-02-29 10:00:00', 'impossible'],
    ['2011-13-01 10:00:00', 'impossible'],
    ['2011-00-10 10:00:00', 'impossible'],
    ['2011-06-00 10:00:00', 'impossible'],
    ['2011-06-31 10:00:00', 'impossible'],
    ['2011-06-01 24:00:00', 'impossible'],
    ['2011-06-01 10:60:00', 'impossible'],
    ['2011-07-01T01:32:33Z', 'zoned'],
    ['2011-07-01 01:32:33+02:00', 'zoned'],
    ['2011-07-01 01:32:33.000-0400', 'zoned'],
    ['2011-07-01 01:32:33 EST', 'zoned'],
    ['07/01/2011 01:32:33', 'format'],
    ['2011-07-01', 'format'],
    ['2011-07-01 1:32', 'format'],
    ['yesterday', 'format'],
  ])('%s is wrong: %s', (local, wrong) => {
    expect(boston(local)).toEqual({ wrong });
  });

  it('agrees with the zone on every hour of a year, also on days it remembers', () => {
    const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: 'America/New_York', dateStyle: 'short', timeStyle: 'medium' });
    for (let at = utc('2011-01-01T05:00:00Z'); at < utc('2012-01-01T05:00:00Z'); at += 3_600_000) {
      const local = boston(shown.format(at));
      const readings = 'wrong' in local ? [] : [local.earlier, local.later];
      expect(readings).toContain(at);
    }
  });
});
