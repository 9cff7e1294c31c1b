import { createRequire } from 'node:module';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { complaintCommand, type ComplaintCommandType } from '@atrium/tickets-domain';
import { routesOf } from '@atrium/http';
import { bodyOf } from './complaint/command-body.js';
import { commandExamples } from './complaint/command-examples.js';
import { startTickets, type Answer, type RequestOptions, type RunningTickets } from './spec-support/running-tickets.js';

type Json = Readonly<Record<string, unknown>>;

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly security: readonly Json[];
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly required: boolean; readonly description: string; readonly schema: Json }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Json; readonly examples: Readonly<Record<string, { readonly value: unknown }>> }>> };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly headers?: Json; readonly content?: Readonly<Record<string, { readonly schema: Json }>> }>>;
}

interface Document {
  readonly openapi: string;
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Json>>; readonly securitySchemes: Json };
}

interface Validator {
  (value: unknown): boolean;
  readonly errors?: unknown;
}

/** The validator of JSON Schema 2020-12 that Fastify brings along. */
const ajv = (() => {
  const ofFastify = createRequire(createRequire(import.meta.url).resolve('fastify'));
  const ofCompiler = createRequire(ofFastify.resolve('@fastify/ajv-compiler'));
  const { default: Ajv } = ofCompiler('ajv/dist/2020.js') as { default: new (options: object) => { addSchema(schema: object, key: string): void; compile(schema: object): Validator } };
  const { default: addFormats } = ofCompiler('ajv-formats') as { default: (instance: object) => void };
  const instance = new Ajv({ strict: false, allErrors: true });
  addFormats(instance);
  return instance;
})();

