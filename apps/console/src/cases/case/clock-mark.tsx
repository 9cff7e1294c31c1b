import type { ClockVerdict } from './clock-verdict.js';

/** A shape for each state of a clock, so that it is not told by colour alone. */
const SHAPES: Readonly<Record<ClockVerdict['tone'], string>> = {
  running: 'M8 4.2V8l2.6 1.8M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  soon: 'M8 4.2V8h3.2M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z',
  overdue: 'M8 6v3.2M8 11.4v.1M8 2 14.6 13.6H1.4Z',
  paused: 'M5.6 4v8M10.4 4v8',
  met: 'm3 8.4 3.3 3.4L13 4.6',
  broken: 'm4.2 4.2 7.6 7.6m0-7.6-7.6 7.6',
  superseded: 'M3 8h9.4M9.2 4.6 12.6 8l-3.4 3.4',
};

export const ClockMark = ({ tone }: Pick<ClockVerdict, 'tone'>) => (
  <svg className="clock-mark" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d={SHAPES[tone]} /></svg>
);
