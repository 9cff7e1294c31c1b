import { useLanguage } from '../../language/language.js';
import { TableHead } from './cases-table.js';

const Bone = ({ width }: { readonly width: number }) => <i className="bone" style={{ width: `${width}%` }} />;

/** The list that is on its way, line for line where it will be. */
export const ListSkeleton = ({ narrow }: { readonly narrow: boolean }) => {
  const { m } = useLanguage();
  return (
    <div className="listed" role="status">
      <span className="unseen">{m.list.loading}</span>
      {narrow ? (
        <ul className="case-cards" aria-hidden="true">
          {Array.from({ length: 6 }, (_, card) => (
            <li key={card} className="case-card">
              <div className="card-line"><Bone width={38} /></div>
              <div className="bone-line"><Bone width={60 + ((card * 7) % 30)} /></div>
              <div className="card-where"><Bone width={48} /></div>
              <div className="card-clocks bone-line"><Bone width={54} /></div>
            </li>
          ))}
        </ul>
      ) : (
        <table className="cases" aria-hidden="true">
          <TableHead />
          <tbody>
            {Array.from({ length: 12 }, (_, row) => (
              <tr key={row}>
                <td><Bone width={62} /><span className="under"><Bone width={70} /></span></td>
                <td><Bone width={56} /></td>
                <td className="cell-subject"><Bone width={34 + ((row * 17) % 43)} /><span className="under"><Bone width={22} /></span></td>
                <td><Bone width={60} /></td>
                <td className="cell-department"><Bone width={40 + ((row * 11) % 30)} /></td>
                <td><Bone width={50} /></td>
                <td className="cell-mall"><Bone width={60} /></td>
                <td className="cell-time"><Bone width={70} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
};
