/** Seconds of all processors together, since the machine started. */
export interface MachineTime {
  /** Of programs and the kernel on their behalf. Without interrupts, which nobody can be charged with. */
  readonly busy: number;
  /** What the host gave to other machines while this one had work. */
  readonly steal: number;
}

/** Linux counts in ticks of 10 ms. */
const TICKS_A_SECOND = 100;

/** Of `/proc/stat`. */
export function machineTime(stat: string): MachineTime {
  const [user = 0, nice = 0, system = 0, , , , , steal = 0] = (/^cpu +(.*)$/m.exec(stat)?.[1] ?? '').split(' ').map(Number);
  return { busy: (user + nice + system) / TICKS_A_SECOND, steal: steal / TICKS_A_SECOND };
}

/** A process as `/proc/<pid>/stat` tells. */
export interface ProcessTime {
  readonly pid: number;
  readonly parent: number;
  /** Seconds, its own and those of its children that have ended and been waited for. */
  readonly used: number;
}

/** Undefined for a text that is none. The name in it may hold blanks and brackets. */
export function processTime(stat: string): ProcessTime | undefined {
  const end = stat.lastIndexOf(')');
  const pid = Number.parseInt(stat, 10);
  if (end === -1 || Number.isNaN(pid)) return undefined;
  const fields = stat.slice(end + 2).split(' ').map(Number);
  const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + (fields[index] ?? 0), 0);
  return { pid, parent: fields[1] ?? 0, used: ticks / TICKS_A_SECOND };
}

/** Seconds used by a process and everything that descends from it. */
export function timeOfTree(processes: readonly ProcessTime[], root: number): number {
  const children = new Map<number, ProcessTime[]>();
  for (const each of processes) children.set(each.parent, [...(children.get(each.parent) ?? []), each]);
  const queue = processes.filter(({ pid }) => pid === root);
  let used = 0;
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    used += next.used;
    queue.push(...(children.get(next.pid) ?? []));
  }
  return used;
}
