import { everyDay, type BusinessCalendar } from './calendar.js';

/** 10:00–22:00 every day (003:556). */
const daily = everyDay({ from: '10:00', to: '22:00' });

export const calendars: Readonly<Record<string, BusinessCalendar>> = {
  'main-1': { version: 'main-1', timeZone: 'Asia/Shanghai', weekly: daily, closures: [], openings: [] },
  'boston-1': { version: 'boston-1', timeZone: 'America/New_York', weekly: daily, closures: [], openings: [] },
};
