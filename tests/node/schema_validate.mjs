// Reads `{schema, documents}` on standard input and prints, for each document, what the schema says against it.
import fs from 'node:fs';
import Ajv2020 from 'ajv-2020/dist/2020.js';

const { schema, documents } = JSON.parse(fs.readFileSync(0, 'utf8'));
const ajv = new Ajv2020.default({ strict: true, allErrors: true, allowUnionTypes: true });
const validate = ajv.compile(schema);
const found = documents.map((each) =>
  validate(each) ? [] : validate.errors.map((e) => `${e.instancePath} ${e.message}`),
);
process.stdout.write(JSON.stringify(found));
