import { readConfiguration } from './configuration.js';
import { layout } from './data-folder/layout.js';
import { readRunFile } from './data-folder/run-file.js';
import { isRole, ROLES, signToken } from './issuer/sign-token.js';
import { OperatorError, runProgram } from './operator-error.js';

await runProgram(async () => {
  const [role, name, ...rest] = process.argv.slice(2);
  if (role === undefined || rest.length > 0 || !isRole(role)) throw new OperatorError(`Usage: npm run token -- <role> [name], the role one of ${ROLES.join(', ')}`, 2);
  if (name !== undefined && !/^[\w.@-]{1,60}$/.test(name)) throw new OperatorError('A name is 1 to 60 letters, digits or . _ @ -', 2);
  const { dataFolder, issuer } = readConfiguration(process.env);
  const places = layout(dataFolder);
  const outside = issuer?.name ?? readRunFile(places.runFile)?.issuer;
  if (outside !== undefined) throw new OperatorError(`Atrium takes tokens of ${outside} here: ask that issuer for one, the built-in one is off`);
  const token = await signToken(places.issuer, role, name);
  await new Promise((resolve) => process.stdout.write(`${token}\n`, resolve));
  return 0;
});
