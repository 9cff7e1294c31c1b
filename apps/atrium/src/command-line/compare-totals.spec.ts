import { compareTotals } from './compare-totals.js';
import { table } from './table.js';

const totals = { cases: 3, byDepartment: { PWDx: 2, ISD: 1 } };

it('finds no difference between equal stores, whatever the order of their names', () => {
  const { rows, differences } = compareTotals({ log: totals, views: { byDepartment: { ISD: 1, PWDx: 2 }, cases: 3 } });
  expect(differences).toBe(0);
  expect(rows).toEqual([['', 'log', 'views', ''], ['cases', '3', '3', ''], ['byDepartment PWDx', '2', '2', ''], ['byDepartment ISD', '1', '1', '']]);
});

it('marks a total that differs, and one that a store lacks', () => {
  const { rows, differences } = compareTotals({ log: totals, views: { cases: 4, byDepartment: { PWDx: 2 } } });
  expect(differences).toBe(2);
  expect(rows.slice(1)).toEqual([['cases', '3', '4', 'differs'], ['byDepartment PWDx', '2', '2', ''], ['byDepartment ISD', '1', '-', 'differs']]);
});

it('finds a difference in one store of three', () => {
  expect(compareTotals({ log: { cases: 1 }, views: { cases: 1 }, facts: { cases: 2 } }).differences).toBe(1);
});

it('prints as columns', () => {
  expect(table([['', 'log', 'views'], ['cases', '58251', '3']])).toBe('         log  views\ncases  58251      3');
});
