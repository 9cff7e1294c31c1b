// Reads [{filePath, code}] from standard input, lints each as if it stood there, prints [[ruleId, …], …].
import path from 'node:path';
import { ESLint } from 'eslint';

const root = path.resolve(import.meta.dirname, '../../../..');
process.chdir(root);
let input = '';
for await (const chunk of process.stdin) input += chunk;
const eslint = new ESLint({ cwd: root });
const answers = [];
for (const { filePath, code } of JSON.parse(input)) {
  const [{ messages }] = await eslint.lintText(code, { filePath: path.join(root, filePath) });
  answers.push(messages.map(({ ruleId, message }) => ruleId ?? `fatal: ${message}`));
}
console.log(JSON.stringify(answers));
