import type { Clock } from '../../api.js';
import { useLanguage } from '../../language/language.js';
import { useNow } from '../../time/use-now.js';
import { ClockMark } from './clock-mark.js';
import { clockVerdict } from './clock-verdict.js';

/** A clock's state in a few words that count down by themselves. */
export const ClockCountdown = ({ clock }: { readonly clock: Clock }) => {
  const { m, duration } = useLanguage();
  const { tone, word, distance } = clockVerdict(clock, useNow(1000), m, duration);
  const isRunning = tone === 'running' || tone === 'soon';
  return (
    <span className={`countdown clock-${tone}`}>
      <ClockMark tone={tone} />
      {!(isRunning && distance !== undefined) && <span className="clock-word">{word}</span>}
      {distance !== undefined && <span className="clock-distance">{distance}</span>}
    </span>
  );
};
