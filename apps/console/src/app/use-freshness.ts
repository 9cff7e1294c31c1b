import { useEffect, useState } from 'react';

const FRESH_MS = 4_000;

/** True for a moment after the value has changed, or from the start on where it begins as fresh. */
export const useFreshness = (value: unknown, beginsFresh = false): boolean => {
  const [seen, setSeen] = useState(value);
  const [fresh, setFresh] = useState(beginsFresh);
  if (seen !== value) {
    setSeen(value);
    setFresh(true);
  }
  useEffect(() => {
    if (!fresh) return;
    const over = setTimeout(() => setFresh(false), FRESH_MS);
    return () => clearTimeout(over);
  }, [fresh, seen]);
  return fresh;
};
