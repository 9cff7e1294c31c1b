import type { Status } from '../api.js';
import { word } from '../language/en.js';
import { useLanguage } from '../language/language.js';

export const StatusTag = ({ status }: { readonly status: Status }) => {
  const { m } = useLanguage();
  return <span className={`status status-${status}`}>{word(m.statuses, status)}</span>;
};
