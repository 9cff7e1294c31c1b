import { Button, Dropdown } from 'antd';
import { CheckOutlined, LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { COLOR_SCHEMES, useColorScheme } from '../app/color-scheme.js';
import { useLanguage } from '../language/language.js';
import { useSession, useSessionStore, useSignInWay } from './session-context.js';
import { useMe, useRoleTitle } from './use-me.js';

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
  const way = useSignInWay();
  const me = useMe();
  const roleTitle = useRoleTitle();
  if (session === undefined) return null;
  const { subject, name = subject, expiresAtMs } = session;
  const role = me === undefined ? '' : roleTitle(me.role);
  const signOut = (): void => {
    store.signOut('signed-out');
    // Where the issuer cannot be told, they are signed out here all the same.
    way.openId().then((openId) => openId?.end()).catch(() => undefined);
  };
  const who = (
    <div className="user-card">
      <strong>{name}</strong>
      <span>{role}</span>
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
          { key: 'out', icon: <LogoutOutlined aria-hidden />, label: m.session.signOut, onClick: signOut },
        ],
      }}
    >
      <Button type="text" className="user-button" icon={<UserOutlined aria-hidden />} aria-haspopup="menu">
        <span className="user-name">{name}</span>
        <span className="user-role">{role}</span>
      </Button>
    </Dropdown>
  );
};
