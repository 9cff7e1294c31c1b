import fs from 'node:fs';

/** The ids of a process and of everything that came of it, by /proc (Linux). */
export function processTree(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of fs.readdirSync('/proc')) {
    const pid = Number(name);
    if (Number.isInteger(pid)) {
      const parent = parentOf(pid);
      if (parent !== undefined) parents.set(pid, parent);
    }
  }
  const tree = [root];
  for (const pid of tree) tree.push(...[...parents].filter(([, parent]) => parent === pid).map(([child]) => child));
  return tree;
}

/** Kills all of it at once, in an order drawn by `random`. What has ended meanwhile is no error. */
export function killTree(root: number, random: () => number): number {
  const victims = processTree(root).map((pid) => ({ pid, order: random() })).sort((a, b) => a.order - b.order);
  for (const { pid } of victims) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
  return victims.length;
}

function parentOf(pid: number): number | undefined {
  try {
    // The second field is the name in brackets, which may hold anything; the parent is the second after it.
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
