import { mergeOpenApi } from './documentation.js';

const service = (name: string, schema: string) => ({
  name,
  openApi: () => ({ paths: { [`/api/${name}/things`]: { get: {} } }, tags: [{ name }], components: { schemas: { Thing: { type: schema } } } }),
});

it('joins the documents of all services', () => {
  expect(mergeOpenApi([service('tickets', 'object'), service('members', 'object')])).toMatchObject({
    openapi: '3.1.0',
    paths: { '/api/tickets/things': { get: {} }, '/api/members/things': { get: {} } },
    tags: [{ name: 'tickets' }, { name: 'members' }],
    components: { schemas: { Thing: { type: 'object' } }, securitySchemes: { bearer: { scheme: 'bearer' } } },
    security: [{ bearer: [] }],
  });
});

it('does not let a service change what another means by a name', () => {
  expect(() => mergeOpenApi([service('tickets', 'object'), service('members', 'string')])).toThrow('The service members defines the component schemas/Thing otherwise');
});
