/** An amount in minor units of its currency, as people write it. */
export const money = (locale: string, amountMinor: number, currency: string): string => {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
};
