import { DisconnectOutlined } from '@ant-design/icons';
import { useLanguage } from '../language/language.js';
import { useOnline } from '../live/live-updates.js';

/** Says, as long as it lasts, why nothing can be sent. It lies at the lower edge and moves nothing that is being read. */
export const OfflineBanner = () => {
  const { m } = useLanguage();
  const online = useOnline();
  return (
    <div role="status" className="offline-place">
      {!online && (
        <p className="offline-banner">
          <DisconnectOutlined aria-hidden />
          <span><strong>{m.frame.offline.title}</strong> {m.frame.offline.text}</span>
        </p>
      )}
    </div>
  );
};
