import { Tooltip } from 'antd';
import { useLanguage } from '../language/language.js';
import { useLiveState } from '../live/live-updates.js';

/** Whether what is shown keeps itself up to date. */
export const LiveMark = () => {
  const { m } = useLanguage();
  const state = useLiveState();
  const { label, states, hints } = m.frame.live;
  return (
    <Tooltip title={hints[state]} placement="bottomRight">
      <span className={`live-mark live-${state}`} role="status" aria-label={`${label}: ${states[state]}`} tabIndex={-1}>
        <i aria-hidden="true" />
        <span className="live-word" aria-hidden="true">{states[state]}</span>
      </span>
    </Tooltip>
  );
};