describe('the OpenAPI document', () => {
  let tickets: RunningTickets;
  let document: Document;
  let operations: readonly { readonly path: string; readonly method: string; readonly operation: Operation }[];

  const validatorOf = (schema: Json): Validator => ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/')) as object);

  /** Whether the document foresees an answer: its status, its kind of content, and every member of it. */
  const expectForeseen = (path: string, method: string, answer: Answer): void => {
    const response = document.paths[path]?.[method]?.responses[answer.status];
    expect({ path, method, status: answer.status, isForeseen: response !== undefined }).toEqual({ path, method, status: answer.status, isForeseen: true });
    const type = String(answer.headers['content-type']).split(';', 1)[0] ?? '';
    const schema = response?.content?.[type]?.schema;
    expect({ path, type, schema }).toEqual({ path, type, schema: expect.anything() });
    const validate = validatorOf(schema as Json);
    validate(type.endsWith('json') ? answer.body : answer.text);
    expect({ path, status: answer.status, errors: validate.errors ?? [] }).toEqual({ path, status: answer.status, errors: [] });
  };

  beforeAll(async () => {
    tickets = await startTickets();
    document = JSON.parse(JSON.stringify(tickets.service.openApi())) as Document;
    ajv.addSchema(document, 'document');
    operations = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })));
  }, 60_000);
  afterAll(() => tickets.stop());

  it('is OpenAPI 3.1 and describes every route, and no other', () => {
    expect(document.openapi).toBe('3.1.0');
    const routes = routesOf(tickets.service.app.getHttpAdapter().getInstance()).filter((route) => !route.startsWith('HEAD'));
    const described = operations.map(({ path, method }) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`);
    expect(described.sort()).toEqual([...routes].sort());
  });

  it('names every operation once, in words, under a tag that it explains, behind a token', () => {
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
    const known = document.tags.map(({ name }) => name);
    for (const { operation } of operations) {
      expect(operation).toMatchObject({ operationId: expect.stringMatching(/^[a-z]\w+$/), summary: expect.stringMatching(/^\w/), security: [{ bearer: [] }], tags: [expect.any(String)] });
      expect(known).toContain(operation.tags[0]);
    }
    for (const tag of document.tags) expect(operations.map(({ operation }) => operation.tags[0])).toContain(tag.name);
    expect(document.components.securitySchemes).toMatchObject({ bearer: { type: 'http', scheme: 'bearer' } });
  });

  it('describes every parameter, and has one for each part of an address that varies', () => {
    for (const { path, operation } of operations) {
      for (const parameter of operation.parameters) expect({ path, parameter }).toEqual({ path, parameter: expect.objectContaining({ description: expect.stringMatching(/\w/), schema: expect.anything() }) });
      const varying = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name, required }) => ({ name, required }))).toEqual(varying.map((name) => ({ name, required: true })));
    }
  });

  it('has one good answer an operation, with its schema, and every refusal as a problem', () => {
    for (const { path, method, operation } of operations) {
      const good = Object.keys(operation.responses).filter((status) => status.startsWith('2'));
      expect({ path, method, good }).toEqual({ path, method, good: [expect.any(String)] });
      for (const [status, { content = {}, headers = {} }] of Object.entries(operation.responses)) {
        if (!status.startsWith('2')) expect({ path, status, content }).toEqual({ path, status, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } });
        if (['429', '503'].includes(status)) expect(headers).toHaveProperty('Retry-After');
        for (const { schema } of Object.values(content)) expect(() => validatorOf(schema)).not.toThrow();
      }
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['401', '403', '429', '503', ...(method === 'post' ? ['400', '413', '415'] : []), ...(path.includes('{') ? ['404', '414'] : [])]));
    }
  });

  it('has schemas that compile, and examples that they hold', () => {
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      const validate = validatorOf({ $ref: `#/components/schemas/${name}` });
      for (const example of (schema['examples'] ?? []) as unknown[]) expect({ name, isValid: validate(example), errors: validate.errors }).toEqual({ name, isValid: true, errors: null });
    }
    for (const { path, operation } of operations) {
      for (const { schema, examples } of Object.values(operation.requestBody?.content ?? {})) {
        const validate = validatorOf(schema);
        for (const { value } of Object.values(examples)) expect({ path, isValid: validate(value), errors: validate.errors }).toEqual({ path, isValid: true, errors: null });
      }
    }
    for (const [type, body] of Object.entries(commandExamples)) expect(bodyOf(complaintCommand(type as ComplaintCommandType)).safeParse(body).error).toBeUndefined();
  });

  it('says which fields of a body belong together', () => {
    const { schema } = document.paths['/api/tickets/complaints']?.['post']?.requestBody?.content['application/json'] as { schema: Json };
    const validate = validatorOf(schema);
    const body = commandExamples.RegisterComplaint;
    expect(validate({ ...body, amountMinor: 100 })).toBe(false);
    expect(validate({ ...body, amountMinor: 100, currency: 'CNY' })).toBe(true);
    expect(validate({ ...body, occurredAt: '2025-03-01T10:05:00+08:00' })).toBe(false);
  });

  describe('foresees what the running service answers', () => {
    const asked = async (path: string, query = '', options?: RequestOptions, address = path): Promise<Answer> => {
      const answer = await tickets.get(`${address}${query}`, options);
      expectForeseen(`/api/tickets${path}`, 'get', answer);
      return answer;
    };
    const sent = async (route: string, id: string, body: unknown, options?: RequestOptions): Promise<Answer> => {
      const answer = await tickets.post(`/complaints/${id}/${route}`, body, options);
      expectForeseen(`/api/tickets/complaints/{id}/${route}`, 'post', answer);
      return answer;
    };

    it('along the life of a case', async () => {
      const registered = await tickets.post('/complaints', commandExamples.RegisterComplaint);
      expectForeseen('/api/tickets/complaints', 'post', registered);
      const { id } = registered.body as { id: string };
      const steps: ComplaintCommandType[] = ['AcknowledgeComplaint', 'RouteComplaint', 'PromiseResolution', 'StartWaiting', 'EndWaiting', 'RecordFollowUp', 'ResolveComplaint', 'CloseComplaint', 'ReopenComplaint'];
      let position = '';
      for (const type of steps) {
        const { route } = complaintCommand(type) as { route: string };
        const body = type === 'PromiseResolution' ? { dueAt: new Date(Date.now() + 86_400_000).toISOString() } : commandExamples[type];
        const answer = await sent(route, id, body);
        expect({ type, status: answer.status }).toEqual({ type, status: 200 });
        position = answer.headers['atrium-position'] as string;
      }
      const page = await asked('/complaints/{id}', `?after=${position}`, {}, `/complaints/${id}`);
      expect(page).toMatchObject({ status: 200, body: { clocks: [expect.anything(), expect.anything()] } });
      expect((await asked('/complaints', '?status=all&limit=1')).body).toMatchObject({ items: [{ id }] });
      await asked('/complaints/facets', '?status=all');
      expect((await asked('/totals')).body).toMatchObject({ stores: { log: { cases: 1 } } });
    });

    it('where a case is refused', async () => {
      const { id } = (await tickets.post('/complaints', commandExamples.RegisterComplaint)).body as { id: string };
      const key = randomUUID();
      expect(await sent('start-waiting', id, commandExamples.StartWaiting)).toMatchObject({ status: 409, body: { allowed: expect.arrayContaining(['RouteComplaint']) } });
      expect(await sent('route', id, { department: '' })).toMatchObject({ status: 400 });
      expect(await sent('route', id, { department: 'A' }, { key })).toMatchObject({ status: 200 });
      expect(await sent('route', id, { department: 'B' }, { key })).toMatchObject({ status: 422 });
      expect(await sent('route', id, { department: 'C' }, { sub: 'bob', headers: { 'if-match': '"0"' } })).toMatchObject({ status: 412 });
      expect(await sent('route', randomUUID(), { department: 'A' })).toMatchObject({ status: 404 });
      expect(await sent('route', 'x'.repeat(201), { department: 'A' })).toMatchObject({ status: 414 });
      expect(await sent('close', id, commandExamples.CloseComplaint, { role: 'auditor' })).toMatchObject({ status: 403 });
      expect(await sent('close', id, commandExamples.CloseComplaint, { headers: { authorization: 'Bearer none' } })).toMatchObject({ status: 401 });
      expect(await sent('close', id, '<close/>', { headers: { 'content-type': 'text/xml' } })).toMatchObject({ status: 415 });
      expect(await sent('close', id, { reason: 'x'.repeat(300_000) })).toMatchObject({ status: 413 });
    });

    it('where a query is refused', async () => {
      expect(await asked('/complaints', '?sort=colour')).toMatchObject({ status: 400 });
      expect(await asked('/complaints/{id}', '', {}, `/complaints/${randomUUID()}`)).toMatchObject({ status: 404 });
      expect(await asked('/complaints', '', { role: 'member-clerk' })).toMatchObject({ status: 403 });
    });

    it('of the caller and the system', async () => {
      for (const role of ['agent', 'integration', 'auditor', 'member-clerk']) {
        await asked('/me', '', { role });
        await asked('/malls', '', { role });
        expect((await asked('/commands', '', { role })).status).toBe(200);
      }
      expect((await asked('/runners')).status).toBe(200);
      const rebuilt = await tickets.post('/projections/complaints/rebuild', {});
      expect(rebuilt.status).toBe(202);
      expectForeseen('/api/tickets/projections/{name}/rebuild', 'post', rebuilt);
      await asked('/runners');
      expectForeseen('/api/tickets/projections/{name}/rebuild', 'post', await tickets.post('/projections/none/rebuild', {}));
    });

    it('line by line, of an import', async () => {
      const example = document.paths['/api/tickets/import']?.['post']?.requestBody?.content['application/x-ndjson'];
      const validateRow = validatorOf(example?.schema['x-line'] as Json);
      const text = example?.examples['rows']?.value as string;
      for (const line of text.trim().split('\n')) expect({ isValid: validateRow(JSON.parse(line)), errors: validateRow.errors }).toEqual({ isValid: true, errors: null });
      const validateLine = validatorOf(document.paths['/api/tickets/import']?.['post']?.responses['200']?.content?.['application/x-ndjson']?.schema['x-line'] as Json);
      const lines = await tickets.import([text.trim(), text.trim(), '{}', 'no json']);
      expect(lines.map(({ outcome }) => outcome)).toEqual(['accepted', 'repeated', 'refused', 'refused', undefined]);
      for (const line of lines) expect({ line, isValid: validateLine(line), errors: validateLine.errors }).toEqual({ line, isValid: true, errors: null });
    });
  });
});
