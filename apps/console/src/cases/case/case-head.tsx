import { Link } from 'react-router';
import type { CaseDetail } from '../../api.js';
import { word } from '../../language/en.js';
import { useLanguage } from '../../language/language.js';
import { StatusTag } from '../status-tag.js';
import { useMalls } from '../use-malls.js';
import { Description } from './description.js';

/** Of whoever looks; only a mall elsewhere needs a word on its time. */
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

interface Props {
  readonly item: CaseDetail;
  readonly timeZone: string;
}

export const CaseHead = ({ item, timeZone }: Props) => {
  const { m, zoned } = useLanguage();
  const { mallName } = useMalls();
  const { fields } = m.case;
  const time = zoned(timeZone);
  const listOf = (name: string, value: string): string => `/cases?${new URLSearchParams({ [name]: value })}`;
  return (
    <header className="case-head">
      <div className="case-line">
        <span className="reference" title={item.id}>{item.reference}</span>
        <StatusTag status={item.status} />
      </div>
      <h1>{item.subject}</h1>
      {item.description != null && item.description !== '' && <Description text={item.description} />}
      <dl className="case-meta">
        <div>
          <dt>{fields.department}</dt>
          <dd>{item.department == null ? '—' : <Link to={listOf('department', item.department)}>{item.department}</Link>}</dd>
        </div>
        {item.queue != null && <div><dt>{fields.queue}</dt><dd><Link to={listOf('queue', item.queue)}>{item.queue}</Link></dd></div>}
        <div><dt>{fields.channel}</dt><dd>{word(m.channels, item.channel)}</dd></div>
        <div><dt>{fields.mall}</dt><dd>{mallName(item.mallId)}</dd></div>
        <div><dt>{fields.opened}</dt><dd><time dateTime={item.openedAt} title={time.exact(item.openedAt)}>{time.dateTime(item.openedAt)}</time></dd></div>
        {timeZone !== ownZone && <div><dt>{fields.timeZone}</dt><dd>{time.zone()}</dd></div>}
      </dl>
    </header>
  );
};
