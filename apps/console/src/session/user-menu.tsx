import { Button, Dropdown } from 'antd';
import { LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { word } from '../language/en.js';
import { useLanguage } from '../language/language.js';
import { useSession, useSessionStore } from './session-context.js';

/** The token's expiry is shown in the browser's own zone: it belongs to the person at the screen, not to a mall. */
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

export const UserMenu = () => {
  const { m, zoned } = useLanguage();
  const { session } = useSession();
  const store = useSessionStore();
  if (session === undefined) return null;
  const { subject, role, expiresAtMs } = session;
  const who = (
    <div className="user-card">
      <strong>{subject}</strong>
      <span>{word(m.roles, role)}</span>
      {expiresAtMs !== undefined && <span>{m.session.expires(zoned(ownZone).dateTime(expiresAtMs))}</span>}
    </div>
  );
  return (
    <Dropdown
      trigger={['click']}
      placement="bottomRight"
      menu={{
        items: [
          { key: 'who', type: 'group', label: who },
          { type: 'divider' },
          { key: 'out', icon: <LogoutOutlined aria-hidden />, label: m.session.signOut, onClick: () => store.signOut('signed-out') },
        ],
      }}
    >
      <Button type="text" className="user-button" icon={<UserOutlined aria-hidden />} aria-haspopup="menu">
        <span className="user-name">{subject}</span>
        <span className="user-role">{word(m.roles, role)}</span>
      </Button>
    </Dropdown>
  );
};
