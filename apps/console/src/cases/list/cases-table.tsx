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

interface RowProps extends SteadyRow {
  readonly from: ListPlace;
}

const Row = memo(({ item, hasLeft, from }: RowProps) => {
  const { m } = useLanguage();
  const { mallName, mallZone } = useMalls();
  const timeZone = mallZone(item.mallId);
  const isFresh = useFreshness(`${item.revision} ${hasLeft}`);
  return (
    <tr className={rowClass(isFresh, hasLeft)}>
      <td><DueLabel clock={item.promise} awaitsAct={awaitsResolution(item.status)} timeZone={timeZone} /></td>
      <td><DueLabel clock={item.acknowledge} awaitsAct={false} timeZone={timeZone} /></td>
      <td className="cell-subject">
        <Link to={`/cases/${item.id}`} state={from} className="row-link">{item.subject}</Link>
        <span className="under">
          <span className="reference">{item.reference}</span>
          {hasLeft ? <b className="left-note">{m.frame.list.left}</b> : (item.shop ?? item.category)}
        </span>
      </td>
      <td><StatusTag status={item.status} /></td>
      <td className="cell-department">{item.department ?? '—'}{item.queue && <span className="under">{item.queue}</span>}</td>
      <td>{word(m.channels, item.channel)}</td>
      <td className="cell-mall">{mallName(item.mallId)}</td>
      <td className="cell-time"><OpenedAt at={item.openedAt} timeZone={timeZone} /></td>
    </tr>
  );
});

export const TableHead = () => {
  const { columns } = useLanguage().m.list;
  return (
    <thead>
      <tr>
        <th scope="col" className="col-due">{columns.promise}</th>
        <th scope="col" className="col-reply">{columns.acknowledge}</th>
        <th scope="col">{columns.subject}</th>
        <th scope="col" className="col-status">{columns.status}</th>
        <th scope="col" className="col-department">{columns.department}</th>
        <th scope="col" className="col-channel">{columns.channel}</th>
        <th scope="col" className="col-mall cell-mall">{columns.mall}</th>
        <th scope="col" className="col-opened">{columns.opened}</th>
      </tr>
    </thead>
  );
};

export const CasesTable = ({ rows }: { readonly rows: readonly SteadyRow[] }) => {
  const { m } = useLanguage();
  const from = useListPlace();
  return (
    <table className="cases">
      <caption className="unseen">{m.list.caption}</caption>
      <TableHead />
      <tbody>{rows.map(({ item, hasLeft }) => <Row key={item.id} item={item} hasLeft={hasLeft} from={from} />)}</tbody>
    </table>
  );
};
