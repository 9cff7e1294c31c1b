/** Of a row or card: what has just changed is marked for a moment, and what has left the list stays pale until that is shown anew. */
export const rowClass = (isFresh: boolean, hasLeft: boolean, base = ''): string => [base, isFresh && 'fresh', hasLeft && 'has-left'].filter(Boolean).join(' ');
