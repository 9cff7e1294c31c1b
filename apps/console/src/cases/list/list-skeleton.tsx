import { useLanguage } from '../../language/language.js';

/** The shape of the list that is on its way. */
export const ListSkeleton = ({ narrow }: { readonly narrow: boolean }) => {
  const { m } = useLanguage();
  return (
    <div className={narrow ? 'bones bones-cards' : 'bones'} role="status">
      <span className="unseen">{m.list.loading}</span>
      {Array.from({ length: narrow ? 6 : 14 }, (_, row) => (
        <div key={row} className="bone-row" aria-hidden="true">
          <i style={{ width: '9%' }} /><i style={{ width: '7%' }} /><i style={{ width: `${24 + ((row * 7) % 17)}%` }} /><i style={{ width: '6%' }} /><i style={{ width: `${8 + ((row * 5) % 9)}%` }} />
        </div>
      ))}
    </div>
  );
};
