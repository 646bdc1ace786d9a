// Reads a JSON array of SARIF logs on standard input and prints, for each, what the schema says against it.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';

const require = createRequire(import.meta.url);
const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
const ajv = new Ajv({ schemaId: 'id', meta: false, allErrors: true });
ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-04.json'));
const validate = ajv.compile(schema);

const logs = JSON.parse(fs.readFileSync(0, 'utf8'));
const found = logs.map((log) => (validate(log) ? [] : validate.errors.map((e) => `${e.dataPath} ${e.message}`)));
process.stdout.write(JSON.stringify(found));
