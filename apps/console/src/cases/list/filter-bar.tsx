import { useEffect, useState } from 'react';
import { Button, Input, Select } from 'antd';
import { CloseOutlined, FilterOutlined, SearchOutlined } from '@ant-design/icons';
import type { Facets, FacetValue } from '../../api.js';
import { word } from '../../language/en.js';
import type { Words } from '../../language/en.js';
import { useLanguage } from '../../language/language.js';
import { useMalls } from '../use-malls.js';
import { countNarrowing, DUES, SORTS } from './filters.js';
import type { Filters } from './filters.js';

const TYPING_PAUSE_MS = 350;

interface Props {
  readonly filters: Filters;
  readonly facets: Facets | undefined;
  readonly narrow: boolean;
  readonly onChange: (change: Partial<Filters>, replace?: boolean) => void;
}

const SearchField = ({ filters, onChange }: Pick<Props, 'filters' | 'onChange'>) => {
  const { m } = useLanguage();
  const asked = filters.q ?? '';
  const [typed, setTyped] = useState(asked);
  const [known, setKnown] = useState(asked);
  if (known !== asked) {
    setKnown(asked);
    if (typed.trim() !== asked) setTyped(asked);
  }
  useEffect(() => {
    if (typed.trim() === asked) return;
    const pause = setTimeout(() => onChange({ q: typed.trim() }, true), TYPING_PAUSE_MS);
    return () => clearTimeout(pause);
  }, [typed, asked, onChange]);
  return (
    <Input
      className="search"
      type="search"
      prefix={<SearchOutlined aria-hidden />}
      aria-label={m.list.search}
      placeholder={m.list.search}
      allowClear
      autoComplete="off"
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
};

export const FilterBar = ({ filters, facets, narrow, onChange }: Props) => {
  const { m, count } = useLanguage();
  const { mallNames } = useMalls();
  const [open, setOpen] = useState(false);
  const narrowing = countNarrowing(filters);

  /** The values with their counts; the chosen one stays an option though nothing counts under it now. */
  const options = (values: readonly FacetValue[] | undefined, words: Words, chosen: string | undefined) => {
    const named = values ?? [];
    const missing = chosen !== undefined && !named.some(({ value }) => value === chosen) ? [{ value: chosen, count: 0 }] : [];
    return [...missing, ...named].map(({ value, count: n }) => ({
      value,
      title: word(words, value),
      label: <span className="option">{word(words, value)}<span className="tally">{count(n)}</span></span>,
    }));
  };
  const select = (name: 'department' | 'channel' | 'mallId' | 'due', label: string, any: string, choices: readonly { value: string; title?: string; label: React.ReactNode }[]) => (
    <Select
      aria-label={label}
      value={filters[name] ?? ''}
      options={[{ value: '', title: any, label: any }, ...choices]}
      popupMatchSelectWidth={false}
      showSearch={choices.length > 8 && { optionFilterProp: 'title' }}
      onChange={(value: string) => onChange({ [name]: value })}
    />
  );

  return (
    <search className="filters" aria-label={m.list.filters}>
      <SearchField filters={filters} onChange={onChange} />
      {narrow && (
        <Button icon={<FilterOutlined aria-hidden />} aria-expanded={open} aria-controls="more-filters" onClick={() => setOpen(!open)}>
          {m.list.showFilters(narrowing)}
        </Button>
      )}
      <div id="more-filters" className="more-filters" hidden={narrow && !open}>
        {select('due', m.list.due, m.list.any.due, DUES.map((value) => ({ value, label: word(m.list.dueOptions, value) })))}
        {select('department', m.list.department, m.list.any.department, options(facets?.departments, {}, filters.department))}
        {select('channel', m.list.channel, m.list.any.channel, options(facets?.channels, m.channels, filters.channel))}
        {select('mallId', m.list.mall, m.list.any.mall, options(facets?.malls, mallNames, filters.mallId))}
        <Select
          className="sort"
          aria-label={m.list.sort}
          value={filters.sort}
          options={SORTS.map((value) => ({ value, label: word(m.list.sortOptions, value) }))}
          popupMatchSelectWidth={false}
          onChange={(sort) => onChange({ sort })}
        />
        {filters.queue !== undefined && (
          <Button className="chip" icon={<CloseOutlined aria-hidden />} iconPlacement="end" onClick={() => onChange({ queue: '' })}>
            {m.list.queue}: {filters.queue}
          </Button>
        )}
        {(narrowing > 0 || filters.q !== undefined) && (
          <Button type="link" onClick={() => onChange({ due: undefined, department: '', queue: '', channel: '', mallId: '', q: '' })}>{m.list.clear}</Button>
        )}
      </div>
    </search>
  );
};
