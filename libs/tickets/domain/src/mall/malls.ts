import type { Label } from '../label.js';

/** A mall and the versions that its new cases start under. */
export interface Mall {
  readonly id: string;
  readonly name: Label;
  /** IANA name; times of the mall are shown in it. */
  readonly timeZone: string;
  /** ISO 4217; of amounts that name none where they are typed. */
  readonly currency: string;
  readonly policyVersion: string;
  readonly calendarVersion: string;
}

export const malls: Readonly<Record<string, Mall>> = {
  main: { id: 'main', name: { zh: '中庭商场', en: 'Atrium Mall' }, timeZone: 'Asia/Shanghai', currency: 'CNY', policyVersion: 'desk-1', calendarVersion: 'main-1' },
  boston: { id: 'boston', name: { zh: '波士顿', en: 'Boston' }, timeZone: 'America/New_York', currency: 'USD', policyVersion: 'imported-1', calendarVersion: 'boston-1' },
};
