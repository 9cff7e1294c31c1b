import { derivedId } from '@atrium/http';
import { personalTexts, replacePersonal, type CommandDefinition, type ComplaintState, type Sealed } from '@atrium/tickets-domain';

/** Seals texts with one person's key, which is made when it is not there yet. */
export interface Sealer {
  sealTexts(personId: string, texts: readonly { readonly field: string; readonly text: string }[]): Promise<readonly Sealed[]>;
}

/**
 * Seals what a command declares personal with the complainant's key, before anything is decided: a registration that
 * names a complainant draws that person's id from the command's id, later commands find it in the complaint. A
 * complaint without a complainant (an imported one) keeps its texts plain: there is nobody whose key could seal them.
 */
export async function sealPersonalTexts(sealer: Sealer, definition: CommandDefinition, data: object, state: ComplaintState, commandId: string): Promise<object> {
  const personId = personOf(data, state, commandId);
  if (personId === undefined) return data;
  const texts = personalTexts(data, definition.personal);
  if (texts.length === 0) return data;
  const sealed = await sealer.sealTexts(personId, texts.map(({ path, text }) => ({ field: path, text })));
  const bySource = new Map(texts.map(({ path }, index) => [path, sealed[index] as Sealed]));
  const replaced = replacePersonal(data, definition.personal, ({ path }) => bySource.get(path) as Sealed);
  return 'complainant' in replaced ? { ...replaced, complainant: { ...(replaced.complainant as object), personId } } : replaced;
}

function personOf(data: object, state: ComplaintState, commandId: string): string | undefined {
  if (state.status !== 'unregistered') return state.facts.personId;
  return 'complainant' in data && data.complainant !== undefined ? derivedId(commandId, 'complainant') : undefined;
}
