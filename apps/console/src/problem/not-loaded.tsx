import { DisconnectOutlined } from '@ant-design/icons';
import { useLanguage } from '../language/language.js';

/** In place of a page that could not be asked for without a network. */
export const NotLoaded = () => {
  const { m } = useLanguage();
  return (
    <div className="empty" role="status">
      <DisconnectOutlined className="empty-mark" aria-hidden />
      <h2>{m.frame.offline.nothing}</h2>
      <p>{m.frame.offline.nothingHint}</p>
    </div>
  );
};
