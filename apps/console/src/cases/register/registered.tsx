import { useEffect, useRef, useState } from 'react';
import { Button } from 'antd';
import { Link } from 'react-router';
import { useQuery } from '@tanstack/react-query';
import { ProblemError } from '../../api.js';
import { word } from '../../language/en.js';
import { useLanguage } from '../../language/language.js';
import { useApi } from '../../session/session-context.js';
import { ClockCountdown } from '../case/clock-countdown.js';
import { useMalls } from '../use-malls.js';

interface Props {
  readonly id: string;
  readonly onAnother: () => void;
}

/** In groups of four, as a number is read out. */
const inGroups = (reference: string): string => reference.replaceAll(/(.{4})(?=.)/g, '$1 ');

/** What to tell the customer, and what to do next. The case is there already; its page may take a moment to show it. */
export const Registered = ({ id, onAnother }: Props) => {
  const { m, zoned } = useLanguage();
  const words = m.desk.register;
  const api = useApi();
  const { mallZone } = useMalls();
  const { data, error } = useQuery({ queryKey: ['case', id], queryFn: ({ signal }) => api.case(id, signal) });
  const another = useRef<HTMLButtonElement>(null);
  const [copied, setCopied] = useState(false);
  useEffect(() => another.current?.focus(), []);
  const number = useRef<HTMLOutputElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(data?.reference ?? '');
      setCopied(true);
    } catch {
      // Refused by the browser, or not there without TLS: marked, so that the keys of copying take it.
      if (number.current !== null) getSelection()?.selectAllChildren(number.current);
    }
  };
  return (
    <section className="panel registered" aria-labelledby="registered-title">
      <p className="registered-mark" aria-hidden="true">✓</p>
      <h1 id="registered-title">{words.doneTitle}</h1>
      <p role="status" className="registered-number">
        {data === undefined ? (
          <span className="quiet">{error instanceof ProblemError ? words.numberLater : words.numberComing}</span>
        ) : (
          <>
            <span className="registered-lead">{words.doneLead}</span>
            <output ref={number} aria-label={words.reference}>{inGroups(data.reference)}</output>
          </>
        )}
      </p>
      {data !== undefined && (
        <>
          <p className="registered-subject">{data.subject}{data.complainant?.name != null && <> · {data.complainant.name}</>} · {word(m.channels, data.channel)}</p>
          {data.clocks.map((clock) => (
            <p key={clock.clockId} className="registered-clock">
              {word(m.clocks, clock.name)} <ClockCountdown clock={clock} />
              {clock.dueAt !== null && <small>{m.due.by(zoned(mallZone(data.mallId)).withWeekday(clock.dueAt, Date.now()))}</small>}
            </p>
          ))}
        </>
      )}
      <div className="registered-acts">
        <Button ref={another} type="primary" size="large" onClick={onAnother}>{words.another}<kbd aria-hidden="true">Enter</kbd></Button>
        <Link className="button-link button-large" to={`/cases/${id}`}>{words.open}</Link>
        {data !== undefined && <Button type="text" size="large" onClick={() => void copy()}>{copied ? words.copied : words.copy}</Button>}
      </div>
    </section>
  );
};
