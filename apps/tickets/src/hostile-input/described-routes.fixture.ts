import { roles, type Role } from '@atrium/tickets-domain';
import { roleTable } from '../roles.js';
import type { Schema } from './schema.fixture.js';

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}

/** A route as the OpenAPI document describes it, with who may call it. */
export interface Route {
  readonly method: 'GET' | 'POST';
  /** With parameters in braces. */
  readonly path: string;
  readonly parameters: readonly Parameter[];
  /** What it takes, by type of content; none where it takes no body. */
  readonly bodies: Readonly<Record<string, Schema>>;
  readonly example: unknown;
  /** Statuses that the document names. */
  readonly answers: ReadonlySet<number>;
  readonly mayCall: readonly Role[];
  readonly mayNotCall: readonly Role[];
}

interface Content { readonly schema?: Schema; readonly example?: unknown; readonly examples?: Readonly<Record<string, { readonly value: unknown }>> }

interface Operation {
  readonly parameters?: readonly (Omit<Parameter, 'required'> & { readonly required?: boolean })[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, object>>;
}

export interface Described {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

const people = roles.filter((role) => role !== 'system');

/** Every route there is in the document, references resolved. */
export function describedRoutes({ paths, components }: Described): Route[] {
  return Object.entries(paths).flatMap(([path, operations]) => Object.entries(operations).map(([method, { parameters = [], requestBody, responses }]) => {
    const mayCall = roleTable[`${method.toUpperCase()} ${path.replace('/api/tickets', '').replaceAll(/\{(\w+)\}/g, ':$1')}`];
    if (mayCall === undefined || mayCall.length === 0) throw new Error(`Nobody may call ${method} ${path}`);
    const contents = Object.entries(requestBody?.content ?? {});
    const [, content] = contents[0] ?? [];
    return {
      method: method.toUpperCase() as Route['method'],
      path,
      parameters: parameters.map((parameter) => ({ ...parameter, required: parameter.required === true, schema: resolve(parameter.schema) })),
      bodies: Object.fromEntries(contents.map(([type, { schema }]) => [type, resolve(schema ?? {})])),
      example: content?.example ?? Object.values(content?.examples ?? {})[0]?.value,
      answers: new Set(Object.keys(responses).map(Number)),
      mayCall,
      mayNotCall: people.filter((role) => !mayCall.includes(role)),
    };
  }));

  function resolve(schema: Schema): Schema {
    if (schema.$ref !== undefined) {
      const named = components?.schemas?.[schema.$ref.replace('#/components/schemas/', '')];
      if (named === undefined) throw new Error(`The document does not hold ${schema.$ref}`);
      return resolve(named);
    }
    return {
      ...schema,
      ...(schema.properties === undefined ? {} : { properties: Object.fromEntries(Object.entries(schema.properties).map(([name, property]) => [name, resolve(property)])) }),
      ...(schema['x-line'] === undefined ? {} : { 'x-line': resolve(schema['x-line']) }),
      ...(schema.items === undefined ? {} : { items: resolve(schema.items) }),
      ...(schema.anyOf === undefined ? {} : { anyOf: schema.anyOf.map(resolve) }),
      ...(schema.oneOf === undefined ? {} : { oneOf: schema.oneOf.map(resolve) }),
    };
  }
}

export const parametersIn = ({ parameters }: Route, place: Parameter['in']): readonly Parameter[] => parameters.filter((parameter) => parameter.in === place);
export const takesJson = ({ bodies }: Route): boolean => 'application/json' in bodies;
export const takesNdjson = ({ bodies }: Route): boolean => 'application/x-ndjson' in bodies;
export const needsKey = (route: Route): boolean => parametersIn(route, 'header').some(({ name }) => name.toLowerCase() === 'idempotency-key');
export const needsComplaint = (route: Route): boolean => parametersIn(route, 'path').some(({ schema }) => schema.format === 'uuid');
