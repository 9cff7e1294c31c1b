import { memo } from 'react';
import { Link } from 'react-router';
import { useFreshness } from '../../app/use-freshness.js';
import { word } from '../../language/en.js';
import { useLanguage } from '../../language/language.js';
import { DueLabel } from '../due-label.js';
import { awaitsResolution } from '../due-state.js';
import { OpenedAt } from '../opened-at.js';
import { StatusTag } from '../status-tag.js';
import { useMalls } from '../use-malls.js';
import { useListPlace } from './list-place.js';
import type { ListPlace } from './list-place.js';
import { rowClass } from './row-class.js';
import type { SteadyRow } from './steady-list.js';

interface CardProps extends SteadyRow {
  readonly from: ListPlace;
}

const Card = memo(({ item, hasLeft, from }: CardProps) => {
  const { m } = useLanguage();
  const { mallName, mallZone } = useMalls();
  const timeZone = mallZone(item.mallId);
  const where = [item.department, word(m.channels, item.channel), mallName(item.mallId)].filter(Boolean).join(' · ');
  const isFresh = useFreshness(`${item.revision} ${hasLeft}`);
  return (
    <li className={rowClass(isFresh, hasLeft, 'case-card')}>
      <div className="card-line">
        <span className="reference">{item.reference}</span>
        <StatusTag status={item.status} />
        <OpenedAt at={item.openedAt} timeZone={timeZone} />
      </div>
      <Link to={`/cases/${item.id}`} state={from} className="row-link">{item.subject}</Link>
      <div className="card-where">{hasLeft ? <b className="left-note">{m.frame.list.left}</b> : where}</div>
      {(item.promise !== null || item.acknowledge !== null) && (
        <dl className="card-clocks">
          {item.promise !== null && (
            <div><dt>{m.list.columns.promise}</dt><dd><DueLabel clock={item.promise} awaitsAct={awaitsResolution(item.status)} timeZone={timeZone} /></dd></div>
          )}
          {item.acknowledge !== null && (
            <div><dt>{m.list.columns.acknowledge}</dt><dd><DueLabel clock={item.acknowledge} awaitsAct={false} timeZone={timeZone} /></dd></div>
          )}
        </dl>
      )}
    </li>
  );
});

export const CaseCards = ({ rows }: { readonly rows: readonly SteadyRow[] }) => {
  const from = useListPlace();
  return <ul className="case-cards">{rows.map(({ item, hasLeft }) => <Card key={item.id} item={item} hasLeft={hasLeft} from={from} />)}</ul>;
};
