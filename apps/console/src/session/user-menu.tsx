import { Button, Dropdown } from 'antd';
import { CheckOutlined, LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { COLOR_SCHEMES, useColorScheme } from '../app/color-scheme.js';
import { word } from '../language/en.js';
import { useLanguage } from '../language/language.js';
import { useSession, useSessionStore } from './session-context.js';

/** The token's expiry is shown in the browser's own zone: it belongs to the person at the screen, not to a mall. */
const ownZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

interface Props {
  readonly onShortcuts: () => void;
}

export const UserMenu = ({ onShortcuts }: Props) => {
  const { m, zoned } = useLanguage();
  const { scheme, choose } = useColorScheme();
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
          {
            key: 'scheme', type: 'group', label: m.frame.scheme.label,
            children: COLOR_SCHEMES.map((one) => ({
              key: one,
              icon: one === scheme ? <CheckOutlined aria-hidden /> : <span className="menu-gap" aria-hidden="true" />,
              label: <>{m.frame.scheme.choices[one]}{one === scheme && <span className="unseen"> ({m.frame.scheme.chosen})</span>}</>,
              onClick: () => choose(one),
            })),
          },
          { type: 'divider' },
          { key: 'keys', icon: <span className="menu-gap" aria-hidden="true">?</span>, label: m.frame.shortcuts.menu, onClick: onShortcuts },
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
