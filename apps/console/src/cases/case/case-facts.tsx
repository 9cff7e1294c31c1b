import type { ReactNode } from 'react';
import { ERASED } from '../../api.js';
import type { CaseDetail } from '../../api.js';
import { useLanguage } from '../../language/language.js';
import { money } from './money.js';
import { phoneLink } from './phone-link.js';

export const Erasable = ({ value }: { readonly value: string }) => {
  const { m } = useLanguage();
  return value === ERASED ? <span className="erased" title={m.case.erasedHint}>{m.case.erased}</span> : value;
};

const Phone = ({ number }: { readonly number: string }) => {
  const link = phoneLink(number);
  return link === undefined ? <Erasable value={number} /> : <a href={link}>{number}</a>;
};

const Facts = ({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) => (
  <dl className="facts">
    {facts.filter(([, value]) => value !== undefined && value !== null && value !== '').map(([label, value]) => (
      <div key={label}><dt>{label}</dt><dd>{value}</dd></div>
    ))}
  </dl>
);

interface Props {
  readonly item: CaseDetail;
  readonly timeZone: string;
}

/** The amount that was at stake when the case was registered, of which only the registration tells. */
const amountOf = ({ timeline }: CaseDetail, locale: string): string | undefined => {
  const data = timeline.find(({ data: { amountMinor } }) => typeof amountMinor === 'number')?.data;
  return typeof data?.amountMinor === 'number' && typeof data.currency === 'string' ? money(locale, data.amountMinor, data.currency) : undefined;
};

export const CaseFacts = ({ item, timeZone }: Props) => {
  const { m, zoned } = useLanguage();
  const time = zoned(timeZone);
  const { fields, complainantFields } = m.case;
  const { complainant } = item;
  const people = complainant == null ? [] : (['name', 'phone', 'email'] as const).flatMap((field) => {
    const value = complainant[field];
    return value == null ? [] : [[complainantFields[field], field === 'phone' ? <Phone key={field} number={value} /> : <Erasable key={field} value={value} />] as const];
  });
  return (
    <>
      {people.length > 0 && (
        <section className="panel" aria-labelledby="complainant-title">
          <h2 id="complainant-title">{m.case.complainant}</h2>
          <Facts facts={people} />
        </section>
      )}
      <section className="panel" aria-labelledby="facts-title">
        <h2 id="facts-title">{m.case.facts}</h2>
        <Facts
          facts={[
            [fields.category, item.category],
            [fields.shop, item.shop],
            [m.eventFields.amountMinor ?? '', amountOf(item, m.locale)],
            [fields.happened, item.eventAt == null ? undefined : <time dateTime={item.eventAt} title={time.exact(item.eventAt)}>{time.dateTime(item.eventAt)}</time>],
            [fields.externalReference, item.externalReference],
          ]}
        />
        <details className="more-facts">
          <summary>{m.case.moreFacts}</summary>
          <Facts
            facts={[
              [fields.policy, item.policyVersion],
              [fields.calendar, item.calendarVersion],
              [fields.revision, item.revision],
            ]}
          />
        </details>
      </section>
    </>
  );
};
