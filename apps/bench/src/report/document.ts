const BEGIN = '<!-- Figures from here on are written by npm run bench -- --document. -->';
const END = '<!-- Figures end here. -->';

/** A document with the figures between its two marks replaced. @throws when it has no such marks */
export function withFigures(document: string, figures: string): string {
  const [begin, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`The document has no place for figures: a line "${BEGIN}" and a line "${END}"`);
  return `${document.slice(0, begin + BEGIN.length)}\n\n${figures}\n\n${document.slice(end)}`;
}
