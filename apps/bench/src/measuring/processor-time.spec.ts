import { describe, expect, it } from '@jest/globals';
import { machineTime, processTime, timeOfTree } from './processor-time.js';

const stat = (pid: number, parent: number, user: number, system = 0, childrensUser = 0, childrensSystem = 0): string =>
  `${pid} (a (b) c) S ${parent} 1 1 0 -1 4194304 1 2 3 4 ${user} ${system} ${childrensUser} ${childrensSystem} 20 0 1 0 5 6 7`;

describe('processor time', () => {
  it('reads what the machine has done, without waiting and interrupts', () => {
    expect(machineTime('cpu  300 20 100 9000 800 70 60 50 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n')).toEqual({ busy: 4.2, steal: 0.5 });
  });

  it('reads a process whose name holds brackets and blanks', () => {
    expect(processTime(stat(42, 7, 100, 20, 30, 50))).toEqual({ pid: 42, parent: 7, used: 2 });
    expect(processTime('')).toBeUndefined();
  });

  it('adds up a process and all that descend from it, and nobody else', () => {
    const processes = [stat(1, 0, 1_000), stat(10, 1, 100), stat(11, 10, 200), stat(12, 11, 300), stat(20, 1, 5_000)].map((text) => processTime(text) as NonNullable<ReturnType<typeof processTime>>);
    expect([timeOfTree(processes, 10), timeOfTree(processes, 12), timeOfTree(processes, 99)]).toEqual([6, 3, 0]);
  });
});
