import { useLanguage } from '../language/language.js';
import { useNow } from '../time/use-now.js';

const MINUTE_MS = 60_000;

interface Props {
  readonly at: string;
  readonly timeZone: string;
}

/** When something was, as people at a desk say it; what is today is yesterday after midnight. */
export const OpenedAt = ({ at, timeZone }: Props) => {
  const time = useLanguage().zoned(timeZone);
  return <time dateTime={at} title={time.exact(at)}>{time.brief(at, useNow(MINUTE_MS))}</time>;
};
