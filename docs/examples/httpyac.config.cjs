/**
 * httpYac's settings for the examples beside it: it learns how VS Code's REST Client writes a part of an earlier answer,
 * `{{register.response.body.$.id}}` or `{{register.response.headers.etag}}`.
 */
const PART_OF_ANSWER = /\{\{\s*(\w+)\.response\.(?:body\.\$\.(\w+)|headers\.([\w-]+))\s*\}\}/g;

module.exports = {
  configureHooks({ hooks }) {
    const inAnswers = async (text, _kind, { variables }) => (typeof text !== 'string' ? text : text.replaceAll(PART_OF_ANSWER, (_all, name, field, header) => {
      const response = variables[`${name}Response`];
      if (response === undefined) throw new Error(`Send the request "${name}" first`);
      const value = field === undefined ? response.headers[header] : response.parsedBody[field];
      if (value === undefined) throw new Error(`The answer to "${name}" has no ${field ?? header}`);
      return value;
    }));
    hooks.replaceVariable.addHook('answers as REST Client writes them', inAnswers, { before: ['javascript'] });
  },
};
