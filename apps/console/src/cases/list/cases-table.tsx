import { memo } from 'react';
import { Link } from 'react-router';
import type { CaseSummary } from '../../api.js';
import { word } from '../../language/en.js';
import { useLanguage } from '../../language/language.js';
import { DueLabel } from '../due-label.js';
import { awaitsResolution } from '../due-state.js';
import { StatusTag } from '../status-tag.js';
import { useMalls } from '../use-malls.js';
import { useListPlace } from './list-place.js';
import type { ListPlace } from './list-place.js';

const Row = memo(({ item, from }: { readonly item: CaseSummary; readonly from: ListPlace }) => {
  const { m, zoned } = useLanguage();
  const { mallName, mallZone } = useMalls();
  const timeZone = mallZone(item.mallId);
  const time = zoned(timeZone);
  return (
    <tr>
      <td><DueLabel clock={item.promise} awaitsAct={awaitsResolution(item.status)} timeZone={timeZone} /></td>
      <td><DueLabel clock={item.acknowledge} awaitsAct={false} timeZone={timeZone} /></td>
      <td className="cell-subject">
        <Link to={`/cases/${item.id}`} state={from} className="row-link">{item.subject}</Link>
        <span className="under"><span className="reference">{item.reference}</span>{item.shop ?? item.category}</span>
      </td>
      <td><StatusTag status={item.status} /></td>
      <td className="cell-department">{item.department ?? '—'}{item.queue && <span className="under">{item.queue}</span>}</td>
      <td>{word(m.channels, item.channel)}</td>
      <td className="cell-mall">{mallName(item.mallId)}</td>
      <td className="cell-time"><time dateTime={item.openedAt} title={time.exact(item.openedAt)}>{time.brief(item.openedAt, Date.now())}</time></td>
    </tr>
  );
});

export const CasesTable = ({ items }: { readonly items: readonly CaseSummary[] }) => {
  const { m } = useLanguage();
  const from = useListPlace();
  const { columns } = m.list;
  return (
    <table className="cases">
      <caption className="unseen">{m.list.caption}</caption>
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
      <tbody>{items.map((item) => <Row key={item.id} item={item} from={from} />)}</tbody>
    </table>
  );
};
