import { Button } from 'antd';
import { useLanguage } from '../language/language.js';

export const Brand = () => {
  const { m } = useLanguage();
  return (
    <span className="brand">
      <svg viewBox="0 0 32 32" width="24" height="24" aria-hidden="true">
        <rect width="32" height="32" rx="7" className="brand-ground" />
        <path d="M8 24V15a8 8 0 0 1 16 0v9" className="brand-outer" />
        <path d="M13 24v-8a3 3 0 0 1 6 0v8" className="brand-inner" />
      </svg>
      <span className="brand-name">{m.product}</span>
      <span className="brand-line">{m.productLine}</span>
    </span>
  );
};

export const LanguageSwitch = () => {
  const { code, m, setCode } = useLanguage();
  const other = code === 'zh' ? 'en' : 'zh';
  return (
    <Button type="text" lang={other === 'zh' ? 'zh-CN' : 'en'} title={m.languageSwitch.label} onClick={() => setCode(other)}>
      {m.languageSwitch.other}
    </Button>
  );
};
