import { Button } from 'antd';
import { Link } from 'react-router';
import { useLanguage } from '../../language/language.js';

/** `first-day`: there are no cases at all. `all-done`: none that is open. `no-match`: none that the filters let pass. */
export type WhyEmpty = 'first-day' | 'all-done' | 'no-match';

interface Props {
  readonly why: WhyEmpty;
  readonly mayRegister: boolean;
  readonly onClear: () => void;
}

/** In place of a list without rows: why, and what to do about it. */
export const EmptyList = ({ why, mayRegister, onClear }: Props) => {
  const { m } = useLanguage();
  const words = m.frame.list;
  if (why === 'all-done') {
    return (
      <div className="empty">
        <h2>{words.allDone}</h2>
        <p>{words.allDoneHint}</p>
        <Link className="button-link" to="/cases?status=all">{words.showAll}</Link>
      </div>
    );
  }
  if (why === 'no-match') {
    return (
      <div className="empty">
        <h2>{m.list.empty}</h2>
        <p>{m.list.emptyHint}</p>
        <Button onClick={onClear}>{m.list.clear}</Button>
      </div>
    );
  }
  return (
    <div className="empty">
      <svg viewBox="0 0 96 64" width="96" height="64" aria-hidden="true">
        <rect x="8" y="8" width="80" height="14" rx="3" /><rect x="8" y="26" width="80" height="14" rx="3" /><rect x="8" y="44" width="80" height="14" rx="3" />
        <circle cx="18" cy="15" r="2.5" /><circle cx="18" cy="33" r="2.5" /><circle cx="18" cy="51" r="2.5" />
      </svg>
      <h2>{words.firstDay}</h2>
      <p>{words.firstDayHint}</p>
      {mayRegister && <Link className="button-link button-main" to="/cases/new">{words.register}</Link>}
      <p className="quiet">{words.firstDaySample} <code className="command">npm run import -- boston311 --sample</code></p>
    </div>
  );
};
