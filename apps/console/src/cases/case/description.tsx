import { useState } from 'react';
import { useLanguage } from '../../language/language.js';
import { Erasable } from './case-facts.js';

/** A text that is longer than this, or has more lines, is folded. */
const LONG = 320;
const MANY_LINES = 5;

/** What the customer said, in full once it is wanted. */
export const Description = ({ text }: { readonly text: string }) => {
  const { m } = useLanguage();
  const [open, setOpen] = useState(false);
  const isLong = text.length > LONG || text.split('\n').length > MANY_LINES;
  return (
    <div className={isLong && !open ? 'description description-folded' : 'description'}>
      <p><Erasable value={text} /></p>
      {isLong && <button type="button" className="fold" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? m.desk.lessText : m.desk.moreText}</button>}
    </div>
  );
};
