/** What the service finds wrong with a field, by code; `limit` is what may not be passed, where it says so. */
export type FieldFaults = Readonly<Record<string, (limit?: string) => string>>;

export const fieldFaultsEn: FieldFaults = {
  required: () => 'Fill this in.',
  blank: () => 'Nothing in this text can be seen.',
  'wrong-type': () => 'This kind of value does not belong here.',
  'unknown-field': () => 'The service does not know this field. Reload the page.',
  'not-one-of': () => 'Choose one of the values offered.',
  'too-long': (limit) => (limit === undefined ? 'Too long.' : `At most ${limit} characters.`),
  'too-short': (limit) => (limit === undefined || limit === '1' ? 'Fill this in.' : `At least ${limit} characters.`),
  'too-large': (limit) => (limit === undefined ? 'Too large.' : `At most ${limit}.`),
  'too-small': (limit) => (limit === undefined ? 'Too small.' : `At least ${limit}.`),
  'too-many': (limit) => (limit === undefined ? 'Too many.' : `At most ${limit} of them.`),
  'too-few': (limit) => (limit === undefined ? 'Too few.' : `At least ${limit} of them.`),
  'wrong-format': () => 'This is not written as expected.',
  'no-whole-number': () => 'Write a whole number.',
  'outside-years': () => 'The time must lie between the years 1900 and 2199.',
  'half-character': () => 'A character of this text is incomplete. Type it again.',
  'control-characters': () => 'This text holds signs that cannot be shown. Type it again instead of pasting it.',
  'amount-without-currency': () => 'An amount and its currency belong together.',
  'not-accepted': () => 'This is not accepted.',
};
