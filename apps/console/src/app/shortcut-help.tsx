import { Modal, Switch } from 'antd';
import { useLanguage } from '../language/language.js';
import { useShortcutsOn } from './shortcuts.js';

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
}

const Keys = ({ keys }: { readonly keys: readonly string[] }) => {
  const { m } = useLanguage();
  return <>{keys.map((key, index) => <span key={key}>{index > 0 && <small> {m.frame.shortcuts.or} </small>}<kbd>{key}</kbd></span>)}</>;
};

export const ShortcutHelp = ({ open, onClose }: Props) => {
  const { m } = useLanguage();
  const { on, turn } = useShortcutsOn();
  const words = m.frame.shortcuts;
  const groups = [
    { title: words.lists, rows: [[['/'], words.search], [['j', '↓'], words.next], [['k', '↑'], words.previous], [['Enter'], words.open], [['.'], words.showNews]] },
    { title: words.onCase, rows: [[['1 … 9'], words.step]] },
    { title: words.everywhere, rows: [[['n'], words.register], [['?'], words.help]] },
  ] as const;
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={words.title} width={420} destroyOnHidden closable={{ 'aria-label': words.close }}>
      <div className={on ? 'keys' : 'keys keys-off'}>
        {groups.map(({ title, rows }) => (
          <section key={title}>
            <h2>{title}</h2>
            <dl>{rows.map(([keys, what]) => <div key={what}><dt><Keys keys={keys} /></dt><dd>{what}</dd></div>)}</dl>
          </section>
        ))}
      </div>
      <div className="keys-switch">
        <Switch id="single-keys" size="small" checked={on} onChange={turn} aria-describedby="single-keys-hint" aria-labelledby="single-keys-label" />
        <div>
          <label htmlFor="single-keys" id="single-keys-label">{words.enabled}</label>
          <p id="single-keys-hint" className="quiet">{words.enabledHint}</p>
        </div>
      </div>
    </Modal>
  );
};
