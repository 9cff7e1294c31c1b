/** What dials this number; undefined where it is more than a number (an extension, two numbers, an erased one). */
export const phoneLink = (number: string): string | undefined => {
  const dialled = number.replaceAll(/[\s().-]/g, '');
  return /^\+?\d{3,15}$/.test(dialled) ? `tel:${dialled}` : undefined;
};
